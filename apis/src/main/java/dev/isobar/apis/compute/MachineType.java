package dev.isobar.apis.compute;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Distinct;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Items;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Matches;
import dev.isobar.apis.schema.Max;
import dev.isobar.apis.schema.Min;
import dev.isobar.apis.schema.Rule;
import dev.isobar.apis.schema.Size;
import java.util.List;
import java.util.Optional;

/** A machine type of a cloud. */
@Doc("A machine type (flavor, instance type). What is left out comes from discovery.")
public record MachineType(
    @Doc("Its name in the cloud.") @Length(min = 1, max = 255) String name,
    @Doc("Number of (virtual) CPUs.") @Min(1) @Max(2048) Optional<Integer> cpu,
    @Doc("Memory.") @Rule(cel = "self.matches('[1-9]')", says = "must be more than nothing")
        Optional<Size> memory,
    @Doc("Root disk that comes with it; 0Gi when it has none.") Optional<Size> disk,
    @Doc("Processor architecture: amd64 or arm64.") Optional<Architecture> architecture,
    @Doc("Its GPUs.") Optional<GpuFacts> gpu,
    @Doc(
            "Whether there are so few that a rollout must not ask for one more before it gives one"
                + " back.")
        Optional<Boolean> scarce,
    @Doc("Zones that have it; all when empty.") @Distinct @Items(max = 16) @Default("[]")
        List<String> zones) {
  /** The GPUs of a machine type. */
  @Doc("The GPUs of a machine type.")
  public record GpuFacts(
      @Doc("Their maker; NVIDIA is the only one that is supported.") @Default("\"NVIDIA\"")
          Vendor vendor,
      @Doc("Model as FAMILY-MEMORY: A100-80GB, H100-94GB, V100-32GB, L40S-48GB.")
          @Length(min = 2, max = 63)
          String model,
      @Doc("How many.") @Min(1) @Max(16) int count,
      @Doc("Memory of one, when discovery knows it.") Optional<Size> memory,
      @Doc("The share of a GPU when the machine type has no whole one, such as 1/8.")
          @Matches(value = "[1-9][0-9]?/[1-9][0-9]?", says = "a share such as 1/8")
          @Length(min = 3, max = 5)
          Optional<String> partition) {
    /** Whole GPUs. */
    public GpuFacts(Vendor vendor, String model, int count) {
      this(vendor, model, count, Optional.empty(), Optional.empty());
    }
  }

  /** Makers of GPUs; spelled as in the API. */
  public enum Vendor {
    NVIDIA
  }
}
