package dev.isobar.provider.kube.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.external.HandClock;
import dev.isobar.provider.kube.api.FakeKubernetes;
import dev.isobar.provider.kube.api.KubernetesKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InstallationTest {
  private static final ObjectKey DEFINITION =
      new ObjectKey("", KubernetesKind.INSTANCE.definition());

  private final HandClock clock = new HandClock(Instant.parse("2026-11-25T10:00:00Z"));

  /** As when the API server has trouble at the very start, or a right is given later. */
  @Test
  void whatIsNotToldIsAskedForAgainAfterAWhile(@TempDir Path folder) {
    try (var kubernetes = new FakeKubernetes(folder)) {
      Installation installation = Installation.of(kubernetes.objects(), clock);
      assertThat(installation.marks()).isEmpty();
      kubernetes.put(KubernetesKind.DEFINITION, DEFINITION, Map.of("metadata", Map.of("uid", "u")));
      clock.advance(Duration.ofSeconds(29));
      assertThat(installation.id()).as("not at every machine").isEmpty();
      clock.advance(Duration.ofSeconds(1));
      assertThat(installation.id()).contains("u");
      assertThat(installation.marks()).isEqualTo(Map.of("isobar-installation", "u"));
      kubernetes.refuse("GET .*", 500);
      clock.advance(Duration.ofDays(1));
      assertThat(installation.id()).as("once known it stays").contains("u");
    }
  }
}
