package dev.isobar.provider.decide;

import dev.isobar.apis.compute.InstanceObservation;
import dev.isobar.apis.compute.InstanceObservation.Deviation;
import dev.isobar.apis.compute.InstanceObservation.State;
import dev.isobar.apis.compute.InstanceObservation.TypeInUse;
import dev.isobar.apis.compute.InstanceStatus.RefusedOffer;
import dev.isobar.provider.decide.Policies.Action;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.ObservedMachine;
import dev.isobar.provider.external.Offer;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A machine is there: it becomes ours, stays as it shall be, and stays the only one. */
final class Keeping {
  private static final String CANNOT_DELETE = "CannotDeleteExternalResource";
  private static final String CANNOT_UPDATE = "CannotUpdateExternalResource";

  private Keeping() {}

  static Optional<Step> whenThere(Situation situation) {
    if (situation.machines().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        afterwards(situation)
            .or(() -> named(situation))
            .or(() -> Whereabouts.whenNamedElsewhere(situation))
            .or(() -> adoption(situation))
            .orElseGet(() -> remains(situation)));
  }

  /** What was just done ends the pass. */
  private static Optional<Step> afterwards(Situation situation) {
    return switch (situation.last()) {
      case Happening.Updated(var effect) -> Optional.of(updated(situation, effect));
      case Happening.Deleted(var ids, var effect) -> Optional.of(deleted(situation, ids, effect));
      case Happening.Unpublished(var problem) ->
          Optional.of(
              new Step.Rest(
                  Conclusion.synced(Verdict.no(Reason.ReconcileError, problem))
                      .and(Notice.warning("CannotPublishConnectionDetails", problem)),
                  new Wait.Backoff()));
      case Happening.Discarded(var id, _) -> Optional.of(new Step.Delete(List.of(id)));
      case Happening.Tidied(var effect) ->
          Optional.of(
              effect instanceof Effect.Failed(var failure, _)
                  ? Looking.failed("cannot remove what came late", CANNOT_DELETE, failure)
                  : new Step.ExpectNoMore());
      case Happening.Nothing _, Happening.Begun _, Happening.Asked _, Happening.Named _ ->
          Optional.empty();
      case Happening.Failed _, Happening.Released _, Happening.LetGo _ -> Optional.empty();
    };
  }

  private static Optional<Step> named(Situation situation) {
    return situation
        .named()
        .filter(machine -> !machine.terminating() || adoptable(situation).isEmpty())
        .map(machine -> kept(situation, machine));
  }

  private static Step kept(Situation situation, ObservedMachine machine) {
    Managed managed = situation.managed();
    if (managed.creation().uncertain()) {
      return new Step.Name(machine.id());
    }
    if (Whereabouts.areNews(situation)) {
      return new Step.Locate();
    }
    if (toPublish(situation, machine)) {
      return new Step.Publish(machine.connection());
    }
    if (!managed.hasFinalizer()) {
      return new Step.AddFinalizer();
    }
    if (failedToRun(situation, machine)) {
      Failure why = fault(machine);
      return new Step.Discard(machine.id(), offer(situation, machine), why);
    }
    return duplicate(situation)
        .or(() -> mending(situation))
        .or(() -> tidying(situation, machine))
        .orElseGet(() -> settled(situation, machine));
  }

  private static Optional<Step> mending(Situation situation) {
    List<Deviation> mend = correctable(situation);
    return mend.isEmpty() || !situation.policies().allow(Action.Update)
        ? Optional.empty()
        : Optional.of(new Step.Update(mend));
  }

  /** Once nothing can come any more that is not there, what came too late goes. */
  private static Optional<Step> tidying(Situation situation, ObservedMachine machine) {
    boolean rests = machine.state() == State.Running || machine.state() == State.Stopped;
    boolean over =
        situation
            .managed()
            .creation()
            .lateUntil()
            .filter(late -> !situation.now().isBefore(late))
            .isPresent();
    boolean well = correctable(situation).isEmpty() && extras(situation).findAny().isEmpty();
    return rests && over && well && situation.policies().allow(Action.Create)
        ? Optional.of(new Step.Tidy())
        : Optional.empty();
  }

  private static boolean toPublish(Situation situation, ObservedMachine machine) {
    return situation.managed().spec().writeConnectionSecretToRef().isPresent()
        && !machine.connection().isEmpty()
        && !machine.connection().equals(situation.published());
  }

  /** A creation the cloud took on and gave up later; another offer may do. */
  private static boolean failedToRun(Situation situation, ObservedMachine machine) {
    Policies policies = situation.policies();
    return machine.state() == State.Error
        && !machine.everRan()
        && machine.carries(situation.managed().uid())
        && policies.allow(Action.Create)
        && policies.allow(Action.Delete);
  }

  private static Failure fault(ObservedMachine machine) {
    return machine
        .fault()
        .orElseGet(() ->
            new Failure.ProviderError(
                CloudWords.ours(
                    "the machine is in state " + machine.facts().rawState() + ", without why")));
  }

  private static Offer offer(Situation situation, ObservedMachine machine) {
    return situation
        .managed()
        .creation()
        .offer()
        .orElseGet(() ->
            new Offer(
                machine.facts().machineType().map(TypeInUse::name).orElse("unknown"),
                Optional.empty()));
  }

