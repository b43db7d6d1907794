package dev.isobar.provider.kube.clusterapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.provider.clusterapi.OwnerCluster;
import dev.isobar.provider.clusterapi.OwnerMachine;
import dev.isobar.provider.decide.Managed;
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
import org.junit.jupiter.api.io.TempDir;

/** A GpuMachine that is kept pass by pass, with a management and a workload cluster in memory. */
abstract class MachineScene {
  static final String NAMESPACE = "eo4eu";
  static final String CLUSTER = "lab";
  static final ObjectKey KEY = new ObjectKey(NAMESPACE, "lab-gpu-x1");
  static final ObjectKey NODE = new ObjectKey("", "gpu-1");
  static final String FINALIZER = "gpumachine.infrastructure.isobar.dev";
  static final String OWNER = "uid-of-machine";
  static final String ID = "openstack://RegionOne/6f1d";
  static final Map<String, String> UP =
      Map.of("nvidia.com/gpu.present", "true", "nvidia.com/cuda.driver-version.full", "580.95");

  final HandClock clock = new HandClock(Instant.parse("2026-11-26T10:00:00Z"));
  private final List<Watching> watches = new ArrayList<>();
  FakeKubernetes management;
  FakeKubernetes workload;
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

  // What is there.

  final void cluster(Map<String, Object> spec, boolean provisioned) {
    management.put(
        KubernetesKind.CLUSTER,
        new ObjectKey(NAMESPACE, CLUSTER),
        Map.of(
            "spec",
            spec,
            "status",
            Map.of("initialization", Map.of("infrastructureProvisioned", provisioned))));
    way(workload.access());
  }

  /** The kubeconfig that Cluster API keeps is this one. */
  final void way(String kubeconfig) {
    management.put(
        KubernetesKind.SECRET,
        new ObjectKey(NAMESPACE, CLUSTER + "-kubeconfig"),
        Map.of("data", Map.of("value", encoded(kubeconfig))));
  }

  final void bootstrap(String format) {
    management.put(
        KubernetesKind.SECRET,
        new ObjectKey(NAMESPACE, "boot"),
        Map.of("data", Map.of("value", encoded("#cloud-config"), "format", encoded(format))));
    Map<String, Object> spec =
        Map.of("bootstrap", Map.of("dataSecretName", "boot"), "failureDomain", "nova");
    management.put(
        KubernetesKind.MACHINE, KEY, Map.of("metadata", Map.of("uid", OWNER), "spec", spec));
  }

  static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  final void machine(Map<String, Object> metadata) {
    machine(metadata, Map.of(), Map.of("nvidia.com/gpu", 2));
  }

  final void machine(
      Map<String, Object> metadata, Map<String, Object> more, Map<String, Object> expected) {
    Map<String, Object> all = new TreeMap<>(metadata);
    all.put("generation", 1);
    Map<String, Object> spec = new TreeMap<>(more);
    spec.put("providerConfigRef", Map.of("kind", "ClusterProviderConfig", "name", "wekeo"));
    spec.put("machineTypes", List.of("gpu.a100"));
    spec.put("zones", List.of("west", "east"));
    spec.put("image", Map.of("id", "image-1"));
    spec.put("expectedResources", expected);
    management.put(KubernetesKind.GPU_MACHINE, KEY, Map.of("metadata", all, "spec", spec));
  }

  static Map<String, Object> owned() {
    Map<String, Object> owner =
        Map.of(
            "apiVersion",
            "cluster.x-k8s.io/v1beta2",
            "kind",
            "Machine",
            "name",
            KEY.name(),
            "uid",
            OWNER,
            "controller",
            true);
    return Map.of(
        "labels",
        Map.of("cluster.x-k8s.io/cluster-name", CLUSTER),
        "ownerReferences",
        List.of(owner));
  }

  final void instanceRuns() {
    instanceRuns(false, "True/Available");
  }

  /** The Instance's machine is being made. */
  final void instance(String state, String providerId) {
    Map<String, Object> object = new TreeMap<>(whole(KubernetesKind.INSTANCE));
    object.put(
        "status",
        FakeKubernetes.json(
            """
            {"atProvider": {"id": "first", "state": "%s", "rawState": "BUILD",
              "providerID": "%s", "interruptible": false},
             "conditions": [
               {"type": "Ready", "status": "False", "reason": "Creating",
                "lastTransitionTime": "2026-11-26T09:00:00Z"}]}
            """
                .formatted(state, providerId)));
    management.put(KubernetesKind.INSTANCE, KEY, object);
  }

