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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A MachineDeployment of GPU nodes in a cluster whose control plane is a kind of the tests, and
 * whose API is a real one; kubelets and GPU Operator are played.
 */
public final class GpuPool {
  /** Its machines. */
  public static final Kind MACHINE = new Kind("infrastructure.isobar.dev/v1alpha1", "GpuMachine");

  static final Kind TEMPLATE = new Kind("infrastructure.isobar.dev/v1alpha1", "GpuMachineTemplate");

  /** On a Machine, for how long its node may take to join. */
  static final String STARTUP = "isobar.dev/node-startup-timeout";

  private static final String SLICES = "nvidia.com/mig-1g.10gb";

  /** What a node offers at first. */
  static final Map<String, Long> WHOLE = Map.of("nvidia.com/gpu", 2L);

  /** What one offers when its GPUs were divided. */
  static final Map<String, Long> DIVIDED = Map.of("nvidia.com/gpu", 0L, SLICES, 14L);

  /** The same with a slice too few. */
  static final Map<String, Long> BROKEN = Map.of("nvidia.com/gpu", 0L, SLICES, 13L);

  private static final Kind MACHINE_HEALTH_CHECK =
      new Kind("cluster.x-k8s.io/v1beta2", "MachineHealthCheck");

  private static final String CLUSTER = "lab";
  private static final Kind CONTROL_PLANE = TestKinds.named("TestControlPlane");

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
  private final InfraCluster infrastructure;
  private final Await await = Await.PATIENT;

  /** Nothing is there yet. */
  public GpuPool(
      ControlPlane plane,
      WorkloadCluster workload,
      String namespace,
      Machines machines,
      InfraCluster infrastructure) {
    this.plane = plane;
    this.workload = workload;
    this.namespace = namespace;
    this.machines = machines;
    this.infrastructure = infrastructure;
    kubernetes = plane.kubernetes();
    nodes = new PlayedNodes(workload.kubernetes());
  }

  /** A pool of the same cluster whose machines are of another type. */
  GpuPool ofType(String type) {
    var others =
        new Machines(
            machines.config(), type, machines.image(), machines.zones(), machines.capacity());
    return new GpuPool(plane, workload, namespace, others, infrastructure);
  }

  /** The nodes of its cluster. */
  public PlayedNodes nodes() {
    return nodes;
  }

  /** Its MachineDeployment. */
  public Reference deployment() {
    return Kind.MACHINE_DEPLOYMENT.named(namespace, "lab-gpu");
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

  /** Its Cluster. */
  Reference cluster() {
    return Kind.CLUSTER.named(namespace, CLUSTER);
  }

  /** The cloud's side of that. */
  Reference infrastructure() {
    return infrastructure.kind().named(namespace, CLUSTER);
  }

  private Reference controlPlane() {
    return CONTROL_PLANE.named(namespace, CLUSTER);
  }

  /** Makes the cluster, and waits until its infrastructure and its control plane are there. */
  public void begins() {
    TestKinds.serve(kubernetes, CONTROL_PLANE);
    bridge(plane);
    infrastructure.apply(kubernetes, infrastructure(), workload.server().port());
    applyCluster();
    workload.giveAccess(kubernetes, namespace, CLUSTER);
    var _ =
        kubernetes.patchStatus(
            controlPlane(),
            Map.of(
                "initialization", Map.of("controlPlaneInitialized", true), "version", "v1.35.0"));
    var _ = await.until(kubernetes, infrastructure(), "is ready", GpuPool::isReady);
    var _ =
        await.until(
            kubernetes,
            cluster(),
            "knows that its infrastructure is there",
            one ->
                one.at("status", "initialization", "infrastructureProvisioned")
                    .truth()
                    .orElse(false));
  }

  private void applyCluster() {
    var _ =
        kubernetes.apply(
            """
            apiVersion: test.isobar.dev/v1
            kind: TestControlPlane
            metadata: {name: lab, namespace: %1$s}
            spec: {version: v1.35.0}
            ---
            apiVersion: cluster.x-k8s.io/v1beta2
            kind: Cluster
            metadata: {name: lab, namespace: %1$s}
            spec:
              infrastructureRef: {apiGroup: %2$s, kind: %3$s, name: lab}
              controlPlaneRef: {apiGroup: test.isobar.dev, kind: TestControlPlane, name: lab}
            """
                .formatted(
                    namespace,
                    infrastructure.kind().apiVersion().replaceFirst("/.*", ""),
                    infrastructure.kind().name()));
  }

  /** By the newer contract of Cluster API, or by the older one. */
  private static boolean isReady(Tree infrastructure) {
    return infrastructure
        .at("status", "initialization", "provisioned")
        .truth()
        .or(() -> infrastructure.at("status", "ready").truth())
        .orElse(false);
  }

  /**
   * Takes the API, the network, the control plane and the data for first starts from the machines
   * that are there, and asks for the end of the cluster itself. A network that Cluster API's own
   * provider made is being deleted from then on, and stays as long as there are machines.
   */
  public void losesItsCluster() {
    workload.server().kill();
    kubernetes.delete(controlPlane());
    await.untilGone(kubernetes, controlPlane());
    kubernetes.delete(infrastructure());
    if (!infrastructure.outlivesMachines()) {
      await.untilGone(kubernetes, infrastructure());
    }
    kubernetes.delete(Kind.SECRET.named(namespace, "boot"));
    kubernetes.delete(cluster());
  }

  /** Waits until nothing is left of the cluster either. */
  public void ends() {
    await.untilGone(kubernetes, infrastructure());
    await.untilGone(kubernetes, cluster());
  }

  /** Cluster API's objects for as many nodes with two GPUs each. */
  public void of(int replicas) {
    of(replicas, "");
  }

  /** The same where nodes have no more than that time to join. */
  void of(int replicas, Duration startup) {
    of(replicas, "%s: %ds".formatted(STARTUP, startup.toSeconds()));
  }

  private void of(int replicas, String annotation) {
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
                metadata: {labels: {pool: gpu}, annotations: {%s}}
                spec:
                  clusterName: lab
                  version: v1.35.0
                  bootstrap: {dataSecretName: boot}
                  infrastructureRef:
                    {apiGroup: infrastructure.isobar.dev, kind: GpuMachineTemplate, name: lab-gpu-1}
            """
                .formatted(namespace, namespace, replicas, annotation));
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

  /** Has Cluster API replace machines that fail; how long nodes take to join is not for it. */
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
                nodeStartupTimeoutSeconds: 0
                unhealthyNodeConditions:
                - {type: Ready, status: Unknown, timeoutSeconds: 300}
            """
                .formatted(namespace));
  }

  /** Deletes what {@link #of} and {@link #heals} have made, and waits for its end. */
  void goes() {
    kubernetes.delete(MACHINE_HEALTH_CHECK.named(namespace, deployment().name()));
    kubernetes.delete(deployment());
    await.untilGone(kubernetes, deployment());
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
