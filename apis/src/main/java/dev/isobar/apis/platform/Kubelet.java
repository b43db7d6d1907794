package dev.isobar.apis.platform;

import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Matches;
import dev.isobar.apis.schema.Max;
import dev.isobar.apis.schema.Min;
import dev.isobar.apis.schema.Size;
import java.util.Optional;

/** Settings of the node agent. */
@Doc("Settings of the kubelet; what is left out is Kubernetes' own default.")
public record Kubelet(
    @Doc("Most pods on a node.") @Min(10) @Max(250) Optional<Integer> maxPods,
    @Doc("Memory kept for the operating system and the kubelet, not given to pods.")
        Optional<Size> reservedMemory,
    @Doc(
            "CPU kept for the operating system and the kubelet, in thousandths of a core or cores:"
                + " 500m, 2.")
        @Matches(
            value = "[1-9][0-9]{0,4}m|[1-9][0-9]{0,2}",
            says = "an amount of CPU such as 500m or 2")
        Optional<String> reservedCpu,
    @Doc("Share of the disk in use, in percent, above which unused images are removed.")
        @Min(20)
        @Max(95)
        Optional<Integer> imageGcHighPercent,
    @Doc("Whether a pod may have CPUs of its own (CPU manager policy static).")
        Optional<Boolean> exclusiveCpus) {}
