package dev.isobar.provider.kube.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.SecretEntry;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.external.SecretBytes;
import dev.isobar.provider.kube.account.ConfigObject.SecretPlace;
import dev.isobar.provider.kube.account.WatchedSecrets.Look;
import dev.isobar.provider.kube.api.FakeKubernetes;
import dev.isobar.provider.kube.api.KubernetesKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class WatchedSecretsTest {
  private static final ObjectKey CLOUD = new ObjectKey("lab", "cloud");
  private static final ObjectKey OTHER = new ObjectKey("lab", "other");

  private final BlockingQueue<ObjectKey> told = new LinkedBlockingQueue<>();
  private FakeKubernetes kubernetes;
  private WatchedSecrets secrets;

  @BeforeEach
  void start(@TempDir Path folder) {
    kubernetes = new FakeKubernetes(folder);
    secrets = new WatchedSecrets(kubernetes.objects(), told::add);
    secret(CLOUD, "k", "right");
    secret(OTHER, "k", "another");
  }

  @AfterEach
  void end() {
    secrets.close();
    kubernetes.close();
  }

  private void secret(ObjectKey name, String key, String value) {
    String text = Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    kubernetes.put(KubernetesKind.SECRET, name, Map.of("data", Map.of(key, text)));
  }

  private static SecretPlace place(ObjectKey secret, String key) {
    return new SecretPlace(secret.namespace(), new SecretEntry(secret.name(), key));
  }

  private static Look there(String value) {
    return new Look.There(new SecretBytes(value.getBytes(StandardCharsets.UTF_8)));
  }

  static Stream<Arguments> looks() {
    return Stream.of(
        Arguments.of("what is stored, decoded", place(CLOUD, "k"), there("right")),
        Arguments.of("names are told apart", place(OTHER, "k"), there("another")),
        Arguments.of("another key is no key", place(CLOUD, "K"), new Look.NoKey()),
        Arguments.of(
            "namespaces are told apart",
            place(new ObjectKey("theirs", "cloud"), "k"),
            new Look.NoSecret()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("looks")
  void aLookTellsWhatIsMissing(String why, SecretPlace place, Look expected) {
    assertThat(secrets.look(place)).as(why).isEqualTo(expected);
  }

  /** Whoever cannot see a Secret must not say that there is none. */
  @Test
  void silenceIsNotAbsence() {
    kubernetes.refuse("GET secrets lab/cloud", 403);
    Thread.currentThread().interrupt(); // ends the wait at once
    assertThat(secrets.look(place(CLOUD, "k"))).isEqualTo(new Look.Unknown());
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void onlyWhatIsNamedIsAskedForAndOnlyOnce() {
    var _ = secrets.look(place(CLOUD, "k"));
    var _ = secrets.look(place(CLOUD, "other"));
    assertThat(kubernetes.lists()).containsExactly("GET secrets lab/cloud");
  }

  @Test
  void aChangeIsToldAndSeen() throws InterruptedException {
    assertThat(secrets.look(place(CLOUD, "k"))).isEqualTo(there("right"));
    assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(CLOUD);
    secret(CLOUD, "k", "mended");
    assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(CLOUD);
    assertThat(secrets.look(place(CLOUD, "k"))).isEqualTo(there("mended"));
  }

  @Test
  void whatNobodyNamesAnyMoreIsForgotten() {
    var _ = secrets.look(place(CLOUD, "k"));
    var _ = secrets.look(place(OTHER, "k"));
    secrets.retain(Set.of(OTHER));
    var _ = secrets.look(place(CLOUD, "k"));
    var _ = secrets.look(place(OTHER, "k"));
    assertThat(kubernetes.lists())
        .containsExactly("GET secrets lab/cloud", "GET secrets lab/other", "GET secrets lab/cloud");
  }
}
