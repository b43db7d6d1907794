package dev.isobar.function.compose.addon;

import dev.isobar.function.tree.Fields;
import java.util.SortedMap;

/** Tolerations that values of several charts spell out: lists in values replace the chart's own. */
final class Tolerations {
  private Tolerations() {}

  static SortedMap<String, Object> controlPlane() {
    return exists("node-role.kubernetes.io/control-plane");
  }

  /** Tolerates the key whatever its value. */
  static SortedMap<String, Object> exists(String key) {
    return Fields.with("key", key).set("operator", "Exists").set("effect", "NoSchedule").map();
  }
}
