package dev.isobar.provider.kube.clusterapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.provider.clusterapi.OwnerCluster;
import dev.isobar.provider.clusterapi.OwnerMachine;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.external.HandClock;
import dev.isobar.provider.kube.api.FakeKubernetes;
import dev.isobar.provider.kube.api.KubernetesKind;
import dev.isobar.provider.kube.api.Mirror;
import dev.isobar.provider.kube.api.Watching;
import dev.isobar.provider.kube.store.InstanceDecoding;
import dev.isobar.provider.kube.store.StoredInstance;
import dev.isobar.provider.queue.Workers.Again;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of a GpuMachine, pass by pass, with a management and a workload cluster in memory. */
final class MachineUpkeepTest {
  private static final String NAMESPACE = "eo4eu";
  private static final String CLUSTER = "lab";
  private static final ObjectKey KEY = new ObjectKey(NAMESPACE, "lab-gpu-x1");
  private static final String FINALIZER = "gpumachine.infrastructure.isobar.dev";
  private static final String ID = "openstack://RegionOne/6f1d";
  private static final Map<String, String> UP =
      Map.of("nvidia.com/gpu.present", "true", "nvidia.com/cuda.driver-version.full", "580.95");

  private final HandClock clock = new HandClock(Instant.parse("2026-11-26T10:00:00Z"));
  private final List<Watching> watches = new ArrayList<>();
  private FakeKubernetes management;
  private FakeKubernetes workload;
  private Mirror<StoredMachine> machines;
  private Mirror<StoredInstance> instances;
  private Workloads workloads;
  private MachineUpkeep upkeep;

  @BeforeEach
  void start(@TempDir Path one, @TempDir Path other) {
    management = new FakeKubernetes(one);
    workload = new FakeKubernetes(other);
  }

  @AfterEach
  void end() {
    watches.forEach(Watching::close);
    if (workloads != null) {
      workloads.close();
    }
    management.close();
    workload.close();
  }

  private void cluster(Map<String, Object> spec, boolean provisioned) {
    management.put(
        KubernetesKind.CLUSTER,
        new ObjectKey(NAMESPACE, CLUSTER),
        Map.of(
            "spec",
            spec,
            "status",
            Map.of("initialization", Map.of("infrastructureProvisioned", provisioned))));
    management.put(
        KubernetesKind.SECRET,
        new ObjectKey(NAMESPACE, CLUSTER + "-kubeconfig"),
        Map.of("data", Map.of("value", encoded(workload.access()))));
  }

