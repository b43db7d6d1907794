package dev.isobar.e2e.provider;

import dev.isobar.apis.tree.Tree;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A node with GPUs, in the words of kubelets and of NVIDIA's GPU Operator, both of them played. */
public final class GpuNode {
  /** Its status as soon as its kubelet runs. */
  public static final Map<String, Object> HEALTHY =
      Map.of(
          "conditions",
          List.of(
              condition("Ready", "True"),
              condition("MemoryPressure", "False"),
              condition("DiskPressure", "False"),
              condition("PIDPressure", "False")));

  /** Labels by which the GPU Operator says that it has found GPUs and loaded their driver. */
  public static final Map<String, String> OPERATED =
      Map.of("nvidia.com/gpu.present", "true", "nvidia.com/cuda.driver-version.full", "580.95");

  private static final String TAINT = "isobar.dev/gpu-not-ready";

  private GpuNode() {}

  /** The object, as a kubelet makes it, which says how it is afterwards. */
  public static Map<String, Object> joined(String name, String providerId) {
    return Map.of(
        "apiVersion",
        "v1",
        "kind",
        "Node",
        "metadata",
        Map.of("name", name),
        "spec",
        Map.of(
            "providerID",
            providerId,
            "taints",
            List.of(Map.of("key", TAINT, "effect", "NoSchedule"))));
  }

  /**
   * Its status where it is ready, not ready, or nobody knows.
   *
   * @param status of its condition
   */
  public static Map<String, Object> ready(String status, Instant since) {
    var condition = new TreeMap<String, Object>(condition("Ready", status));
    condition.put("lastTransitionTime", since.truncatedTo(ChronoUnit.SECONDS).toString());
    return Map.of("conditions", List.of(condition));
  }

  private static Map<String, Object> condition(String type, String status) {
    return Map.of("type", type, "status", status, "reason", "Test", "message", "test");
  }

  /** Its status where the device plugin offers so much. */
  public static Map<String, Object> offering(Map<String, Long> resources) {
    var all = new TreeMap<String, String>();
    all.put("cpu", "8");
    resources.forEach((name, count) -> all.put(name, String.valueOf(count)));
    return Map.of("allocatable", all, "capacity", all);
  }

  /** Whether pods are kept off it until its GPUs work. */
  public static boolean held(Tree node) {
    return node.at("spec", "taints").items().stream()
        .anyMatch(taint -> taint.at("key").text().filter(TAINT::equals).isPresent());
  }
}
