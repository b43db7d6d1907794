package dev.isobar.apis.platform;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.ExactlyOne;
import dev.isobar.apis.schema.Items;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Max;
import dev.isobar.apis.schema.Min;
import dev.isobar.apis.schema.Size;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The ways to divide a GPU. */
@Doc("How each GPU is divided; exactly one way.")
@ExactlyOne({"none", "mig", "timeSlicing", "mps"})
public record Partitioning(
    @Doc("Whole GPUs: pods ask for nvidia.com/gpu.") Optional<Whole> none,
    @Doc(
            "Multi-Instance GPU: hardware slices with memory of their own; pods ask for"
                + " nvidia.com/mig-PROFILE.")
        Optional<Mig> mig,
    @Doc("Pods take turns on a GPU; no isolation of memory or faults.")
        Optional<TimeSlicing> timeSlicing,
    @Doc(
            "Pods share a GPU at the same time through NVIDIA MPS; memory is limited, faults are"
                + " not isolated.")
        Optional<Mps> mps) {
  /** Whole GPUs. */
  @Doc("Whole GPUs; there is nothing to set.")
  public record Whole() {}

  /** Hardware slices. */
  @Doc(
      "The slices of each GPU; a profile is named as NVIDIA names it for the product, for example"
          + " 1g.10gb.")
  @ExactlyOne({"layout", "layouts", "demand"})
  public record Mig(
      @Doc("Number of slices by profile, the same for every GPU of the node.")
          @Items(min = 1, max = 16)
          @Min(1)
          @Max(16)
          Optional<Map<String, Integer>> layout,
      @Doc(
              "One layout for each GPU of the node, in the order of their index; an empty layout"
                  + " leaves the GPU whole.")
          @Items(min = 1, max = 16)
          Optional<List<Map<String, Integer>>> layouts,
      @Doc(
              "What users need at the same time; layouts are chosen so that the fewest nodes serve"
                  + " it, and are kept while they serve it.")
          @Items(min = 1, max = 8)
          Optional<List<Demand>> demand) {}

  /** What is needed at the same time. */
  @Doc("A number of slices that are needed at the same time, by memory or by profile.")
  @ExactlyOne({"memory", "profile"})
  public record Demand(
      @Doc(
              "GPU memory of each, for example 20Gi; a profile with the least memory that is enough"
                  + " is chosen, with more compute where that needs no more nodes, or a whole GPU."
                  + " It is compared with the number in the profile's name, which"
                  + " NVIDIA rounds up.")
          Optional<Size> memory,
      @Doc("Profile of each, as NVIDIA names it for the product, for example 1g.10gb.")
          @Length(min = 1, max = 63)
          Optional<String> profile,
      @Doc("How many.") @Min(1) @Max(1000) int count) {}

  /** Taking turns. */
  @Doc("Pods take turns on a GPU.")
  public record TimeSlicing(
      @Doc("How many pods may share one GPU.") @Min(2) @Max(128) int replicas,
      @Doc(
              "Refuse pods that ask for more than one share, because two shares are no faster than"
                  + " one.")
          @Default("true")
          boolean failRequestsGreaterThanOne) {}

  /** Sharing at the same time. */
  @Doc("Pods share a GPU at the same time through NVIDIA MPS.")
  public record Mps(
      @Doc(
              "How many pods may share one GPU; each gets this share of its memory. 48 is NVIDIA's"
                  + " limit.")
          @Min(2)
          @Max(48)
          int replicas) {}
}
