package dev.isobar.provider.kube.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.CloudSpec;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.external.Belonging;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.HandClock;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.kube.account.OrphanSearch.Found;
import dev.isobar.provider.kube.account.OrphanSearch.Orphan;
import dev.isobar.provider.kube.api.FakeKubernetes;
import dev.isobar.provider.kube.api.KubernetesKind;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class OrphanSearchTest {
  private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
  private static final Optional<String> OURS = Optional.of("uid-of-the-definition");
  private static final String CONFIG = "ProviderConfig lab/cloud";
  private static final Found NOTHING = new Found(List.of(), List.of(), 0, List.of());

  private final ListedMachines cloud = new ListedMachines();
  private FakeKubernetes kubernetes;

  @BeforeEach
  void start(@TempDir Path folder) {
    kubernetes = new FakeKubernetes(folder);
    kubernetes.put(
        KubernetesKind.DEFINITION,
        new ObjectKey("", "instances.compute.isobar.dev"),
        Map.of("metadata", Map.of("uid", "uid-of-the-definition")));
    kubernetes.put(
        KubernetesKind.SECRET, new ObjectKey("lab", "cloud"), Map.of("data", Map.of("k", "cHc=")));
    config("cloud", "cloud");
    instance("one", Map.of());
  }

  @AfterEach
  void end() {
    kubernetes.close();
  }

  private void config(String name, String secret) {
    kubernetes.put(
        KubernetesKind.PROVIDER_CONFIG,
        new ObjectKey("lab", name),
        Map.of(
            "spec",
            Map.of(
                "provider",
                "OpenStack",
                "region",
                "RegionOne",
                "credentials",
                Map.of("secretRef", Map.of("name", secret, "key", "k")))));
  }

  private void instance(String name, Map<String, String> annotations) {
    kubernetes.put(
        KubernetesKind.INSTANCE,
        new ObjectKey("lab", name),
        Map.of("metadata", Map.of("annotations", annotations)));
  }

  private void machine(String id, String uid, Optional<String> installation) {
    cloud.machines.add(ListedMachines.machine(id, uid, installation));
  }

  private void belonging(String id, String uid, Optional<String> machine, Optional<Instant> since) {
    cloud.belongings.add(new Belonging("port", id, uid, machine, since));
  }

  private void volume(String id, String uid, Optional<String> machine, Optional<Instant> since) {
    cloud.belongings.add(new Belonging("volume", id, uid, machine, since, machine.isEmpty()));
  }

  private Found search(boolean everybody) {
    return new OrphanSearch(
            kubernetes.cluster(),
            Map.of(CloudSpec.Provider.OpenStack, _ -> Response.of(cloud)),
            new HandClock(NOW),
            everybody)
        .search();
  }

  private static Orphan machine(String id) {
    return new Orphan("machine", id, "lab/" + id, Optional.of(ListedMachines.MADE), CONFIG);
  }

  private static Found found(Orphan... orphans) {
    return new Found(List.of(orphans), List.of(), 0, List.of());
  }

  private static Found kept(Orphan... volumes) {
    return new Found(List.of(), List.of(volumes), 0, List.of());
  }

  private static Arguments row(String why, Consumer<OrphanSearchTest> scene, Found expected) {
    return Arguments.of(why, scene, expected);
  }

  // checkstyle-off MethodLength: one row per thing that may be left
  static Stream<Arguments> searches() {
    Optional<Instant> old = Optional.of(NOW.minusSeconds(3600));
    Optional<Instant> young = Optional.of(NOW.minusSeconds(60));
    Optional<String> free = Optional.empty();
    return Stream.of(
        row("nothing is left", test -> test.machine("m-1", "uid-of-one", OURS), NOTHING),
        row(
            "its Instance is not there",
            test -> test.machine("m-2", "gone", OURS),
            found(machine("m-2"))),
        row(
            "an Instance names it, whatever it says",
            test -> {
              test.machine("m-2", "gone", OURS);
              test.instance("two", Map.of("crossplane.io/external-name", "m-2"));
            },
            NOTHING),
        row(
            "another installation's is counted, and not judged",
            test -> test.machine("m-2", "gone", Optional.of("theirs")),
            new Found(List.of(), List.of(), 1, List.of())),
        row(
            "nor is a key pair of its Instance, which no machine has",
            test -> {
              test.machine("m-2", "theirs", Optional.of("theirs"));
              test.cloud.belongings.add(
                  new Belonging("key pair", "isobar-theirs", "theirs", free, Optional.empty()));
            },
            new Found(List.of(), List.of(), 1, List.of())),
        row(
            "it went in good order while the search went on",
            test -> {
              test.machine("m-2", "gone", OURS);
              test.cloud.later = Optional.of(List.of());
            },
            NOTHING),
        row(
            "a port of nobody's",
            test -> test.belonging("p-1", "gone", free, old),
            found(new Orphan("port", "p-1", "gone", old, CONFIG))),
        row(
            "a port of an Instance",
            test -> test.belonging("p-1", "uid-of-one", free, old),
            NOTHING),
        row(
            "a port that was made just now may get its machine yet",
            test -> test.belonging("p-1", "gone", free, young),
            NOTHING),
        row(
            "a port of a machine that has a right to be there",
            test -> {
              test.machine("m-1", "uid-of-one", OURS);
              test.belonging("p-1", "gone", Optional.of("m-1"), old);
            },
            NOTHING),
        row(
            "a port of an orphan bears the name of its Instance, as the machine knows it",
            test -> {
              test.machine("m-2", "gone", OURS);
              test.belonging("p-1", "gone", Optional.of("m-2"), old);
            },
            found(machine("m-2"), new Orphan("port", "p-1", "lab/m-2", old, CONFIG))),
        row(
            "its Instance has its machine in this account",
            test -> {
              test.instance("one", Map.of("isobar.dev/account", "Fake/here/1"));
              test.machine("m-1", "uid-of-one", OURS);
            },
            NOTHING),
        row(
            "its Instance gave it up for one in another account",
            test -> {
              test.instance("one", Map.of("isobar.dev/account", "Fake/away/2"));
              test.machine("m-1", "uid-of-one", OURS);
            },
            found(machine("m-1"))),
        row(
            "a port that came late, when its Instance's machine had another one",
            test -> {
              test.machine("m-1", "uid-of-one", OURS);
              test.belonging("p-1", "uid-of-one", Optional.of("m-1"), old);
              test.belonging("p-2", "uid-of-one", free, old);
            },
            found(new Orphan("port", "p-2", "uid-of-one", old, CONFIG))),
        row(
            "a volume that outlived its machine is kept, and no orphan",
            test -> test.volume("v-1", "gone", free, old),
            kept(new Orphan("volume", "v-1", "gone", old, CONFIG))),
        row(
            "so is one of an Instance that has another machine by now",
            test -> {
              test.machine("m-1", "uid-of-one", OURS);
              test.volume("v-1", "uid-of-one", free, old);
            },
            kept(new Orphan("volume", "v-1", "uid-of-one", old, CONFIG))),
        row(
            "a volume that was made just now may get its machine yet",
            test -> test.volume("v-1", "gone", free, young),
            NOTHING),
        row(
            "a volume of an orphan is none that is kept",
            test -> {
              test.machine("m-2", "gone", OURS);
              test.volume("v-1", "gone", Optional.of("m-2"), old);
            },
            found(machine("m-2"), new Orphan("volume", "v-1", "lab/m-2", old, CONFIG))),
        row(
            "two configs with one account are one place to look at, under both names",
            test -> {
              test.config("twin", "cloud");
              test.machine("m-2", "gone", OURS);
            },
            found(
                new Orphan(
                    "machine",
                    "m-2",
                    "lab/m-2",
                    Optional.of(ListedMachines.MADE),
                    CONFIG + ", ProviderConfig lab/twin"))),
        row(
            "what cannot be opened is told, and the rest is looked at",
            test -> {
              test.config("broken", "none");
              test.machine("m-2", "gone", OURS);
            },
            new Found(
                List.of(machine("m-2")),
                List.of(),
                0,
                List.of(
                    "ProviderConfig lab/broken: Secret lab/none does not exist, where"
                        + " ProviderConfig lab/broken (spec.credentials.secretRef) has its"
                        + " credentials; create it with key k"))),
        row(
            "a cloud that does not answer is told, and nothing is said of its machines",
            test -> {
              test.machine("m-2", "gone", OURS);
              test.cloud.failure =
                  Optional.of(new Failure.CloudUnreachable(CloudWords.ours("no route")));
            },
            new Found(List.of(), List.of(), 0, List.of(CONFIG + ": CloudUnreachable: no route"))));
  }

  // checkstyle-on MethodLength

  @ParameterizedTest(name = "{0}")
  @MethodSource("searches")
  void aSearchNamesWhatHasNoInstance(String why, Consumer<OrphanSearchTest> scene, Found expected) {
    scene.accept(this);
    assertThat(search(false)).as(why).isEqualTo(expected);
  }

  @Test
  void everybodysAreJudgedWhenThatIsAskedFor() {
    machine("m-2", "gone", Optional.of("theirs"));
    assertThat(search(true)).isEqualTo(found(machine("m-2")));
  }

  @Test
  void aSearchChangesNothing() {
    machine("m-2", "gone", OURS);
    var _ = search(false);
    assertThat(kubernetes.writes()).isEmpty();
  }

  /** Every machine would be called an orphan by who may not list Instances. */
  @Test
  void withoutASightOfInstancesNothingIsNamed() {
    kubernetes.refuse("GET instances", 403);
    machine("m-1", "uid-of-one", OURS);
    assertThat(search(false))
        .isEqualTo(new Found(List.of(), List.of(), 0, List.of("Instances: refused by the test")));
  }

  /** As with the kubeconfig of another cluster. */
  @Test
  void withoutAConfigNoCloudIsLookedInto(@TempDir Path folder) {
    try (var another = new FakeKubernetes(folder)) {
      var search = new OrphanSearch(another.cluster(), Map.of(), new HandClock(NOW), false);
      assertThat(search.search())
          .isEqualTo(
              new Found(
                  List.of(),
                  List.of(),
                  0,
                  List.of("there is no ProviderConfig, so no cloud was looked into")));
    }
  }
}
