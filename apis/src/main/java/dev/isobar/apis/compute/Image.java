package dev.isobar.apis.compute;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.ExactlyOne;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Matches;
import java.util.Optional;

/** A machine image for one Kubernetes version. */
@Doc("A machine image with the tools of one Kubernetes version.")
@ExactlyOne({"name", "id"})
public record Image(
    @Doc("Exact Kubernetes version of the image.")
        @Matches(value = "v?1\\.[0-9]{1,3}\\.[0-9]{1,3}", says = "an exact version such as 1.35.2")
        String kubernetes,
    @Doc("The image's name.") @Length(min = 1, max = 255) Optional<String> name,
    @Doc("The image's id; certain where a name can be taken over by another image.")
        @Length(min = 1, max = 64)
        Optional<String> id,
    @Doc("What the cloud calls it, where the id names it; for people.") @Length(min = 1, max = 255)
        Optional<String> title,
    @Doc("Processor architecture: amd64 or arm64.") @Default("\"amd64\"") Architecture architecture,
    @Doc("What it is for: any (nodes of all kinds) or gpu (nodes with GPUs, which prefer it).")
        @Default("\"any\"")
        Purpose purpose) {
  /** What an image is for; spelled as in the API. */
  public enum Purpose {
    any,
    gpu
  }
}
