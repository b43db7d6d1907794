package dev.isobar.provider.kube.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.provider.decide.Notice;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.external.HandClock;
import dev.isobar.provider.kube.api.FakeKubernetes;
import dev.isobar.provider.kube.api.KubernetesKind;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What nobody could say again is sent before anything else is done. */
final class AnnouncementsTest {
  private static final ObjectKey KEY = new ObjectKey("eo4eu", "eo-lab-f4bd8");

  @ParameterizedTest
  @CsvSource({
    "0, KeptVolumes, the API server takes it",
    "403, '', its namespace is being deleted and takes no event; that is no obstacle",
    "503, '', the API server is away; nor is that"
  })
  void oneThatIsSentAtOnceIsThereWhenTheCallReturns(
      int refusal, String reason, String why, @TempDir Path folder) {
    try (var kubernetes = new FakeKubernetes(folder)) {
      if (refusal != 0) {
        kubernetes.refuse("POST events.*", refusal);
      }
      var about = new Topic(KubernetesKind.CLUSTER_CLEANUP, KEY, "u1", "7", Optional.empty());
      var notice = new Notice(Notice.Kind.Normal, "KeptVolumes", "these stay", true);
      var announcements =
          new Announcements(
              kubernetes.objects(), new HandClock(Instant.parse("2026-11-25T10:00:00Z")));
      announcements.sendNow(about, notice);
      Map<String, Object> event =
          kubernetes.object(
              KubernetesKind.EVENT,
              new ObjectKey(KEY.namespace(), Announcements.name(about, notice)));
      assertThat(String.valueOf(event.getOrDefault("reason", ""))).as(why).isEqualTo(reason);
    }
  }
}
