package dev.isobar.provider.decide;

import dev.isobar.apis.compute.InstanceStatus.RefusedOffer;
import dev.isobar.provider.decide.Policies.Action;
import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.ObservedMachine;
import dev.isobar.provider.external.Subject;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Machines that carry an Instance's mark and are not the one it names. */
final class Surplus {
  static final String CANNOT_DELETE = "CannotDeleteExternalResource";

  /** So many refusals end the removals of one pass. */
  private static final int REFUSALS = 3;

  private Surplus() {}

  /**
   * Whoever names a machine that does not carry the mark, or only a copy of it, while one is there
   * that is this object's own, may have mistyped it. Neither is touched: once the named one was
   * marked, the other would be one too many.
   */
  static Optional<Step> misnamed(Situation situation, ObservedMachine named) {
    Policies policies = situation.policies();
    boolean touches = policies.allow(Action.Create) || policies.allow(Action.Update);
    return situation.owns(named) || !touches
        ? Optional.empty()
        : adoptable(situation)
            .map(own ->
                "annotation %s names machine %s, but machine %s is this Instance's own; correct the annotation, or delete machine %s with the cloud's own tools"
                    .formatted(Annotations.EXTERNAL_NAME, named.id(), own.id(), own.id()))
            .or(() -> confused(situation, named))
            .map(problem -> Looking.disputed(named, problem));
  }

  /**
   * What carries the mark in place of the named one may be what was meant, or a copy. A machine
   * that certainly is ours only lost its mark, and nobody's copy keeps it from getting that back.
   */
  private static Optional<String> confused(Situation situation, ObservedMachine named) {
    return named.carries(situation.managed().uid()) || situation.knows(named)
        ? Optional.empty()
        : situation.copies().stream()
            .findFirst()
            .map(copy ->
                "annotation %s names machine %s, but machine %s carries the mark of this Instance, which did not make that one; name machine %s if it shall be this Instance's, or take its tag %s away"
                    .formatted(
                        Annotations.EXTERNAL_NAME,
                        named.id(),
                        copy.id(),
                        copy.id(),
                        Subject.UID_TAG));
  }

  /**
   * A machine that was named and got our mark is ours from then on, which nothing would tell once
   * another one is named. Only one is remembered: who names a second one is asked which it shall
   * be.
   */
  static Optional<Step> adopted(Situation situation, ObservedMachine named) {
    boolean news = named.carries(situation.managed().uid()) && !situation.owns(named);
    return news
            && !named.terminating()
            && !situation.policies().onlyObserve()
            && adoptable(situation).isEmpty()
        ? Optional.of(new Step.Adopt(named.id()))
        : Optional.empty();
  }

  /** A machine that carries our mark though nothing of ours made it is left alone, and told. */
  static Optional<String> copied(Situation situation) {
    return situation.copies().stream()
        .findFirst()
        .map(machine ->
            "machine %s carries the mark of this Instance, which did not make it; it is left alone: take its tag %s away"
                .formatted(machine.id(), Subject.UID_TAG));
  }

  /**
   * Where no machine is named, one that carries our mark may still be the one that shall be ours:
   * it was imported, and the name got lost. Only a person can tell that from a copy.
   */
  static Optional<Step> whenOnlyCopied(Situation situation) {
    return situation.managed().externalName().isPresent()
        ? Optional.empty()
        : situation.copies().stream().findFirst().map(machine -> onlyCopied(situation, machine));
  }

  private static Step onlyCopied(Situation situation, ObservedMachine machine) {
    String problem =
        "machine %s carries the mark of this Instance, which names no machine and did not make that one; name it in annotation %s if it shall be this Instance's, or take its tag %s away, and another is made"
            .formatted(machine.id(), Annotations.EXTERNAL_NAME, Subject.UID_TAG);
    return new Step.Rest(
        Conclusion.of(
                Verdict.no(Reason.Unavailable, problem),
                Verdict.no(Reason.InvalidConfiguration, problem))
            .showingNothing()
            .and(Notice.warning(Looking.CANNOT_OBSERVE, problem)),
        situation.poll());
  }

  /**
   * A machine too many goes, once it is old enough to be no racing twin's and it is stored which.
   * One that cannot be removed holds up no other.
   */
  static Optional<Step> duplicate(Situation situation) {
    Managed managed = situation.managed();
    List<String> refused = refused(situation);
    if (!situation.policies().allow(Action.Create) || refused.size() >= REFUSALS) {
      return Optional.empty();
    }
    return extras(situation)
        .filter(machine -> !machine.terminating() && old(situation, machine))
        .filter(machine -> !refused.contains(machine.id()))
        .min(Comparator.comparing(ObservedMachine::id))
        .map(machine ->
            managed.creation().removing().filter(machine.id()::equals).isPresent()
                ? new Step.Delete(List.of(machine.id()))
                : new Step.MarkRemoval(machine.id()));
  }