  private void bootstrap(String format) {
    management.put(
        KubernetesKind.SECRET,
        new ObjectKey(NAMESPACE, "boot"),
        Map.of("data", Map.of("value", encoded("#cloud-config"), "format", encoded(format))));
    Map<String, Object> spec =
        Map.of("bootstrap", Map.of("dataSecretName", "boot"), "failureDomain", "nova");
    management.put(KubernetesKind.MACHINE, KEY, Map.of("spec", spec));
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private void machine(Map<String, Object> metadata) {
    Map<String, Object> all = new TreeMap<>(metadata);
    all.put("generation", 1);
    management.put(
        KubernetesKind.GPU_MACHINE,
        KEY,
        Map.of(
            "metadata",
            all,
            "spec",
            Map.of(
                "providerConfigRef", Map.of("kind", "ClusterProviderConfig", "name", "wekeo"),
                "machineTypes", List.of("gpu.a100"),
                "zones", List.of("west", "east"),
                "image", Map.of("id", "image-1"),
                "expectedResources", Map.of("nvidia.com/gpu", 2))));
  }

  private static Map<String, Object> owned() {
    Map<String, Object> owner =
        Map.of(
            "apiVersion", "cluster.x-k8s.io/v1beta2",
            "kind", "Machine",
            "name", KEY.name(),
            "uid", "uid-of-machine",
            "controller", true);
    return Map.of(
        "labels",
        Map.of("cluster.x-k8s.io/cluster-name", CLUSTER),
        "ownerReferences",
        List.of(owner));
  }

  private void instanceRuns() {
    Map<String, Object> object = new TreeMap<>(whole(KubernetesKind.INSTANCE));
    object.put(
        "status",
        FakeKubernetes.json(
            """
            {"atProvider": {"id": "6f1d", "state": "Running", "rawState": "ACTIVE",
              "providerID": "%s", "zone": "nova", "machineType": {"name": "gpu.a100"},
              "addresses": [{"type": "InternalIP", "address": "10.8.0.9"}],
              "interruptible": false},
             "conditions": [
               {"type": "Ready", "status": "True", "reason": "Available",
                "lastTransitionTime": "2026-11-26T09:00:00Z"},
               {"type": "Synced", "status": "True", "reason": "ReconcileSuccess",
                "lastTransitionTime": "2026-11-26T09:00:00Z"}]}
            """
                .formatted(ID)));
    management.put(KubernetesKind.INSTANCE, KEY, object);
  }

  private void node(Map<String, String> labels, int gpus, boolean tainted) {
    List<Object> taints =
        tainted
            ? List.of(
                Map.of("key", "nvidia.com/gpu", "effect", "NoSchedule"),
                Map.of("key", "isobar.dev/gpu-not-ready", "effect", "NoSchedule"))
            : List.of(Map.of("key", "nvidia.com/gpu", "effect", "NoSchedule"));
    workload.put(
        KubernetesKind.NODE,
        new ObjectKey("", "gpu-1"),
        Map.of(
            "metadata",
            Map.of("labels", labels),
            "spec",
            Map.of("providerID", ID, "taints", taints),
            "status",
            Map.of("allocatable", Map.of("nvidia.com/gpu", String.valueOf(gpus)))));
  }

  // What is done.

  private void watch() {
    machines = new Mirror<>(StoredMachine::read, (_, _, _) -> {});
    instances = new Mirror<>(InstanceDecoding::read, (_, _, _) -> {});
    Mirror<OwnerMachine> owners =
        new Mirror<>(one -> Optional.of(OwnerMachine.of(one.content())), (_, _, _) -> {});
    Mirror<OwnerCluster> clusters =
        new Mirror<>(one -> Optional.of(OwnerCluster.of(one.content())), (_, _, _) -> {});
    var api = management.objects();
    watches.add(api.watch(KubernetesKind.GPU_MACHINE, machines));
    watches.add(api.watch(KubernetesKind.INSTANCE, instances));
    watches.add(api.watch(KubernetesKind.MACHINE, owners));
    watches.add(api.watch(KubernetesKind.CLUSTER, clusters));
    assertThat(watches).allMatch(watch -> watch.awaitSync(Duration.ofSeconds(20)));
    workloads = new Workloads(api, clock);
    upkeep =
        new MachineUpkeep(
            new MachineUpkeep.Tools(
                api,
                machines,
                owners,
                clusters,
                key -> instances.get(key).map(StoredInstance::managed),
                new Surveyor(api),
                workloads,
                clock));
  }

  /** A pass over what is there now; the watches of an earlier one are closed. */
  private Again pass() {
    watches.forEach(Watching::close);
    watches.clear();
    if (workloads != null) {
      workloads.close();
    }
    watch();
    return upkeep.keep(KEY);
  }

  private Map<String, Object> whole(KubernetesKind kind) {
    return management.object(kind, KEY);
  }

  @SuppressWarnings("unchecked") // objects of JSON have names for keys
  private static Map<String, Object> cast(Map<?, ?> map) {
    return (Map<String, Object>) map;
  }

  private Tree seen() {
    return Tree.of(management.object(KubernetesKind.GPU_MACHINE, KEY));
  }

  private String condition(String type) {
    return seen().at("status", "conditions").items().stream()
        .filter(one -> one.at("type").text().filter(type::equals).isPresent())
        .map(one -> one.at("status").text().orElse("") + "/" + one.at("reason").text().orElse(""))
        .findFirst()
        .orElse("");
  }

  @Test
  void itWaitsForAllThatAMachineNeeds() {
    machine(Map.of());
    assertThat(pass()).isEqualTo(new Again.WhenAdded());
    assertThat(condition("Ready")).as("nobody owns it").isEqualTo("False/WaitingForMachine");
    machine(owned());
    var _ = pass();
    assertThat(seen().at("metadata", "finalizers").items()).as("it is held first").hasSize(1);
    assertThat(seen().at("metadata", "annotations", StoredMachine.BLOCK_MOVE).exists()).isTrue();
    var _ = pass();
    assertThat(condition("Ready")).isEqualTo("False/WaitingForClusterInfrastructure");
    cluster(Map.of(), true);
    var _ = pass();
    assertThat(condition("Ready")).isEqualTo("False/WaitingForBootstrapData");
    bootstrap("cloud-config");
    assertThat(pass()).isEqualTo(new Again.Moving());
    Tree instance = Tree.of(management.object(KubernetesKind.INSTANCE, KEY));
    assertThat(instance.at("spec", "recreatePolicy").text()).contains("Never");
    assertThat(instance.at("spec", "forProvider", "userData").plain())
        .isEqualTo(
            Map.of("secretRef", Map.of("name", "boot", "key", "value"), "compression", "Gzip"));
    assertThat(instance.at("spec", "forProvider", "zones").plain()).isEqualTo(List.of("nova"));
    assertThat(instance.at("metadata", "ownerReferences").items().getFirst().at("uid").text())
        .contains("uid-of-" + KEY.name());
    int writes = management.writes().size();
    assertThat(pass()).as("whose making is not repeated").isEqualTo(new Again.Moving());
    assertThat(management.writes().subList(writes, management.writes().size()))
        .noneMatch(write -> write.startsWith("POST"));
  }

  @Test
  void aPausedOneIsLeftAlone() {
    Map<String, Object> metadata = new TreeMap<>(owned());
    metadata.put("annotations", Map.of("cluster.x-k8s.io/paused", ""));
    machine(metadata);
    cluster(Map.of(), true);
    bootstrap("cloud-config");
    assertThat(pass()).isEqualTo(new Again.WhenAdded());
    assertThat(condition("Paused")).isEqualTo("True/Paused");
    machine(owned());
    cluster(Map.of("paused", true), true);
    assertThat(pass()).isEqualTo(new Again.WhenAdded());
    assertThat(condition("Paused")).isEqualTo("True/Paused");
    assertThat(management.object(KubernetesKind.INSTANCE, KEY)).isEmpty();
  }

  private void running() {
    Map<String, Object> metadata = new TreeMap<>(owned());
    metadata.put("finalizers", List.of(FINALIZER));
    machine(metadata);
    cluster(Map.of(), true);
    bootstrap("ignition");
    assertThat(pass()).isEqualTo(new Again.Moving());
    instanceRuns();
    var _ = pass();
    assertThat(seen().at("spec", "providerID").text()).contains(ID);
  }

  @Test
  void itIsReadyWhenItsGpusAreAndNotBefore() {
    running();
    var _ = pass();
    assertThat(seen().at("status", "initialization", "provisioned").truth()).contains(true);
    assertThat(seen().at("status", "failureDomain").text()).contains("nova");
    assertThat(condition("Ready")).isEqualTo("False/WaitingForNode");
    node(Map.of(), 0, true);
    var _ = pass();
    assertThat(condition("Ready")).isEqualTo("False/WaitingForGpuOperator");
    node(UP, 1, true);
    var _ = pass();
    assertThat(condition("Ready")).isEqualTo("False/ResourcesDiffer");
    assertThat(workload.writes()).as("the taint stays").isEmpty();
    node(UP, 2, true);
    var _ = pass();
    assertThat(condition("Ready")).isEqualTo("True/AsPlanned");
    assertThat(taints()).containsExactly("nvidia.com/gpu");
    int writes = management.writes().size();
    var _ = pass();
    assertThat(management.writes()).as("nothing is written at rest").hasSize(writes);
    node(UP, 1, false);
    var _ = pass();
    assertThat(condition("Ready"))
        .as("a GPU that vanishes later")
        .isEqualTo("False/ResourcesDiffer");
    assertThat(taints()).containsExactly("nvidia.com/gpu", "isobar.dev/gpu-not-ready");
    assertThat(seen().at("status", "initialization", "provisioned").truth())
        .as("what was provisioned stays so")
        .contains(true);
  }

  private List<String> taints() {
    return Tree.of(workload.object(KubernetesKind.NODE, new ObjectKey("", "gpu-1")))
        .at("spec", "taints")
        .items()
        .stream()
        .map(taint -> taint.at("key").text().orElse(""))
        .toList();
  }

  @Test
  void anUnreachableClusterIsToldAndAskedAgainLater() {
    running();
    workload.close();
    assertThat(pass()).isEqualTo(new Again.Backoff());
    assertThat(condition("Ready")).isEqualTo("False/WorkloadClusterUnreachable");
  }

  @Test
  void aLostOneIsNeverMadeAgain() {
    running();
    var _ = pass();
    management.remove(KubernetesKind.INSTANCE, KEY);
    assertThat(pass()).isEqualTo(new Again.WhenAdded());
    assertThat(condition("Ready")).isEqualTo("False/Lost");
    assertThat(management.object(KubernetesKind.INSTANCE, KEY)).isEmpty();
  }

  @Test
  void itGoesAfterItsInstance() {
    running();
    var _ = pass();
    Map<String, Object> instance = new TreeMap<>(whole(KubernetesKind.INSTANCE));
    Map<String, Object> metadata = new TreeMap<>(cast((Map<?, ?>) instance.get("metadata")));
    metadata.put("finalizers", List.of("finalizer.managedresource.crossplane.io"));
    instance.put("metadata", metadata);
    management.put(KubernetesKind.INSTANCE, KEY, instance);
    management.remove(KubernetesKind.GPU_MACHINE, KEY);
    assertThat(pass()).isEqualTo(new Again.Moving());
    assertThat(
            Tree.of(management.object(KubernetesKind.INSTANCE, KEY))
                .at("metadata", "deletionTimestamp")
                .exists())
        .isTrue();
    assertThat(pass()).as("it waits").isEqualTo(new Again.Moving());
    metadata.put("finalizers", List.of());
    instance.put("metadata", metadata);
    management.put(KubernetesKind.INSTANCE, KEY, instance);
    management.remove(KubernetesKind.INSTANCE, KEY);
    assertThat(pass()).isEqualTo(new Again.WhenAdded());
    assertThat(seen().at("metadata", "finalizers").items()).isEmpty();
  }

  @Test
  void itDoesNotGoWhileNobodyCanTellWhetherItsInstanceHas() {
    running();
    var _ = pass();
    management.remove(KubernetesKind.GPU_MACHINE, KEY);
    management.refuse("GET instances " + KEY, 503);
    assertThat(pass()).isEqualTo(new Again.Backoff());
    assertThat(seen().at("metadata", "finalizers").items()).hasSize(1);
  }

  @Test
  void anInstanceOfSomebodyElseIsNeitherTakenNorDeleted() {
    Map<String, Object> metadata = new TreeMap<>(owned());
    metadata.put("finalizers", List.of(FINALIZER));
    machine(metadata);
    cluster(Map.of(), true);
    bootstrap("cloud-config");
    management.put(
        KubernetesKind.INSTANCE,
        KEY,
        Map.of("metadata", Map.of("generation", 1), "spec", Map.of("forProvider", Map.of())));
    assertThat(pass()).isEqualTo(new Again.Backoff());
    assertThat(condition("Ready")).isEqualTo("False/CannotMakeInstance");
    management.remove(KubernetesKind.GPU_MACHINE, KEY);
    assertThat(pass()).isEqualTo(new Again.WhenAdded());
    assertThat(management.object(KubernetesKind.INSTANCE, KEY)).isNotEmpty();
    assertThat(seen().at("metadata", "finalizers").items()).isEmpty();
  }
}