  /** The Instance's machine is on, and perhaps about to be taken back. */
  final void instanceRuns(boolean interruptible, String ready) {
    instanceIs("Running", interruptible, ready);
  }

  /** What was on is in another state now. */
  final void instanceIs(String state, boolean interruptible, String ready) {
    Map<String, Object> object = new TreeMap<>(whole(KubernetesKind.INSTANCE));
    object.put(
        "status",
        FakeKubernetes.json(
            """
            {"atProvider": {"id": "6f1d", "state": "%s", "rawState": "ACTIVE",
              "providerID": "%s", "zone": "nova", "machineType": {"name": "gpu.a100"},
              "addresses": [{"type": "InternalIP", "address": "10.8.0.9"}],
              "interruptible": %s},
             "conditions": [
               {"type": "Ready", "status": "%s", "reason": "%s",
                "lastTransitionTime": "2026-11-26T09:00:00Z"},
               {"type": "Synced", "status": "True", "reason": "ReconcileSuccess",
                "lastTransitionTime": "2026-11-26T09:00:00Z"}]}
            """
                .formatted(
                    state, ID, interruptible, ready.split("/", -1)[0], ready.split("/", -1)[1])));
    management.put(KubernetesKind.INSTANCE, KEY, object);
  }

  final void node(Map<String, String> labels, int gpus, boolean tainted) {
    List<Object> taints =
        tainted
            ? List.of(
                Map.of("key", "nvidia.com/gpu", "effect", "NoSchedule"),
                Map.of("key", "isobar.dev/gpu-not-ready", "effect", "NoSchedule"))
            : List.of(Map.of("key", "nvidia.com/gpu", "effect", "NoSchedule"));
    workload.put(
        KubernetesKind.NODE,
        NODE,
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
        new Mirror<>(
            one -> Optional.of(OwnerMachine.of(one.uid(), one.annotations(), one.content())),
            (_, _, _) -> {});
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
                this::instance,
                new Surveyor(api),
                workloads,
                clock));
  }

  /** A pass over what is there now; the watches of an earlier one are closed. */
  final Again pass() {
    begins();
    return upkeep.keep(KEY);
  }

  /** A provider that begins now sees what is there; {@link #passAfter} is a pass of it. */
  final void begins() {
    watches.forEach(Watching::close);
    watches.clear();
    if (workloads != null) {
      workloads.close();
    }
    watch();
  }

  /** One more by the same process, which remembers, some time later. */
  final Again passAfter(Duration time) {
    clock.advance(time);
    return upkeep.keep(KEY);
  }

  /** An Instance as the watch of the last pass shows it. */
  final Optional<Managed> instance(ObjectKey key) {
    return instances.get(key).map(StoredInstance::managed);
  }

  final Map<String, Object> whole(KubernetesKind kind) {
    return management.object(kind, KEY);
  }

  @SuppressWarnings("unchecked") // objects of JSON have names for keys
  static Map<String, Object> cast(Map<?, ?> map) {
    return (Map<String, Object>) map;
  }

  final Tree seen() {
    return Tree.of(management.object(KubernetesKind.GPU_MACHINE, KEY));
  }

  final String condition(String type) {
    return seen().at("status", "conditions").items().stream()
        .filter(one -> one.at("type").text().filter(type::equals).isPresent())
        .map(one -> one.at("status").text().orElse("") + "/" + one.at("reason").text().orElse(""))
        .findFirst()
        .orElse("");
  }

  /** All that a machine needs is there. */
  final void toBeMade() {
    Map<String, Object> metadata = new TreeMap<>(owned());
    metadata.put("finalizers", List.of(FINALIZER));
    machine(metadata);
    cluster(Map.of(), true);
    bootstrap("ignition");
  }

  final void running() {
    toBeMade();
    assertThat(pass()).isEqualTo(new Again.Moving());
    instanceRuns();
    var _ = pass();
    assertThat(seen().at("spec", "providerID").text()).contains(ID);
  }

  /** Whether a MachineHealthCheck would replace its Machine at once. */
  final boolean condemned() {
    return Tree.of(management.object(KubernetesKind.MACHINE, KEY))
        .at("metadata", "annotations", "cluster.x-k8s.io/remediate-machine")
        .exists();
  }

  final List<String> taints() {
    return Tree.of(workload.object(KubernetesKind.NODE, NODE)).at("spec", "taints").items().stream()
        .map(taint -> taint.at("key").text().orElse(""))
        .toList();
  }
}
