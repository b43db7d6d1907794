package dev.isobar.apis.compute;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Distinct;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Items;
import dev.isobar.apis.schema.Length;
import java.util.List;

/** What discovery cannot know by itself. */
@Doc("What discovery cannot know by itself.")
public record DiscoveryTerms(
    @Doc(
            "Whose images are taken: ids of accounts (EC2) or projects (OpenStack), self for its"
                + " own. When empty, its own on EC2, and all that the project sees on OpenStack.")
        @Distinct
        @Items(max = 8)
        @Length(min = 1, max = 64)
        @Default("[]")
        List<String> imageOwners,
    @Doc(
            "GPUs of flavors (OpenStack), where names do not tell the model; the first that fits"
                + " counts.")
        @Items(max = 64)
        @Default("[]")
        List<GpuMark> gpus) {
  /** Nothing is said. */
  public static final DiscoveryTerms NONE = new DiscoveryTerms(List.of(), List.of());
}
