package dev.isobar.provider.decide;

import static dev.isobar.provider.decide.Scene.NOW;
import static dev.isobar.provider.decide.Scene.machine;

import dev.isobar.apis.compute.InstanceObservation.State;
import dev.isobar.provider.external.ObservedMachine;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** Row 9: what a machine tells of a creation nobody saw the end of, and who is removed. */
final class SettlingTest extends DecisionTable {
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
        row(
            "9 better",
            "so is one that the cloud gave up, when it is the creation's",
            new Scene().begun(30).finalized().seeing(Scene.madeBy(failed(), 1)),
            new Step.Name("m-1")),
        row(
            "9 better",
            "one that was given up before, of which the cloud still shows what is left, goes by a"
                + " stored mark, and blames no offer",
            new Scene()
                .begun(30)
                .annotated(Annotations.CREATION_SETTLED, "1")
                .finalized()
                .seeing(Scene.madeBy(failed(), 1)),
            new Step.MarkRemoval("m-1", Optional.of(NOW))),
        row(
            "9 better",
            "also while the next creation is open",
            new Scene()
                .begun(30)
                .annotated(Annotations.CREATION, "2")
                .annotated(Annotations.CREATION_SETTLED, "1")
                .finalized()
                .seeing(Scene.madeBy(failed(), 1)),
            new Step.MarkRemoval("m-1", Optional.of(NOW))),
        row(
            "9 better",
            "and the machine that the next one gave is taken beside it",
            new Scene()
                .begun(30)
                .annotated(Annotations.CREATION, "2")
                .annotated(Annotations.CREATION_SETTLED, "1")
                .finalized()
                .seeing(Scene.madeBy(failed(), 1), Scene.madeBy(machine("m-2", State.Pending), 2)),
            new Step.Name("m-2")),
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
            MOVING));
  }

  private static ObservedMachine failed() {
    return machine("m-1", State.Error, 60, Optional.of(CAPACITY));
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
}
