package dev.isobar.apis.compute;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Fixed;
import dev.isobar.apis.schema.Max;
import dev.isobar.apis.schema.Min;

/** How a machine learns about itself. */
@Doc("How the machine learns about itself.")
public record MetadataService(
    @Doc("Whether it gets a config drive (OpenStack). Given once.")
        @Fixed(instead = InstanceParameters.INSTEAD)
        @Default("false")
        boolean configDrive,
    @Doc("Whether the metadata service asks for a token (EC2, IMDSv2).") @Default("true")
        boolean requireToken,
    @Doc("Network hops an answer may travel (EC2); 2 reaches pods.") @Default("2") @Min(1) @Max(64)
        int hopLimit) {}
