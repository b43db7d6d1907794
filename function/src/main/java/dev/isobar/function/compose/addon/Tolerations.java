package dev.isobar.function.compose.addon;

import dev.isobar.apis.tree.Fields;
import dev.isobar.function.compose.plan.NodeMarks;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SortedMap;

/** Tolerations that values of several charts spell out: lists in values replace the chart's own. */
final class Tolerations {
  private Tolerations() {}

  static SortedMap<String, Object> controlPlane() {
    return exists("node-role.kubernetes.io/control-plane");
  }

  /** Tolerates all taints: for what belongs on every node, however it is marked. */
  static List<SortedMap<String, Object>> everything() {
    return List.of(Fields.with("operator", "Exists").map());
  }

  /** Tolerates the key whatever its value. */
  static SortedMap<String, Object> exists(String key) {
    return exists(key, "NoSchedule");
  }

  /**
   * Tolerates these taints whatever their values, each key and effect once: first what is always
   * tolerated, the rest in the order of their keys.
   */
  static List<SortedMap<String, Object>> all(
      List<SortedMap<String, Object>> always, Collection<NodeMarks.Mark> taints) {
    var tolerations = new LinkedHashSet<>(always);
    taints.stream()
        .sorted(Comparator.comparing(NodeMarks.Mark::key).thenComparing(NodeMarks.Mark::effect))
        .map(taint -> exists(taint.key(), taint.effect()))
        .forEach(tolerations::add);
    return List.copyOf(tolerations);
  }

  private static SortedMap<String, Object> exists(String key, String effect) {
    return Fields.with("key", key).set("operator", "Exists").set("effect", effect).map();
  }
}
