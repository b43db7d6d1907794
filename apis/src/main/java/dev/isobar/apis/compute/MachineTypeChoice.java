package dev.isobar.apis.compute;

import dev.isobar.apis.schema.Distinct;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.ExactlyOne;
import dev.isobar.apis.schema.Items;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Max;
import dev.isobar.apis.schema.Min;
import dev.isobar.apis.schema.Size;
import java.util.List;
import java.util.Optional;

/** Which machine type an Instance gets. */
@Doc("A machine type (flavor, instance type) by name, by a list of names, or by need.")
@ExactlyOne({"name", "names", "requirements"})
public record MachineTypeChoice(
    @Doc("Its name in the cloud.") @Length(min = 1, max = 255) Optional<String> name,
    @Doc("Names, tried in this order when a type has no capacity left or the quota is used up.")
        @Distinct
        @Items(min = 1, max = 8)
        @Length(min = 1, max = 255)
        Optional<List<String>> names,
    @Doc(
            "What it must have at least; the smallest types that fit are tried first, then kept for"
                + " good.")
        Optional<Requirements> requirements) {
  /** What a machine type must have. */
  @Doc("What the machine type must have.")
  public record Requirements(
      @Doc("Number of (virtual) CPUs, at least.") @Min(1) @Max(2048) Optional<Integer> cpu,
      @Doc("Memory, at least.") Optional<Size> memory,
      @Doc("Processor architecture: amd64 or arm64; either when left out.")
          Optional<Architecture> architecture,
      @Doc("GPUs; types without any are used when left out.") Optional<GpuNeed> gpu) {}

  /** The GPUs a machine type must have. */
  @Doc("GPUs the machine type must have.")
  public record GpuNeed(
      @Doc("Model as FAMILY-MEMORY, such as A100-80GB; any when left out.")
          @Length(min = 2, max = 63)
          Optional<String> model,
      @Doc("How many, exactly.") @Min(1) @Max(16) int count,
      @Doc("Memory of one GPU, at least.") Optional<Size> minMemory) {}
}
