package dev.isobar.e2e.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.input.Flavour;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.provider.external.FakeCloud;
import dev.isobar.testbed.controller.Controller;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.plane.ControlPlane;
import dev.isobar.testbed.plane.Options;
import dev.isobar.testbed.workload.WorkloadCluster;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * GPU nodes of Cluster API's own controllers, by the provider as it ships and under its roles; the
 * cluster's network and control plane are two kinds of the test, its API is a real one.
 */
@OnControlPlane
final class GpuMachinesTest {
  private static final String NAMESPACE = "gpu-nodes";

  private final ControlPlane plane =
      Planes.own("gpu-machines", Options.of(Flavour.CLAIMS).withoutAmazon()).with(Controller.CORE);
  private final Kubernetes kubernetes = plane.kubernetes();
  private final WorkloadCluster workload = plane.startWorkloadCluster();
  private final GpuPool pool =
      new GpuPool(
          plane,
          workload,
          NAMESPACE,
          new GpuPool.Machines("cloud", "small", "ubuntu", List.of(), "OnDemand"),
          new TestInfraCluster());
  private final CloudHost cloud = new CloudHost();
  private final Await await = Await.PATIENT;

  @AfterEach
  void end() {
    cloud.close();
    workload.close();
    plane.close();
  }

  /** Every way in which GPUs are not as planned, and at last there are too few. */
  private void comeWrongly(List<Tree> machines, Collection<Reference> nodes) {
    var other = Map.of("nvidia.com/gpu", 0L, "nvidia.com/mig-1g.10gb", 14L);
    nodes.forEach(node -> pool.nodes().offers(node, other));
    all(machines, "ResourcesDiffer");
    nodes.forEach(node -> pool.nodes().divides(node, "failed"));
    all(machines, "MigFailed");
    var none = Map.of("nvidia.com/gpu", 2L, "nvidia.com/mig-1g.10gb", 0L);
    nodes.forEach(node -> pool.nodes().divides(node, "pending"));
    nodes.forEach(node -> pool.nodes().offers(node, none));
    all(machines, "WaitingForMig");
    nodes.forEach(node -> pool.nodes().offers(node, 1));
    nodes.forEach(node -> pool.nodes().divides(node, "success"));
    all(machines, "ResourcesDiffer");
  }

  private void all(List<Tree> machines, String reason) {
    machines.forEach(machine -> {
      var _ = pool.says(machine, "False", reason);
    });
  }

  @Test
  void nodesCountWhenTheirGpusWorkAndGoWithoutLeftovers() {
    InstanceScene scene = InstanceScene.set(kubernetes, NAMESPACE);
    var _ = scene.config("cloud", "right");
    pool.begins();
    ProviderProcess provider =
        ProviderProcess.start(
            plane, "provider-gpu-machines", cloud, "--enable-cluster-api", "--poll=3s");
    pool.of(2);
    List<Tree> made =
        pool.machines(
            "two machines run", all -> all.size() == 2 && all.stream().allMatch(GpuPool::runs));
    all(made, "WaitingForNode");
    var nodes = new TreeMap<String, Reference>();
    for (Tree machine : made) {
      String id = GpuPool.id(machine);
      nodes.put(id, pool.nodes().joins("node-" + nodes.size(), id));
      var _ = pool.says(machine, "False", "WaitingForGpuOperator");
    }
    comeWrongly(made, nodes.values());
    assertThat(nodes.values()).as("nodes that pods are kept off").allMatch(pool.nodes()::tainted);
    assertThat(
            kubernetes.get(pool.deployment()).at("status", "availableReplicas").whole().orElse(0L))
        .as("nodes that count before their GPUs work")
        .isZero();
    nodes.values().forEach(node -> pool.nodes().offers(node, 2));
    made.forEach(machine -> {
      var _ = pool.says(machine, "True", "AsPlanned");
    });
    assertThat(nodes.values()).as("nodes that pods may have").noneMatch(pool.nodes()::tainted);
    pool.available(2);
    assertThat(
            kubernetes
                .get(GpuPool.TEMPLATE.named(NAMESPACE, "lab-gpu-1"))
                .at("status", "capacity", "nvidia.com/gpu")
                .text())
        .contains("2");

    Reference first = nodes.firstEntry().getValue();
    pool.nodes().offers(first, 1);
    Tree broken =
        made.stream()
            .filter(one -> GpuPool.id(one).equals(nodes.firstEntry().getKey()))
            .findFirst()
            .get();
    var _ = pool.says(broken, "False", "ResourcesDiffer");
    assertThat(pool.nodes().tainted(first)).as("pods are kept off again").isTrue();
    pool.available(1);

    provider.kill();
    kubernetes.scale(pool.deployment(), 0);
    ProviderProcess again =
        ProviderProcess.start(
            plane, "provider-gpu-machines-again", cloud, "--enable-cluster-api", "--poll=3s");
    var _ = pool.machines("all machines are gone", List::isEmpty);
    var _ =
        await.until(
            "all Instances are gone",
            () -> kubernetes.list(InstanceScene.INSTANCE, NAMESPACE),
            List::isEmpty);
    assertThat(cloud.<List<String>>with(FakeCloud::live)).as("machines in the cloud").isEmpty();
    again.stop();
    assertThat(provider.forbidden()).isEmpty();
    assertThat(again.forbidden()).isEmpty();
  }
}
