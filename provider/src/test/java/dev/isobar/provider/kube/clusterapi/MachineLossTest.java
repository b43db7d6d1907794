package dev.isobar.provider.kube.clusterapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.provider.kube.api.FakeKubernetes;
import dev.isobar.provider.kube.api.KubernetesKind;
import dev.isobar.provider.queue.Workers.Again;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
    "False/Interrupted, True/ReconcileSuccess, 0, EC2 takes it back",
    "False/Interrupted, False/Interrupted, 1, and has done so",
    "False/Unavailable, False/CloudUnreachable, 0, nobody can tell whether it is there"
  })
  void anotherOneIsAskedForWhenItsMachineIsGone(
      String ready, String synced, int times, String why) {
    running();
    var _ = pass();
    assertThat(requests()).as("it is well").isEmpty();
    instanceSays(ready, synced);
    assertThat(pass()).isEqualTo(new Again.Moving());
    var _ = pass();
    assertThat(requests()).as(why).isEqualTo(List.of(REQUEST).subList(0, times));
  }

  @ParameterizedTest
  @CsvSource({
    "GET instances, 503, nobody can tell whether its Instance is gone",
    "PATCH machines, 403, an older role is installed"
  })
  void whatCannotBeAskedForIsTriedAgain(String request, int status, String why) {
    running();
    var _ = pass();
    management.remove(KubernetesKind.INSTANCE, KEY);
    management.refuse(request + " " + KEY, status);
    assertThat(pass()).as(why).isEqualTo(new Again.Backoff());
    assertThat(condition("Ready")).isEqualTo("False/Lost");
    assertThat(condemned()).isFalse();
  }
}
