package dev.isobar.provider.kube.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Leftover.Kind;
import dev.isobar.provider.external.Response;
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

/** A ClusterCleanup from pass to pass, while its cluster lives. */
final class CleanupUpkeepTest extends CleanupScene {
  // checkstyle-off MethodLength: one row per state of a cleanup
  static Stream<Arguments> passes() {
    String waits =
        "KubeadmControlPlane eo-lab-f4bd8-cp still exists; nothing is removed before it is gone";
    String one = "[" + found("LoadBalancer", "b1") + "," + found("Volume", "v1") + "]";
    return Stream.of(
        row("it is gone", _ -> {}, Deeds.none(new Again.WhenAdded())),
        row(
            "somebody stopped everything",
            test ->
                test.cleanup(
                    "Keep", Map.of("annotations", Map.of("crossplane.io/paused", "true")), ""),
            Deeds.none(new Again.WhenAdded())),
        row(
            "it is held before anything else, for a deletion may come any time",
            test -> test.cleanup("Keep", Map.of("finalizers", List.of("example.org/x")), ""),
            Deeds.wrote(AT_ONCE, patched("[\"example.org/x\",\"" + OURS + "\"]"))),
        row(
            "who may not use the config never holds up a deletion",
            test -> {
              test.cleanup("Keep", Map.of(), "");
              test.account = Response.failed(new Failure.InvalidConfiguration(NO_RIGHT));
            },
            new Deeds(
                new Again.Backoff(),
                List.of(
                    put(
                        status(
                            "",
                            "",
                            "",
                            ready(
                                "2026-11-26T10:00:00Z",
                                "False",
                                "InvalidConfiguration",
                                "Policy doesn't allow")))),
                List.of(),
                List.of("Warning CannotCleanUp: InvalidConfiguration: Policy doesn't allow"))),
        row(
            "its account is written down before anything is said of it",
            test -> {
              test.cleanup("Keep", old(held()), "");
              test.thing(Kind.LoadBalancer, "b1");
            },
            Deeds.wrote(AT_ONCE, remembered(ACCOUNT))),
        row(
            "an account that nobody names is no place to look into",
            test -> {
              test.cleanup("Keep", old(held()), "");
              test.things.account = Response.failed(new Failure.CloudUnreachable(NO_RIGHT));
            },
            new Deeds(
                new Again.Backoff(),
                List.of(
                    put(
                        status(
                            "",
                            "",
                            "",
                            ready(
                                "2026-11-26T10:00:00Z",
                                "False",
                                "CloudUnreachable",
                                "Policy doesn't allow")))),
                List.of(),
                List.of("Warning CannotCleanUp: CloudUnreachable: Policy doesn't allow"))),
        row(
            "a config that leads to another account is told while there is time to lead it back",
            test -> {
              test.cleanup(
                  "Keep",
                  held(),
                  status("", one, counts(1, 1), ready(EARLIER, "True", "Watching", "x")));
              test.things.account = Response.of(ANOTHER);
            },
            new Deeds(
                new Again.Backoff(),
                List.of(
                    put(
                        status(
                            "",
                            one,
                            counts(1, 1),
                            ready(
                                "2026-11-26T10:00:00Z", "False", "InvalidConfiguration", MOVED)))),
                List.of(),
                List.of("Warning CannotCleanUp: InvalidConfiguration: " + MOVED))),
        row(
            "the same things under another name of their account are where they were",
            test -> {
              test.cleanup(
                  "Keep",
                  held(),
                  status("", one, counts(1, 1), ready(EARLIER, "True", "Watching", "x")));
              test.things.account = Response.of(ANOTHER);
              test.thing(Kind.Volume, "v1");
            },
            Deeds.wrote(AT_ONCE, remembered(ANOTHER))),
        row(
            "while the cluster lives it says what would come of what there is",
            test -> {
              test.cleanup("Keep", held(), "");
              test.controlPlane();
              test.thing(Kind.LoadBalancer, "b1");
              test.thing(Kind.Volume, "v1");
            },
            Deeds.wrote(
                LATER,
                put(
                    status(
                        "",
                        one,
                        counts(1, 1),
                        ready(
                            "2026-11-26T10:00:00Z",
                            "True",
                            "Watching",
                            "when the cluster is deleted, 1 load balancer is deleted and 1 volume"
                                + " is kept"))))),
        row(
            "what another cluster uses is named while there is time to change that",
            test -> {
              test.cleanup("Keep", held(), "");
              test.sharedThing(Kind.LoadBalancer, "b1");
            },
            Deeds.wrote(
                LATER,
                put(
                    status(
                        "",
                        "[" + found("LoadBalancer", "b1") + "]",
                        counts(1, 0),
                        ready(
                            "2026-11-26T10:00:00Z",
                            "True",
                            "Watching",
                            "when the cluster is deleted, nothing is deleted and 1 load balancer is"
                                + " kept; other clusters use load balancer b1"))))),
        row(
            "what was said is not written again",
            test -> {
              test.cleanup(
                  "Delete",
                  held(),
                  status(
                      "",
                      "[]",
                      counts(0, 0),
                      ready(
                          EARLIER,
                          "True",
                          "Watching",
                          "when the cluster is deleted, nothing is deleted and nothing is kept")));
              test.controlPlane();
            },
            Deeds.none(LATER)),
        row(
            "a deleted one touches nothing while the control plane lives, whoever deleted it",
            test -> {
              test.cleanup("Delete", going(), "");
              test.controlPlane();
              test.thing(Kind.LoadBalancer, "b1");
            },
            new Deeds(
                SOON,
                List.of(
                    put(
                        status(
                            "",
                            "",
                            "",
                            ready("2026-11-26T10:00:00Z", "False", "ControlPlaneLives", waits)))),
                List.of(),
                List.of("Normal ControlPlaneLives: " + waits))));
  }

