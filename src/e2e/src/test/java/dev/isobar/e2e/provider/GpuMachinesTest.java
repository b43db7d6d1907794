package dev.isobar.e2e.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.input.Flavour;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.provider.external.FakeCloud;
import dev.isobar.testbed.controller.Controller;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.plane.ControlPlane;
import dev.isobar.testbed.plane.Options;
import dev.isobar.testbed.workload.WorkloadCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * GPU nodes of Cluster API's own controllers, by the provider as it ships and under its roles; the
 * cluster's network and control plane are two kinds of the test, its API is a real one.
 */
@OnControlPlane
final class GpuMachinesTest {
  private static final String NAMESPACE = "gpu-nodes";
  private static final String CLUSTER = "lab";
  private static final Kind MACHINE = new Kind("infrastructure.isobar.dev/v1alpha1", "GpuMachine");
  private static final Kind TEMPLATE =
      new Kind("infrastructure.isobar.dev/v1alpha1", "GpuMachineTemplate");
  private static final Reference POOL = Kind.MACHINE_DEPLOYMENT.named(NAMESPACE, "lab-gpu");
  private static final String TAINT = "isobar.dev/gpu-not-ready";

  private final ControlPlane plane =
      Planes.own("gpu-machines", Options.of(Flavour.CLAIMS).withoutAmazon()).with(Controller.CORE);
  private final Kubernetes kubernetes = plane.kubernetes();
  private final WorkloadCluster workload = plane.startWorkloadCluster();
  private final Kubernetes inside = workload.kubernetes();
  private final CloudHost cloud = new CloudHost();
  private final Await await = Await.PATIENT;

  @AfterEach
  void end() {
    cloud.close();
    workload.close();
    plane.close();
  }

  /** A kind that Cluster API takes for a provider's, with anything in it. */
  private void contract(String kind) {
    String plural = kind.toLowerCase(Locale.ROOT) + "s";
    var _ =
        kubernetes.apply(
            """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata:
              name: %1$s.test.isobar.dev
              labels: {cluster.x-k8s.io/v1beta2: v1}
            spec:
              group: test.isobar.dev
              scope: Namespaced
              names: {kind: %2$s, plural: %1$s}
              versions:
              - name: v1
                served: true
                storage: true
                subresources: {status: {}}
                schema:
                  openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}
            """
                .formatted(plural, kind));
    var _ =
        await.until(
            kubernetes,
            Kind.CUSTOM_RESOURCE_DEFINITION.named(plural + ".test.isobar.dev"),
            "is served",
            Conditions.is("Established", "True"));
  }

