package dev.isobar.provider.kube.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.provider.decide.Managed;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.queue.Urgency;
import dev.isobar.provider.queue.Workers.Again;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ConfigUpkeepTest extends ConfigScene {
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
  void aPassOverAConfig(String why, Consumer<ConfigScene> scene, Deeds expected) {
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
    assertThat(faults).as("faults that are counted").isEqualTo(1);
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
