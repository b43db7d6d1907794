package dev.isobar.e2e.provider;

import dev.isobar.apis.tree.Tree;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.plane.ControlPlane;
import dev.isobar.testbed.workload.WorkloadCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A MachineDeployment of GPU nodes in a cluster whose network and control plane are two kinds of
 * the tests, and whose API is a real one; kubelets and GPU Operator are played.
 */
public final class GpuPool {
  /** Its machines. */
  public static final Kind MACHINE = new Kind("infrastructure.isobar.dev/v1alpha1", "GpuMachine");

  static final Kind TEMPLATE = new Kind("infrastructure.isobar.dev/v1alpha1", "GpuMachineTemplate");

  private static final String SLICES = "nvidia.com/mig-1g.10gb";

  /** What a node offers at first. */
  static final Map<String, Long> WHOLE = Map.of("nvidia.com/gpu", 2L);

  /** What one offers when its GPUs were divided. */
  static final Map<String, Long> DIVIDED = Map.of("nvidia.com/gpu", 0L, SLICES, 14L);

  /** The same with a slice too few. */
  static final Map<String, Long> BROKEN = Map.of("nvidia.com/gpu", 0L, SLICES, 13L);

  private static final String CLUSTER = "lab";
  private static final Kind NETWORK = new Kind("test.isobar.dev/v1", "TestNetwork");
  private static final Kind CONTROL_PLANE = new Kind("test.isobar.dev/v1", "TestControlPlane");

  /**
   * What its machines are.
   *
   * @param config ProviderConfig in the namespace
   * @param type one, or several to be tried in turn, with commas between them
   * @param image its id
   * @param zones where they may be; the cloud's choice when empty
   * @param capacity how they are paid for
   */
  public record Machines(
      String config, String type, String image, List<String> zones, String capacity) {}

  private final ControlPlane plane;
  private final Kubernetes kubernetes;
  private final WorkloadCluster workload;
  private final PlayedNodes nodes;
  private final String namespace;
  private final Machines machines;
  private final Await await = Await.PATIENT;

  /** Nothing is there yet. */
  public GpuPool(
      ControlPlane plane, WorkloadCluster workload, String namespace, Machines machines) {
    this.plane = plane;
    this.workload = workload;
    this.namespace = namespace;
    this.machines = machines;
    kubernetes = plane.kubernetes();
    nodes = new PlayedNodes(workload.kubernetes());
  }

  /** The nodes of its cluster. */
  public PlayedNodes nodes() {
    return nodes;
  }

