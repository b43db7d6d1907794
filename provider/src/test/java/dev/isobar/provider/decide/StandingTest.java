package dev.isobar.provider.decide;

import dev.isobar.apis.compute.InstanceObservation.State;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** Rows 4 to 12: before anything is known of a machine. */
final class StandingTest extends DecisionTable {
  static Stream<Row> rows() {
    return Stream.of(
        rest(
            "4",
            "the annotation pauses, even a deletion",
            there(State.Running).deleting().annotated(Annotations.PAUSED, "true"),
            "",
            "False/ReconcilePaused",
            "ReconciliationPaused",
            FOR_CHANGE),
        rest(
            "4",
            "no policies at all pause",
            new Scene().policies(),
            "",
            "False/ReconcilePaused",
            "ReconciliationPaused",
            FOR_CHANGE),
        row(
            "4",
            "only the word true pauses",
            new Scene().annotated(Annotations.PAUSED, "True"),
            new Step.Observe()),
        rest(
            "6",
            "a combination nobody supports",
            new Scene().policies("Observe", "Delete", "Update"),
            "",
            "False/ReconcileError",
            "CannotUseInvalidManagementPolicy",
            FOR_CHANGE),
        rest(
            "6",
            "nothing is managed without being observed",
            new Scene().policies("Create"),
            "",
            "False/ReconcileError",
            "CannotUseInvalidManagementPolicy",
            FOR_CHANGE),
        row(
            "7",
            "an object that may not delete lets go without asking the cloud",
            new Scene().made("m-1", 600).finalized().deleting().policies("Observe", "Create"),
            new Step.RemoveFinalizer()),
        rest(
            "7",
            "and that was all",
            new Scene().made("m-1", 600).deleting().policies("Observe", "Create"),
            "",
            "",
            "",
            FOR_CHANGE),
        row(
            "8",
            "the external name is the cloud's to give, so nothing is initialised",
            new Scene(),
            new Step.Observe()),
        rest(
            "9",
            "a creation of unknown outcome, where nobody can look it up",
            new Scene().begun(600).withoutLookUp(),
            "False/Creating",
            "False/ReconcileError",
            "CannotInitializeManagedResource",
            FOR_CHANGE),
        row(
            "9 better",
            "where the cloud can be asked, it is",
            new Scene().begun(600),
            new Step.Observe()),
        row(
            "9",
            "times without our numbers count too, as another provider wrote them",
            new Scene().annotated(Annotations.CREATE_PENDING, "2026-11-25T09:00:00Z"),
            new Step.Observe()),
        rest(
            "11",
            "no ProviderConfig, no cloud",
            new Scene().seeing(new View.Unconnected(REFUSED)),
            "",
            "False/AuthenticationFailed",
            "CannotConnectToProvider",
            BACKOFF),
        rest(
            "12",
            "the cloud does not answer; Ready stays as it was",
            there(State.Running).seeing(new View.Unanswered(SILENT)),
            "",
            "False/CloudUnreachable",
            "CannotObserveExternalResource",
            BACKOFF),
        rest(
            "12 better",
            "but what was seen of the machine before it fell silent is shown",
            there(State.Running)
                .seeing(
                    new View.Unanswered(SILENT, Optional.of(Scene.machine("m-1", State.Stopped)))),
            "False/Unavailable",
            "False/CloudUnreachable",
            "CannotObserveExternalResource",
            BACKOFF),
        rest(
            "12 better",
            "nobody touches a machine before it is known whose it is",
            there(State.Running).seeing(new View.Untold(Scene.machine("m-1", State.Running))),
            "",
            "False/Starting: machine m-1 does not carry the mark of this Instance, and the provider"
                + " has just started and not read all Instances yet, one of which may own it; wait",
            "",
            new Wait.Pause(Duration.ofSeconds(1))),
        rest(
            "12 better",
            "a machine of somebody else makes nobody ready",
            there(State.Running)
                .seeing(
                    new View.Disputed(Scene.machine("m-1", State.Running), "it is lab/other's")),
            "False/Unavailable: it is lab/other's",
            "False/InvalidConfiguration: observe failed: it is lab/other's (next try within a"
                + " minute)",
            "CannotObserveExternalResource",
            BACKOFF),
        row(
            "9 better",
            "a creation begun by a clock that is ahead was begun now, or it would never be over",
            new Scene().begun(-600).finalized().nothing(),
            new Step.Redate()),
        row(
            "9 better",
            "also when its end is known by our clock, or it would be named for ever",
            new Scene()
                .made("m-1", 10)
                .annotated(Annotations.CREATE_PENDING, Scene.NOW.plusSeconds(600).toString())
                .finalized()
                .seeing(Scene.machine("m-1", State.Running)),
            new Step.Redate()),
        row(
            "9 better",
            "and nothing is awaited for longer than anything can come",
            new Scene()
                .made("m-1", 600)
                .annotated(Annotations.LATE_UNTIL, Scene.NOW.plusSeconds(301).toString())
                .finalized()
                .deleting()
                .nothing(),
            new Step.Redate()),
        row(
            "9 better",
            "nor is a machine missing since a time that has not come",
            new Scene()
                .made("m-1", 600)
                .annotated(Annotations.MISSING_SINCE, Scene.NOW.plusSeconds(1).toString())
                .finalized()
                .nothing(),
            new Step.Redate()),
        row(
            "14 better",
            "a success that a clock far ahead dates is no recent one",
            new Scene().made("m-1", -600).finalized().deleting().nothing(),
            new Step.Release()),
        rest(
            "12 better",
            "a cloud that says how long to wait is heard",
            new Scene().seeing(new View.Unanswered(SLOW_DOWN)),
            "",
            "False/Throttled",
            "CannotObserveExternalResource",
            new Wait.Pause(Duration.ofSeconds(17))),
        rest(
            "12",
            "also while deleting: nothing is let go that nobody could look for",
            there(State.Running).deleting().seeing(new View.Unanswered(SILENT)),
            "",
            "False/CloudUnreachable",
            "CannotObserveExternalResource",
            BACKOFF));
  }
}
