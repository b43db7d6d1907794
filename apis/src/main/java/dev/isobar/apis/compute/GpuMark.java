package dev.isobar.apis.compute;

import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.ExactlyOne;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Matches;
import dev.isobar.apis.schema.Max;
import dev.isobar.apis.schema.Min;
import java.util.Optional;

/** What flavors say of themselves that have a GPU. */
@Doc("How flavors that have a GPU are known, and which GPU that is (OpenStack).")
@ExactlyOne({"alias", "resourceClass", "trait", "flavors"})
public record GpuMark(
    @Doc("Alias in pci_passthrough:alias, which has their number behind a colon.")
        @Length(min = 1, max = 255)
        Optional<String> alias,
    @Doc("Class in resources:CLASS, such as VGPU or CUSTOM_GPU_A100; its value is their number.")
        @Matches(value = "[A-Z0-9_]+", says = "a class of resources such as CUSTOM_GPU_A100")
        @Length(min = 1, max = 255)
        Optional<String> resourceClass,
    @Doc("Trait that is required, such as CUSTOM_NVIDIA_A100.")
        @Matches(value = "[A-Z0-9_]+", says = "a trait such as CUSTOM_NVIDIA_A100")
        @Length(min = 1, max = 255)
        Optional<String> trait,
    @Doc("Names of flavors; * stands for any text: g2.a100.*.") @Length(min = 1, max = 255)
        Optional<String> flavors,
    @Doc("Model as FAMILY-MEMORY: A100-80GB, H100-94GB, V100-32GB, L40S-48GB.")
        @Length(min = 2, max = 63)
        String model,
    @Doc("How many, where the flavor does not say.") @Min(1) @Max(16) Optional<Integer> count,
    @Doc("The share of a GPU when the flavor has no whole one, such as 1/4.")
        @Matches(value = "[1-9][0-9]?/[1-9][0-9]?", says = "a share such as 1/8")
        @Length(min = 3, max = 5)
        Optional<String> partition) {}
