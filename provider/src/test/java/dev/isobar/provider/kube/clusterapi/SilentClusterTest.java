package dev.isobar.provider.kube.clusterapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.kube.api.FakeKubernetes;
import dev.isobar.provider.kube.api.KubernetesKind;
import dev.isobar.provider.queue.Urgency;
import dev.isobar.provider.queue.Workers.Again;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** GpuMachines of clusters whose API does not answer, also beside those of one that does. */
final class SilentClusterTest extends MachineScene {
  private static final ObjectKey OTHER = new ObjectKey(NAMESPACE, "dark-gpu-x1");

  /** Less than what is waited for an answer. */
  private static final Duration SOON = Duration.ofSeconds(8);

  private void copy(KubernetesKind kind, ObjectKey from, ObjectKey to) {
    String text =
        Serialization.asJson(management.object(kind, from))
            .replace(KEY.name(), OTHER.name())
            .replace("\"lab\"", "\"dark\"");
    management.put(kind, to, FakeKubernetes.json(text));
  }

  private void dark(int port) {
    copy(
        KubernetesKind.CLUSTER,
        new ObjectKey(NAMESPACE, CLUSTER),
        new ObjectKey(NAMESPACE, "dark"));
    copy(KubernetesKind.MACHINE, KEY, OTHER);
    copy(KubernetesKind.INSTANCE, KEY, OTHER);
    copy(KubernetesKind.GPU_MACHINE, KEY, OTHER);
    String access = workload.access().replaceAll("(server: *\\S+):\\d+", "$1:" + port);
    management.put(
        KubernetesKind.SECRET,
        new ObjectKey(NAMESPACE, "dark-kubeconfig"),
        Map.of("data", Map.of("value", encoded(access))));
  }

  private GpuMachines machines() {
    return new GpuMachines(
        management.objects(),
        Optional.empty(),
        this::instance,
        InstantSource.system(),
        new WatchFilterTest.Deaf(),
        new WatchFilterTest.Deaf());
  }

  /** A control plane of one that is upgraded is away for a moment, and nothing is wrong. */
  @Test
  void whatWorkedIsBelievedForFiveMinutes() {
    running();
    node(UP, 2, true);
    var _ = pass();
    assertThat(condition("Ready")).isEqualTo("True/AsPlanned");
    String nowhere = workload.access().replaceAll("(server: *\\S+):\\d+", "$1:1");
    way(nowhere);
    int writes = management.writes().size();
    assertThat(passAfter(Duration.ofMinutes(1))).isEqualTo(new Again.Backoff());
    assertThat(passAfter(Duration.ofSeconds(299))).isEqualTo(new Again.Backoff());
    assertThat(management.writes()).as("it does not flap").hasSize(writes);
    way(workload.access());
    assertThat(passAfter(Duration.ofMinutes(1)))
        .isEqualTo(new Again.After(Duration.ofMinutes(1), Urgency.RESYNC));
    way(nowhere);
    assertThat(passAfter(Duration.ofMinutes(1))).isEqualTo(new Again.Backoff());
    assertThat(condition("Ready")).as("it begins anew").isEqualTo("True/AsPlanned");
    assertThat(passAfter(Duration.ofMinutes(5))).isEqualTo(new Again.Backoff());
    assertThat(condition("Ready")).isEqualTo("False/WorkloadClusterUnreachable");
    assertThat(passAfter(Duration.ofMinutes(1))).isEqualTo(new Again.Backoff());
    assertThat(condition("Ready"))
        .as("nothing is known of it any more")
        .isEqualTo("False/WorkloadClusterUnreachable");
  }

  /** That comes from the cloud, which answers. */
  @Test
  void whatBecomesOfTheMachineIsToldAllTheSame() {
    running();
    node(UP, 2, true);
    var _ = pass();
    way(workload.access().replaceAll("(server: *\\S+):\\d+", "$1:1"));
    instanceRuns(true, "False/Interrupted");
    assertThat(pass()).isEqualTo(new Again.Backoff());
    assertThat(condition("Ready")).isEqualTo("False/Interrupted");
    assertThat(condemned()).isTrue();
  }

  @Test
  void itHoldsUpNoOther() throws Exception {
    running();
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      dark(silent.getLocalPort());
      var _ = pass();
      node(UP, 1, true);
      try (GpuMachines both = machines()) {
        both.start();
        silent.setSoTimeout((int) SOON.toMillis());
        try (Socket _ = silent.accept()) {
          // From now on the one waits for its cluster, and GPUs of the other come.
          node(UP, 2, true);
          both.instanceChanged(KEY);
          Instant late = Instant.now().plus(SOON);
          while (!condition("Ready").equals("True/AsPlanned") && Instant.now().isBefore(late)) {
            both.instanceChanged(KEY);
            Thread.sleep(100);
          }
          assertThat(condition("Ready")).isEqualTo("True/AsPlanned");
          assertThat(
                  Tree.of(management.object(KubernetesKind.GPU_MACHINE, OTHER))
                      .at("status", "conditions")
                      .items()
                      .stream()
                      .flatMap(one -> one.at("reason").text().stream()))
              .as("the other is still waited for")
              .doesNotContain("WorkloadClusterUnreachable");
        }
      }
    }
  }
}
