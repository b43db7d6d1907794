package dev.isobar.provider.kube.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Leftover.Kind;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.queue.Workers.Again;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A ClusterCleanup from pass to pass, once it is deleted and its control plane is gone. */
final class CleanupRemovalTest extends CleanupScene {
  private static final String VANISHED =
      "ClusterProviderConfig wekeo leads to account OpenStack/RegionOne/project-1, which has"
          + " nothing of what was found before (LoadBalancer b1 and 1 more); give it back its"
          + " former credentials, or set annotation isobar.dev/account of this object to that"
          + " account if it is right";

  // checkstyle-off MethodLength: one row per state of a removal
  static Stream<Arguments> passes() {
    String one = "[" + found("LoadBalancer", "b1") + "," + found("Volume", "v1") + "]";
    String looking = "looking for what the cluster left";
    String ending = "waiting for the end of load balancer b1";
    String lives =
        "KubeadmControlPlane eo-lab-f4bd8-cp still exists; nothing is removed before it is gone";
    return Stream.of(
        row(
            "once it is gone, that is written down before anything is removed",
            test -> {
              test.cleanup(
                  "Keep",
                  going(),
                  status("", one, counts(1, 1), ready(EARLIER, "False", "ControlPlaneLives", "x")));
              test.thing(Kind.LoadBalancer, "b1");
            },
            new Deeds(
                AT_ONCE,
                List.of(
                    put(
                        status(
                            "2026-11-26T10:00:00Z",
                            one,
                            counts(1, 1),
                            ready(EARLIER, "False", "CleaningUp", looking)))),
                List.of(),
                List.of("Normal CleaningUp: " + looking))),
        row(
            "what bears the name is left to another cluster that works",
            test -> {
              test.cleanup(
                  "Delete",
                  going("example.org/x"),
                  status(
                      EARLIER, one, counts(1, 1), ready(EARLIER, "False", "CleaningUp", ending)));
              test.workingControlPlane(Map.of());
              test.account = Response.failed(new Failure.CloudUnreachable(NO_RIGHT));
              test.thing(Kind.LoadBalancer, "b2");
              test.thing(Kind.Volume, "v2");
            },
            new Deeds(
                new Again.WhenAdded(),
                List.of(patched("[\"example.org/x\"]")),
                List.of(),
                List.of(
                    "Warning HandedOver: another cluster eo-lab-f4bd8 works since not all of the"
                        + " former was removed; what bears its name in account"
                        + " OpenStack/RegionOne/project-1 is left to the ClusterCleanup of that"
                        + " one, or to whoever looks there if that looks elsewhere: load balancer"
                        + " b1, volume v1"))),
        row(
            "nothing more while that one is deleted as well",
            test -> {
              test.cleanup("Delete", going(), begun(ending));
              test.workingControlPlane(
                  Map.of(
                      "deletionTimestamp",
                      "2026-11-26T09:59:30Z",
                      "finalizers",
                      List.of("example.org/x")));
              test.thing(Kind.LoadBalancer, "b2");
            },
            new Deeds(
                SOON,
                List.of(
                    put(
                        status(
                            EARLIER, "", "", ready(EARLIER, "False", "ControlPlaneLives", lives)))),
                List.of(),
                List.of("Normal ControlPlaneLives: " + lives))),
        row(
            "then what shall go is removed, also beside a new cluster's control plane",
            test -> {
              test.cleanup("Keep", going(), begun(looking));
              test.controlPlane();
              test.thing(Kind.LoadBalancer, "b1");
              test.thing(Kind.Volume, "v1");
            },
            new Deeds(
                SOON,
                List.of(
                    put(
                        status(
                            EARLIER,
                            one,
                            counts(1, 1),
                            ready(EARLIER, "False", "CleaningUp", ending)))),
                List.of("b1"),
                List.of())),
        row(
            "what the cloud refuses is told in its words, and tried again",
            test -> {
              test.cleanup("Keep", going(), begun(looking));
              test.thing(Kind.LoadBalancer, "b1");
              test.thing(Kind.Volume, "v1");
              test.things.refusal = Optional.of(new Failure.AuthenticationFailed(NO_RIGHT));
            },
            new Deeds(
                new Again.Backoff(),
                List.of(
                    put(
                        status(
                            EARLIER,
                            one,
                            counts(1, 1),
                            ready(
                                EARLIER,
                                "False",
                                "AuthenticationFailed",
                                ending + ": Policy doesn't allow")))),
                List.of("b1"),
                List.of(
                    "Warning CannotCleanUp: AuthenticationFailed: "
                        + ending
                        + ": Policy doesn't allow"))),
        row(
            "what is in the middle of something is no trouble",
            test -> {
              test.cleanup("Keep", going(), begun(looking));
              test.thing(Kind.LoadBalancer, "b1");
              test.thing(Kind.Volume, "v1");
              test.things.refusal = Optional.of(new Failure.Busy(CloudWords.ours("immutable")));
            },
            new Deeds(
                SOON,
                List.of(
                    put(
                        status(
                            EARLIER,
                            one,
                            counts(1, 1),
                            ready(EARLIER, "False", "CleaningUp", ending)))),
                List.of("b1"),
                List.of())),
        row(
            "when only what is kept is left it may go, and the event names that",
            test -> {
              test.cleanup("Keep", going("example.org/x"), begun(ending));
              test.thing(Kind.Volume, "v1");
            },
            new Deeds(
                new Again.WhenAdded(),
                List.of(patched("[\"example.org/x\"]")),
                List.of(),
                List.of(
                    "Normal KeptVolumes: cluster eo-lab-f4bd8 is gone, and these stay in the cloud"
                        + " because spec.volumes is Keep: volume v1"))),
        row(
            "that is told before it goes, because there is no pass afterwards to tell it",
            test -> {
              test.cleanup("Keep", going(), begun(ending));
              test.thing(Kind.Volume, "v1");
              test.kubernetes.refuse("PATCH clustercleanups .*", 409);
            },
            new Deeds(
                new Again.Backoff(),
                List.of(patched("[]")),
                List.of(),
                List.of(
                    "Normal KeptVolumes: cluster eo-lab-f4bd8 is gone, and these stay in the cloud"
                        + " because spec.volumes is Keep: volume v1"))),
        row(
            "nor does what another cluster uses go, and a warning says who must do what",
            test -> {
              test.cleanup("Keep", going(), begun(ending));
              test.sharedThing(Kind.LoadBalancer, "b1");
              test.sharedThing(Kind.PublicAddress, "a1");
              test.thing(Kind.Volume, "v1");
            },
            new Deeds(
                new Again.WhenAdded(),
                List.of(patched("[]")),
                List.of(),
                List.of(
                    "Normal KeptVolumes: cluster eo-lab-f4bd8 is gone, and these stay in the cloud"
                        + " because spec.volumes is Keep: volume v1",
                    "Warning KeptShared: cluster eo-lab-f4bd8 is gone, and these stay in the cloud"
                        + " because other clusters use them: load balancer b1, public address a1;"
                        + " no network goes that they are in: give those clusters load balancers of"
                        + " their own, then delete these"))),
        row(
            "volumes that shall go are waited for",
            test -> {
              test.cleanup("Delete", going(), begun(ending));
              test.thing(Kind.Volume, "v1");
            },
            new Deeds(
                SOON,
                List.of(
                    put(
                        status(
                            EARLIER,
                            "[" + found("Volume", "v1") + "]",
                            counts(0, 1),
                            ready(
                                EARLIER,
                                "False",
                                "CleaningUp",
                                "waiting for the end of volume v1")))),
                List.of("v1"),
                List.of())),
        row(
            "a cloud that does not answer holds it, with the way out where the project is gone",
            test -> {
              test.cleanup("Keep", going(), begun(ending));
              test.account = Response.failed(new Failure.CloudUnreachable(NO_RIGHT));
            },
            new Deeds(
                new Again.Backoff(),
                List.of(
                    put(
                        status(
                            EARLIER,
                            "",
                            "",
                            ready(
                                EARLIER,
                                "False",
                                "CloudUnreachable",
                                "Policy doesn't allow" + WAY_OUT)))),
                List.of(),
                List.of(
                    "Warning CannotCleanUp: CloudUnreachable: Policy doesn't allow" + WAY_OUT))),
        row(
            "where nothing is left that may be seen in the events",
            test -> test.cleanup("Keep", going(), begun(ending)),
            new Deeds(
                new Again.WhenAdded(),
                List.of(patched("[]")),
                List.of(),
                List.of(
                    "Normal CleanedUp: cluster eo-lab-f4bd8 is gone, and account"
                        + " OpenStack/RegionOne/project-1 has nothing more of it"))),
        row(
            "another account without anything of the cluster is no end, and what helps is said",
            test -> {
              test.cleanup("Delete", going(), begun(looking));
              test.things.account = Response.of(ANOTHER);
            },
            new Deeds(
                new Again.Backoff(),
                List.of(
                    put(
                        status(
                            EARLIER,
                            "",
                            "",
                            ready(EARLIER, "False", "InvalidConfiguration", MOVED + WAY_OUT)))),
                List.of(),
                List.of("Warning CannotCleanUp: InvalidConfiguration: " + MOVED + WAY_OUT))),
        row(
            "nor is anything removed there that is called like what it was",
            test -> {
              test.cleanup("Delete", going(), begun(looking));
              test.things.account = Response.of(ANOTHER);
              test.thing(Kind.Volume, "v2");
            },
            new Deeds(
                new Again.Backoff(),
                List.of(
                    put(
                        status(
                            EARLIER,
                            "",
                            "",
                            ready(EARLIER, "False", "InvalidConfiguration", MOVED + WAY_OUT)))),
                List.of(),
                List.of("Warning CannotCleanUp: InvalidConfiguration: " + MOVED + WAY_OUT))),
        row(
            "one of an earlier version remembers its account before it removes anything",
            test -> {
              test.cleanup("Keep", old(going()), begun(looking));
              test.thing(Kind.LoadBalancer, "b1");
            },
            Deeds.wrote(AT_ONCE, remembered(ACCOUNT))),
        row(
            "and does not end where nothing of what it had found is",
            test ->
                test.cleanup(
                    "Keep",
                    old(going()),
                    status(EARLIER, one, counts(1, 1), ready(EARLIER, "False", "CleaningUp", "x"))),
            new Deeds(
                new Again.Backoff(),
                List.of(
                    put(
                        status(
                            EARLIER,
                            one,
                            counts(1, 1),
                            ready(EARLIER, "False", "InvalidConfiguration", VANISHED + WAY_OUT)))),
                List.of(),
                List.of("Warning CannotCleanUp: InvalidConfiguration: " + VANISHED + WAY_OUT))),
        row(
            "one that was never held goes as it came",
            test ->
                test.cleanup(
                    "Keep",
                    Map.of(
                        "deletionTimestamp",
                        "2026-11-26T09:59:00Z",
                        "finalizers",
                        List.of("example.org/x")),
                    ""),
            Deeds.none(new Again.WhenAdded())));
  }

  // checkstyle-on MethodLength

  @ParameterizedTest(name = "{0}")
  @MethodSource("passes")
  void aPassDoesWhatTheStateAsksFor(String why, Consumer<CleanupScene> scene, Deeds expected) {
    scene.accept(this);
    assertThat(pass()).as(why).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 404, 500})
  void nothingIsRemovedWhileTheApiServerDoesNotTellOfAControlPlane(int code) {
    cleanup("Delete", going(), begun("x"));
    thing(Kind.LoadBalancer, "b1");
    thing(Kind.Volume, "v1");
    kubernetes.refuse("GET kubeadmcontrolplanes .*", code);
    Deeds deeds = pass();
    assertThat(deeds.removed()).isEmpty();
    assertThat(deeds.said())
        .singleElement()
        .asString()
        .contains("cannot see whether KubeadmControlPlane eo-lab-f4bd8-cp is gone");
  }
}
