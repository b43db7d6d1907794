package dev.isobar.e2e.inmemory;

import dev.isobar.e2e.provider.GpuNode;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.kubernetes.Refusal;
import dev.isobar.testbed.plane.ControlPlane;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Plays kubelets and NVIDIA's GPU Operator for machines that are not in memory, in a cluster that
 * is: its API takes no server-side apply, and writes a status with the rest.
 */
public final class GpuNodesInMemory implements Closeable {
  private static final int CONFLICT = 409;

  private final Kubernetes inside;

  private GpuNodesInMemory(Kubernetes inside) {
    this.inside = inside;
  }

  /** By the kubeconfig that Cluster API keeps of a cluster. */
  public static GpuNodesInMemory of(ControlPlane plane, String namespace, String cluster) {
    String kubeconfig =
        plane
            .kubernetes()
            .get(Kind.SECRET.named(namespace, cluster + "-kubeconfig"))
            .at("data", "value")
            .text()
            .orElseThrow();
    Path file = plane.folder().resolve(cluster + "-kubeconfig");
    try {
      Files.write(file, Base64.getDecoder().decode(kubeconfig));
    } catch (IOException unwritable) {
      throw new UncheckedIOException("cannot write " + file, unwritable);
    }
    return new GpuNodesInMemory(Kubernetes.connect(file));
  }

  /** A kubelet's node. */
  public Reference joins(String name, String providerId) {
    var node = new TreeMap<String, Object>(GpuNode.joined(name, providerId));
    node.put("status", GpuNode.HEALTHY);
    if (!inside.create(node)) {
      throw new AssertionError("there is a node " + name + " already");
    }
    return Kind.NODE.named(name);
  }

  /** What the GPU Operator writes onto a node. */
  public void labels(Reference node, Map<String, String> labels) {
    merge(node, Map.of("metadata", Map.of("labels", labels)));
  }

  /** What the device plugin offers of a node. */
  public void offers(Reference node, Map<String, Long> resources) {
    merge(node, Map.of("status", GpuNode.offering(resources)));
  }

  /**
   * How a node is, by its kubelet's account, or by that of whoever misses it.
   *
   * @param ready True, False or Unknown
   */
  public void says(Reference node, String ready, Instant since) {
    merge(node, Map.of("status", GpuNode.ready(ready, since)));
  }

  /** A volume is attached to a node, as its pods use it. */
  public void holds(Reference node, String volume) {
    merge(
        node,
        Map.of(
            "status",
            Map.of(
                "volumesAttached",
                List.of(Map.of("name", volume, "devicePath", "/dev/" + volume)))));
  }

  /** Whether pods are kept off a node until its GPUs work. */
  public boolean held(Reference node) {
    return GpuNode.held(inside.get(node));
  }

  /** Cluster API and the provider write nodes too. */
  private void merge(Reference node, Map<String, Object> fields) {
    var _ =
        Await.PATIENT.until(node + " is written", () -> merged(node, fields), written -> written);
  }

  private boolean merged(Reference node, Map<String, Object> fields) {
    try {
      var _ = inside.patch(node, fields);
      return true;
    } catch (Refusal refusal) {
      if (refusal.code() == CONFLICT) {
        return false;
      }
      throw refusal;
    }
  }

  @Override
  public void close() {
    inside.close();
  }
}
