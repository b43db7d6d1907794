package dev.isobar.apis.workspace;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Matches;
import dev.isobar.apis.schema.Max;
import dev.isobar.apis.schema.Min;
import dev.isobar.apis.schema.Rule;
import dev.isobar.apis.schema.Size;
import java.util.Optional;

/** A kind of server. */
@Doc("A kind of server that users may choose.")
@Rule(
    cel = "has(self.accelerator) || !has(self.gpuMemory) && !has(self.resource) && !has(self.gpus)",
    says = "gpuMemory, resource and gpus need an accelerator")
@Rule(
    cel = "!(has(self.gpuMemory) && has(self.resource))",
    says = "gpuMemory and resource both choose what is asked for; keep one of them")
public record ServerProfile(
    @Doc("Its name within the hub, permanent.")
        @Matches(
            value = "[a-z]([a-z0-9-]{0,28}[a-z0-9])?",
            says = "lower-case letters, digits and dashes, beginning with a letter, at most 30")
        String name,
    @Doc("Its name as users see it; the name when left out.") @Length(min = 1, max = 128)
        Optional<String> displayName,
    @Doc("What it is for; what it has when left out.") @Length(min = 1, max = 1024)
        Optional<String> description,
    @Doc("The accelerator it runs on; a node without GPUs when left out.")
        @Length(min = 1, max = 20)
        Optional<String> accelerator,
    @Doc(
            "GPU memory it needs, for example 20Gi: the smallest slice of the accelerator that has"
                + " it, or a whole GPU, or a share of one by the memory that share has. It is"
                + " compared with the number in the name of the slice or GPU, which NVIDIA rounds"
                + " up. Any will do when neither this nor resource is given and the accelerator"
                + " offers only one kind.")
        Optional<Size> gpuMemory,
    @Doc("The resource it asks for by name, as in nvidia.com/mig-2g.20gb.")
        @Matches(
            value = "nvidia\\.com/[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?",
            says = "the resource of a GPU, as in nvidia.com/gpu")
        Optional<String> resource,
    @Doc("How many of the resource; 1 when left out. GPUs that are shared give one.")
        @Min(1)
        @Max(16)
        Optional<Integer> gpus,
    @Doc("Processors it has to itself.") @Min(1) @Max(512) int cpu,
    @Doc(
            "Memory it has to itself; shared memory (/dev/shm) is part of it, but under MPS that is"
                + " the one of NVIDIA's daemon.")
        Size memory,
    @Doc("Image of the server.")
        @Matches(
            value = "[a-z0-9][A-Za-z0-9._/:@-]*",
            says = "an image such as quay.io/jupyter/pytorch-notebook:cuda12-2026-08-07")
        @Length(min = 1, max = 512)
        String image,
    @Doc("Whether it is chosen unless the user chooses another.") @Default("false")
        boolean preselected,
    @Doc(
            "Places of this kind that are kept free, so that a server starts at once; each of them"
                + " occupies a GPU as a server does.")
        @Default("0")
        @Min(0)
        @Max(100)
        int placeholders) {}