  // checkstyle-on MethodLength

  @ParameterizedTest(name = "{0}")
  @MethodSource("passes")
  void aPassDoesWhatTheStateAsksFor(String why, Consumer<CleanupScene> scene, Deeds expected) {
    scene.accept(this);
    assertThat(pass()).as(why).isEqualTo(expected);
  }

  @Test
  void aCloudThatAsksForTimeGetsItWithinBounds() {
    cleanup("Keep", held(), "");
    assertThat(passAskedToWait(7)).isEqualTo(after(7));
    assertThat(passAskedToWait(0)).as("slower each time").isEqualTo(new Again.Backoff());
    assertThat(passAskedToWait(86_400)).as("five minutes are the most").isEqualTo(after(300));
  }

  private static Again after(long seconds) {
    return new Again.After(Duration.ofSeconds(seconds), Urgency.NEWS);
  }

  private Again passAskedToWait(long seconds) {
    account =
        Response.failed(
            new Failure.Throttled(
                CloudWords.ours("slow down"), Optional.of(Duration.ofSeconds(seconds))));
    return pass().again();
  }

  @Test
  void whoMayNotSeeTheControlPlaneRemovesNothingAndSaysWhatHelps() {
    cleanup("Delete", going(), "");
    thing(Kind.LoadBalancer, "b1");
    kubernetes.refuse("GET kubeadmcontrolplanes .*", 403);
    Deeds deeds = pass();
    assertThat(deeds.again()).isEqualTo(new Again.Backoff());
    assertThat(deeds.removed()).isEmpty();
    assertThat(deeds.said())
        .singleElement()
        .asString()
        .contains("cannot see whether KubeadmControlPlane eo-lab-f4bd8-cp is gone")
        .contains("apply package/rbac");
  }

  @Test
  void aControlPlaneOfAKindThatIsNotServedIsNotTakenAsGone() {
    cleanup("Delete", going(), "");
    thing(Kind.LoadBalancer, "b1");
    thing(Kind.Volume, "v1");
    kubernetes.refuse("GET kubeadmcontrolplanes .*", 404);
    String unseen =
        "cannot see whether KubeadmControlPlane eo-lab-f4bd8-cp is gone: the API server serves no"
            + " kubeadmcontrolplanes of controlplane.cluster.x-k8s.io/v1beta2"
            + WAY_OUT;
    assertThat(pass())
        .isEqualTo(
            new Deeds(
                new Again.Backoff(),
                List.of(
                    put(
                        status(
                            "",
                            "",
                            "",
                            ready("2026-11-26T10:00:00Z", "False", "ProviderError", unseen)))),
                List.of(),
                List.of("Warning CannotCleanUp: ProviderError: " + unseen)));
  }
}
