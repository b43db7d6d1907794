package dev.isobar.function.compose.autoscaler;

import dev.isobar.apis.settings.Settings.AutoscalerRelease;
import dev.isobar.apis.settings.Settings.AutoscalerSettings;
import dev.isobar.function.compose.cloud.KubernetesVersion;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The autoscaler for each minor version: it brings a scheduler along, to know whether a waiting pod
 * would run on another node. Clusters of 1.34 have the one of 1.35, the first that asks for a
 * machine template in a version that serves its kind, and leaves nodes alone while they are
 * replaced. Older clusters cannot: from 1.35 on it does nothing before it has listed {@code
 * resource.k8s.io/v1}, which API servers have from 1.34 on.
 *
 * @see <a href="https://github.com/kubernetes/autoscaler/releases">the newest patches of August
 *     2026</a>
 */
final class AutoscalerReleases {
  private static final SortedMap<Integer, String> BY_MINOR =
      Collections.unmodifiableSortedMap(
          new TreeMap<>(
              Map.of(
                  31, "v1.31.5",
                  32, "v1.32.7",
                  33, "v1.33.6",
                  34, "v1.35.2",
                  35, "v1.35.2",
                  36, "v1.36.1")));

  private AutoscalerReleases() {}

  /** The tag for a cluster of this version: its minor's own, or else the nearest older one. */
  static String tag(KubernetesVersion version, AutoscalerSettings settings) {
    SortedMap<Integer, String> older = BY_MINOR.headMap(version.minor() + 1);
    String usual =
        older.isEmpty() ? BY_MINOR.firstEntry().getValue() : older.lastEntry().getValue();
    return settings.releases().stream()
        .filter(release -> release.kubernetes().equals("1." + version.minor()))
        .map(AutoscalerRelease::tag)
        .findFirst()
        .orElse(usual);
  }
}
