package dev.isobar.e2e.provider;

import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Kubelets and NVIDIA's GPU Operator, as far as the nodes of a cluster show them. */
public final class PlayedNodes {
  private static final String TAINT = "isobar.dev/gpu-not-ready";
  private static final String GPU = "nvidia.com/gpu";

  private final Kubernetes inside;

  PlayedNodes(Kubernetes inside) {
    this.inside = inside;
  }

  /** A kubelet registers its node, which pods are kept off. */
  public Reference joins(String name, String providerId) {
    var _ =
        inside.apply(
            Map.of(
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
                    List.of(Map.of("key", TAINT, "effect", "NoSchedule")))));
    Reference node = Kind.NODE.named(name);
    var _ =
        inside.patchStatus(
            node,
            Map.of(
                "conditions",
                List.of(
                    condition("Ready", "True"),
                    condition("MemoryPressure", "False"),
                    condition("DiskPressure", "False"),
                    condition("PIDPressure", "False"))));
    return node;
  }

  private static Map<String, Object> condition(String type, String status) {
    return Map.of("type", type, "status", status, "reason", "Test", "message", "test");
  }

  /** The operator has loaded the driver, and the device plugin counts whole GPUs. */
  public void offers(Reference node, int gpus) {
    offers(node, Map.of(GPU, String.valueOf(gpus)));
  }

  /** The same of any resources; those that were offered before stay unless they are named. */
  public void offers(Reference node, Map<String, String> counts) {
    Map<String, Object> labels =
        Map.of("nvidia.com/gpu.present", "true", "nvidia.com/cuda.driver-version.full", "580.95");
    label(node, labels);
    Map<String, Object> resources = new TreeMap<>(counts);
    resources.put("cpu", "8");
    var _ = inside.patchStatus(node, Map.of("allocatable", resources, "capacity", resources));
  }

  /** The operator divides the GPUs, and says how that is going. */
  public void divides(Reference node, String state) {
    label(node, Map.of("nvidia.com/mig.config", "lab", "nvidia.com/mig.config.state", state));
  }

  private void label(Reference node, Map<String, Object> labels) {
    var _ = inside.patch(node, Map.of("metadata", Map.of("labels", labels)));
  }

  /** Whether pods are kept off a node. */
  public boolean tainted(Reference node) {
    return inside.get(node).at("spec", "taints").items().stream()
        .anyMatch(taint -> taint.at("key").text().filter(TAINT::equals).isPresent());
  }
}