  /** Whether the machine that was to be removed is there no more, or is ours after all. */
  static boolean isGone(Situation situation) {
    Managed managed = situation.managed();
    return managed
        .creation()
        .removing()
        .filter(id ->
            managed.externalName().filter(id::equals).isPresent()
                || situation.machines().stream().noneMatch(machine -> machine.id().equals(id)))
        .isPresent();
  }

  private static List<String> refused(Situation situation) {
    return situation.setbacks().stream()
        .flatMap(one -> one instanceof Setback.NotRemoved(var id, _) ? Stream.of(id) : Stream.of())
        .toList();
  }

  /** All that carry the mark, but the one that is ours. */
  static Stream<ObservedMachine> extras(Situation situation) {
    Managed managed = situation.managed();
    return situation.machines().stream()
        .filter(machine -> machine.carries(managed.uid()))
        .filter(machine -> managed.externalName().filter(machine.id()::equals).isEmpty());
  }

  private static boolean old(Situation situation, ObservedMachine machine) {
    Instant born = machine.createdAt();
    return !born.plus(situation.pace().duplicateAge()).isAfter(situation.now());
  }

  /** The one that may become ours. */
  static Optional<ObservedMachine> adoptable(Situation situation) {
    Optional<String> removing = situation.managed().creation().removing();
    return extras(situation)
        .filter(machine -> !machine.terminating() && !Settling.wasGivenUp(situation, machine))
        .filter(machine -> removing.filter(machine.id()::equals).isEmpty())
        .min(Comparator.comparing(ObservedMachine::createdAt).thenComparing(ObservedMachine::id));
  }

  /**
   * It goes once it is stored which, because whoever looks with an old object at what another one
   * just made must not remove it. What was made besides it stays in its account, and is remembered
   * as what a refused creation leaves. The policies may have become narrower since.
   */
  static Step removal(Situation situation, ObservedMachine machine) {
    Optional<String> removing = situation.managed().creation().removing();
    if (situation.policies().allow(Action.Delete)) {
      return removing.filter(machine.id()::equals).isPresent()
          ? new Step.Delete(List.of(machine.id()))
          : new Step.MarkRemoval(machine.id(), Optional.of(Making.leftSince(situation)));
    }
    String problem =
        "machine %s shall be removed, and spec.managementPolicies %s does not allow it; add Delete, or delete the machine by hand"
            .formatted(machine.id(), situation.policies());
    Conclusion said =
        Conclusion.of(
            Verdict.no(Reason.Unavailable, problem), Verdict.no(Reason.ReconcileError, problem));
    return new Step.Rest(
        Missing.forgetting(situation, said).and(Notice.warning(CANNOT_DELETE, problem)),
        situation.poll());
  }

  /**
   * After removals were asked for. Nothing where the pass goes on: the machine that stays is worth
   * more than the one that does not go.
   */
  static Optional<Step> deleted(Situation situation, List<String> ids, Effect effect) {
    String which = String.join(", ", ids);
    Optional<ObservedMachine> stays = situation.named();
    return switch (effect) {
      case Effect.Accepted() ->
          stays
              .flatMap(machine -> Keeping.publishing(situation, machine))
              .or(() ->
                  Optional.of(
                      new Step.Rest(
                          afterDeletion(situation)
                              .and(
                                  Notice.deed(
                                      "DeletedExternalResource", "removed machine " + which)),
                          new Wait.Moving())));
      case Effect.Failed(var failure, _) ->
          stays.isPresent()
              ? Optional.empty()
              : Optional.of(notRemoved(earlier(situation), which, failure));
    };
  }

  /** The end of a pass in which a machine could not be removed. */
  static Step.Rest notRemoved(Conclusion seen, String which, Failure failure) {
    return Looking.failed(seen, "cannot remove machine " + which, CANNOT_DELETE, failure);
  }

  /** There is none that is ours, and there will be none before others are gone. */
  static Conclusion earlier(Situation situation) {
    return Missing.forgetting(
        situation,
        Conclusion.of(
            Verdict.no(Reason.Creating, "an earlier machine must be gone first"),
            Verdict.yes(Reason.ReconcileSuccess)));
  }

  private static Conclusion afterDeletion(Situation situation) {
    Optional<ObservedMachine> stays = situation.named();
    if (stays.isPresent()) {
      return Showing.of(situation, stays.get());
    }
    if (situation.refused().isEmpty()) {
      return earlier(situation);
    }
    RefusedOffer latest = situation.refused().getLast();
    return Conclusion.of(
            Verdict.no(Reason.Creating, "a machine that never ran is removed first"),
            Verdict.no(Reason.valueOf(latest.reason()), "create failed: " + latest.message()))
        .showingNothing();
  }
}