  /**
   * A machine too many goes, once it is old enough to be no racing twin's and it is stored which.
   */
  private static Optional<Step> duplicate(Situation situation) {
    Managed managed = situation.managed();
    if (!situation.policies().allow(Action.Create)) {
      return Optional.empty();
    }
    return extras(situation)
        .filter(machine -> !machine.terminating() && old(situation, machine))
        .min(Comparator.comparing(ObservedMachine::id))
        .map(machine ->
            managed.creation().removing().filter(machine.id()::equals).isPresent()
                ? new Step.Delete(List.of(machine.id()))
                : new Step.MarkRemoval(machine.id()));
  }

  private static Stream<ObservedMachine> extras(Situation situation) {
    Managed managed = situation.managed();
    return situation.machines().stream()
        .filter(machine -> machine.carries(managed.uid()))
        .filter(machine -> managed.externalName().filter(machine.id()::equals).isEmpty());
  }

  private static boolean old(Situation situation, ObservedMachine machine) {
    Instant born = machine.createdAt();
    return !born.plus(situation.pace().duplicateAge()).isAfter(situation.now());
  }

  private static List<Deviation> correctable(Situation situation) {
    return situation.view() instanceof View.Seen seen
        ? seen.deviations().stream().filter(Deviation::correctable).toList()
        : List.of();
  }

  /** The object names no machine that stays, but one that stays carries its UID. */
  private static Optional<Step> adoption(Situation situation) {
    return adoptable(situation).map(machine -> new Step.Name(machine.id()));
  }

  private static Optional<ObservedMachine> adoptable(Situation situation) {
    Optional<String> removing = situation.managed().creation().removing();
    return extras(situation)
        .filter(machine -> !machine.terminating())
        .filter(machine -> removing.filter(machine.id()::equals).isEmpty())
        .min(Comparator.comparing(ObservedMachine::createdAt).thenComparing(ObservedMachine::id));
  }

  /** Nothing there can become ours; it must be gone before there is another. */
  private static Step remains(Situation situation) {
    return situation.machines().stream()
        .filter(machine -> !machine.terminating())
        .findFirst()
        .map(machine -> removal(situation, machine))
        .orElseGet(() ->
            new Step.Rest(
                Conclusion.of(
                        Verdict.no(Reason.Creating, "an earlier machine must be gone first"),
                        Verdict.yes(Reason.ReconcileSuccess))
                    .showingNothing(),
                new Wait.Moving()));
  }

  /** The policies may have become narrower since it was marked. */
  private static Step removal(Situation situation, ObservedMachine machine) {
    if (situation.policies().allow(Action.Delete)) {
      return new Step.Delete(List.of(machine.id()));
    }
    String problem =
        "machine %s shall be removed, and spec.managementPolicies %s does not allow it; add Delete, or delete the machine by hand"
            .formatted(machine.id(), situation.policies());
    return new Step.Rest(
        Conclusion.of(
                Verdict.no(Reason.Unavailable, problem), Verdict.no(Reason.ReconcileError, problem))
            .showingNothing()
            .and(Notice.warning(CANNOT_DELETE, problem)),
        new Wait.Poll(situation.pace().pollOf(situation.managed())));
  }

  private static Step deleted(Situation situation, List<String> ids, Effect effect) {
    String which = String.join(", ", ids);
    return switch (effect) {
      case Effect.Accepted() ->
          new Step.Rest(
              afterDeletion(situation)
                  .and(Notice.deed("DeletedExternalResource", "removed machine " + which)),
              new Wait.Moving());
      case Effect.Failed(var failure, _) ->
          Looking.failed("cannot remove machine " + which, CANNOT_DELETE, failure);
    };
  }

  private static Conclusion afterDeletion(Situation situation) {
    boolean surplus = situation.named().isPresent() || situation.refused().isEmpty();
    if (surplus) {
      return Conclusion.synced(Verdict.yes(Reason.ReconcileSuccess));
    }
    RefusedOffer latest = situation.refused().getLast();
    return Conclusion.of(
            Verdict.no(Reason.Creating, "a machine that never ran is removed first"),
            Verdict.no(Reason.valueOf(latest.reason()), "create failed: " + latest.message()))
        .showingNothing();
  }

  private static Step updated(Situation situation, Effect effect) {
    Optional<ObservedMachine> machine = situation.named();
    return switch (effect) {
      case Effect.Failed(var failure, var late) when late ->
          new Step.MarkLate(failure, situation.now().plus(situation.pace().late()));
      case Effect.Failed(var failure, _) -> Looking.failed("update failed", CANNOT_UPDATE, failure);
      case Effect.Accepted() -> {
        List<Deviation> before =
            situation
                .managed()
                .status()
                .atProvider()
                .map(InstanceObservation::deviations)
                .orElse(List.of());
        String fields =
            String.join(", ", correctable(situation).stream().map(Deviation::field).toList());
        // What does not heal by being mended once is not mended more often than it is looked at.
        boolean again = before.containsAll(correctable(situation));
        Conclusion report =
            machine.map(one -> Showing.of(situation, one)).orElse(Conclusion.SILENT);
        yield new Step.Rest(
            report.and(Notice.deed("UpdatedExternalResource", "asked the cloud to mend " + fields)),
            again
                ? new Wait.Poll(situation.pace().pollOf(situation.managed()))
                : new Wait.Moving());
      }
    };
  }

  private static Step settled(Situation situation, ObservedMachine machine) {
    boolean moving =
        switch (machine.state()) {
          case Pending, Stopping, Terminating -> true;
          case Running, Stopped, Error -> extras(situation).findAny().isPresent();
        };
    return new Step.Rest(
        Showing.of(situation, machine),
        moving ? new Wait.Moving() : new Wait.Poll(situation.pace().pollOf(situation.managed())));
  }
}
