package dev.isobar.apis.workspace;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Items;
import dev.isobar.apis.schema.Matches;
import dev.isobar.apis.schema.Max;
import dev.isobar.apis.schema.Min;
import dev.isobar.apis.schema.Size;
import java.util.Map;
import java.util.Optional;

/** How much a workspace may use. */
@Doc("How much the workspace may use at a time; what is left out is not limited.")
public record WorkspaceQuota(
    @Doc(
            "What so many GPUs of each accelerator offer: of GPUs that are divided into seven, 2"
                + " are fourteen slices. What the cluster has of GPUs besides cannot be had then."
                + " Refused where whole GPUs and shares of GPUs have one"
                + " name.")
        @Min(1)
        @Max(10000)
        Optional<Integer> gpus,
    @Doc("Limits of single resources by name, as in nvidia.com/mig-2g.20gb; they go before gpus.")
        @Matches(
            value = "nvidia\\.com/[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?",
            says = "the resource of a GPU, as in nvidia.com/gpu")
        @Items(max = 32)
        @Min(1)
        @Max(100000)
        @Default("{}")
        Map<String, Integer> resources,
    @Doc("Servers of the JupyterHub that run at the same time.") @Min(1) @Max(100000)
        Optional<Integer> maxServers,
    @Doc("Size of all volumes together, homes included; the hub's own does not count.")
        Optional<Size> storage,
    @Doc("Number of volumes, homes included; the hub's own does not count.") @Min(1) @Max(100000)
        Optional<Integer> volumes) {}
