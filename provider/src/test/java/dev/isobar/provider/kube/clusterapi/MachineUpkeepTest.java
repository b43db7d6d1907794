package dev.isobar.provider.kube.clusterapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.kube.api.KubernetesKind;
import dev.isobar.provider.queue.Workers.Again;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The life of a GpuMachine, pass by pass. */
final class MachineUpkeepTest extends MachineScene {
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
    assertThat(condition("Ready"))
        .as("no Machine has its name")
        .isEqualTo("False/WaitingForMachine");
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

  /** The id stays what it was when the node joined, whatever its region is called since. */
  @Test
  void itsNodeIsTheOneWithTheIdThatWasWritten() {
    running();
    Map<String, Object> metadata = new TreeMap<>(owned());
    metadata.put("finalizers", List.of(FINALIZER));
    String before = "openstack://Before/6f1d";
    machine(metadata, Map.of("providerID", before), Map.of("nvidia.com/gpu", 2));
    node(UP, 2, true);
    Map<String, Object> node = new TreeMap<>(workload.object(KubernetesKind.NODE, NODE));
    node.put("spec", Map.of("providerID", before));
    workload.put(KubernetesKind.NODE, NODE, node);
    var _ = pass();
    assertThat(condition("Ready")).isEqualTo("True/AsPlanned");
    assertThat(seen().at("spec", "providerID").text()).contains(before);
  }

  /** A cloud that finds no place for a machine tells so late, when there was an id already. */
  @Test
  void oneThatNeverRanLeavesNoId() {
    toBeMade();
    var _ = pass();
    instance("Pending", "openstack://RegionOne/first");
    assertThat(pass()).isEqualTo(new Again.Moving());
    assertThat(seen().at("spec", "providerID").text()).isEmpty();
    instanceRuns();
    var _ = pass();
    var _ = pass();
    assertThat(seen().at("spec", "providerID").text()).contains(ID);
    assertThat(seen().at("status", "initialization", "provisioned").truth()).contains(true);
  }

  @Test
  void oneWhoseInstanceIsDeletedBeforeItRanIsNotMadeAgain() {
    toBeMade();
    var _ = pass();
    instance("Pending", "openstack://RegionOne/first");
    var _ = pass();
    management.remove(KubernetesKind.INSTANCE, KEY);
    assertThat(pass()).isEqualTo(new Again.WhenAdded());
    assertThat(condition("Ready")).isEqualTo("False/Lost");
  }

  /** Whether it may be compressed is decided once. */
  @Test
  void dataThatCannotBeReadIsWaitedFor() {
    toBeMade();
    management.refuse("GET secrets " + NAMESPACE + "/boot", 503);
    assertThat(pass()).isEqualTo(new Again.Backoff());
    assertThat(condition("Ready")).isEqualTo("False/WaitingForBootstrapData");
    assertThat(management.object(KubernetesKind.INSTANCE, KEY)).isEmpty();
  }

  /** Its data for the first start is another Machine's. */
  @Test
  void anotherMachineOfItsNameIsNotItsOwner() {
    toBeMade();
    Map<String, Object> other = new TreeMap<>(whole(KubernetesKind.MACHINE));
    other.put("metadata", Map.of("uid", "another"));
    management.put(KubernetesKind.MACHINE, KEY, other);
    assertThat(pass()).isEqualTo(new Again.WhenAdded());
    assertThat(condition("Ready")).isEqualTo("False/WaitingForMachine");
    assertThat(management.object(KubernetesKind.INSTANCE, KEY)).isEmpty();
  }

  /** A node begins with the taint whatever it is for, and nobody else takes it away. */
  @Test
  void aNodeOfWhichNoGpusArePlannedIsLetGo() {
    running();
    Map<String, Object> metadata = new TreeMap<>(owned());
    metadata.put("finalizers", List.of(FINALIZER));
    machine(metadata, Map.of("providerID", ID), Map.of());
    node(Map.of(), 0, true);
    var _ = pass();
    assertThat(taints()).containsExactly("nvidia.com/gpu");
    assertThat(condition("Ready")).isEqualTo("True/AsPlanned");
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
    assertThat(condemned()).as("another Machine shall take its place").isTrue();
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
    assertThat(condition("GpusReady")).isEqualTo("False/WaitingForInstance");
    metadata.put("finalizers", List.of());
    instance.put("metadata", metadata);
    management.put(KubernetesKind.INSTANCE, KEY, instance);
    management.remove(KubernetesKind.INSTANCE, KEY);
    assertThat(pass()).isEqualTo(new Again.WhenAdded());
    assertThat(seen().at("metadata", "finalizers").items()).isEmpty();
  }

  /** Network and cluster may go first, as when somebody deletes a whole namespace. */
  @ParameterizedTest
  @CsvSource({
    "'', nothing else is gone",
    "cluster, all that led to it is gone",
    "cluster unreachable, and its cluster does not answer"
  })
  void itGoesThoughAllElseIsGone(String gone, String why) {
    running();
    node(UP, 2, true);
    var _ = pass();
    if (gone.contains("cluster")) {
      management.remove(KubernetesKind.MACHINE, KEY);
      management.remove(KubernetesKind.CLUSTER, new ObjectKey(NAMESPACE, CLUSTER));
      management.remove(KubernetesKind.SECRET, new ObjectKey(NAMESPACE, CLUSTER + "-kubeconfig"));
      management.remove(KubernetesKind.SECRET, new ObjectKey(NAMESPACE, "boot"));
    }
    if (gone.contains("unreachable")) {
      workload.close();
    }
    management.remove(KubernetesKind.GPU_MACHINE, KEY);
    int before = management.lists().size();
    assertThat(pass()).as(why).isEqualTo(new Again.Moving());
    assertThat(management.object(KubernetesKind.INSTANCE, KEY)).as(why).isEmpty();
    assertThat(pass()).as(why).isEqualTo(new Again.WhenAdded());
    assertThat(seen().at("metadata", "finalizers").items()).as(why).isEmpty();
    assertThat(management.lists().subList(before, management.lists().size()))
        .filteredOn(one -> one.contains("/"))
        .as("nothing is asked for by name but itself and its Instance")
        .allMatch(one -> List.of("GET instances " + KEY, "GET gpumachines " + KEY).contains(one));
  }

  @Test
  void itTellsThatItMayNotDelete() {
    running();
    var _ = pass();
    management.remove(KubernetesKind.GPU_MACHINE, KEY);
    management.refuse("DELETE instances " + KEY, 403);
    assertThat(pass()).isEqualTo(new Again.Backoff());
    assertThat(condition("Ready")).isEqualTo("False/CannotDeleteInstance");
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
