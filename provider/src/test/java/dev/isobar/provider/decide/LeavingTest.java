package dev.isobar.provider.decide;

import static dev.isobar.provider.decide.Scene.NOW;
import static dev.isobar.provider.decide.Scene.machine;
import static dev.isobar.provider.decide.Scene.marked;
import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.InstanceObservation.State;
import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.Response;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rows 14 to 18: the object is being deleted. */
final class LeavingTest extends DecisionTable {
  static Stream<Row> rows() {
    return Stream.of(
        rest(
            "14",
            "just made and not shown yet: deleting waits as well",
            new Scene().made("m-1", 5).finalized().deleting().nothing(),
            "",
            "",
            "",
            BACKOFF),
        rest(
            "14",
            "running when it was seen last: it may only be hidden for a moment",
            new Scene()
                .made("m-1", 5)
                .showing(Scene.facts("m-1", State.Running))
                .finalized()
                .deleting()
                .nothing(),
            "",
            "",
            "",
            BACKOFF),
        row(
            "14",
            "going when it was seen last: it is gone",
            new Scene()
                .made("m-1", 5)
                .showing(Scene.facts("m-1", State.Terminating))
                .finalized()
                .deleting()
                .nothing(),
            new Step.Release()),
        rest(
            "14",
            "another one was seen to go",
            new Scene()
                .made("m-1", 5)
                .showing(Scene.facts("m-0", State.Terminating))
                .finalized()
                .deleting()
                .nothing(),
            "",
            "",
            "",
            BACKOFF),
        row(
            "18 better",
            "one that was there and is not shown is missing first: one look may be wrong",
            new Scene()
                .made("m-1", 600)
                .showing(Scene.facts("m-1", State.Running))
                .finalized()
                .deleting()
                .nothing(),
            new Step.Miss()),
        row(
            "18 better",
            "so is one of which the cloud told a few minutes ago, and that it never showed",
            new Scene().made("m-1", 299).finalized().deleting().nothing(),
            new Step.Miss()),
        rest(
            "18 better",
            "and is looked for as long as a creation may come late",
            missing(299),
            "False/Deleting: machine m-1 is not shown any more, and nobody saw it go; it is looked"
                + " for until 2026-11-25T10:00:01Z",
            "True/ReconcileSuccess",
            "",
            MOVING),
        row("18 better", "then it is gone", missing(300), new Step.Release()),
        row(
            "18 better",
            "if it is shown again, that is stored before it is deleted",
            missing(100).seeing(machine("m-1", State.Running)),
            new Step.Locate()),
        row(
            "18 better",
            "nobody waits for one that is there and somebody else's",
            new Scene()
                .made("m-1", 600)
                .showing(Scene.facts("m-1", State.Running))
                .finalized()
                .deleting()
                .seeing(
                    new View.Seen(Scene.HERE, List.of(machine("m-1", State.Running)), List.of())
                        .without(machine("m-1", State.Running))),
            new Step.Release()),
        row(
            "18 better",
            "nor for one that a cloud does not show which shows all",
            new Scene()
                .made("m-1", 600)
                .showing(Scene.facts("m-1", State.Running))
                .finalized()
                .deleting()
                .seeing(new View.Seen(Scene.HERE, List.of(), List.of()).surely()),
            new Step.Release()),
        rest(
            "16",
            "somebody else must let go first",
            there(State.Running).deleting().finalized("foregroundDeletion"),
            "",
            "",
            "",
            BACKOFF),
        row(
            "17",
            "the machine goes",
            there(State.Running).deleting(),
            new Step.Delete(List.of("m-1"))),
        row(
            "17 better",
            "and every other one that is ours",
            new Scene()
                .made("m-1", 600)
                .finalized()
                .deleting()
                .seeing(machine("m-1", State.Terminating), machine("m-2", State.Pending)),
            new Step.Delete(List.of("m-2"))),
        row(
            "17 better",
            "but none that is shown because it has the tags of two Instances, and is the other's",
            new Scene()
                .made("m-1", 600)
                .finalized()
                .deleting()
                .seeing(
                    machine("m-1", State.Running),
                    marked(machine("m-9", State.Running), Optional.of("uid-0"))),
            new Step.Delete(List.of("m-1"))),
        row(
            "17 better",
            "nor one that somebody made with our tags",
            new Scene()
                .made("m-1", 600)
                .finalized()
                .deleting()
                .seeing(machine("m-1", State.Running), Scene.copied(machine("m-9", State.Running))),
            new Step.Delete(List.of("m-1"))),
        row(
            "17 better",
            "and leaves that one to whoever made it",
            new Scene()
                .made("m-1", 600)
                .finalized()
                .deleting()
                .seeing(Scene.copied(machine("m-9", State.Running))),
            new Step.Release()),
        unexplained(
            "unless it may have come of a request of unknown outcome, and does not show its token",
            new Scene().begun(600)),
        unexplained(
            "also of an earlier one",
            new Scene()
                .made("m-1", 600)
                .annotated(Annotations.LATE_UNTIL, NOW.minusSeconds(1).toString())),
        row(
            "17 better",
            "one that shows no token at all is ours",
            new Scene().begun(600).finalized().deleting().seeing(machine("m-9", State.Running)),
            new Step.Delete(List.of("m-9"))),
        row(
            "17 better",
            "but one that it named before, and that got its mark then",
            new Scene()
                .made("m-1", 600)
                .annotated(Annotations.ADOPTED, "m-9")
                .finalized()
                .deleting()
                .seeing(machine("m-1", State.Running), Scene.copied(machine("m-9", State.Running))),
            new Step.Delete(List.of("m-1", "m-9"))),
        row(
            "17 better",
            "nor is that of another Instance waited for",
            new Scene()
                .finalized()
                .deleting()
                .seeing(marked(machine("m-9", State.Running), Optional.of("uid-0"))),
            new Step.Release()),
        rest(
            "17",
            "the wish was taken",
            there(State.Running)
                .deleting()
                .after(new Happening.Deleted(List.of("m-1"), new Effect.Accepted())),
            "False/Deleting",
            "True/ReconcileSuccess",
            "DeletedExternalResource",
            MOVING),
        rest(
            "17",
            "the wish was not taken",
            there(State.Running)
                .deleting()
                .after(new Happening.Deleted(List.of("m-1"), new Effect.Failed(SILENT))),
            "False/Deleting",
            "False/CloudUnreachable",
            "CannotDeleteExternalResource",
            BACKOFF),
        rest(
            "17 better",
            "it is looked at often while it goes",
            there(State.Terminating).deleting(),
            "False/Deleting",
            "True/ReconcileSuccess",
            "",
            MOVING),
        rest(
            "18 better",
            "a request of unknown outcome may still give a machine",
            new Scene().begun(200).finalized().deleting().nothing(),
            "False/Deleting",
            "True/ReconcileSuccess",
            "",
            MOVING),
        rest(
            "18 better",
            "so may one whose place a later request took",
            new Scene()
                .made("m-1", 600)
                .finalized()
                .deleting()
                .nothing()
                .annotated(Annotations.LATE_UNTIL, NOW.plusSeconds(1).toString()),
            "False/Deleting",
            "True/ReconcileSuccess",
            "",
            MOVING),
        row(
            "18 better",
            "what belongs to the machine goes after it",
            new Scene().made("m-1", 600).finalized().deleting().nothing(),
            new Step.Release()),
        rest(
            "18 better",
            "and is waited for",
            new Scene()
                .made("m-1", 600)
                .finalized()
                .deleting()
                .nothing()
                .after(new Happening.Released(Response.of(List.of("port p-1")))),
            "False/Deleting: port p-1 must go first",
            "True/ReconcileSuccess",
            "",
            MOVING),
        rest(
            "18 better",
            "or complained about",
            new Scene()
                .made("m-1", 600)
                .finalized()
                .deleting()
                .nothing()
                .after(new Happening.Released(Response.failed(SILENT))),
            "False/Deleting",
            "False/CloudUnreachable",
            "CannotDeleteExternalResource",
            BACKOFF),
        row(
            "18",
            "nothing is left, the object goes",
            new Scene()
                .made("m-1", 600)
                .finalized()
                .deleting()
                .nothing()
                .after(new Happening.Released(Response.of(List.of()))),
            new Step.RemoveFinalizer()),
        rest(
            "18",
            "it is gone",
            new Scene().made("m-1", 600).deleting().nothing().after(new Happening.LetGo()),
            "",
            "",
            "",
            FOR_CHANGE));
  }

