package dev.isobar.provider.decide;

import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.ObservedMachine;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.Subject;
import java.util.List;
import java.util.Optional;

/** The way out: every machine that is ours goes, then what belongs to them, then the object. */
final class Leaving {
  private static final String CANNOT_DELETE = "CannotDeleteExternalResource";
  private static final String DELETE_FAILED = "delete failed";

  private Leaving() {}

  static Optional<Step> whenDeleting(Situation situation) {
    return situation.managed().deleting() ? Optional.of(next(situation)) : Optional.empty();
  }

  private static Step next(Situation situation) {
    if (situation.last() instanceof Happening.LetGo) {
      return new Step.Rest(Conclusion.SILENT, new Wait.ForChange());
    }
    if (situation.last() instanceof Happening.Deleted(var ids, var effect)) {
      return asked(situation, ids, effect);
    }
    if (situation.managed().heldByOthers()) {
      return new Step.Rest(Conclusion.SILENT, new Wait.Backoff());
    }
    Optional<Step> memory = remembered(situation);
    if (memory.isPresent()) {
      return memory.get();
    }
    if (!situation.machines().isEmpty()) {
      List<String> ids =
          situation.machines().stream()
              .filter(machine -> !machine.terminating())
              .map(ObservedMachine::id)
              .toList();
      return ids.isEmpty() ? leaves(situation) : new Step.Delete(ids);
    }
    if (Whereabouts.elsewhere(situation)) {
      return Whereabouts.refusal(situation, Reason.Deleting);
    }
    if (mayStillCome(situation)) {
      return going(
          "a request of unknown outcome may still give a machine, or a port, address or key of one,"
              + " which would have to go as well");
    }
    return whenACopyMayBeOurs(situation)
        .or(() -> Missing.whenDeleting(situation))
        .orElseGet(() -> released(situation));
  }

  /**
   * Where its machine is seen is remembered before it is deleted: afterwards nobody could tell a
   * place where it is gone from one where it never was.
   */
  private static Optional<Step> remembered(Situation situation) {
    Managed managed = situation.managed();
    if (managed.externalName().isEmpty()) {
      return Whereabouts.elsewhere(situation) && managed.annotation(Annotations.ACCOUNT).isEmpty()
          ? situation.machines().stream()
              .findFirst()
              .map(machine -> Settling.name(situation, machine))
          : Optional.empty();
    }
    return situation
        .named()
        .filter(_ -> Whereabouts.areNews(situation))
        .map(_ -> new Step.Locate());
  }

  private static Step asked(Situation situation, List<String> ids, Effect effect) {
    return switch (effect) {
      case Effect.Accepted() ->
          new Step.Rest(
              goes(situation, report("its machine is going"))
                  .and(
                      Notice.deed(
                          "DeletedExternalResource",
                          "asked the cloud to delete " + String.join(", ", ids))),
              new Wait.Moving());
      case Effect.Failed(var failure, _) ->
          Looking.failed(
              showing(situation, report("its machine shall go")),
              DELETE_FAILED,
              CANNOT_DELETE,
              failure);
    };
  }

  /**
   * A machine that the cloud has agreed to delete goes, and may be gone before the next look: it is
   * remembered as going, or that look would find it missing.
   */
  private static Conclusion goes(Situation situation, Conclusion report) {
    return situation
        .named()
        .map(machine -> report.showing(Showing.going(machine.facts())))
        .orElse(report);
  }

  /** A request that nobody saw the end of may be carried out after the object is gone. */
  private static boolean mayStillCome(Situation situation) {
    return situation.managed().creation().mayGiveAnother(situation.pace().late(), situation.now());
  }

  /**
   * A cloud may show another token than it was asked with, or show it later. So where a request
   * ended that nobody saw the end of, what carries the mark may be what came of it, and only a
   * person can tell.
   */
  private static Optional<Step> whenACopyMayBeOurs(Situation situation) {
    CreationRecord creation = situation.managed().creation();
    return creation.uncertain() || creation.lateUntil().isPresent()
        ? situation.copies().stream().findFirst().map(copy -> unexplained(situation, copy))
        : Optional.empty();
  }

  private static Step unexplained(Situation situation, ObservedMachine copy) {
    String problem =
        "machine %s carries the mark of this Instance, and may have come of a request of which no answer came, though it does not show its token; delete it with the cloud's own tools, or take its tag %s away if it is somebody else's"
            .formatted(copy.id(), Subject.UID_TAG);
    return new Step.Rest(
        Conclusion.of(
                Verdict.no(Reason.Deleting, problem),
                Verdict.no(Reason.InvalidConfiguration, problem))
            .and(Notice.warning(CANNOT_DELETE, problem)),
        situation.poll());
  }

  private static Step released(Situation situation) {
    if (!(situation.last() instanceof Happening.Released(var answer))) {
      return new Step.Release();
    }
    return switch (answer) {
      case Response.Failed<List<String>>(var failure) ->
          Looking.failed(
              report("what belongs to its machine shall go"),
              DELETE_FAILED,
              CANNOT_DELETE,
              failure);
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
    return new Step.Rest(showing(situation, report("its machine is going")), new Wait.Moving());
  }

  private static Conclusion showing(Situation situation, Conclusion report) {
    return situation.named().map(machine -> report.showing(machine.facts())).orElse(report);
  }

  private static Step going(String what) {
    return new Step.Rest(report(what), new Wait.Moving());
  }

  private static Conclusion report(String what) {
    return Conclusion.of(Verdict.no(Reason.Deleting, what), Verdict.yes(Reason.ReconcileSuccess));
  }
}
