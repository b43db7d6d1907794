package dev.isobar.apis.compute;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Items;
import dev.isobar.apis.schema.Key;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Matches;
import dev.isobar.apis.schema.Max;
import dev.isobar.apis.schema.Min;
import java.util.List;
import java.util.Optional;

/** A GPU product as its operator describes it. */
@Doc(
    "How MIG divides a GPU product, read from nvidia-smi mig -lgip and -lgipp on a machine that has"
        + " it; for products that are not known, or whose profiles the driver names differently.")
public record GpuProduct(
    @Doc("Model as FAMILY-MEMORY, as gpu.model of machine types names it.")
        @Length(min = 2, max = 63)
        String name,
    @Doc("Compute slices of a GPU: the number in front of g in its largest profile.")
        @Min(1)
        @Max(16)
        int computeSlices,
    @Doc("Memory slices of a GPU, in the unit that -lgipp counts placements in.") @Min(1) @Max(16)
        int memorySlices,
    @Doc(
            "Decoders of a GPU when instances compete for them, and as many encoders and JPEG"
                + " engines; 0 when they do not.")
        @Default("0")
        @Min(0)
        @Max(16)
        int mediaEngines,
    @Doc("Sets of media extensions (OFA) of a GPU.") @Default("1") @Min(0) @Max(16)
        int mediaExtensions,
    @Doc("What it can be divided into.") @Key("name") @Items(min = 1, max = 16)
        List<Profile> profiles) {
  /** A profile of a product. */
  @Doc("A profile of a GPU product.")
  public record Profile(
      @Doc("Its name as NVIDIA spells it: 1g.24gb, 1g.24gb+me, 1g.24gb-me.")
          @Matches(
              value = "[1-9][0-9]?g\\.[1-9][0-9]{0,3}gb([+-][a-z]+(\\.[a-z]+)*)?",
              says = "a profile such as 1g.10gb, 1g.10gb+me or 1g.24gb-me")
          String name,
      @Doc("Memory slices it takes: what -lgipp shows behind the colon.") @Min(1) @Max(16)
          int memorySlices,
      @Doc("Memory slices it may begin at: what -lgipp shows in braces.") @Items(min = 1, max = 16)
          List<Integer> starts,
      @Doc("How many of it a GPU holds at most; as many as it has starts when left out.")
          @Min(1)
          @Max(16)
          Optional<Integer> limit,
      @Doc("Decoders it takes, and as many encoders and JPEG engines.")
          @Default("0")
          @Min(0)
          @Max(16)
          int mediaEngines,
      @Doc("Sets of media extensions it takes; one when its name has +me, otherwise none.")
          @Min(0)
          @Max(16)
          Optional<Integer> mediaExtensions) {}
}
