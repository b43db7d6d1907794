package dev.isobar.function.compose.plan;

import dev.isobar.function.compose.cloud.KubernetesVersion;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A release 1.x of Cluster API, and what it cannot do. */
record ClusterApiRelease(int minor, int patch) {
  /** The first releases of those that can, as one tells the platform team. */
  static final String MENDED = "v1.13.2 or newer";

  /** The first release that knows all versions, as one tells the platform team. */
  static final String KNOWING = "v1.13.1 or newer";

  private static final Pattern TEXT = Pattern.compile("v?1\\.([0-9]{1,3})\\.([0-9]{1,3})");
  private static final int MENDED_MINOR = 13;
  private static final int MENDED_PATCH = 2;
  private static final int KNOWING_PATCH = 1;

  /**
   * The first minor of Kubernetes that has feature gate ControlPlaneKubeletLocalMode no more, which
   * 1.13.0 sets.
   *
   * @see <a
   *     href="https://github.com/kubernetes-sigs/cluster-api/blob/v1.14.2/docs/book/src/reference/versions.md#kubernetes-version-specific-notes">the
   *     book of Cluster API</a>
   */
  private static final int UNGATED_SINCE = 36;

  /**
   * Patches of Kubernetes, by minor, from which on kubelets let the API server in only by a binding
   * that Cluster API must make; every later minor needs it, too.
   *
   * @see <a
   *     href="https://github.com/kubernetes-sigs/cluster-api/blob/v1.14.2/docs/book/src/user/troubleshooting.md#kubeadm-join-fails-after-upgrading-to-kubernetes-patch-releases">the
   *     book of Cluster API</a>
   */
  private static final Map<Integer, Integer> GUARDED = Map.of(33, 12, 34, 8, 35, 5, 36, 1);

  private static final int GUARDED_SINCE = 37;

  /**
   * The release of a text such as {@code v1.14.2}.
   *
   * @throws IllegalArgumentException when it is none, which the API's schema rules out
   */
  static ClusterApiRelease of(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("no release of Cluster API: " + text);
    }
    return new ClusterApiRelease(
        Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /** Whether kubeadm of a version takes what it writes. */
  boolean knows(KubernetesVersion version) {
    return version.minor() < UNGATED_SINCE
        || minor > MENDED_MINOR
        || (minor == MENDED_MINOR && patch >= KNOWING_PATCH);
  }

  /** Whether it ends the rollout of a control plane from one version to another. */
  boolean brings(KubernetesVersion from, KubernetesVersion to) {
    return mended() || guarded(from) || !guarded(to);
  }

  private boolean mended() {
    return minor > MENDED_MINOR || (minor == MENDED_MINOR && patch >= MENDED_PATCH);
  }

  private static boolean guarded(KubernetesVersion version) {
    Integer since = GUARDED.get(version.minor());
    return since == null ? version.minor() >= GUARDED_SINCE : version.patch() >= since;
  }

  /** As its project writes it. */
  String tag() {
    return "v1." + minor + "." + patch;
  }
}
