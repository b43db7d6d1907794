package dev.isobar.provider.kube.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.ProviderConfigRef;
import dev.isobar.apis.compute.SecretEntry;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.external.HandClock;
import dev.isobar.provider.kube.account.ConfigObject.SecretPlace;
import dev.isobar.provider.kube.account.HeldSecrets.Outcome;
import dev.isobar.provider.kube.api.FakeKubernetes;
import dev.isobar.provider.kube.api.KubernetesKind;
import dev.isobar.provider.kube.api.Watching;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class HeldSecretsTest {
  private static final ObjectKey CLOUD = new ObjectKey("lab", "cloud");
  private static final ConfigKey KEY = new ConfigKey(ProviderConfigRef.Kind.ProviderConfig, CLOUD);
  private static final String OURS = "in-use.isobar.dev/uid-of-cloud";
  private static final String OTHERS = "in-use.isobar.dev/uid-of-another";

  /** How things are, and what is done about them. */
  private record Row(
      String why,
      String remembered,
      List<String> finalizers,
      String deletedAt,
      boolean used,
      boolean goes,
      Outcome outcome,
      List<String> writes) {
    @Override
    public String toString() {
      return why;
    }
  }

  private final HandClock clock = new HandClock(Instant.parse("2026-11-25T10:00:00Z"));
  private final List<Watching> watches = new ArrayList<>();
  private FakeKubernetes kubernetes;
  private WatchedSecrets secrets;

  @BeforeEach
  void start(@TempDir Path folder) {
    kubernetes = new FakeKubernetes(folder);
    secrets = new WatchedSecrets(kubernetes.objects(), _ -> {});
  }

  @AfterEach
  void end() {
    watches.forEach(Watching::close);
    secrets.close();
    kubernetes.close();
  }

  private void secret(String name, List<String> finalizers, String deletedAt) {
    Map<String, Object> metadata =
        deletedAt.isEmpty()
            ? Map.of("finalizers", finalizers)
            : Map.of("finalizers", finalizers, "deletionTimestamp", deletedAt);
    kubernetes.put(
        KubernetesKind.SECRET,
        new ObjectKey("lab", name),
        Map.of("metadata", metadata, "data", Map.of("k", "cHc=")));
  }

  private void config(String remembered) {
    Map<String, Object> annotations =
        remembered.isEmpty() ? Map.of() : Map.of(ConfigObject.HOLDS, remembered);
    kubernetes.put(
        KubernetesKind.PROVIDER_CONFIG,
        CLOUD,
        Map.of(
            "metadata",
            Map.of("annotations", annotations),
            "spec",
            FakeKubernetes.json(
                """
                {"provider": "OpenStack", "region": "RegionOne",
                 "credentials": {"secretRef": {"name": "cloud", "key": "k"}}}
                """)));
  }

  private Outcome keep(boolean used, boolean goes) {
    var configs = new Configs(_ -> {}, () -> {});
    watches.addAll(configs.watch(kubernetes.objects()));
    assertThat(watches).allMatch(watch -> watch.awaitSync(Duration.ofSeconds(20)));
    var _ = secrets.look(new SecretPlace("lab", new SecretEntry("cloud", "k")));
    return new HeldSecrets(kubernetes.objects(), configs, secrets, clock)
        .keep(configs.get(KEY).orElseThrow(), used, () -> goes);
  }

  private static String remembers(String secret) {
    return "PATCH providerconfigs lab/cloud {\"metadata\":{\"annotations\":"
        + "{\"isobar.dev/holds-secret\":%s},\"resourceVersion\":\"2\"}}".formatted(secret);
  }

  private static String holds(String finalizers) {
    return "PATCH secrets lab/cloud"
        + " {\"metadata\":{\"finalizers\":[%s],\"resourceVersion\":\"1\"}}".formatted(finalizers);
  }

  // checkstyle-off MethodLength: one row per state of a Secret
  static Stream<Row> rows() {
    String moments = "2026-11-25T09:59:10Z";
    String minutes = "2026-11-25T09:58:00Z";
    return Stream.of(
        new Row("nobody needs it", "", List.of(), "", false, false, Outcome.SETTLED, List.of()),
        new Row(
            "it is remembered before it is held",
            "",
            List.of(),
            "",
            true,
            false,
            Outcome.STORED,
            List.of(remembers("\"lab/cloud\""))),
        new Row(
            "then held, by others as well",
            "lab/cloud",
            List.of(OTHERS),
            "",
            true,
            false,
            Outcome.SETTLED,
            List.of(holds("\"" + OTHERS + "\",\"" + OURS + "\""))),
        new Row(
            "it is held", "lab/cloud", List.of(OURS), "", true, false, Outcome.SETTLED, List.of()),
        new Row(
            "the last user went: it is let go of by us, and forgotten",
            "lab/cloud",
            List.of(OTHERS, OURS),
            "",
            false,
            false,
            Outcome.STORED,
            List.of(holds("\"" + OTHERS + "\""), remembers("null"))),
        new Row(
            "the process ended between the two",
            "lab/cloud",
            List.of(),
            "",
            false,
            false,
            Outcome.STORED,
            List.of(remembers("null"))),
        new Row(
            "the reference changed, and the former Secret is gone",
            "lab/former",
            List.of(),
            "",
            true,
            false,
            Outcome.STORED,
            List.of(remembers("null"))),
        new Row(
            "it was just deleted: its users may be about to be",
            "lab/cloud",
            List.of(OURS),
            moments,
            true,
            false,
            Outcome.UNSETTLED,
            List.of()),
        new Row(
            "they are",
            "lab/cloud",
            List.of(OURS),
            minutes,
            true,
            true,
            Outcome.UNSETTLED,
            List.of()),
        new Row(
            "they are not: somebody replaces it",
            "lab/cloud",
            List.of(OURS),
            minutes,
            true,
            false,
            Outcome.SETTLED,
            List.of(holds(""))),
        new Row(
            "others hold it, who is deleted",
            "lab/cloud",
            List.of(OTHERS),
            minutes,
            true,
            true,
            Outcome.SETTLED,
            List.of()),
        new Row(
            "what goes already can be held by nobody",
            "",
            List.of(OTHERS),
            moments,
            true,
            false,
            Outcome.SETTLED,
            List.of()),
        new Row(
            "a config of a namespace speaks of that namespace only",
            "theirs/cloud",
            List.of(),
            "",
            false,
            false,
            Outcome.SETTLED,
            List.of()));
  }

  // checkstyle-on MethodLength

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void aSecretIsHeldWhileItIsNeeded(Row row) {
    secret("cloud", row.finalizers(), row.deletedAt());
    config(row.remembered());
    assertThat(keep(row.used(), row.goes())).isEqualTo(row.outcome());
    assertThat(kubernetes.writes()).isEqualTo(row.writes());
  }

  /** As when it was restarted between the change and its next pass. */
  @Test
  void whatAChangedReferenceNamedBeforeIsLetGoOf() {
    secret("former", List.of(OURS), "");
    secret("cloud", List.of(), "");
    config("lab/former");
    assertThat(keep(true, false)).isEqualTo(Outcome.STORED);
    assertThat(kubernetes.writes().getFirst())
        .isEqualTo(
            "PATCH secrets lab/former"
                + " {\"metadata\":{\"finalizers\":[],\"resourceVersion\":\"1\"}}");
  }

  @Test
  void noSecretIsNoTrouble() {
    config("lab/cloud");
    assertThat(keep(true, false)).isEqualTo(Outcome.SETTLED);
    assertThat(kubernetes.writes()).isEmpty();
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of("somebody else wrote meanwhile", 409, true, Outcome.UNSETTLED),
        Arguments.of("the API server has trouble", 500, true, Outcome.UNSETTLED),
        Arguments.of("who may not hold it goes on without", 403, true, Outcome.SETTLED),
        Arguments.of("who may not let go remembers that", 403, false, Outcome.UNSETTLED));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void whatIsRefusedIsTriedAgain(String why, int status, boolean used, Outcome expected) {
    secret("cloud", used ? List.of() : List.of(OURS), "");
    config("lab/cloud");
    kubernetes.refuse("PATCH secrets .*", status);
    assertThat(keep(used, false)).as(why).isEqualTo(expected);
  }
}
