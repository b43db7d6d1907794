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
            "9 better",
            "a machine that carries our UID is adopted",
            new Scene().begun(30).finalized().seeing(machine("m-1", State.Pending)),
            new Step.Name("m-1")),
        row(
            "9 better",
            "a machine we named, but did not settle, is settled",
            new Scene()
                .made("m-1", 600)
                .annotated(Annotations.CREATION, "2")
                .finalized()
                .seeing(machine("m-1", State.Running)),
            new Step.Name("m-1")),
        row(
            "9 better",
            "the oldest is adopted, and none that is being removed",
            new Scene()
                .begun(30)
                .finalized()
                .annotated(Annotations.REMOVING, "m-1")
                .seeing(
                    machine("m-1", State.Running, 90, Optional.empty()),
                    machine("m-2", State.Running, 40, Optional.empty()),
                    machine("m-3", State.Running, 50, Optional.empty())),
            new Step.Name("m-3")),
        rest(
            "9 better",
            "an earlier machine tells nothing of a creation that may still give another",
            again(30, Scene.madeBy(machine("m-1", State.Running), 1)),
            "True/Available",
            "True/ReconcileSuccess",
            "",
            POLL),
        rest(
            "9 better",
            "nor one that somebody else made; it is looked at when another can have come",
            again(290, unmarked(machine("m-1", State.Running))),
            "True/Available",
            "True/ReconcileSuccess",
            "",
            new Wait.Poll(Duration.ofSeconds(10))),
        row(
            "9 better",
            "once nothing can come any more, the creation is given up",
            again(300, Scene.madeBy(machine("m-1", State.Running), 1)),
            new Step.GiveUp()),
        row(
            "9 better",
            "the machine it gave settles it, also as one too many",
            again(
                30,
                Scene.madeBy(machine("m-1", State.Running), 1),
                Scene.madeBy(machine("m-2", State.Running), 2)),
            new Step.Name("m-1")),
        row(
            "9 better",
            "an earlier machine becomes ours, and the creation stays open",
            new Scene()
                .begun(30)
                .annotated(Annotations.CREATION, "2")
                .annotated(Annotations.CREATION_SETTLED, "1")
                .finalized()
                .seeing(Scene.madeBy(machine("m-1", State.Running), 1)),
            new Step.Name("m-1", false)),
        rest(
            "9 better",
            "it is not given up for another one while the creation is open",
            again(30, Scene.madeBy(machine("m-1", State.Error, 60, Optional.of(CAPACITY)), 1)),
            "False/Unavailable",
            "True/ReconcileSuccess",
            "",
            POLL),
        row(
            "better",
            "once the machine that was removed is gone, nothing tells of it",
            there(State.Running).annotated(Annotations.REMOVING, "m-2"),
            new Step.Unmark()),
        row(
            "better",
            "nor once a person made it ours",
            there(State.Running).annotated(Annotations.REMOVING, "m-1"),
            new Step.Unmark()),
        rest(
            "better",
            "but as long as it goes",
            new Scene()
                .made("m-1", 600)
                .finalized()
                .seeing(machine("m-1", State.Running), machine("m-2", State.Terminating))
                .annotated(Annotations.REMOVING, "m-2"),
            "True/Available",
            "True/ReconcileSuccess",
            "",
            MOVING),
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
            "somebody deletes it",
            there(State.Terminating),
            "False/Unavailable",
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
            BACKOFF),
        row(
            "better",
            "a machine too many is marked before it is removed",
            twins(61),
            new Step.MarkRemoval("m-2")),
        row(
            "better",
            "and removed once it is marked",
            twins(61).annotated(Annotations.REMOVING, "m-2"),
            new Step.Delete(List.of("m-2"))),
        row(
            "better",
            "a machine too many goes before the Secret is written, which may fail",
            twins(61).publishing(),
            new Step.MarkRemoval("m-2")),
        row(
            "better",
            "and although nobody can tell in what the one that stays differs",
            uncompared(
                machine("m-1", State.Running), machine("m-2", State.Running, 61, Optional.empty())),
            new Step.MarkRemoval("m-2")),
        row(
            "better",
            "one that cannot be removed holds up no other",
            uncompared(
                    machine("m-1", State.Running),
                    machine("m-2", State.Running, 61, Optional.empty()),
                    machine("m-3", State.Running, 61, Optional.empty()))
                .annotated(Annotations.REMOVING, "m-2")
                .hindered(new Setback.NotRemoved("m-2", SILENT))
                .after(new Happening.Deleted(List.of("m-2"), new Effect.Failed(SILENT))),
            new Step.MarkRemoval("m-3")),
        row(
            "better",
            "nor the Secret",
            twins(61)
                .publishing()
                .annotated(Annotations.REMOVING, "m-2")
                .hindered(new Setback.NotRemoved("m-2", SILENT))
                .after(new Happening.Deleted(List.of("m-2"), new Effect.Failed(SILENT))),
            new Step.Publish(Map.of("endpoint", "10.0.0.1"))),
        rest(
            "better",
            "and is told",
            twins(61)
                .annotated(Annotations.REMOVING, "m-2")
                .hindered(new Setback.NotRemoved("m-2", SILENT))
                .after(new Happening.Deleted(List.of("m-2"), new Effect.Failed(SILENT))),
            "True/Available",
            "False/CloudUnreachable: cannot remove machine m-2: no answer within 60 s (next try"
                + " within a minute)",
            "CannotDeleteExternalResource",
            BACKOFF),
        rest(
            "better",
            "a removal that was taken does not hide that ours is off",
            new Scene()
                .made("m-1", 600)
                .finalized()
                .seeing(
                    machine("m-1", State.Stopped),
                    machine("m-2", State.Running, 61, Optional.empty()))
                .annotated(Annotations.REMOVING, "m-2")
                .after(new Happening.Deleted(List.of("m-2"), new Effect.Accepted())),
            "False/Unavailable",
            "True/ReconcileSuccess",
            "DeletedExternalResource",
            MOVING),
        rest(
            "better",
            "what no version of ours knows is left alone",
            there(State.Unknown),
            "False/Unavailable",
            "True/ReconcileSuccess",
            "",
            POLL),
        rest(
            "better",
            "a young one may be a racing twin's",
            twins(59),
            "True/Available",
            "True/ReconcileSuccess",
            "",
            MOVING),
        row(
            "better",
            "a machine that never ran is given up, and its offer with it",
            new Scene()
                .made("m-1", 600)
                .finalized()
                .seeing(machine("m-1", State.Error, 60, Optional.of(CAPACITY))),
            new Step.Discard("m-1", SMALL, CAPACITY)),
        rest(
            "better",
            "but kept and shown where it may not be deleted",
            new Scene()
                .made("m-1", 600)
                .finalized()
                .policies("Observe", "Create", "Update")
                .seeing(machine("m-1", State.Error, 60, Optional.of(CAPACITY))),
            "False/Unavailable: the cloud reports ERROR: no host",
            "True/ReconcileSuccess",
            "",
            POLL),
        row(
            "better",
            "what was given up is deleted at once",
            new Scene()
                .finalized()
                .annotated(Annotations.REMOVING, "m-1")
                .seeing(machine("m-1", State.Error, 60, Optional.of(CAPACITY)))
                .after(new Happening.Discarded("m-1", CAPACITY)),
            new Step.Delete(List.of("m-1"))),
        row(
            "better",
            "also by who comes later",
            new Scene()
                .finalized()
                .annotated(Annotations.REMOVING, "m-1")
                .seeing(machine("m-1", State.Error, 60, Optional.of(CAPACITY))),
            new Step.Delete(List.of("m-1"))),
        rest(
            "better",
            "but not once the policies forbid it",
            new Scene()
                .finalized()
                .policies("Observe")
                .annotated(Annotations.REMOVING, "m-1")
                .seeing(machine("m-1", State.Error, 60, Optional.of(CAPACITY))),
            "False/Unavailable",
            "False/ReconcileError: machine m-1 shall be removed, and spec.managementPolicies"
                + " [Observe] does not allow it; add Delete, or delete the machine by hand",
            "CannotDeleteExternalResource",
            POLL),
        rest(
            "better",
            "and must be gone before there is another",
            new Scene()
                .finalized()
                .annotated(Annotations.REMOVING, "m-1")
                .seeing(machine("m-1", State.Terminating)),
            "False/Creating",
            "True/ReconcileSuccess",
            "",
            MOVING));
  }

  /** Its second creation was begun so many seconds ago, and nobody saw its end. */
  private static Scene again(long seconds, ObservedMachine... machines) {
    return new Scene()
        .made("m-1", 600)
        .annotated(Annotations.CREATION, "2")
        .annotated(Annotations.CREATE_PENDING, NOW.minusSeconds(seconds).toString())
        .finalized()
        .seeing(machines);
  }

  private static ObservedMachine unmarked(ObservedMachine one) {
    return new ObservedMachine(
        one.facts(),
        Optional.empty(),
        one.createdAt(),
        one.everRan(),
        one.fault(),
        one.connection());
  }

  private static Scene uncompared(ObservedMachine... machines) {
    return new Scene()
        .made("m-1", 600)
        .finalized()
        .seeing(new View.Seen(Scene.HERE, List.of(machines), List.of()).uncompared(SILENT));
  }

  private static Scene twins(long age) {
    return new Scene()
        .made("m-1", 600)
        .finalized()
        .seeing(
            machine("m-1", State.Running), machine("m-2", State.Running, age, Optional.empty()));
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
