package dev.isobar.provider.reconcile;

import dev.isobar.provider.decide.Change;
import dev.isobar.provider.decide.Happening;
import dev.isobar.provider.decide.Managed;
import dev.isobar.provider.decide.Situation;
import dev.isobar.provider.decide.Step;
import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.Failure;
import java.time.Instant;
import java.util.Optional;

/** Performs steps that only store something in the object. */
final class Storing {
  private final ManagedStore store;

  Storing(ManagedStore store) {
    this.store = store;
  }

  Performance store(Step step, Situation situation) {
    Managed managed = situation.managed();
    Instant now = situation.now();
    return switch (step) {
      case Step.AddFinalizer() -> noted(situation, Change.addFinalizer());
      case Step.RemoveFinalizer() ->
          stored(situation, Change.removeFinalizer(), new Happening.LetGo());
      case Step.Locate() -> noted(situation, Change.locate(managed, situation.account()));
      case Step.Adopt(var id) -> noted(situation, Change.adopt(id));
      case Step.MarkRemoval(var id, var late) -> noted(situation, Change.markRemoval(id, late));
      case Step.Unmark() -> noted(situation, Change.unmark());
      case Step.Miss() -> noted(situation, Change.miss(now));
      case Step.ExpectNoMore() -> noted(situation, Change.expectNoMore());
      case Step.MarkLate(var failure, var until) ->
          stored(
              situation, Change.markLate(until), new Happening.Updated(new Effect.Failed(failure)));
      case Step.GiveUp() -> noted(situation, Change.fail(managed, now, Optional.empty()));
      case Step.Redate() ->
          stored(situation, Change.redate(managed, now, situation.pace().late()), situation.last());
      case Step.Begin begin -> begin(begin, situation);
      case Step.Fail fail -> fail(fail, situation);
      case Step.Discard discard -> discard(discard, situation);
      case Step.Observe _, Step.Prepare _, Step.Create _, Step.Delete _, Step.Release _ ->
          throw new IllegalArgumentException(step + " is not stored");
      case Step.Tidy(), Step.Update _, Step.Publish _, Step.Name _, Step.Rest _ ->
          throw new IllegalArgumentException(step + " is not stored");
    };
  }

  private Performance begin(Step.Begin step, Situation situation) {
    Change change =
        Change.begin(step.creation(), step.offer(), situation.now(), step.lateUntil())
            .in(situation.account(), situation.managed());
    return stored(situation, change, new Happening.Begun(step.creation(), step.offer()));
  }

  private Performance fail(Step.Fail step, Situation situation) {
    Failure failure = step.failure();
    return stored(
        failure.ofThisOffer() ? situation.refusing(step.offer(), failure) : situation,
        Change.fail(situation.managed(), situation.now(), step.lateUntil()),
        new Happening.Failed(failure));
  }

  private Performance discard(Step.Discard step, Situation situation) {
    return stored(
        situation.refusing(step.offer(), step.failure()),
        Change.discard(situation.managed(), step.id(), situation.now(), step.lateUntil()),
        new Happening.Discarded(step.id(), step.failure()));
  }

  private Performance noted(Situation situation, Change change) {
    return stored(situation, change, new Happening.Nothing());
  }

  private Performance stored(Situation situation, Change change, Happening happening) {
    return Performer.outcome(situation, store.change(situation.managed(), change), happening);
  }
}
