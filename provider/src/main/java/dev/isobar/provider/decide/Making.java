package dev.isobar.provider.decide;

import dev.isobar.apis.compute.InstanceSpec.RecreatePolicy;
import dev.isobar.provider.decide.Policies.Action;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Creation;
import dev.isobar.provider.external.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** No machine is there: one is made, or it is said why not. */
final class Making {
  private static final String CANNOT_CREATE = "CannotCreateExternalResource";
  private static final Duration SOON = Duration.ofSeconds(1);

  private Making() {}

  /** What was begun in this pass goes on before anything else. */
  static Optional<Step> whatWasBegun(Situation situation) {
    return switch (situation.last()) {
      case Happening.Begun(var creation, var offer) ->
          Optional.of(new Step.Create(creation, offer));
      case Happening.Asked(var outcome, var offer) ->
          Optional.of(
              switch (outcome) {
                case Creation.Created(var id) -> new Step.Name(id);
                case Creation.Refused(var failure) ->
                    new Step.Fail(offer, failure, Optional.empty());
                case Creation.Halfway(var failure) ->
                    new Step.Fail(offer, failure, Optional.of(leftSince(situation)));
                case Creation.Abandoned(var failure) ->
                    new Step.Fail(
                        offer, failure, Optional.of(situation.now().plus(situation.pace().late())));
                case Creation.Unknown(var failure) -> unknown(failure);
              });
      case Happening.Named(var id) when situation.machines().isEmpty() -> Optional.of(created(id));
      case Happening.Failed(var failure) -> Optional.of(refused(failure));
      case Happening.Nothing _, Happening.Named _, Happening.Discarded _ -> Optional.empty();
      case Happening.Deleted _, Happening.Updated _, Happening.Released _ -> Optional.empty();
      case Happening.LetGo _, Happening.Tidied _ -> Optional.empty();
    };
  }

  /** What is there already need not be waited for, unless more may come. */
  static Instant leftSince(Situation situation) {
    return situation
        .managed()
        .creation()
        .lateUntil()
        .filter(situation.now()::isBefore)
        .orElse(situation.now());
  }

  /** Clouds do not always show at once what they have made; one that was seen to go is gone. */
  static Optional<Step> whenMadeTooShortlyAgo(Situation situation) {
    boolean recent =
        situation.managed().creation().succeededWithin(situation.pace().visible(), situation.now());
    return situation.machines().isEmpty()
            && recent
            && situation.managed().externalName().isPresent()
            && !(situation.last() instanceof Happening.LetGo)
            && !(situation.managed().deleting() && Missing.wasSeenGoing(situation.managed()))
        ? Optional.of(new Step.Rest(Conclusion.SILENT, new Wait.Backoff()))
        : Optional.empty();
  }

  /** The end of the list: neither paused nor deleting, and no machine. */
  static Step whenAbsent(Situation situation) {
    if (Whereabouts.elsewhere(situation)) {
      return Whereabouts.refusal(situation, Reason.Unavailable);
    }
    if (Surplus.isGone(situation)) {
      return new Step.Unmark();
    }
    return Missing.whenNew(situation)
        .or(() -> whenNoneMayBeMade(situation))
        .or(() -> Surplus.whenOnlyCopied(situation))
        .orElseGet(() -> another(situation));
  }

  private static Optional<Step> whenNoneMayBeMade(Situation situation) {
    return situation.policies().allow(Action.Create)
        ? Optional.empty()
        : Optional.of(missing(situation));
  }

  private static Step another(Situation situation) {
    Managed managed = situation.managed();
    if (!managed.hasFinalizer()) {
      return new Step.AddFinalizer();
    }
    Optional<Step> missing = Missing.whenAbsent(situation);
    if (missing.isPresent()) {
      return missing.get();
    }
    if (isLost(managed)) {
      return lost(situation);
    }
    if (managed.creation().uncertain()
        && managed.creation().begunWithin(situation.pace().inFlight(), situation.now())) {
      return waiting(
          Verdict.no(
              Reason.Creating,
              "waiting to see whether an earlier request made a machine, of which no answer came"),
          Verdict.yes(Reason.ReconcileSuccess),
          new Wait.Moving());
    }
    return switch (situation.preparation()) {
      case Preparation.Open() -> new Step.Prepare();
      case Preparation.Incomplete(var failure) -> refused(failure);
      case Preparation.Complete complete -> begin(situation, complete.types());
    };
  }

  /** Whether its machine was there, and no other one may take its place. */
  private static boolean isLost(Managed managed) {
    return managed.spec().recreatePolicy() == RecreatePolicy.Never
        && managed.externalName().isPresent()
        && !managed.creation().uncertain();
  }

