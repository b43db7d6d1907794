package dev.isobar.apis.compute;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Length;

/** The ProviderConfig a managed resource uses; as Crossplane has it, with its defaults. */
@Doc("The ProviderConfig a managed resource uses.")
public record UsedProviderConfig(
    @Doc("ClusterProviderConfig, or ProviderConfig of the object's own namespace.")
        @Default("\"ClusterProviderConfig\"")
        ProviderConfigRef.Kind kind,
    @Doc("Its name.") @Default("\"default\"") @Length(min = 1, max = 253) String name) {}
