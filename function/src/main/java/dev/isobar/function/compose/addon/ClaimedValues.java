package dev.isobar.function.compose.addon;

import dev.isobar.apis.decode.Nearest;
import dev.isobar.apis.platform.ExtraAddon;
import dev.isobar.apis.platform.PlatformClusterSpec;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.plan.AddonName;
import dev.isobar.function.compose.plan.ChartTable;
import dev.isobar.function.compose.plan.Mistakes;
import dev.isobar.function.compose.sveltos.Addon;
import dev.isobar.function.compose.text.Yaml;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Values that a claim has for Isobar's own add-ons, one way for all: laid over Isobar's, objects
 * merged, anything else replaced, so that null removes, as to Helm. What an add-on cannot work
 * without is kept.
 */
public final class ClaimedValues {
  private static final String TEMPLATE_MARK = "{{";

  private ClaimedValues() {}

  /** The add-on with what the claim has for it. */
  static Addon over(Addon addon, Map<String, Object> claimed) {
    return claimed.get(addon.name()) instanceof Map<?, ?> values && addon.chart().isPresent()
        ? addon.valued(merged(addon.values(), values))
        : addon;
  }

  private static SortedMap<String, Object> merged(Map<?, ?> below, Map<?, ?> above) {
    var all = new TreeMap<String, Object>();
    below.forEach((key, value) -> all.put(String.valueOf(key), value));
    above.forEach((key, value) ->
        all.put(
            String.valueOf(key),
            value instanceof Map<?, ?> upper && below.get(key) instanceof Map<?, ?> lower
                ? merged(lower, upper)
                : value));
    return all;
  }

  /**
   * Checks the claim's values.
   *
   * @param addons the add-ons of the cluster
   * @param exists whether the cluster has been begun, perhaps with what is switched off elsewhere
   */
  public static void check(
      PlatformClusterSpec spec, List<Addon> addons, boolean exists, Mistakes mistakes) {
    spec.addons().values().forEach((name, values) -> check(name, values, spec, addons, mistakes));
    if (!exists) {
      addons.forEach(addon -> checkSwitches(addon, spec.addons().values(), mistakes));
    }
  }

  private static void check(
      String name,
      @Nullable Object values,
      PlatformClusterSpec spec,
      List<Addon> addons,
      Mistakes mistakes) {
    String path = "spec.addons.values[" + name + "]";
    if (!ChartTable.addonsOfClusters().contains(name)) {
      mistakes.add(path, "there is no add-on of Isobar of this name", remedy(name, spec));
      return;
    }
    if (!(values instanceof Map<?, ?> map)) {
      mistakes.add(path, "is no object", "write the values of the add-on's chart below it");
      return;
    }
    Optional<Addon> addon = addons.stream().filter(one -> one.name().equals(name)).findFirst();
    boolean operator = name.equals(AddonName.GPU_OPERATOR.text());
    if (addon.isEmpty() && !operator) {
      mistakes.add(
          path,
          "add-on " + name + " is not installed in this cluster",
          "switch it on, or remove its values");
    }
    addon.ifPresent(one -> checkKept(one, map, path, mistakes));
    if (operator && Yaml.write(map).contains(TEMPLATE_MARK)) {
      mistakes.add(
          path,
          "has \"" + TEMPLATE_MARK + "\" in it, and then workspaces could not read what is set",
          "write it without");
    }
  }

  private static String remedy(String name, PlatformClusterSpec spec) {
    for (int i = 0; i < spec.addons().extra().size(); i++) {
      ExtraAddon extra = spec.addons().extra().get(i);
      if (extra.name().equals(name)) {
        return "write the values of your own add-on in spec.addons.extra[" + i + "].chart.values";
      }
    }
    return Nearest.remedy(name, ChartTable.addonsOfClusters(), "there are");
  }

  private static void checkKept(Addon addon, Map<?, ?> values, String path, Mistakes mistakes) {
    for (String kept : addon.kept()) {
      if (kept.startsWith(Addon.SWITCH)) {
        continue;
      }
      touched(values, Arrays.asList(kept.split("\\.")))
          .ifPresent(place ->
              mistakes.add(
                  path + "." + place,
                  "is for Isobar alone to set, because add-on "
                      + addon.name()
                      + " would not work otherwise",
                  "remove it, or look for a field of the claim that says what you mean"));
    }
  }

  private static void checkSwitches(Addon addon, Map<?, ?> claimed, Mistakes mistakes) {
    for (String kept : addon.kept()) {
      if (!kept.startsWith(Addon.SWITCH)) {
        continue;
      }
      String path = kept.substring(Addon.SWITCH.length());
      Tree at = Tree.of(claimed).at(addon.name());
      for (String key : Arrays.asList(path.split("\\."))) {
        at = at.at(key);
      }
      if (at.truth().filter(on -> !on).isPresent()) {
        mistakes.add(
            "spec.addons.values[" + addon.name() + "]." + path,
            "switches off what add-on " + addon.name() + " does not work without",
            "remove it");
      }
    }
  }

  /** Where values change what is kept; nothing when they leave it alone. */
  private static Optional<String> touched(Map<?, ?> values, List<String> kept) {
    List<String> place = new ArrayList<>();
    Map<?, ?> at = values;
    for (String key : kept) {
      place.add(key);
      if (!at.containsKey(key)) {
        return Optional.empty();
      }
      if (!(at.get(key) instanceof Map<?, ?> below)) {
        return Optional.of(String.join(".", place));
      }
      at = below;
    }
    return Optional.of(String.join(".", kept));
  }
}
