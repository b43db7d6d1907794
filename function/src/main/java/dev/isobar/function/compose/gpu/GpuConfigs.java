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
    var file = Fields.with("version", "v1").set("mig-configs", mig).map();
    return new GpuConfigs(Yaml.write(file), devicePlugin);
  }

  private static String text(SharingConfig entry) {
    return Yaml.write(
        Fields.with("version", "v1")
            .set("flags", Fields.with("migStrategy", "mixed"))
            .set("sharing", entry.content())
            .map());
  }
}