  private void bridge() {
    try {
      var _ =
          kubernetes.apply(
              Files.readString(
                  plane.project().root().resolve("package/capi-bridge/provider.yaml")));
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
    var _ =
        kubernetes.apply(
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata:
              name: test:cluster-api
              labels: {cluster.x-k8s.io/aggregate-to-manager: "true"}
            rules:
            - apiGroups: [test.isobar.dev]
              resources: ["*"]
              verbs: ["*"]
            """);
  }

  private void cluster() {
    contract("TestNetwork");
    contract("TestControlPlane");
    bridge();
    int port = workload.server().port();
    var _ =
        kubernetes.apply(
            """
            apiVersion: test.isobar.dev/v1
            kind: TestNetwork
            metadata: {name: lab, namespace: gpu-nodes}
            spec: {controlPlaneEndpoint: {host: 127.0.0.1, port: %1$d}}
            ---
            apiVersion: test.isobar.dev/v1
            kind: TestControlPlane
            metadata: {name: lab, namespace: gpu-nodes}
            spec: {version: v1.35.0}
            ---
            apiVersion: cluster.x-k8s.io/v1beta2
            kind: Cluster
            metadata: {name: lab, namespace: gpu-nodes}
            spec:
              infrastructureRef: {apiGroup: test.isobar.dev, kind: TestNetwork, name: lab}
              controlPlaneRef: {apiGroup: test.isobar.dev, kind: TestControlPlane, name: lab}
            """
                .formatted(port));
    workload.giveAccess(kubernetes, NAMESPACE, CLUSTER);
    Map<String, Object> done = Map.of("provisioned", true);
    var _ =
        kubernetes.patchStatus(
            new Kind("test.isobar.dev/v1", "TestNetwork").named(NAMESPACE, CLUSTER),
            Map.of("initialization", done));
    var _ =
        kubernetes.patchStatus(
            new Kind("test.isobar.dev/v1", "TestControlPlane").named(NAMESPACE, CLUSTER),
            Map.of(
                "initialization", Map.of("controlPlaneInitialized", true), "version", "v1.35.0"));
  }

  private void pool(int replicas) {
    var _ =
        kubernetes.apply(
            """
            apiVersion: v1
            kind: Secret
            metadata:
              name: boot
              namespace: gpu-nodes
              labels: {cluster.x-k8s.io/cluster-name: lab}
            type: cluster.x-k8s.io/secret
            stringData: {value: "#cloud-config", format: cloud-config}
            ---
            apiVersion: infrastructure.isobar.dev/v1alpha1
            kind: GpuMachineTemplate
            metadata:
              name: lab-gpu-1
              namespace: gpu-nodes
              annotations: {isobar.dev/architecture: amd64}
            spec:
              template:
                spec:
                  providerConfigRef: {kind: ProviderConfig, name: cloud}
                  machineTypes: [small]
                  image: {id: ubuntu}
                  expectedResources: {nvidia.com/gpu: 2}
            ---
            apiVersion: cluster.x-k8s.io/v1beta2
            kind: MachineDeployment
            metadata: {name: lab-gpu, namespace: gpu-nodes}
            spec:
              clusterName: lab
              replicas: %d
              template:
                metadata: {labels: {pool: gpu}}
                spec:
                  clusterName: lab
                  version: v1.35.0
                  bootstrap: {dataSecretName: boot}
                  infrastructureRef:
                    {apiGroup: infrastructure.isobar.dev, kind: GpuMachineTemplate, name: lab-gpu-1}
            """
                .formatted(replicas));
  }

  /** A kubelet and NVIDIA's GPU Operator, as far as nodes show them. */
  private Reference joins(String name, String providerId) {
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

  private void offers(Reference node, int gpus) {
    Map<String, Object> labels =
        Map.of("nvidia.com/gpu.present", "true", "nvidia.com/cuda.driver-version.full", "580.95");
    var _ = inside.patch(node, Map.of("metadata", Map.of("labels", labels)));
    String count = String.valueOf(gpus);
    Map<String, Object> resources = Map.of("cpu", "8", "nvidia.com/gpu", count);
    var _ = inside.patchStatus(node, Map.of("allocatable", resources, "capacity", resources));
  }

  private boolean tainted(Reference node) {
    return inside.get(node).at("spec", "taints").items().stream()
        .anyMatch(taint -> taint.at("key").text().filter(TAINT::equals).isPresent());
  }

  private List<Tree> machines(String what, Predicate<List<Tree>> holds) {
    return await.until(what, () -> kubernetes.list(MACHINE, NAMESPACE), holds);
  }

  private Tree says(Tree machine, String status, String reason) {
    return await.until(
        kubernetes,
        Reference.of(machine),
        "says " + reason,
        Conditions.is("Ready", status, reason));
  }

  private static String id(Tree machine) {
    return machine.at("spec", "providerID").text().orElse("");
  }

  private void available(long replicas) {
    var _ =
        await.until(
            kubernetes,
            POOL,
            "has " + replicas + " available",
            pool -> pool.at("status", "availableReplicas").whole().orElse(0L) == replicas);
  }

  @Test
  void nodesCountWhenTheirGpusWorkAndGoWithoutLeftovers() {
    InstanceScene scene = InstanceScene.set(kubernetes, NAMESPACE);
    var _ = scene.config("cloud", "right");
    cluster();
    ProviderProcess provider =
        ProviderProcess.start(
            plane, "provider-gpu-machines", cloud, "--enable-cluster-api", "--poll=3s");
    pool(2);
    List<Tree> made =
        machines(
            "two machines run",
            all ->
                all.size() == 2
                    && all.stream()
                        .allMatch(one ->
                            one.at("status", "initialization", "provisioned")
                                .truth()
                                .orElse(false)));
    made.forEach(machine -> {
      var _ = says(machine, "False", "WaitingForNode");
    });
    var nodes = new TreeMap<String, Reference>();
    for (Tree machine : made) {
      nodes.put(id(machine), joins("node-" + nodes.size(), id(machine)));
      var _ = says(machine, "False", "WaitingForGpuOperator");
    }
    nodes.values().forEach(node -> offers(node, 1));
    made.forEach(machine -> {
      var _ = says(machine, "False", "ResourcesDiffer");
    });
    assertThat(nodes.values()).as("nodes that pods are kept off").allMatch(this::tainted);
    assertThat(kubernetes.get(POOL).at("status", "availableReplicas").whole().orElse(0L))
        .as("nodes that count before their GPUs work")
        .isZero();
    nodes.values().forEach(node -> offers(node, 2));
    made.forEach(machine -> {
      var _ = says(machine, "True", "AsPlanned");
    });
    assertThat(nodes.values()).as("nodes that pods may have").noneMatch(this::tainted);
    available(2);
    assertThat(
            kubernetes
                .get(TEMPLATE.named(NAMESPACE, "lab-gpu-1"))
                .at("status", "capacity", "nvidia.com/gpu")
                .text())
        .contains("2");

    Reference first = nodes.firstEntry().getValue();
    offers(first, 1);
    Tree broken =
        made.stream().filter(one -> id(one).equals(nodes.firstEntry().getKey())).findFirst().get();
    var _ = says(broken, "False", "ResourcesDiffer");
    assertThat(tainted(first)).as("pods are kept off again").isTrue();
    available(1);

    provider.process().kill();
    kubernetes.scale(POOL, 0);
    ProviderProcess again =
        ProviderProcess.start(
            plane, "provider-gpu-machines-again", cloud, "--enable-cluster-api", "--poll=3s");
    var _ = machines("all machines are gone", List::isEmpty);
    var _ =
        await.until(
            "all Instances are gone",
            () -> kubernetes.list(InstanceScene.INSTANCE, NAMESPACE),
            List::isEmpty);
    assertThat(cloud.<List<String>>with(FakeCloud::live)).as("machines in the cloud").isEmpty();
    again.process().stop();
    assertThat(provider.forbidden()).isEmpty();
    assertThat(again.forbidden()).isEmpty();
  }
}