  /** A creation of unknown end is tried again as it was; every other one is a new one. */
  private static Step begin(Situation situation, List<String> types) {
    CreationRecord creation = situation.managed().creation();
    if (creation.uncertain() && creation.number() > 0 && creation.offer().isPresent()) {
      Instant late = situation.now().plus(situation.pace().late());
      return new Step.Begin(creation.number(), creation.offer().get(), Optional.of(late));
    }
    List<String> zones = situation.managed().spec().forProvider().zones();
    return switch (Offers.choose(types, zones, situation.refused(), situation.now())) {
      case Offers.Choice.Take(var offer) ->
          new Step.Begin(creation.number() + 1, offer, late(situation));
      case Offers.Choice.Rest(var until, var latest) ->
          waiting(
              Verdict.no(Reason.Creating, "no offer is free; see status.refusedOffers"),
              Verdict.no(Reason.valueOf(latest.reason()), "create failed: " + latest.message()),
              new Wait.Pause(Duration.between(situation.now(), until)));
      case Offers.Choice.Nothing() ->
          refused(
              new Failure.InvalidConfiguration(
                  CloudWords.ours(
                      "no machine type of the cloud has what spec.forProvider.machineType"
                          + ".requirements asks for; ask for less, or name one")));
    };
  }

  /** The times of another provider tell of a request of unknown outcome, but not what it was. */
  private static Optional<Instant> late(Situation situation) {
    return situation.managed().creation().uncertain()
        ? Optional.of(situation.now().plus(situation.pace().late()))
        : Optional.empty();
  }

  private static Step created(String id) {
    return new Step.Rest(
        Conclusion.of(
                Verdict.no(Reason.Creating, "the cloud is making machine " + id),
                Verdict.yes(Reason.ReconcileSuccess))
            .showingNothing()
            .and(Notice.deed("CreatedExternalResource", "asked the cloud for machine " + id)),
        new Wait.Moving());
  }

  private static Step unknown(Failure failure) {
    String what = "cannot tell whether a machine was made";
    return new Step.Rest(
        Conclusion.of(
                Verdict.no(
                    Reason.Creating,
                    "waiting to see whether a request made a machine, of which no answer came"),
                Looking.unsynced(what, failure))
            .showingNothing()
            .and(Looking.warning(what, CANNOT_CREATE, failure)),
        new Wait.Moving());
  }

  private static Step refused(Failure failure) {
    Wait wait = failure.ofThisOffer() ? new Wait.Pause(SOON) : Wait.after(failure);
    return new Step.Rest(
        Conclusion.of(
                Verdict.no(Reason.Creating, "there is no machine yet"),
                Looking.uncreated("create failed", failure))
            .showingNothing()
            .and(Looking.warning("create failed", CANNOT_CREATE, failure)),
        wait);
  }

  private static Step waiting(Verdict ready, Verdict synced, Wait wait) {
    return new Step.Rest(Conclusion.of(ready, synced).showingNothing(), wait);
  }

  /** One that was seen being taken back stays so: who replaces it wants to know why. */
  private static Step lost(Situation situation) {
    boolean takenBack =
        situation.managed().status().conditions().stream()
            .anyMatch(one -> one.reason().equals(Reason.Interrupted.name()));
    Reason reason = takenBack ? Reason.Interrupted : Reason.Lost;
    String problem =
        "machine "
            + situation.managed().externalName().orElse("")
            + (takenBack ? " was taken back by the cloud" : " is gone")
            + " and spec.recreatePolicy is Never; delete this Instance, or whatever owns it";
    return new Step.Rest(
        Conclusion.of(Verdict.no(reason, problem), Verdict.no(reason, problem))
            .showingNothing()
            .and(Notice.warning("CannotObserveExternalResource", problem)),
        new Wait.Poll(situation.pace().pollOf(situation.managed())));
  }

  private static Step missing(Situation situation) {
    Managed managed = situation.managed();
    String problem =
        managed
                .externalName()
                .map(id -> "machine " + id + " does not exist")
                .orElse("no machine is named in annotation " + Annotations.EXTERNAL_NAME)
            + ", and spec.managementPolicies "
            + situation.policies()
            + " does not allow to create one; correct the name or add Create";
    return new Step.Rest(
        Conclusion.of(Verdict.no(Reason.Unavailable, problem), Verdict.no(Reason.NotFound, problem))
            .showingNothing()
            .and(Notice.warning("CannotObserveExternalResource", problem)),
        new Wait.Poll(situation.pace().pollOf(managed)));
  }
}