  /** Its MachineDeployment. */
  public Reference deployment() {
    return Kind.MACHINE_DEPLOYMENT.named(namespace, "lab-gpu");
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

  /** Gives the provider its role for Cluster API, as an installation does. */
  public static void bridge(ControlPlane plane) {
    try {
      var _ =
          plane
              .kubernetes()
              .apply(
                  Files.readString(
                      plane.project().root().resolve("package/capi-bridge/provider.yaml")));
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  /** Cluster API may write the two kinds. */
  private void allow() {
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

  /** The cluster, whose network and control plane are there. */
  public void cluster() {
    contract(NETWORK.name());
    contract(CONTROL_PLANE.name());
    allow();
    bridge(plane);
    int port = workload.server().port();
    var _ =
        kubernetes.apply(
            """
            apiVersion: test.isobar.dev/v1
            kind: TestNetwork
            metadata: {name: lab, namespace: %2$s}
            spec: {controlPlaneEndpoint: {host: 127.0.0.1, port: %1$d}}
            ---
            apiVersion: test.isobar.dev/v1
            kind: TestControlPlane
            metadata: {name: lab, namespace: %2$s}
            spec: {version: v1.35.0}
            ---
            apiVersion: cluster.x-k8s.io/v1beta2
            kind: Cluster
            metadata: {name: lab, namespace: %2$s}
            spec:
              infrastructureRef: {apiGroup: test.isobar.dev, kind: TestNetwork, name: lab}
              controlPlaneRef: {apiGroup: test.isobar.dev, kind: TestControlPlane, name: lab}
            """
                .formatted(port, namespace));
    workload.giveAccess(kubernetes, namespace, CLUSTER);
    Map<String, Object> done = Map.of("provisioned", true);
    var _ =
        kubernetes.patchStatus(NETWORK.named(namespace, CLUSTER), Map.of("initialization", done));
    var _ =
        kubernetes.patchStatus(
            CONTROL_PLANE.named(namespace, CLUSTER),
            Map.of(
                "initialization", Map.of("controlPlaneInitialized", true), "version", "v1.35.0"));
  }

  /**
   * Takes the API, the network, the control plane and the data for first starts from the machines
   * that are there, and has the cluster itself deleted then.
   */
  public void losesItsCluster() {
    workload.server().kill();
    for (Kind kind : List.of(NETWORK, CONTROL_PLANE)) {
      kubernetes.delete(kind.named(namespace, CLUSTER));
      await.untilGone(kubernetes, kind.named(namespace, CLUSTER));
    }
    kubernetes.delete(Kind.SECRET.named(namespace, "boot"));
    kubernetes.delete(Kind.CLUSTER.named(namespace, CLUSTER));
    await.untilGone(kubernetes, Kind.CLUSTER.named(namespace, CLUSTER));
  }

  /** Cluster API's objects for as many nodes with two GPUs each. */
  public void of(int replicas) {
    template("lab-gpu-1", "nvidia.com/gpu: 2");
    var _ =
        kubernetes.apply(
            """
            apiVersion: v1
            kind: Secret
            metadata:
              name: boot
              namespace: %s
              labels: {cluster.x-k8s.io/cluster-name: lab}
            type: cluster.x-k8s.io/secret
            stringData: {value: "#cloud-config", format: cloud-config}
            ---
            apiVersion: cluster.x-k8s.io/v1beta2
            kind: MachineDeployment
            metadata: {name: lab-gpu, namespace: %s}
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
                .formatted(namespace, namespace, replicas));
  }

  private void template(String name, String expected) {
    var _ =
        kubernetes.apply(
            """
            apiVersion: infrastructure.isobar.dev/v1alpha1
            kind: GpuMachineTemplate
            metadata:
              name: %s
              namespace: %s
              annotations: {isobar.dev/architecture: amd64}
            spec:
              template:
                spec:
                  providerConfigRef: {kind: ProviderConfig, name: %s}
                  machineTypes: [%s]
                  image: {id: %s}
                  zones: [%s]
                  capacity: {model: %s}
                  expectedResources: {%s}
            """
                .formatted(
                    name,
                    namespace,
                    machines.config(),
                    machines.type(),
                    machines.image(),
                    String.join(", ", machines.zones()),
                    machines.capacity(),
                    expected));
  }

  /** Has all nodes follow another template, whose GPUs are divided. */
  public void rolls() {
    template("lab-gpu-2", SLICES + ": 14");
    Map<String, Object> template =
        Map.of(
            "apiGroup", "infrastructure.isobar.dev",
            "kind", "GpuMachineTemplate",
            "name", "lab-gpu-2");
    Map<String, Object> machine = Map.of("spec", Map.of("infrastructureRef", template));
    var _ = kubernetes.patch(deployment(), Map.of("spec", Map.of("template", machine)));
  }

  /** Has Cluster API replace machines that fail. */
  public void heals() {
    var _ =
        kubernetes.apply(
            """
            apiVersion: cluster.x-k8s.io/v1beta2
            kind: MachineHealthCheck
            metadata: {name: lab-gpu, namespace: %s}
            spec:
              clusterName: lab
              selector: {matchLabels: {pool: gpu}}
              checks:
                nodeStartupTimeoutSeconds: 600
                unhealthyNodeConditions:
                - {type: Ready, status: Unknown, timeoutSeconds: 300}
            """
                .formatted(namespace));
  }

  /** The GpuMachines, once they are as they are waited for. */
  public List<Tree> machines(String what, Predicate<List<Tree>> holds) {
    return await.until(what, () -> kubernetes.list(MACHINE, namespace), holds);
  }

  /** A GpuMachine, once its condition Ready says so. */
  public Tree says(Tree machine, String status, String reason) {
    return await.until(
        kubernetes,
        Reference.of(machine),
        "says " + reason,
        Conditions.is("Ready", status, reason));
  }

  /** Whether a GpuMachine's machine has run. */
  public static boolean runs(Tree machine) {
    return machine.at("status", "initialization", "provisioned").truth().orElse(false);
  }

  /** Its id as its node spells it; empty until the cloud has given one. */
  public static String id(Tree machine) {
    return machine.at("spec", "providerID").text().orElse("");
  }

  /** Waits until as many nodes count. */
  public void available(long replicas) {
    var _ =
        await.until(
            kubernetes,
            deployment(),
            "has " + replicas + " available",
            pool -> pool.at("status", "availableReplicas").whole().orElse(0L) == replicas);
  }
}
