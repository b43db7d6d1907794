package dev.isobar.e2e.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.input.Flavour;
import dev.isobar.e2e.plane.Alone;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.e2e.provider.GpuPool;
import dev.isobar.e2e.provider.ProviderProcess;
import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.ObservedMachine;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.Subject;
import dev.isobar.testbed.controller.Controller;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.plane.ControlPlane;
import dev.isobar.testbed.plane.Options;
import dev.isobar.testbed.workload.WorkloadCluster;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A MachineDeployment of GPU nodes, by Cluster API's own controllers and the provider as it ships,
 * on the real Nova. Its servers have no guests: their nodes are played.
 */
@OnControlPlane
@OnOpenStack
@ResourceLock(Alone.OPENSTACK)
@Order(4)
final class OpenStackGpuNodesTest {
  private static final String NAMESPACE = "gpu-nova";
  private static final Kind INSTANCE = new Kind("compute.isobar.dev/v1alpha1", "Instance");

  private final ControlPlane plane =
      Planes.own("gpu-nova", Options.of(Flavour.CLAIMS).withoutAmazon()).with(Controller.CORE);
  private final Kubernetes kubernetes = plane.kubernetes();
  private final WorkloadCluster workload = plane.startWorkloadCluster();
  private final GpuPool pool =
      new GpuPool(plane, workload, NAMESPACE, "lab", "m1.tiny", Lab.cloud().id("image"));

  @AfterEach
  void end() {
    workload.close();
    plane.close();
  }

  private void cloud() {
    kubernetes.makeNamespace(NAMESPACE, Map.of());
    var _ =
        kubernetes.apply(
            Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Secret",
                "metadata",
                Map.of("name", "lab", "namespace", NAMESPACE),
                "stringData",
                Map.of("clouds.yaml", Lab.cloud().cloudsYaml())));
    var _ =
        kubernetes.apply(
            """
            apiVersion: compute.isobar.dev/v1alpha1
            kind: ProviderConfig
            metadata: {name: lab, namespace: gpu-nova}
            spec:
              provider: OpenStack
              region: RegionOne
              credentials: {secretRef: {name: lab, key: clouds.yaml}, entry: lab}
            """);
  }

  private ProviderProcess provider(String name) {
    return ProviderProcess.start(plane, name, "--enable-cluster-api", "--poll=3s");
  }

  /** Somebody deletes the server, and tells nobody. */
  private void vanish(Tree machine) {
    String name = machine.at("metadata", "name").text().orElseThrow();
    String uid =
        kubernetes.get(INSTANCE.named(NAMESPACE, name)).at("metadata", "uid").text().orElseThrow();
    String id = GpuPool.instance(GpuPool.id(machine));
    var subject = new Subject(uid, NAMESPACE, name, Optional.of(id), Map.of());
    assertThat(Lab.machines().delete(subject, id)).isEqualTo(new Effect.Accepted());
  }

  /** Servers of those whose nodes were played that Nova still has. */
  private Set<String> servers() {
    List<String> ours = pool.instances();
    return switch (Lab.machines().list()) {
      case Response.Answered<List<ObservedMachine>>(var all) ->
          all.stream()
              .map(ObservedMachine::id)
              .filter(ours::contains)
              .collect(Collectors.toCollection(TreeSet::new));
      case Response.Failed<List<ObservedMachine>>(var failure) -> throw new AssertionError(failure);
    };
  }

  @Test
  void aPoolGrowsHealsRollsAndShrinksWithoutLeftovers() {
    cloud();
    pool.cluster();
    ProviderProcess first = provider("provider-gpu-nova");
    pool.of(0);
    pool.heals();
    kubernetes.scale(pool.deployment(), 3);
    var _ = pool.machines("three machines are begun", all -> all.size() == 3);
    first.kill();
    ProviderProcess second = provider("provider-gpu-nova-again");
    List<Tree> three = pool.working(3, Set.of());
    assertThat(servers()).as("no server was made twice, and none is missing").hasSize(3);

    Tree lost = three.getFirst();
    vanish(lost);
    var _ = pool.working(3, Set.of(GpuPool.id(lost)));
    assertThat(servers()).as("another one took its place").hasSize(3);

    kubernetes.scale(pool.deployment(), 1);
    List<Tree> one = pool.machines("one is left", all -> all.size() == 1);
    pool.available(1);
    String old = GpuPool.id(one.getFirst());
    Lab.await("its server is the only one", this::servers, Set.of(GpuPool.instance(old))::equals);

    pool.rolls();
    List<Tree> both =
        pool.machines(
            "a successor runs beside the old one",
            all -> all.size() == 2 && all.stream().allMatch(GpuPool::runs));
    for (Tree machine : both) {
      if (!GpuPool.id(machine).equals(old)) {
        var _ = pool.says(machine, "False", "WaitingForNode");
      }
    }
    assertThat(servers())
        .as("the old one stays until the GPUs of the new one work")
        .contains(GpuPool.instance(old));
    pool.available(1);
    both.forEach(pool::serve);
    var _ = pool.working(1, Set.of(old));

    kubernetes.scale(pool.deployment(), 0);
    var _ = pool.machines("all machines are gone", List::isEmpty);
    Lab.await("all servers are gone", this::servers, Set::isEmpty);
    second.stop();
    assertThat(first.forbidden()).isEmpty();
    assertThat(second.forbidden()).isEmpty();
  }
}
