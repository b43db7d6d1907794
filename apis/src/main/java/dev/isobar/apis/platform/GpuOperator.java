package dev.isobar.apis.platform;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Length;
import java.util.Optional;

/** Settings of the GPU Operator, one release per cluster. */
@Doc("Settings of the NVIDIA GPU Operator, of which a cluster with GPU pools has exactly one.")
public record GpuOperator(
    @Doc(
            "Whether the driver is part of the machine image; if not, the operator installs it on"
                + " each node.")
        @Default("false")
        boolean driverPreinstalled,
    @Doc("Version of the driver; the operator's own when left out.") @Length(min = 1, max = 63)
        Optional<String> driverVersion) {}
