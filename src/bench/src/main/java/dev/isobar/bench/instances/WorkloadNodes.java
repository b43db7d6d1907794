package dev.isobar.bench.instances;

import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.workload.WorkloadCluster;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Nodes whose GPUs work, as large as those of real machines: with the labels of feature discovery,
 * and with as many images as a kubelet tells of.
 */
record WorkloadNodes(WorkloadCluster workload) {
  /** Amount that a node offers of {@link #RESOURCE}. */
  static final int GPUS = 8;

  static final String RESOURCE = "nvidia.com/gpu";

  private static final int LABELS = 60;
  private static final int IMAGES = 50;

  /** Makes the node of a machine, which begins with the taint. */
  void make(String name, String providerId) {
    boolean made =
        workload
            .kubernetes()
            .create(
                Map.of(
                    "apiVersion",
                    "v1",
                    "kind",
                    "Node",
                    "metadata",
                    Map.of("name", name, "labels", labels()),
                    "spec",
                    Map.of(
                        "providerID",
                        providerId,
                        "taints",
                        List.of(
                            Map.of("key", "isobar.dev/gpu-not-ready", "effect", "NoSchedule")))));
    if (!made) {
      throw new IllegalStateException("there is a node " + name + " already");
    }
    Map<String, String> resources = Map.of("cpu", "96", RESOURCE, String.valueOf(GPUS));
    var _ =
        workload
            .kubernetes()
            .patchStatus(
                Kind.NODE.named(name),
                Map.of("allocatable", resources, "capacity", resources, "images", images()));
  }

  /** Lists of nodes that the API server was asked for so far, page by page. */
  long lists() {
    return BenchPlane.requests(
        workload.kubernetes(),
        line -> line.contains("resource=\"nodes\"") && line.contains("verb=\"LIST\""));
  }

  private static Map<String, String> labels() {
    var labels = new TreeMap<String, String>();
    labels.put("nvidia.com/gpu.present", "true");
    labels.put("nvidia.com/cuda.driver-version.full", "580.95.05");
    IntStream.range(0, LABELS)
        .forEach(
            number -> labels.put("feature.node.kubernetes.io/cpu-cpuid.FEATURE" + number, "true"));
    return labels;
  }

  private static List<Map<String, Object>> images() {
    return IntStream.range(0, IMAGES)
        .mapToObj(number -> {
          String image = "registry.example.org/platform/component-" + number;
          return Map.<String, Object>of(
              "names",
              List.of(image + "@sha256:" + "0".repeat(64), image + ":v1.35.2-20260820"),
              "sizeBytes",
              100_000_000 + number);
        })
        .toList();
  }
}
