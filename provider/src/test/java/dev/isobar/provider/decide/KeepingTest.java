package dev.isobar.provider.decide;

import static dev.isobar.provider.decide.Scene.NOW;
import static dev.isobar.provider.decide.Scene.facts;
import static dev.isobar.provider.decide.Scene.machine;
import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.InstanceObservation.Deviation;
import dev.isobar.apis.compute.InstanceObservation.State;
import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.ObservedMachine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows 19 to 25: a machine is there. */
final class KeepingTest extends DecisionTable {
  static Stream<Row> rows() {
    return Stream.of(
        row(
            "19",
            "connection details are stored",
            there(State.Running).publishing(),
            new Step.Publish(Map.of("endpoint", "10.0.0.1"))),
        rest(
            "19",
            "or it is said why not",
            there(State.Running).publishing().hindered(new Setback.NotPublished("not ours")),
            "True/Available",
            "False/ReconcileError: not ours",
            "CannotPublishConnectionDetails",
            BACKOFF),
        rest(
            "19 better",
            "and what was seen is shown, also when it is bad",
            there(State.Stopped).publishing().hindered(new Setback.NotPublished("not ours")),
            "False/Unavailable",
            "False/ReconcileError",
            "CannotPublishConnectionDetails",
            BACKOFF),
        row(
            "19 better",
            "a Secret that is refused does not hold up mending",
            new Scene()
                .made("m-1", 600)
                .finalized()
                .publishing()
                .differing(machine("m-1", State.Running), TAGS)
                .hindered(new Setback.NotPublished("not ours")),
            new Step.Update(List.of(TAGS))),
        rest(
            "19 better",
            "and is told beside it",
            new Scene()
                .made("m-1", 600)
                .finalized()
                .publishing()
                .differing(machine("m-1", State.Running), TAGS)
                .hindered(new Setback.NotPublished("not ours"))
                .after(new Happening.Updated(new Effect.Accepted())),
            "True/Available",
            "False/ReconcileError: not ours",
            "UpdatedExternalResource",
            MOVING),
        row(
            "20",
            "the finalizer comes after the first look",
            new Scene().made("m-1", 600).seeing(machine("m-1", State.Running)),
            new Step.AddFinalizer()),
        row(
            "20 better",
            "a machine with the tags of two Instances that is the other's is none of ours",
            new Scene()
                .finalized()
                .seeing(Scene.marked(machine("m-9", State.Running), Optional.of("uid-0"))),
            Decision.next(absent().situation())),
        rest(
            "23",
            "as it shall be",
            there(State.Running),
            "True/Available",
            "True/ReconcileSuccess",
            "",
            POLL),
        rest(
            "23 better",
            "while it becomes ready it is looked at often",
            there(State.Pending),
            "False/Creating",
            "True/ReconcileSuccess",
            "",
            MOVING),
        rest(
            "23",
            "stopped by somebody, and nothing differs by the cloud's account",
            there(State.Stopped),
            "False/Unavailable",
            "True/ReconcileSuccess",
            "",
            POLL),
        rest(
            "23 better",
            "on, and of no use",
            new Scene()
                .made("m-1", 600)
                .finalized()
                .seeing(Scene.ailing(machine("m-1", State.Running), "its host is down")),
            "False/Unavailable: the machine is on, and its host is down",
            "True/ReconcileSuccess",
            "",
            POLL),
        rest(
            "23 better",
            "its cloud is about to take it back, which is seen the sooner the better",
            new Scene()
                .made("m-1", 600)
                .finalized()
                .seeing(machine("m-1", State.Running, 600, Optional.of(TAKEN_BACK))),
            "False/Interrupted: the machine is on, and the cloud is about to take it back: no Spot"
                + " capacity",
            "True/ReconcileSuccess",
            "",
            MOVING),
        rest(
            "23 better",
            "somebody deletes it",
            there(State.Terminating),
            "False/Unavailable",
            "True/ReconcileSuccess",
            "",
            MOVING),
        rest(
            "23 better",
            "its cloud takes it back",
            new Scene()
                .made("m-1", 600)
                .finalized()
                .seeing(machine("m-1", State.Terminating, 600, Optional.of(TAKEN_BACK))),
            "False/Interrupted: the cloud takes the machine back: no Spot capacity",
            "True/ReconcileSuccess",
            "",
            MOVING),
        rest(
            "24",
            "what differs is only reported where Update is not allowed",
            new Scene()
                .made("m-1", 600)
                .finalized()
                .policies("Observe", "Create", "Delete")
                .differing(machine("m-1", State.Running), TAGS),
            "True/Available",
            "True/ReconcileSuccess",
            "",
            POLL),
        rest(
            "24 better",
            "what cannot be mended is said",
            new Scene()
                .made("m-1", 600)
                .finalized()
                .differing(machine("m-1", State.Running), IMAGE),
            "True/Available",
            "True/ReconcileSuccess: spec.forProvider.image differ from the machine, which cannot be"
                + " changed; make a new Instance",
            "",
            POLL),
        row(
            "25",
            "what differs is mended",
            new Scene()
                .made("m-1", 600)
                .finalized()
                .differing(machine("m-1", State.Running), TAGS, IMAGE),
            new Step.Update(List.of(TAGS))),
        rest(
            "25",
            "and looked at soon",
            new Scene()
                .made("m-1", 600)
                .finalized()
                .differing(machine("m-1", State.Running), TAGS)
                .after(new Happening.Updated(new Effect.Accepted())),
            "True/Available",
            "True/ReconcileSuccess",
            "UpdatedExternalResource",
            MOVING),
        rest(
            "25",
            "or not mended",
            new Scene()
                .made("m-1", 600)
                .finalized()
                .differing(machine("m-1", State.Running), TAGS)
                .after(new Happening.Updated(new Effect.Failed(REFUSED))),
            "True/Available",
            "False/AuthenticationFailed",
            "CannotUpdateExternalResource",
            BACKOFF),
        rest(
            "25",
            "what is refused for want of quota is tried again as well, and not as an offer",
            new Scene()
                .made("m-1", 600)
                .finalized()
                .differing(machine("m-1", State.Running), TAGS)
                .after(new Happening.Updated(new Effect.Failed(CAPACITY))),
            "True/Available",
            "False/InsufficientCapacity: update failed: no host (next try within a minute)",
            "CannotUpdateExternalResource",
            BACKOFF),
        rest(
            "25 better",
            "which does not hide that the machine is off",
            new Scene()
                .made("m-1", 600)
                .finalized()
                .differing(machine("m-1", State.Stopped), TAGS)
                .after(new Happening.Updated(new Effect.Failed(REFUSED))),
            "False/Unavailable",
            "False/AuthenticationFailed",
            "CannotUpdateExternalResource",
            BACKOFF),
        rest(
            "25 better",
            "nor does a comparison that failed",
            uncompared(machine("m-1", State.Stopped)),
            "False/Unavailable",
            "False/CloudUnreachable: observe failed: no answer within 60 s (next try within a"
                + " minute)",
            "CannotObserveExternalResource",
            BACKOFF),
        row(
            "25 better",
            "an address that may still come is waited for by a deletion",
            new Scene()
                .made("m-1", 600)
                .finalized()
                .differing(machine("m-1", State.Running), TAGS)
                .after(new Happening.Updated(new Effect.Failed(REFUSED, true))),
            new Step.MarkLate(REFUSED, NOW.plus(Duration.ofMinutes(5)))),
        row(
            "better",
            "once nothing can come any more, what came too late goes",
            there(State.Running).annotated(Annotations.LATE_UNTIL, NOW.toString()),
            new Step.Tidy()),
        rest(
            "better",
            "not before, but then at once",
            there(State.Running).annotated(Annotations.LATE_UNTIL, NOW.plusSeconds(1).toString()),
            "True/Available",
            "True/ReconcileSuccess",
            "",
            new Wait.Poll(Duration.ofSeconds(1))),
        rest(
            "better",
            "the poll interval stays where it is shorter",
            there(State.Running).annotated(Annotations.LATE_UNTIL, NOW.plusSeconds(280).toString()),
            "True/Available",
            "True/ReconcileSuccess",
            "",
            POLL),
        rest(
            "better",
            "nothing is removed that came late while nobody can tell what is missing",
            uncompared(machine("m-1", State.Running))
                .annotated(Annotations.LATE_UNTIL, NOW.toString()),
            "True/Available",
            "False/CloudUnreachable",
            "CannotObserveExternalResource",
            BACKOFF),
        rest(
            "better",
            "nor of a machine that may still take what is there",
            there(State.Pending).annotated(Annotations.LATE_UNTIL, NOW.toString()),
            "False/Creating",
            "True/ReconcileSuccess",
            "",
            MOVING),
        rest(
            "better",
            "nor by who only looks",
            there(State.Running)
                .policies("Observe")
                .annotated(Annotations.LATE_UNTIL, NOW.toString()),
            "True/Available",
            "True/ReconcileSuccess",
            "",
            POLL),
        row(
            "better",
            "what differs is mended first, or an address that is needed would go",
            new Scene()
                .made("m-1", 600)
                .finalized()
                .annotated(Annotations.LATE_UNTIL, NOW.toString())
                .differing(machine("m-1", State.Running), TAGS),
            new Step.Update(List.of(TAGS))),
        rest(
            "better",
            "and where it may not be mended, it stays",
            new Scene()
                .made("m-1", 600)
                .finalized()
                .policies("Observe", "Create", "Delete")
                .annotated(Annotations.LATE_UNTIL, NOW.toString())
                .differing(machine("m-1", State.Running), TAGS),
            "True/Available",
            "True/ReconcileSuccess",
            "",
            POLL),
        row(
            "better",
            "and it is not looked for again",
            there(State.Running)
                .annotated(Annotations.LATE_UNTIL, NOW.toString())
                .after(new Happening.Tidied(new Effect.Accepted())),
            new Step.ExpectNoMore()),
        rest(
            "better",
            "unless it could not be removed",
            there(State.Running)
                .annotated(Annotations.LATE_UNTIL, NOW.toString())
                .after(new Happening.Tidied(new Effect.Failed(SILENT))),
            "True/Available",
            "False/CloudUnreachable",
            "CannotDeleteExternalResource",
            BACKOFF));
  }

  private static Scene uncompared(ObservedMachine... machines) {
    return new Scene()
        .made("m-1", 600)
        .finalized()
        .seeing(new View.Seen(Scene.HERE, List.of(machines), List.of()).uncompared(SILENT));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void whatIsShownIsTheMachineWithItsDeviations(Row row) {
    if (row.expected() instanceof Resting resting
        && resting.ready().startsWith("True/Available")
        && Decision.next(row.scene().situation()) instanceof Step.Rest(var report, _)) {
      List<Deviation> deviations = ((View.Seen) row.scene().situation().view()).deviations();
      assertThat(report.facts())
          .isEqualTo(
              new Conclusion.Facts.Shown(
                  facts("m-1", State.Running, deviations.toArray(Deviation[]::new))));
    }
  }
}
