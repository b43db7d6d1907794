package dev.isobar.function.compose.workspace;

import dev.isobar.apis.decode.Nearest;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the resource that was probably meant. Of slices it is the one whose memory is nearest, and
 * of those the one whose compute is: whoever writes mig-2g.40gb needs the memory.
 */
final class NearestResource {
  private static final Pattern SLICE =
      Pattern.compile(
          "nvidia\\.com/mig-(?<compute>[0-9]{1,4})g\\.(?<memory>[0-9]{1,5})gb(?<attribute>.*)");

  private record Slice(int compute, int memory, String attribute) {
    static Optional<Slice> of(String resource) {
      Matcher form = SLICE.matcher(resource);
      return form.matches()
          ? Optional.of(
              new Slice(
                  Integer.parseInt(form.group("compute")),
                  Integer.parseInt(form.group("memory")),
                  form.group("attribute")))
          : Optional.empty();
    }

    Comparator<Slice> nearest() {
      return Comparator.comparingInt((Slice other) -> Math.abs(other.memory - memory))
          .thenComparing(other -> !other.attribute.equals(attribute))
          .thenComparingInt(other -> Math.abs(other.compute - compute));
    }
  }

  private NearestResource() {}

  /**
   * What to tell somebody who wrote a resource that is not offered.
   *
   * @param all how to begin the list of all that are: "they offer"
   */
  static String remedy(String written, Collection<String> offered, String all) {
    return Slice.of(written)
        .flatMap(slice -> nearest(slice, offered))
        .map(resource -> "did you mean " + resource + "?")
        .orElseGet(() -> Nearest.remedy(written, offered, all));
  }

  private static Optional<String> nearest(Slice slice, Collection<String> offered) {
    return offered.stream()
        .filter(resource -> Slice.of(resource).isPresent())
        .min(Comparator.comparing(resource -> Slice.of(resource).orElseThrow(), slice.nearest()));
  }
}
