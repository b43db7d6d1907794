package dev.isobar.provider.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.decide.Pace;
import dev.isobar.provider.kube.api.FakeKubernetes;
import dev.isobar.provider.kube.api.KubernetesKind;
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
          false,
          Optional.empty(),
          Optional.empty());

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
    Instant end = Instant.now().plusSeconds(30);
    while (!kubernetes.lists().contains(list) && Instant.now().isBefore(end)) {
      Thread.sleep(Duration.ofMillis(50));
    }
    assertThat(kubernetes.lists()).contains(list);
  }

  /** Who has activated no Clouds may well have ClusterCleanups. */
  @Test
  void noKindWaitsForAnother(@TempDir Path folder) throws InterruptedException {
    try (var kubernetes = new FakeKubernetes(folder);
        var run =
            new ProviderRun(
                kubernetes.cluster(),
                Map.of(),
                SETTINGS,
                InstantSource.system(),
                new Meters(),
                () -> {})) {
      Stream.concat(ProviderController.KINDS.stream(), Stream.of(KubernetesKind.CLUSTER_CLEANUP))
          .forEach(kind -> serve(kubernetes, kind));
      run.start("one");
      awaitList(kubernetes, "GET clustercleanups");
      assertThat(kubernetes.lists()).doesNotContain("GET clouds");
      serve(kubernetes, KubernetesKind.CLOUD);
      awaitList(kubernetes, "GET clouds");
    }
  }
}
