package dev.isobar.provider.decide;

import static dev.isobar.provider.decide.Scene.NOW;

import dev.isobar.apis.compute.InstanceObservation.State;
import dev.isobar.apis.compute.InstanceStatus.RefusedOffer;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Creation;
import dev.isobar.provider.external.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Rows 13 to 21: no machine is there. */
final class MakingTest extends DecisionTable {
  static Stream<Row> rows() {
    return Stream.of(
        rest(
            "13",
            "only observing something that does not exist",
            absent().policies("Observe").annotated(Annotations.EXTERNAL_NAME, "m-9"),
            "False/Unavailable",
            "False/NotFound",
            "CannotObserveExternalResource",
            POLL),
        rest(
            "13 better",
            "Update is not called on what does not exist",
            absent().policies("Observe", "Update").annotated(Annotations.EXTERNAL_NAME, "m-9"),
            "False/Unavailable",
            "False/NotFound",
            "CannotObserveExternalResource",
            POLL),
        rest(
            "14",
            "just made and not shown yet",
            new Scene().made("m-1", 29).finalized().nothing(),
            "",
            "",
            "",
            BACKOFF),
        row(
            "21 better",
            "the same config, and the machine is gone",
            new Scene()
                .made("m-1", 600)
                .annotated(Annotations.CONFIG, "ClusterProviderConfig/default")
                .finalized()
                .nothing()
                .prepared(),
            new Step.Begin(2, SMALL, Optional.empty())),
        row(
            "21 better",
            "one that was there and is not shown is missing first: one look may be wrong",
            gone(State.Running),
            new Step.Miss()),
        row(
            "21 better",
            "and called lost no sooner",
            gone(State.Stopped).neverAgain(),
            new Step.Miss()),
        row(
            "21 better",
            "unless its cloud shows all",
            gone(State.Running).seeing(new View.Seen(Scene.HERE, List.of(), List.of()).surely()),
            new Step.Begin(2, SMALL, Optional.empty())),
        row(
            "21 better",
            "unless it was seen to go",
            gone(State.Terminating),
            new Step.Begin(2, SMALL, Optional.empty())),
        rest(
            "21 better",
            "it is looked for once more",
            missing(29),
            "False/Unavailable: machine m-1 is not shown any more, and nobody saw it go; it is"
                + " looked for once more",
            "True/ReconcileSuccess",
            "",
            new Wait.Pause(Duration.ofSeconds(1))),
        row(
            "21 better",
            "then another is made",
            missing(30),
            new Step.Begin(2, SMALL, Optional.empty())),
        rest(
            "21 better",
            "or it is lost, which stays so without more writes",
            missing(3000).neverAgain(),
            "False/Lost",
            "False/Lost",
            "CannotObserveExternalResource",
            POLL),
        row(
            "13 better",
            "who makes none remembers it as well: the policies may come to allow more",
            gone(State.Running).policies("Observe"),
            new Step.Miss()),
        row(
            "13 better",
            "so does who waits for another one",
            gone(State.Running).annotated(Annotations.CREATION, "2"),
            new Step.Miss()),
        rest(
            "13",
            "but tells at once what is not shown",
            missing(1).policies("Observe"),
            "False/Unavailable",
            "False/NotFound",
            "CannotObserveExternalResource",
            POLL),
        row(
            "better",
            "what is gone is removed no more",
            absent().prepared().annotated(Annotations.REMOVING, "m-1").in(Scene.HERE),
            new Step.Unmark()),
        row(
            "20",
            "the finalizer comes before the machine",
            new Scene().nothing(),
            new Step.AddFinalizer()),
        row("21", "a creation is prepared", absent(), new Step.Prepare()),
        rest(
            "21",
            "what it needs is missing",
            absent()
                .unprepared(
                    new Failure.InvalidConfiguration(CloudWords.ours("Secret lab/x has no key y"))),
            "False/Creating",
            "False/InvalidConfiguration",
            "CannotCreateExternalResource",
            BACKOFF),
        row(
            "21a",
            "it is stored that a creation begins",
            absent().prepared(),
            new Step.Begin(1, SMALL, Optional.empty())),
        row(
            "21a",
            "the next one has the next number",
            new Scene().made("m-1", 600).finalized().nothing().prepared(),
            new Step.Begin(2, SMALL, Optional.empty())),
        rest(
            "21a better",
            "a request in flight is waited for",
            absent().begun(59).prepared(),
            "False/Creating",
            "True/ReconcileSuccess",
            "",
            MOVING),
        row(
            "21a better",
            "then tried again with the same token and offer",
            absent().begun(60).prepared(),
            new Step.Begin(1, SMALL, Optional.of(NOW.plus(Duration.ofMinutes(5))))),
        row(
            "21b",
            "the cloud is asked only after that was stored",
            absent().begun(0).after(new Happening.Begun(1, SMALL)),
            new Step.Create(1, SMALL)),
        row(
            "21c",
            "a refusal is stored",
            absent().begun(0).after(new Happening.Asked(new Creation.Refused(CAPACITY), SMALL)),
            new Step.Fail(SMALL, CAPACITY, Optional.empty())),
        row(
            "21c better",
            "a port that was made before it is there, so nothing is waited for; but it is kept in"
                + " mind",
            absent().begun(0).after(new Happening.Asked(new Creation.Halfway(CAPACITY), SMALL)),
            new Step.Fail(SMALL, CAPACITY, Optional.of(NOW))),
        row(
            "21c better",
            "nor does it end what is waited for already",
            absent()
                .begun(0)
                .annotated(Annotations.LATE_UNTIL, NOW.plusSeconds(100).toString())
                .after(new Happening.Asked(new Creation.Halfway(CAPACITY), SMALL)),
            new Step.Fail(SMALL, CAPACITY, Optional.of(NOW.plusSeconds(100)))),
        row(
            "21c better",
            "a port that was asked for before it may still come, and is waited for by a deletion",
            absent().begun(0).after(new Happening.Asked(new Creation.Abandoned(SILENT), SMALL)),
            new Step.Fail(SMALL, SILENT, Optional.of(NOW.plus(Duration.ofMinutes(5))))),
        rest(
            "21c",
            "a refusal that asking again does not change",
            absent().after(new Happening.Failed(REFUSED)),
            "False/Creating",
            "False/AuthenticationFailed",
            "CannotCreateExternalResource",
            BACKOFF),
        rest(
            "21c better",
            "after a refusal for want of capacity the next offer is soon asked for",
            absent().after(new Happening.Failed(CAPACITY)),
            "False/Creating",
            "False/InsufficientCapacity: create failed: no host",
            "CannotCreateExternalResource",
            new Wait.Pause(Duration.ofSeconds(1))),
        rest(
            "21c better",
            "an unknown outcome is neither success nor failure",
            absent().begun(0).after(new Happening.Asked(new Creation.Unknown(SILENT), SMALL)),
            "False/Creating",
            "False/CloudUnreachable",
            "CannotCreateExternalResource",
            MOVING),
        row(
            "21d",
            "which machine was made is stored",
            absent().begun(0).after(new Happening.Asked(new Creation.Created("m-1"), SMALL)),
            new Step.Name("m-1")),
        rest(
            "21d",
            "it is being made",
            new Scene().made("m-1", 0).finalized().nothing().after(new Happening.Named("m-1")),
            "False/Creating",
            "True/ReconcileSuccess",
            "CreatedExternalResource",
            MOVING),
        rest(
            "better",
            "recreatePolicy Never: lost is lost",
            new Scene().made("m-1", 600).finalized().nothing().neverAgain(),
            "False/Lost",
            "False/Lost",
            "CannotObserveExternalResource",
            POLL),
        rest(
            "better",
            "recreatePolicy Never: what was taken back is not called lost",
            new Scene().made("m-1", 600).finalized().nothing().neverAgain().said("Interrupted"),
            "False/Interrupted: machine m-1 was taken back by the cloud and spec.recreatePolicy is"
                + " Never; delete this Instance, or whatever owns it",
            "False/Interrupted",
            "CannotObserveExternalResource",
            POLL),
        row(
            "better",
            "recreatePolicy Always: another one is made",
            new Scene().made("m-1", 600).finalized().nothing().prepared().said("Interrupted"),
            new Step.Begin(2, SMALL, Optional.empty())),
        row(
            "better",
            "recreatePolicy Never: what never was is made",
            absent().neverAgain().prepared(),
            new Step.Begin(1, SMALL, Optional.empty())),
        row(
            "better",
            "a refused offer rests, the next in order is taken",
            absent().wanting(List.of("big", "small"), List.of()).refused(refused("big", 30)),
            new Step.Begin(1, SMALL, Optional.empty())),
        rest(
            "better",
            "when all rest, so do we",
            absent().prepared().refused(refused("small", 30)),
            "False/Creating",
            "False/InsufficientCapacity",
            "",
            new Wait.Pause(Duration.ofSeconds(30))),
        rest(
            "better",
            "that the cloud has none of them is told once all rest",
            absent()
                .prepared()
                .refused(
                    new RefusedOffer(
                        "small",
                        Optional.empty(),
                        "InvalidConfiguration",
                        "no machine type small",
                        1,
                        NOW.plusSeconds(30).toString())),
            "False/Creating",
            "False/InvalidConfiguration: create failed: no machine type small",
            "",
            new Wait.Pause(Duration.ofSeconds(30))),
        rest(
            "better",
            "no type has what is needed",
            absent().wanting(List.of(), List.of()),
            "False/Creating",
            "False/InvalidConfiguration",
            "CannotCreateExternalResource",
            BACKOFF));
  }

  /** Its machine was seen like this the last time, and is not shown. */
  private static Scene gone(State state) {
    return new Scene()
        .made("m-1", 600)
        .showing(Scene.facts("m-1", state))
        .finalized()
        .nothing()
        .prepared();
  }

  private static Scene missing(long seconds) {
    return new Scene()
        .made("m-1", 600)
        .annotated(Annotations.MISSING_SINCE, NOW.minusSeconds(seconds).toString())
        .finalized()
        .nothing()
        .prepared();
  }

  private static RefusedOffer refused(String type, long seconds) {
    return new RefusedOffer(
        type,
        Optional.empty(),
        "InsufficientCapacity",
        "no host",
        1,
        NOW.plusSeconds(seconds).toString());
  }
}