  private static Row unexplained(String reason, Scene scene) {
    String words =
        "machine m-9 carries the mark of this Instance, and may have come of a request of which no"
            + " answer came, though it does not show its token; delete it with the cloud's own"
            + " tools, or take its tag isobar-uid away if it is somebody else's";
    return rest(
        "18 better",
        reason,
        scene.finalized().deleting().seeing(Scene.copied(machine("m-9", State.Running))),
        "False/Deleting: " + words,
        "False/InvalidConfiguration: " + words,
        "CannotDeleteExternalResource",
        POLL);
  }

  /** Its machine was there, and is missing for so many seconds. */
  private static Scene missing(long seconds) {
    return new Scene()
        .made("m-1", 600)
        .annotated(Annotations.MISSING_SINCE, NOW.minusSeconds(seconds).toString())
        .finalized()
        .deleting()
        .nothing();
  }

  @Test
  void whatTheCloudHasAgreedToDeleteIsRememberedAsGoing() {
    Step step =
        Decision.next(
            there(State.Running)
                .deleting()
                .after(new Happening.Deleted(List.of("m-1"), new Effect.Accepted()))
                .situation());
    assertThat(((Step.Rest) step).report().facts())
        .isEqualTo(
            new Conclusion.Facts.Shown(Showing.going(machine("m-1", State.Running).facts())));
    assertThat(Showing.going(machine("m-1", State.Running).facts()).state())
        .isEqualTo(State.Terminating);
  }
}
