package dev.isobar.function.compose.plan;

import dev.isobar.apis.platform.Pool;
import dev.isobar.apis.platform.Taint;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks the labels and taints of a pool: their spelling, and that nobody else owns them. */
final class NodeMarkChecks {
  /** Prefixes whose labels Cluster API puts on nodes; the kubelet may not. */
  static final List<String> THROUGH_CLUSTER_API =
      List.of(
          "node-role.kubernetes.io/", "node-restriction.kubernetes.io/", "node.cluster.x-k8s.io/");

  /**
   * Roles by which Kubernetes, and what runs beside it, tell the machines of the control plane. All
   * others are names for people.
   */
  private static final Set<String> HEAD_ROLES =
      Set.of("node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master");

  private static final List<String> OWNED_LABELS =
      List.of("isobar.dev/", "nvidia.com/", "cluster-api/");
  private static final List<String> OWNED_TAINTS =
      List.of(
          "isobar.dev/",
          "nvidia.com/gpu",
          "node.kubernetes.io/",
          "node.cloudprovider.kubernetes.io/",
          "node.cluster.x-k8s.io/");

  private final Pool pool;
  private final String path;
  private final Mistakes mistakes;

  NodeMarkChecks(Pool pool, String path, Mistakes mistakes) {
    this.pool = pool;
    this.path = path;
    this.mistakes = mistakes;
  }

  /** Whether a label reaches nodes through Cluster API instead of the kubelet. */
  public static boolean throughClusterApi(String label) {
    return THROUGH_CLUSTER_API.stream().anyMatch(label::startsWith);
  }

  void check() {
    pool.labels().entrySet().forEach(this::checkLabel);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < pool.taints().size(); i++) {
      Taint taint = pool.taints().get(i);
      String place = path + ".taints[" + i + "]";
      checkKey(taint.key(), place + ".key");
      checkValue(taint.value(), place + ".value");
      if (OWNED_TAINTS.stream().anyMatch(taint.key()::startsWith)) {
        mistakes.add(
            place + ".key",
            taint.key() + " is set by Isobar or Kubernetes",
            "choose a key of your own");
      }
      if (!seen.add(taint.key() + ":" + taint.effect())) {
        mistakes.add(
            place,
            "is the second taint " + taint.key() + " of effect " + taint.effect(),
            "keep one of them");
      }
    }
  }

  private void checkLabel(Map.Entry<String, String> label) {
    String place = path + ".labels[" + label.getKey() + "]";
    checkKey(label.getKey(), place);
    checkValue(label.getValue(), place);
    String key = label.getKey();
    boolean kubernetes = key.contains("kubernetes.io/") || key.contains("k8s.io/");
    if (OWNED_LABELS.stream().anyMatch(key::startsWith)) {
      mistakes.add(place, "is set by Isobar", "choose a label of your own");
    } else if (HEAD_ROLES.contains(key)) {
      mistakes.add(
          place,
          "makes nodes pass for machines of the control plane, and what holds the cloud's"
              + " credentials would run on them",
          "choose another role, for example node-role.kubernetes.io/worker");
    } else if (kubernetes && !throughClusterApi(key)) {
      mistakes.add(
          place,
          "Kubernetes does not let nodes set labels of its own domains",
          "choose a label of your own, or one under node-role.kubernetes.io/ or"
              + " node-restriction.kubernetes.io/");
    }
  }

  private void checkKey(String key, String place) {
    if (!LabelSpelling.isKey(key)) {
      mistakes.add(place, "is not a valid key", LabelSpelling.KEY);
    }
  }

  private void checkValue(String value, String place) {
    if (!LabelSpelling.isValue(value)) {
      mistakes.add(place, "is not a valid value", LabelSpelling.VALUE);
    }
  }
}
