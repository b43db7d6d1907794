package dev.isobar.apis.platform;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Matches;
import java.util.Optional;

/** Settings of the GPU Operator, one release per cluster. */
@Doc("Settings of the NVIDIA GPU Operator, of which a cluster with GPU pools has exactly one.")
public record GpuOperator(
    @Doc(
            "Whether the driver is part of the machine image; if not, the operator installs it on"
                + " each node.")
        @Default("false")
        boolean driverPreinstalled,
    @Doc(
            "Version of the driver; the operator's own when left out. Not for a driver of the"
                + " image.")
        @Length(min = 1, max = 63)
        @Matches(value = "[A-Za-z0-9][A-Za-z0-9._-]*", says = "a version such as 580.95.05")
        Optional<String> driverVersion) {}
