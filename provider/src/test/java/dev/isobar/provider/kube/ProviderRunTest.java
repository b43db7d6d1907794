package dev.isobar.provider.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.decide.Pace;
import dev.isobar.provider.kube.api.FakeKubernetes;
import dev.isobar.provider.kube.api.KubernetesKind;
import dev.isobar.provider.kube.clusterapi.GpuMachines;
import dev.isobar.provider.operate.Meters;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProviderRunTest {
  private static final ProviderSettings SETTINGS =
      new ProviderSettings(
          Pace.USUAL,
          Duration.ofMinutes(10),
          200,
          16,
          "crossplane-system",
          Optional.empty(),
          Optional.empty(),
          true,
          Optional.empty(),
          Optional.empty());

  private static final Duration SOON = Duration.ofSeconds(30);

  private static ProviderRun run(FakeKubernetes kubernetes) {
    return new ProviderRun(
        kubernetes.cluster(), Map.of(), SETTINGS, InstantSource.system(), new Meters(), () -> {});
  }

  /** Whether it ends; a test that fails goes on without it. */
  private static boolean ends(ProviderRun run) throws InterruptedException {
    return Thread.ofVirtual().start(run::close).join(SOON);
  }

  private static void serve(FakeKubernetes kubernetes, KubernetesKind kind) {
    kubernetes.put(
        KubernetesKind.DEFINITION,
        new ObjectKey("", kind.definition()),
        Map.of(
            "spec",
            Map.of("versions", List.of(Map.of("name", kind.version(), "served", true))),
            "status",
            Map.of("conditions", List.of(Map.of("type", "Established", "status", "True")))));
  }

  private static void awaitList(FakeKubernetes kubernetes, String list)
      throws InterruptedException {
    Instant end = Instant.now().plus(SOON);
    while (!kubernetes.lists().contains(list) && Instant.now().isBefore(end)) {
      Thread.sleep(Duration.ofMillis(50));
    }
    assertThat(kubernetes.lists()).contains(list);
  }

  /** Who has activated no Clouds may well have ClusterCleanups. */
  @Test
  void noKindWaitsForAnother(@TempDir Path folder) throws InterruptedException {
    try (var kubernetes = new FakeKubernetes(folder);
        var run = run(kubernetes)) {
      Stream.concat(ProviderController.KINDS.stream(), Stream.of(KubernetesKind.CLUSTER_CLEANUP))
          .forEach(kind -> serve(kubernetes, kind));
      run.start("one");
      awaitList(kubernetes, "GET clustercleanups");
      assertThat(kubernetes.lists()).doesNotContain("GET clouds");
      serve(kubernetes, KubernetesKind.CLOUD);
      awaitList(kubernetes, "GET clouds");
    }
  }

  /** As where the role for Cluster API is bound to another account. */
  @Test
  void norForObjectsOfAnotherThatMayNotBeListed(@TempDir Path folder) throws InterruptedException {
    try (var kubernetes = new FakeKubernetes(folder)) {
      kubernetes.refuse("GET clusters", 403);
      Stream.concat(ProviderController.KINDS.stream(), GpuMachines.KINDS.stream())
          .forEach(kind -> serve(kubernetes, kind));
      ProviderRun run = run(kubernetes);
      run.start("one");
      awaitList(kubernetes, "GET clusters");
      serve(kubernetes, KubernetesKind.CLUSTER_CLEANUP);
      awaitList(kubernetes, "GET clustercleanups");
      assertThat(ends(run)).as("it ends").isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET clusters, 403, GET gpumachines, the role for Cluster API is bound to another account",
    "GET machines, 500, GET gpumachines, the webhook that converts Machines is down",
    "GET providerconfigs, 403, GET instances, its own role is bound to another account"
  })
  void endsWhileObjectsCannotBeListedAndBeginsWithNoneAfterThem(
      String list, int status, String next, String why, @TempDir Path folder)
      throws InterruptedException {
    try (var kubernetes = new FakeKubernetes(folder)) {
      kubernetes.refuse(list, status);
      Stream.concat(ProviderController.KINDS.stream(), GpuMachines.KINDS.stream())
          .forEach(kind -> serve(kubernetes, kind));
      ProviderRun run = run(kubernetes);
      run.start("one");
      awaitList(kubernetes, list);
      assertThat(ends(run)).as("it ends although " + why).isTrue();
      assertThat(kubernetes.lists()).as(why).doesNotContain(next);
    }
  }
}
