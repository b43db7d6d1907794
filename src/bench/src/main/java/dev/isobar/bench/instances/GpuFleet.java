package dev.isobar.bench.instances;

import dev.isobar.apis.tree.Tree;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.process.CannotRun;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Makes the GpuMachines that are at rest later, all of one cluster, and plays Cluster API and
 * kubelets for them.
 */
final class GpuFleet {
  private static final String CLUSTER_API = "cluster.x-k8s.io/v1beta2";
  private static final String CLUSTER = "bench";
  private static final String CLUSTER_LABEL = "cluster.x-k8s.io/cluster-name";
  private static final Kind GPU_MACHINE =
      new Kind("infrastructure.isobar.dev/v1alpha1", "GpuMachine");

  /** More only wait for each other in the API server. */
  private static final int AT_ONCE = 8;

  private static final Duration LOOK = Duration.ofSeconds(3);
  private static final Duration LIMIT = Duration.ofMinutes(15);

  private final Kubernetes kubernetes;
  private final WorkloadNodes nodes;
  private final PrintStream progress;

  GpuFleet(BenchPlane plane, WorkloadNodes nodes, PrintStream progress) {
    kubernetes = plane.kubernetes();
    this.nodes = nodes;
    this.progress = progress;
  }

  /** Makes the cluster, with the kinds that it needs. */
  void cluster() {
    kind("Machine");
    kind("Cluster");
    var _ =
        kubernetes.apply(
            """
            apiVersion: cluster.x-k8s.io/v1beta2
            kind: Cluster
            metadata: {name: bench, namespace: bench}
            spec: {}
            status: {initialization: {infrastructureProvisioned: true}}
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: boot, namespace: bench}
            stringData: {value: "#cloud-config", format: cloud-config}
            """);
    nodes.workload().giveAccess(kubernetes, BenchPlane.NAMESPACE, CLUSTER);
  }

  /** A kind of Cluster API's with anything in it. */
  private void kind(String name) {
    String definition = name.toLowerCase(Locale.ROOT) + "s.cluster.x-k8s.io";
    var _ =
        kubernetes.apply(
            """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: %1$s}
            spec:
              group: cluster.x-k8s.io
              scope: Namespaced
              names: {kind: %2$s, plural: %3$s}
              versions:
              - name: v1beta2
                served: true
                storage: true
                schema:
                  openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}
            """
                .formatted(definition, name, name.toLowerCase(Locale.ROOT) + "s"));
    var _ =
        Await.PATIENT.until(
            kubernetes,
            Kind.CUSTOM_RESOURCE_DEFINITION.named(definition),
            "is served",
            Conditions.is("Established", "True"));
  }

  /** Makes so many, and waits until a provider says that all are ready. */
  void make(int many) throws InterruptedException {
    ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<Reference>> made =
          IntStream.rangeClosed(1, many)
              .mapToObj(number -> workers.submit(() -> machine("gpu-" + number)))
              .toList();
      for (Future<Reference> one : made) {
        Reference _ = one.get();
      }
    } catch (ExecutionException failed) {
      throw new CannotRun("cannot make a GpuMachine", failed);
    } finally {
      var _ = workers.shutdownNow();
    }
    awaitReady(many);
  }

  /** A Machine and its GpuMachine, as Cluster API clones them. */
  private Reference machine(String name) {
    Map<String, Object> labels = Map.of(CLUSTER_LABEL, CLUSTER);
    Tree made =
        kubernetes.apply(
            Map.of(
                "apiVersion",
                CLUSTER_API,
                "kind",
                "Machine",
                "metadata",
                Map.of("name", name, "namespace", BenchPlane.NAMESPACE, "labels", labels),
                "spec",
                Map.of("clusterName", CLUSTER, "bootstrap", Map.of("dataSecretName", "boot"))));
    return Reference.of(
        kubernetes.apply(
            Map.of(
                "apiVersion",
                GPU_MACHINE.apiVersion(),
                "kind",
                GPU_MACHINE.name(),
                "metadata",
                Map.of(
                    "name",
                    name,
                    "namespace",
                    BenchPlane.NAMESPACE,
                    "labels",
                    labels,
                    "ownerReferences",
                    List.of(owner(name, made.at("metadata", "uid").text().orElseThrow()))),
                "spec",
                spec())));
  }

  private static Map<String, Object> spec() {
    return Map.of(
        "providerConfigRef",
        Map.of("kind", "ClusterProviderConfig", "name", "bench"),
        "machineTypes",
        List.of("g1.h100"),
        "image",
        Map.of("id", "image-1"),
        "expectedResources",
        Map.of(WorkloadNodes.RESOURCE, WorkloadNodes.GPUS));
  }

  private static Map<String, Object> owner(String name, String uid) {
    return Map.of(
        "apiVersion", CLUSTER_API, "kind", "Machine", "name", name, "uid", uid, "controller", true);
  }

  /** Nodes join as soon as their machines run. */
  private void awaitReady(int many) throws InterruptedException {
    long start = System.nanoTime();
    Set<String> joined = new HashSet<>();
    long ready = 0;
    while (ready < many) {
      Duration passed = Duration.ofNanos(System.nanoTime() - start);
      if (passed.compareTo(LIMIT) > 0) {
        throw new CannotRun("%d of %d GpuMachines are ready".formatted(ready, many));
      }
      TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
      List<Tree> machines = kubernetes.list(GPU_MACHINE, BenchPlane.NAMESPACE);
      for (Tree machine : machines) {
        String id = machine.at("spec", "providerID").text().orElse("");
        if (!id.isEmpty() && joined.add(id)) {
          nodes.make(Reference.of(machine).name(), id);
        }
      }
      ready = machines.stream().filter(Conditions.is("Ready", "True")).count();
      progress.printf(
          "  %4d s: %d nodes joined, %d ready%n", passed.toSeconds(), joined.size(), ready);
    }
  }
}
