package dev.isobar.provider.kube.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.CloudSpec;
import dev.isobar.apis.compute.InstanceSpec;
import dev.isobar.apis.compute.InstanceStatus;
import dev.isobar.apis.compute.ProviderConfigRef;
import dev.isobar.apis.compute.UsedProviderConfig;
import dev.isobar.provider.decide.Annotations;
import dev.isobar.provider.decide.Managed;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.HandClock;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.Wishes;
import dev.isobar.provider.kube.api.FakeKubernetes;
import dev.isobar.provider.kube.api.KubernetesKind;
import dev.isobar.provider.kube.api.Watching;
import dev.isobar.provider.queue.Urgency;
import dev.isobar.provider.queue.Workers.Again;
import dev.isobar.provider.reconcile.Sightings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ConfigUpkeepTest {
  private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
  private static final ObjectKey CLOUD = new ObjectKey("lab", "cloud");
  private static final ConfigKey KEY = new ConfigKey(ProviderConfigRef.Kind.ProviderConfig, CLOUD);
  private static final Again LATER = new Again.After(Duration.ofMinutes(10), Urgency.RESYNC);
  private static final String READY =
      condition("Ready", "True", "Available", "", "2026-11-25T10:00:00Z");
  private static final String NO_ORPHANS =
      condition("Orphaned", "False", "NoOrphans", "", "2026-11-25T10:00:00Z");
  private static final Map<String, String> MADE_BEFORE =
      Map.of(Annotations.EXTERNAL_NAME, "m-1", Annotations.CONFIG, "ProviderConfig/cloud");

  /** What a pass did. */
  private record Deeds(Again again, List<String> writes, List<String> said) {}

  private final HandClock clock = new HandClock(NOW);
  private final ListedMachines cloud = new ListedMachines();
  private final List<String> said = new ArrayList<>();
  private final List<Watching> watches = new ArrayList<>();
  private final List<Managed> instances = new ArrayList<>();
  private Optional<List<Accounts.OtherUser>> others = Optional.of(List.of());
  private boolean complete = true;
  private FakeKubernetes kubernetes;
  private WatchedSecrets secrets;

  @BeforeEach
  void start(@TempDir Path folder) {
    kubernetes = new FakeKubernetes(folder);
    secrets = new WatchedSecrets(kubernetes.objects(), _ -> {});
    kubernetes.put(
        KubernetesKind.SECRET, new ObjectKey("lab", "cloud"), Map.of("data", Map.of("k", "cHc=")));
  }

  @AfterEach
  void end() {
    watches.forEach(Watching::close);
    secrets.close();
    kubernetes.close();
  }

  // What is there.

  private void config(Map<String, Object> metadata, List<String> conditions, long users) {
    Map<String, Object> object = new TreeMap<>();
    Map<String, Object> all = new TreeMap<>(metadata);
    all.put("generation", 3);
    object.put("metadata", all);
    object.put(
        "spec",
        Map.of(
            "provider",
            "OpenStack",
            "region",
            "RegionOne",
            "credentials",
            Map.of("secretRef", Map.of("name", "cloud", "key", "k"))));
    if (!conditions.isEmpty()) {
      object.put("status", FakeKubernetes.json(status(users, conditions)));
    }
    kubernetes.put(KubernetesKind.PROVIDER_CONFIG, CLOUD, object);
  }

  private void usage(String instance) {
    Map<String, Object> owner =
        Map.of("apiVersion", "v1", "kind", "K", "name", instance, "uid", "u", "controller", true);
    kubernetes.put(
        KubernetesKind.PROVIDER_CONFIG_USAGE,
        new ObjectKey("lab", "uid-of-" + instance),
        Map.of(
            "metadata",
            Map.of("ownerReferences", List.of(owner)),
            "providerConfigRef",
            Map.of("kind", "ProviderConfig", "name", "cloud"),
            "resourceRef",
            Map.of("kind", "Instance", "name", instance)));
  }

  private static String condition(
      String type, String status, String reason, String message, String since) {
    String words = message.isEmpty() ? "" : "\"message\":\"" + message + "\",";
    return "{\"lastTransitionTime\":\"%s\",%s\"observedGeneration\":3,\"reason\":\"%s\",\"status\":\"%s\",\"type\":\"%s\"}"
        .formatted(since, words, reason, status, type);
  }

  private static String status(long users, List<String> conditions) {
    return "{\"conditions\":[" + String.join(",", conditions) + "],\"users\":" + users + "}";
  }

  private static Managed instance(String config, Map<String, String> notes, String... held) {
    return new Managed(
        new ObjectKey("lab", "of-" + config),
        "u",
        "1",
        1,
        true,
        List.of(held),
        new TreeMap<>(notes),
        new InstanceSpec(
            List.of("*"),
            new UsedProviderConfig(ProviderConfigRef.Kind.ProviderConfig, config),
            Optional.empty(),
            InstanceSpec.RecreatePolicy.Always,
            Wishes.machine("small", "ubuntu")),
        InstanceStatus.NONE);
  }

  private static Accounts.OtherUser cleanup(String config) {
    var key = new ConfigKey(ProviderConfigRef.Kind.ProviderConfig, new ObjectKey("lab", config));
    var cleanup = new ObjectKey("lab", "of-" + config);
    return new Accounts.OtherUser(
        new ConfigUser(KubernetesKind.CLUSTER_CLEANUP, cleanup, "c", key), true);
  }

  /** The Secret, held by these. */
  private void secret(String... finalizers) {
    kubernetes.put(
        KubernetesKind.SECRET,
        CLOUD,
        Map.of(
            "metadata",
            Map.of("finalizers", List.of(finalizers)),
            "data",
            Map.of("k", "cHc=")));
  }

  /** A config that holds its Secret. */
  private static Map<String, Object> holding(Map<String, Object> metadata) {
    Map<String, Object> all = new TreeMap<>(metadata);
    all.put("annotations", Map.of("isobar.dev/holds-secret", "lab/cloud"));
    return all;
  }

  // What is done.

  private ConfigUpkeep upkeep() {
    var configs = new Configs(_ -> {});
    var usages = new Usages(kubernetes.objects(), _ -> {});
    watches.addAll(configs.watch(kubernetes.objects()));
    watches.add(usages.watch());
    assertThat(watches).allMatch(watch -> watch.awaitSync(Duration.ofSeconds(20)));
    var installation = Installation.known(Optional.of("ours"));
    var accounts =
        new OpenAccounts(
            Map.of(CloudSpec.Provider.OpenStack, _ -> Response.of(cloud)),
            secrets,
            machines -> new Sightings(machines, clock, Duration.ofMinutes(1)),
            installation);
    var register =
        new Accounts.Register() {
          @Override
          public boolean complete() {
            return complete;
          }

          @Override
          public Stream<Managed> instances() {
            return instances.stream();
          }

          @Override
          public Optional<List<Accounts.OtherUser>> others() {
            return others;
          }
        };
    return new ConfigUpkeep(
        kubernetes.objects(),
        configs,
        usages,
        accounts,
        new OrphanAudit(register, usages, installation, clock),
        new HeldSecrets(kubernetes.objects(), configs, secrets, clock),
        register,
        (config, notice) -> said.add(config.key() + " " + notice.reason()),
        clock);
  }

  private Deeds keep(ConfigUpkeep upkeep) {
    int before = kubernetes.writes().size();
    int words = said.size();
    Again again = upkeep.keep(KEY);
    return new Deeds(
        again,
        kubernetes.writes().subList(before, kubernetes.writes().size()),
        List.copyOf(said.subList(words, said.size())));
  }

  private static Deeds quiet(Again again) {
    return new Deeds(again, List.of(), List.of());
  }

  private static Deeds patched(Again again, String finalizers) {
    return new Deeds(
        again,
        List.of(
            "PATCH providerconfigs lab/cloud"
                + " {\"metadata\":{\"finalizers\":%s,\"resourceVersion\":\"2\"}}"
                    .formatted(finalizers)),
        List.of());
  }

  private static Deeds reported(Again again, long users, String... conditions) {
    return new Deeds(
        again,
        List.of("PUT providerconfigs lab/cloud status " + status(users, List.of(conditions))),
        List.of());
  }

  private static Map<String, Object> kept() {
    return Map.of("finalizers", List.of("in-use.crossplane.io"));
  }

  private static Map<String, Object> going(String... finalizers) {
    return Map.of("deletionTimestamp", "2026-11-25T09:59:00Z", "finalizers", List.of(finalizers));
  }

  private static Arguments row(String why, Consumer<ConfigUpkeepTest> scene, Deeds expected) {
    return Arguments.of(why, scene, expected);
  }

  // checkstyle-off MethodLength: one row per state of a config
  static Stream<Arguments> passes() {
    String earlier = "2026-11-25T08:00:00Z";
    return Stream.of(
        row("it is gone", _ -> {}, quiet(new Again.WhenAdded())),
        row(
            "it is held before anything is said of it; the finalizers of others stay",
            test -> test.config(Map.of("finalizers", List.of("example.org/x")), List.of(), 0),
            patched(
                new Again.After(Duration.ZERO, Urgency.NEWS),
                "[\"example.org/x\",\"in-use.crossplane.io\"]")),
        row(
            "the cloud answers",
            test -> test.config(kept(), List.of(), 0),
            reported(LATER, 0, NO_ORPHANS, READY)),
        row(
            "users are counted",
            test -> {
              test.secret("in-use.isobar.dev/uid-of-cloud");
              test.config(holding(kept()), List.of(), 0);
              test.usage("one");
              test.usage("two");
            },
            reported(LATER, 2, NO_ORPHANS, READY)),
        row(
            "with the first user it holds its Secret",
            test -> {
              test.config(kept(), List.of(), 0);
              test.usage("one");
            },
            new Deeds(
                new Again.After(Duration.ZERO, Urgency.NEWS),
                List.of(
                    "PATCH providerconfigs lab/cloud {\"metadata\":{\"annotations\":"
                        + "{\"isobar.dev/holds-secret\":\"lab/cloud\"},\"resourceVersion\":\"2\"}}"),
                List.of())),
        row(
            "as long as there is an Instance, also one whose usage went first",
            test -> {
              test.secret("in-use.isobar.dev/uid-of-cloud");
              test.config(holding(kept()), List.of(NO_ORPHANS, READY), 0);
              test.instances.add(instance("cloud", Map.of(), Managed.FINALIZER));
            },
            quiet(LATER)),
        row(
            "what is said already is not said again",
            test -> test.config(kept(), List.of(NO_ORPHANS, READY), 0),
            quiet(LATER)),
        row(
            "a condition that holds on keeps its time, one that turns gets a new one",
            test ->
                test.config(
                    kept(),
                    List.of(
                        condition("Orphaned", "False", "NoOrphans", "", earlier),
                        condition("Ready", "False", "CloudUnreachable", "down", earlier)),
                    0),
            reported(LATER, 0, condition("Orphaned", "False", "NoOrphans", "", earlier), READY)),
        row(
            "a cloud that refuses is asked again soon; of orphans nobody can tell",
            test -> {
              test.config(kept(), List.of(), 0);
              test.cloud.failure =
                  Optional.of(new Failure.AuthenticationFailed(CloudWords.ours("wrong password")));
            },
            reported(
                new Again.Backoff(),
                0,
                condition(
                    "Ready",
                    "False",
                    "AuthenticationFailed",
                    "wrong password",
                    "2026-11-25T10:00:00Z"))),
        row(
            "before all Instances are known every machine would seem to be an orphan",
            test -> {
              test.config(kept(), List.of(), 0);
              test.cloud.machines.add(ListedMachines.machine("m-1", "u-1", Optional.of("ours")));
              test.complete = false;
            },
            reported(LATER, 0, READY)),
        row(
            "it is deleted and used: it stays, and says by whom",
            test -> {
              test.config(going("in-use.crossplane.io"), List.of(), 0);
              Stream.of("one", "two", "three", "four").forEach(test::usage);
            },
            reported(
                new Again.WhenAdded(),
                4,
                condition(
                    "Terminating",
                    "True",
                    "InUse",
                    "in use by Instance lab/four, Instance lab/one, Instance lab/three and 1 more;"
                        + " delete them first",
                    "2026-11-25T10:00:00Z"))),
        row(
            "it is deleted, and a usage went before its Instance: only the config leads to the"
                + " machine",
            test -> {
              test.config(going("in-use.crossplane.io"), List.of(), 0);
              test.instances.add(instance("cloud", Map.of()));
              test.instances.add(instance("cloud", Map.of(), Managed.FINALIZER));
              test.instances.add(instance("another", Map.of(), Managed.FINALIZER));
              test.instances.add(instance("moved", MADE_BEFORE, Managed.FINALIZER));
            },
            reported(
                new Again.Moving(),
                2,
                condition(
                    "Terminating",
                    "True",
                    "InUse",
                    "in use by Instance lab/of-cloud, Instance lab/of-moved; delete them first",
                    "2026-11-25T10:00:00Z"))),
        row(
            "the same of a ClusterCleanup, whose cluster has load balancers there",
            test -> {
              test.config(going("in-use.crossplane.io"), List.of(), 0);
              test.others = Optional.of(List.of(cleanup("cloud"), cleanup("another")));
            },
            reported(
                new Again.Moving(),
                1,
                condition(
                    "Terminating",
                    "True",
                    "InUse",
                    "in use by ClusterCleanup lab/of-cloud; delete them first",
                    "2026-11-25T10:00:00Z"))),
        row(
            "it is deleted, and the API server does not tell of ClusterCleanups",
            test -> {
              test.config(going("in-use.crossplane.io"), List.of(), 0);
              test.others = Optional.empty();
            },
            quiet(new Again.Backoff())),
        row(
            "it is deleted before all Instances are known",
            test -> {
              test.config(going("in-use.crossplane.io"), List.of(), 0);
              test.complete = false;
            },
            quiet(new Again.Backoff())),
        row(
            "it is deleted and nobody uses it: it is let go, as far as we hold it",
            test -> test.config(going("example.org/x", "in-use.crossplane.io"), List.of(), 0),
            patched(new Again.WhenAdded(), "[\"example.org/x\"]")),
        row(
            "its Secret goes before it",
            test -> {
              test.secret("in-use.isobar.dev/uid-of-cloud");
              test.config(holding(going("in-use.crossplane.io")), List.of(), 0);
            },
            new Deeds(
                new Again.WhenAdded(),
                List.of(
                    "PATCH secrets lab/cloud"
                        + " {\"metadata\":{\"finalizers\":[],\"resourceVersion\":\"2\"}}",
                    "PATCH providerconfigs lab/cloud"
                        + " {\"metadata\":{\"finalizers\":[],\"resourceVersion\":\"3\"}}"),
                List.of())),
        row(
            "it is deleted and others hold it",
            test -> test.config(going("example.org/x"), List.of(), 0),
            quiet(new Again.WhenAdded())));
  }

  // checkstyle-on MethodLength

  @ParameterizedTest(name = "{0}")
  @MethodSource("passes")
  void aPassOverAConfig(String why, Consumer<ConfigUpkeepTest> scene, Deeds expected) {
    scene.accept(this);
    assertThat(keep(upkeep())).as(why).isEqualTo(expected);
  }

  @Test
  void orphansAreNamedOnce() {
    secret("in-use.isobar.dev/uid-of-cloud");
    config(holding(kept()), List.of(), 0);
    cloud.machines.add(ListedMachines.machine("m-1", "u-1", Optional.of("ours")));
    cloud.machines.add(ListedMachines.machine("m-2", "u-2", Optional.of("theirs")));
    usage("three");
    cloud.machines.add(ListedMachines.machine("m-3", "uid-of-three", Optional.of("ours")));
    ConfigUpkeep upkeep = upkeep();
    String orphaned =
        condition(
            "Orphaned",
            "True",
            "OrphanedMachines",
            "1 machine is marked as made for an Instance that does not exist: m-1 of lab/m-1;"
                + " nothing deletes it, see isobar orphans",
            "2026-11-25T10:00:00Z");
    assertThat(keep(upkeep))
        .isEqualTo(
            new Deeds(
                LATER,
                reported(LATER, 1, orphaned, READY).writes(),
                List.of("ProviderConfig lab/cloud OrphanedMachines")));
    clock.advance(Duration.ofMinutes(11));
    assertThat(keep(upkeep)).as("nothing new").isEqualTo(quiet(LATER));
  }

  /** As when a cloud answers what no cloud should: the provider goes on, and serves the others. */
  @Test
  void aFaultOfOursIsNoTroubleOfOtherConfigs() {
    config(kept(), List.of(), 0);
    cloud.bug = Optional.of(new IllegalStateException("of a test"));
    assertThat(keep(upkeep())).isEqualTo(quiet(new Again.Backoff()));
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of("somebody else wrote meanwhile", 409, new Again.Backoff()),
        Arguments.of("a right is missing", 403, new Again.Backoff()),
        Arguments.of("the API server has trouble", 500, new Again.Backoff()),
        Arguments.of("it went meanwhile", 404, new Again.WhenAdded()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void whatWasNotStoredIsTriedAgain(String why, int status, Again expected) {
    config(kept(), List.of(), 0);
    ConfigUpkeep upkeep = upkeep();
    kubernetes.refuse("PUT .*", status);
    assertThat(keep(upkeep).again()).as(why).isEqualTo(expected);
  }
}
