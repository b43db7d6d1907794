package dev.isobar.function.compose.gpu;

import dev.isobar.apis.tree.Fields;
import dev.isobar.function.compose.text.Yaml;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The GPU Operator's configuration for all nodes of a cluster. The Operator does not watch it: what
 * moves a node is its label, which names an entry, so entries come and go but never change.
 *
 * @param mig the text of {@code config.yaml} in {@code migManager.config.data}; it replaces what
 *     mig-manager generates, so it always has the entry {@code all-disabled}
 * @param devicePlugin texts by key, for {@code devicePlugin.config.data}
 */
public record GpuConfigs(String mig, SortedMap<String, String> devicePlugin) {
  /** Every slice is a resource of its profile's name. */
  private static final String MIXED = "mixed";

  /**
   * The entry of nodes that share nothing, where others share through MPS; named as in the values
   * of the Operator's chart.
   */
  private static final String UNSHARED = "mig-mixed";

  /** Copies the map. */
  public GpuConfigs {
    devicePlugin = Collections.unmodifiableSortedMap(new TreeMap<>(devicePlugin));
  }

  /**
   * The configuration with the entries of all these nodes, in no particular order and possibly
   * repeated.
   */
  public static GpuConfigs of(Collection<GpuNodeConfig> nodes) {
    var mig = new TreeMap<String, Object>();
    mig.put(
        MigConfig.ALL_DISABLED,
        List.of(Fields.with("devices", "all").set("mig-enabled", false).map()));
    var devicePlugin = new TreeMap<String, String>();
    for (GpuNodeConfig node : nodes) {
      node.mig().ifPresent(entry -> mig.put(entry.name(), entry.content()));
      node.sharing().ifPresent(entry -> devicePlugin.put(entry.name(), text(entry)));
    }
    if (nodes.stream().anyMatch(GpuConfigs::sharesThroughMps)) {
      devicePlugin.put(UNSHARED, text(MIXED, Fields.none()));
    }
    var file = Fields.with("version", "v1").set("mig-configs", mig).map();
    return new GpuConfigs(Yaml.write(file), devicePlugin);
  }

  /** Whether any node divides its GPUs. */
  public boolean divides() {
    return !mig.equals(of(List.of()).mig);
  }

  /**
   * How all nodes show MIG slices, for {@code mig.strategy}; empty where each node's entry says so.
   *
   * <p>What the Operator tells all nodes wins over their entries, and the device plugin does not
   * start with MPS under mixed (cmd/nvidia-device-plugin/main.go of k8s-device-plugin).
   */
  public String migStrategy() {
    return devicePlugin.containsKey(UNSHARED) ? "" : MIXED;
  }

  /** The key of the entry for nodes that share nothing; empty when they need none. */
  public String unshared() {
    return devicePlugin.containsKey(UNSHARED) ? UNSHARED : "";
  }

  private static boolean sharesThroughMps(GpuNodeConfig node) {
    return node.sharing()
        .filter(entry -> entry.strategy() == SharingConfig.Strategy.MPS)
        .isPresent();
  }

  private static String text(SharingConfig entry) {
    return text(
        switch (entry.strategy()) {
          case TIME_SLICING -> MIXED;
          case MPS -> "none";
        },
        Fields.with("sharing", entry.content()));
  }

  private static String text(String migStrategy, Fields sharing) {
    return Yaml.write(
        sharing.set("version", "v1").set("flags", Fields.with("migStrategy", migStrategy)).map());
  }
}
