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
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.plane.ControlPlane;
import dev.isobar.testbed.plane.Options;
import dev.isobar.testbed.workload.WorkloadCluster;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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

  /** The nodes that were played, by the ids of their machines. */
  private final Map<String, Reference> nodes = new TreeMap<>();

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

  /** The pool's machines, once there are so many that run, each with a node whose GPUs work. */
  private List<Tree> working(int count, Set<String> gone) {
    List<Tree> machines =
        pool.machines(
            count + " machines run, and none of " + gone,
            all -> all.size() == count && all.stream().allMatch(one -> runs(one, gone)));
    machines.forEach(this::serve);
    machines.forEach(machine -> {
      var _ = pool.says(machine, "True", "AsPlanned");
    });
    pool.available(count);
    return machines;
  }

  private static boolean runs(Tree machine, Set<String> gone) {
    return GpuPool.runs(machine) && !gone.contains(GpuPool.id(machine));
  }

  private void serve(Tree machine) {
    String id = GpuPool.id(machine);
    if (!nodes.containsKey(id)) {
      Reference node = pool.joins("node-" + server(id), id);
      pool.offers(node, 2);
      nodes.put(id, node);
    }
  }

  private static String server(String providerId) {
    return providerId.substring(providerId.lastIndexOf('/') + 1);
  }

  /** Somebody deletes the server, and tells nobody. */
  private void vanish(Tree machine) {
    String name = machine.at("metadata", "name").text().orElseThrow();
    String uid =
        kubernetes.get(INSTANCE.named(NAMESPACE, name)).at("metadata", "uid").text().orElseThrow();
    String id = server(GpuPool.id(machine));
    var subject = new Subject(uid, NAMESPACE, name, Optional.of(id), Map.of());
    assertThat(Lab.machines().delete(subject, id)).isEqualTo(new Effect.Accepted());
  }

  /** Servers of those whose nodes were played that Nova still has. */
  private Set<String> servers() {
    Set<String> ours =
        nodes.keySet().stream().map(OpenStackGpuNodesTest::server).collect(Collectors.toSet());
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
    List<Tree> three = working(3, Set.of());
    assertThat(servers()).as("no server was made twice, and none is missing").hasSize(3);

    Tree lost = three.getFirst();
    vanish(lost);
    var _ = working(3, Set.of(GpuPool.id(lost)));
    assertThat(servers()).as("another one took its place").hasSize(3);

    kubernetes.scale(pool.deployment(), 1);
    List<Tree> one = pool.machines("one is left", all -> all.size() == 1);
    pool.available(1);
    String old = GpuPool.id(one.getFirst());
    Lab.await("its server is the only one", this::servers, Set.of(server(old))::equals);

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
        .contains(server(old));
    pool.available(1);
    both.forEach(this::serve);
    var _ = working(1, Set.of(old));

    kubernetes.scale(pool.deployment(), 0);
    var _ = pool.machines("all machines are gone", List::isEmpty);
    Lab.await("all servers are gone", this::servers, Set::isEmpty);
    second.stop();
    assertThat(first.forbidden()).isEmpty();
    assertThat(second.forbidden()).isEmpty();
  }
}
