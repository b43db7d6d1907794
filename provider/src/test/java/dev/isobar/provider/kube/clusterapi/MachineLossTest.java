package dev.isobar.provider.kube.clusterapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.provider.kube.api.FakeKubernetes;
import dev.isobar.provider.kube.api.KubernetesKind;
import dev.isobar.provider.queue.Urgency;
import dev.isobar.provider.queue.Workers.Again;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A GpuMachine whose machine is gone though nobody here asked for that. */
final class MachineLossTest extends MachineScene {
  private static final String REQUEST =
      "PATCH machines "
          + KEY
          + " {\"metadata\":{\"annotations\":{\"cluster.x-k8s.io/remediate-machine\":\"\"},"
          + "\"uid\":\"uid-of-machine\"}}";

  private void instanceSays(String ready, String synced) {
    Map<String, Object> object = new TreeMap<>(whole(KubernetesKind.INSTANCE));
    object.put(
        "status",
        FakeKubernetes.json(
            """
            {"conditions": [
               {"type": "Ready", "status": "%s", "reason": "%s",
                "lastTransitionTime": "2026-11-26T09:00:00Z"},
               {"type": "Synced", "status": "%s", "reason": "%s",
                "lastTransitionTime": "2026-11-26T09:00:00Z"}]}
            """
                .formatted(
                    ready.split("/", -1)[0],
                    ready.split("/", -1)[1],
                    synced.split("/", -1)[0],
                    synced.split("/", -1)[1])));
    management.put(KubernetesKind.INSTANCE, KEY, object);
  }

  private List<String> requests() {
    return management.writes().stream().filter(one -> one.startsWith("PATCH machines ")).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "False/Lost, False/Lost, 1, nobody knows where it went",
    "False/Interrupted, True/ReconcileSuccess, 1, EC2 takes it back",
    "False/Interrupted, False/Interrupted, 1, and has done so",
    "False/Unavailable, False/CloudUnreachable, 0, nobody can tell whether it is there"
  })
  void anotherOneIsAskedForWhenItsMachineIsGoneOrGoing(
      String ready, String synced, int times, String why) {
    running();
    var _ = pass();
    assertThat(requests()).as("it is well").isEmpty();
    instanceSays(ready, synced);
    assertThat(pass()).isEqualTo(new Again.Moving());
    var _ = pass();
    assertThat(requests()).as(why).isEqualTo(List.of(REQUEST).subList(0, times));
  }

  @Test
  void aNodeThatEc2IsAboutToTakeIsReplacedWhileItCanBeDrained() {
    running();
    instanceRuns(true, "True/Available");
    node(UP, 2, true);
    assertThat(pass())
        .as("of two minutes few seconds may pass unseen")
        .isEqualTo(new Again.After(Duration.ofSeconds(10), Urgency.RESYNC));
    assertThat(condition("Ready")).isEqualTo("True/AsPlanned");
    assertThat(requests()).isEmpty();
    instanceRuns(true, "False/Interrupted");
    node(UP, 2, false);
    var _ = pass();
    assertThat(condition("Ready")).isEqualTo("False/Interrupted");
    assertThat(taints())
        .as("nothing new comes there")
        .containsExactly("nvidia.com/gpu", "isobar.dev/gpu-not-ready");
    assertThat(requests()).isEqualTo(List.of(REQUEST));
    int writes = management.writes().size();
    var _ = pass();
    assertThat(management.writes()).as("asked for once").hasSize(writes);
  }

  /** Without the right to ask for the notice only the end itself is seen. */
  @ParameterizedTest
  @CsvSource({
    "Terminating, True/Available, false, somebody else may have asked for that",
    "Terminating, False/Interrupted, true, EC2 is ending it",
    "Error, False/Interrupted, false, it is gone and its node with it"
  })
  void aNodeWhoseMachineIsBeingEndedTakesNothingNew(
      String state, String ready, boolean tainted, String why) {
    running();
    node(UP, 2, true);
    var _ = pass();
    assertThat(taints()).containsExactly("nvidia.com/gpu");
    instanceIs(state, true, ready);
    assertThat(pass()).as(why).isEqualTo(new Again.Moving());
    assertThat(taints().contains("isobar.dev/gpu-not-ready")).as(why).isEqualTo(tainted);
  }

  @ParameterizedTest
  @CsvSource({"Spot, true, it may be taken back", "OnDemand, false, it stays until it is deleted"})
  void whatMayBeTakenBackIsLookedAtOften(String model, boolean often, String why) {
    Map<String, Object> metadata = new TreeMap<>(owned());
    metadata.put("finalizers", List.of(FINALIZER));
    machine(metadata, Map.of("capacity", Map.of("model", model)), Map.of());
    cluster(Map.of(), true);
    bootstrap("ignition");
    var _ = pass();
    assertThat(
            Tree.of(management.object(KubernetesKind.INSTANCE, KEY))
                .at("metadata", "annotations", "crossplane.io/poll-interval")
                .text()
                .filter("15s"::equals)
                .isPresent())
        .as(why)
        .isEqualTo(often);
  }

  @ParameterizedTest
  @CsvSource({
    "GET instances, 503, WaitingForNode, nobody can tell whether its Instance is gone",
    "PATCH machines, 403, Lost, an older role is installed"
  })
  void whatCannotBeAskedForIsTriedAgain(String request, int status, String reason, String why) {
    running();
    var _ = pass();
    management.remove(KubernetesKind.INSTANCE, KEY);
    management.refuse(request + " " + KEY, status);
    assertThat(pass()).as(why).isEqualTo(new Again.Backoff());
    assertThat(condition("Ready")).as(why).isEqualTo("False/" + reason);
    assertThat(condemned()).isFalse();
  }
}
