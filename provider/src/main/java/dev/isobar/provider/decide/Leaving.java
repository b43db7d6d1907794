package dev.isobar.provider.decide;

import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.ObservedMachine;
import dev.isobar.provider.external.Response;
import java.util.List;
import java.util.Optional;

/** The way out: every machine that is ours goes, then what belongs to them, then the object. */
final class Leaving {
  private static final String CANNOT_DELETE = "CannotDeleteExternalResource";

  private Leaving() {}

  static Optional<Step> whenDeleting(Situation situation) {
    return situation.managed().deleting() ? Optional.of(next(situation)) : Optional.empty();
  }

  private static Step next(Situation situation) {
    if (situation.last() instanceof Happening.LetGo) {
      return new Step.Rest(Conclusion.SILENT, new Wait.ForChange());
    }
    if (situation.last() instanceof Happening.Deleted(var ids, var effect)) {
      return asked(ids, effect);
    }
    if (situation.managed().heldByOthers()) {
      return new Step.Rest(Conclusion.SILENT, new Wait.Backoff());
    }
    Optional<String> shown = shownElsewhere(situation);
    if (shown.isPresent()) {
      return new Step.Name(shown.get());
    }
    if (!situation.machines().isEmpty()) {
      List<String> ids =
          situation.machines().stream()
              .filter(machine -> !machine.terminating())
              .map(ObservedMachine::id)
              .toList();
      return ids.isEmpty() ? leaves(situation) : new Step.Delete(ids);
    }
    if (situation.managed().elsewhere().isPresent()) {
      return Making.elsewhere(situation, Reason.Deleting);
    }
    if (mayStillCome(situation)) {
      return going(
          "a request of unknown outcome may still give a machine, or a port, address or key of one,"
              + " which would have to go as well");
    }
    return released(situation);
  }

  /**
   * The machine, where another config than before leads to it as well. That is remembered before it
   * is deleted: afterwards nobody could tell that one from one that does not lead to it.
   */
  private static Optional<String> shownElsewhere(Situation situation) {
    Managed managed = situation.managed();
    if (managed.elsewhere().isEmpty()) {
      return Optional.empty();
    }
    return managed.externalName().isEmpty()
        ? situation.machines().stream().findFirst().map(ObservedMachine::id)
        : situation.named().map(ObservedMachine::id);
  }

  private static Step asked(List<String> ids, Effect effect) {
    return switch (effect) {
      case Effect.Accepted() ->
          new Step.Rest(
              report("its machine is going")
                  .and(
                      Notice.deed(
                          "DeletedExternalResource",
                          "asked the cloud to delete " + String.join(", ", ids))),
              new Wait.Moving());
      case Effect.Failed(var failure, _) -> Looking.failed("delete failed", CANNOT_DELETE, failure);
    };
  }

  /** A request that nobody saw the end of may be carried out after the object is gone. */
  private static boolean mayStillCome(Situation situation) {
    return situation.managed().creation().mayGiveAnother(situation.pace().late(), situation.now());
  }

  private static Step released(Situation situation) {
    if (!(situation.last() instanceof Happening.Released(var answer))) {
      return new Step.Release();
    }
    return switch (answer) {
      case Response.Failed<List<String>>(var failure) ->
          Looking.failed("delete failed", CANNOT_DELETE, failure);
      case Response.Answered<List<String>>(var remains) when !remains.isEmpty() ->
          going(String.join(", ", remains) + " must go first");
      case Response.Answered<List<String>> _ ->
          situation.managed().hasFinalizer()
              ? new Step.RemoveFinalizer()
              : new Step.Rest(Conclusion.SILENT, new Wait.ForChange());
    };
  }

  /** Its state is shown, and that it was seen so is known from then on. */
  private static Step leaves(Situation situation) {
    Conclusion report = report("its machine is going");
    return new Step.Rest(
        situation.named().map(machine -> report.showing(machine.facts())).orElse(report),
        new Wait.Moving());
  }

  private static Step going(String what) {
    return new Step.Rest(report(what), new Wait.Moving());
  }

  private static Conclusion report(String what) {
    return Conclusion.of(Verdict.no(Reason.Deleting, what), Verdict.yes(Reason.ReconcileSuccess));
  }
}
