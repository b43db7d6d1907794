package dev.isobar.provider.clusterapi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Whether a node's GPUs are as planned, or which step of NVIDIA's GPU Operator is missing. The
 * steps are told in the order in which they happen. Of devices of other vendors, which it does not
 * see to, only the numbers count.
 */
public final class GpuGate {
  private static final String NVIDIA = "nvidia.com/";
  private static final String MIG_WANTED = "nvidia.com/mig.config";
  private static final String MIG_STATE = "nvidia.com/mig.config.state";
  private static final String PRESENT = "nvidia.com/gpu.present";
  private static final String DRIVER = "nvidia.com/cuda.driver-version.full";
  private static final String OLD_DRIVER = "nvidia.com/cuda.driver.major";

  /** The reason when there is no node to look at. */
  static final String NO_NODE = "WaitingForNode";

  /**
   * What is missing.
   *
   * @param reason one word of a closed list
   * @param words what is wrong, with which node, and who must do what
   */
  public record Missing(String reason, String words) {}

  private GpuGate() {}

  /**
   * What is missing of a machine's GPUs; empty when nothing is.
   *
   * @param node the machine's; empty when it has not joined
   * @param expected amounts by resource name; nothing is asked of a machine that expects nothing
   * @param operator what the GPU Operator says of itself; empty when there is nothing to say
   */
  public static Optional<Missing> missing(
      Optional<NodeView> node, Map<String, Integer> expected, String operator) {
    if (node.isEmpty()) {
      return Optional.of(
          new Missing(
              NO_NODE,
              "the machine runs, and its node has not joined the cluster yet; if it never does, its"
                  + " console tells why"));
    }
    return expected.isEmpty()
        ? Optional.empty()
        : missing(node.get(), expected)
            .map(step ->
                operator.isEmpty() || !areOfNvidia(expected.keySet())
                    ? step
                    : new Missing(step.reason(), step.words() + "; " + operator));
  }

  private static Optional<Missing> missing(NodeView node, Map<String, Integer> expected) {
    Map<String, String> labels = node.labels();
    String mig = labels.getOrDefault(MIG_STATE, "");
    boolean divided = labels.containsKey(MIG_WANTED);
    if (divided && mig.equals("failed")) {
      return missing(
          "MigFailed",
          "node %s: the GPU Operator could not divide the GPUs as %s says (%s=failed); the log of its"
                  .formatted(node.name(), labels.get(MIG_WANTED), MIG_STATE)
              + " mig-manager on that node tells why; platform team");
    }
    SortedMap<String, String> wrong = differences(node.offered(), expected);
    if (wrong.isEmpty() && (!divided || mig.equals("success"))) {
      return Optional.empty();
    }
    if (!wrong.isEmpty() && !areOfNvidia(expected.keySet())) {
      return differing(node, wrong);
    }
    if (!labels.containsKey(PRESENT)) {
      return missing(
          "WaitingForGpuOperator",
          "node %s: the GPU Operator has not found its GPUs yet (label %s); if that lasts, platform team: the cluster's add-on gpu-operator"
              .formatted(node.name(), PRESENT));
    }
    if (!labels.containsKey(DRIVER) && !labels.containsKey(OLD_DRIVER)) {
      return missing(
          "WaitingForDriver",
          "node %s: NVIDIA's driver is not loaded yet (label %s); if that lasts, platform team: the Pod nvidia-driver-daemonset of that node"
              .formatted(node.name(), DRIVER));
    }
    if (divided && !mig.equals("success")) {
      return missing(
          "WaitingForMig",
          "node %s: the GPUs are being divided as %s says (%s=%s)"
              .formatted(
                  node.name(), labels.get(MIG_WANTED), MIG_STATE, mig.isEmpty() ? "none" : mig));
    }
    return differing(node, wrong);
  }

  private static Optional<Missing> differing(NodeView node, SortedMap<String, String> wrong) {
    boolean ours = wrong.keySet().stream().allMatch(GpuGate::isOfNvidia);
    return missing(
        "ResourcesDiffer",
        "node %s offers other %s than planned: %s; if that lasts, platform team: the %s of that node"
            .formatted(
                node.name(),
                ours ? "GPUs" : "resources",
                String.join(", ", wrong.values()),
                ours ? "Pod nvidia-device-plugin-daemonset" : "Pods of the device plugins"));
  }

  private static Optional<Missing> missing(String reason, String words) {
    return Optional.of(new Missing(reason, words));
  }

  /**
   * In words, by resource; GPUs that are offered and not planned count as well. NVIDIA has other
   * resources too, such as those of its network cards, which are none of ours.
   */
  private static SortedMap<String, String> differences(
      SortedMap<String, Long> offered, Map<String, Integer> expected) {
    var all = new TreeMap<String, Long>();
    expected.forEach((resource, count) -> all.put(resource, (long) count));
    offered.keySet().stream()
        .filter(GpuGate::isOfGpus)
        .forEach(resource -> all.putIfAbsent(resource, 0L));
    var wrong = new TreeMap<String, String>();
    all.forEach((resource, count) -> {
      long there = offered.getOrDefault(resource, 0L);
      if (there != count) {
        wrong.put(resource, "%s %d instead of %d".formatted(resource, there, count));
      }
    });
    return wrong;
  }

  private static boolean areOfNvidia(Set<String> resources) {
    return resources.stream().anyMatch(GpuGate::isOfNvidia);
  }

  private static boolean isOfNvidia(String resource) {
    return resource.startsWith(NVIDIA);
  }

  private static boolean isOfGpus(String resource) {
    return List.of("nvidia.com/gpu", "nvidia.com/gpu.shared").contains(resource)
        || resource.startsWith("nvidia.com/mig-");
  }

  /** What is planned, in words. */
  public static String words(Map<String, Integer> expected) {
    return new TreeMap<>(expected)
        .entrySet().stream()
            .map(one -> one.getKey() + " " + one.getValue())
            .collect(Collectors.joining(", "));
  }
}
