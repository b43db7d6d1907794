package dev.isobar.function.compose.cloud;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of Kubernetes 1.x: an exact one, or a minor where the cloud takes care of patches.
 *
 * @param patch negative for a minor
 */
public record KubernetesVersion(int minor, int patch) implements Comparable<KubernetesVersion> {
  private static final Pattern EXACT = Pattern.compile("v?1\\.([0-9]{1,3})\\.([0-9]{1,3})");
  private static final Pattern ANY = Pattern.compile("v?1\\.([0-9]{1,3})([.-].*)?");
  private static final int NO_PATCH = -1;

  /**
   * The version of a text such as {@code 1.35.2} or {@code v1.35.2}; nothing when it is no exact
   * version.
   */
  public static Optional<KubernetesVersion> parse(String text) {
    Matcher matcher = EXACT.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new KubernetesVersion(
                Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }

  /**
   * The minor of a text such as {@code 1.35}, {@code v1.35.0} or {@code v1.35.2-eks-0a1b2c3};
   * nothing when it is no version.
   */
  public static Optional<KubernetesVersion> minorOf(String text) {
    Matcher matcher = ANY.matcher(text);
    return matcher.matches()
        ? Optional.of(new KubernetesVersion(Integer.parseInt(matcher.group(1)), NO_PATCH))
        : Optional.empty();
  }

  /** As users and images write it: {@code 1.35.2}, or {@code 1.35}. */
  public String text() {
    return "1." + minor + (patch < 0 ? "" : "." + patch);
  }

  /** As control planes have it: {@code v1.35.2}, or {@code v1.35}. */
  public String tag() {
    return "v" + text();
  }

  /** As machines have it, of which Cluster API takes exact versions alone. */
  public String machineTag() {
    return patch < 0 ? tag() + ".0" : tag();
  }

  @Override
  public int compareTo(KubernetesVersion other) {
    return Comparator.comparingInt(KubernetesVersion::minor)
        .thenComparingInt(KubernetesVersion::patch)
        .compare(this, other);
  }
}
