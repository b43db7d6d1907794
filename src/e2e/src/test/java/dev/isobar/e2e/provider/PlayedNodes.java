package dev.isobar.e2e.provider;

import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import java.util.Map;

/** Kubelets and NVIDIA's GPU Operator, as far as the nodes of a cluster show them. */
public final class PlayedNodes {
  private static final String MIG = "nvidia.com/mig.config";
  private static final String WHOLE = "nvidia.com/gpu";

  private final Kubernetes inside;

  PlayedNodes(Kubernetes inside) {
    this.inside = inside;
  }

  /** A kubelet registers its node, which pods are kept off. */
  public Reference joins(String name, String providerId) {
    var _ = inside.apply(GpuNode.joined(name, providerId));
    Reference node = Kind.NODE.named(name);
    var _ = inside.patchStatus(node, GpuNode.HEALTHY);
    return node;
  }

  /** The operator has loaded the driver, and the device plugin counts whole GPUs. */
  public void offers(Reference node, long gpus) {
    offers(node, Map.of(WHOLE, gpus));
  }

  /** The same of any resources; those that were offered before stay unless they are named. */
  public void offers(Reference node, Map<String, Long> resources) {
    label(node, GpuNode.OPERATED);
    var _ = inside.patchStatus(node, GpuNode.offering(resources));
  }

  /** The operator divides the GPUs, and says how that is going. */
  public void divides(Reference node, String state) {
    label(node, Map.of(MIG, "lab", MIG + ".state", state));
  }

  private void label(Reference node, Map<String, String> labels) {
    var _ = inside.patch(node, Map.of("metadata", Map.of("labels", labels)));
  }

  /** All of it at once: GPUs are as they shall be. */
  void serves(Reference node, Map<String, Long> resources) {
    if (resources.getOrDefault(WHOLE, 0L) == 0) {
      divides(node, "success");
    }
    offers(node, resources);
  }

  /** Whether pods are kept off a node. */
  public boolean tainted(Reference node) {
    return GpuNode.held(inside.get(node));
  }
}
