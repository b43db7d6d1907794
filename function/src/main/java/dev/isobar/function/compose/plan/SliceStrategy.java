package dev.isobar.function.compose.plan;

import dev.isobar.apis.platform.ExtraAddon;
import dev.isobar.apis.platform.HelmChart;
import dev.isobar.apis.tree.Tree;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The MIG strategy that an app team's own chart of NVIDIA's sets. There is no field for it: slices
 * are shown as mixed. Under single all slices of a node are {@code nvidia.com/gpu}, and when they
 * differ in size nothing is shown.
 *
 * @see <a
 *     href="https://github.com/NVIDIA/k8s-device-plugin/blob/v0.19.0/README.md">MIG_STRATEGY</a>
 */
public final class SliceStrategy {
  /** What such an add-on does, to stand behind its name. */
  public static final String PROBLEM =
      " shows slices by the strategy single, which calls all of them nvidia.com/gpu and shows none"
          + " where sizes are mixed";

  private static final String SINGLE = "single";

  /** The value that sets it, by chart. */
  private static final Map<String, List<String>> KEYS =
      Map.of(
          "gpu-operator", List.of("mig", "strategy"),
          "nvidia-device-plugin", List.of("migStrategy"));

  /** Charts that have it unless told otherwise. */
  private static final Set<String> UNLESS_TOLD = Set.of("gpu-operator");

  /**
   * An add-on that shows slices so.
   *
   * @param index where it stands among the extra add-ons
   * @param addon its name
   * @param key the value of its chart that says so
   */
  public record Single(int index, String addon, String key) {}

  private SliceStrategy() {}

  /** The first add-on that shows slices by the strategy single; empty when none does. */
  public static Optional<Single> single(List<ExtraAddon> extra) {
    for (int i = 0; i < extra.size(); i++) {
      ExtraAddon addon = extra.get(i);
      Optional<String> key = addon.chart().flatMap(SliceStrategy::single);
      if (key.isPresent()) {
        return Optional.of(new Single(i, addon.name(), key.get()));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> single(HelmChart chart) {
    String unset = UNLESS_TOLD.contains(chart.name()) ? SINGLE : "";
    return Optional.ofNullable(KEYS.get(chart.name()))
        .filter(key -> at(Tree.of(chart.values()), key).text().orElse(unset).equals(SINGLE))
        .map(key -> String.join(".", key));
  }

  private static Tree at(Tree values, List<String> key) {
    Tree found = values;
    for (String field : key) {
      found = found.at(field);
    }
    return found;
  }
}
