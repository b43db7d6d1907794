package dev.isobar.function.compose.cloud;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An exact version of Kubernetes 1.x. */
public record KubernetesVersion(int minor, int patch) implements Comparable<KubernetesVersion> {
  private static final Pattern EXACT = Pattern.compile("v?1\\.([0-9]{1,3})\\.([0-9]{1,3})");

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

  /** As users and images write it: {@code 1.35.2}. */
  public String text() {
    return "1." + minor + "." + patch;
  }

  /** As Cluster API writes it: {@code v1.35.2}. */
  public String tag() {
    return "v" + text();
  }

  @Override
  public int compareTo(KubernetesVersion other) {
    return Comparator.comparingInt(KubernetesVersion::minor)
        .thenComparingInt(KubernetesVersion::patch)
        .compare(this, other);
  }
}
