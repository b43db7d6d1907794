package dev.isobar.provider.decide;

import dev.isobar.apis.compute.InstanceObservation;
import dev.isobar.apis.compute.InstanceObservation.Deviation;
import dev.isobar.apis.compute.InstanceObservation.State;
import dev.isobar.apis.compute.InstanceObservation.TypeInUse;
import dev.isobar.provider.decide.Policies.Action;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.ObservedMachine;
import dev.isobar.provider.external.Offer;
import java.util.List;
import java.util.Optional;

/** A machine is there: it becomes ours, stays as it shall be, and stays the only one. */
final class Keeping {
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

  /** What was just done ends the pass, unless it failed and is not all there is to do. */
  private static Optional<Step> afterwards(Situation situation) {
    return switch (situation.last()) {
      case Happening.Updated(var effect) -> Optional.of(updated(situation, effect));
      case Happening.Deleted(var ids, var effect) -> Surplus.deleted(situation, ids, effect);
      case Happening.Discarded(var id, _) -> Optional.of(new Step.Delete(List.of(id)));
      case Happening.Tidied(var effect) ->
          Optional.of(
              effect instanceof Effect.Failed(var failure, _)
                  ? Looking.failed(
                      seen(situation),
                      "cannot remove what came late",
                      Surplus.CANNOT_DELETE,
                      failure)
                  : new Step.ExpectNoMore());
      case Happening.Nothing _, Happening.Begun _, Happening.Asked _, Happening.Named _ ->
          Optional.empty();
      case Happening.Failed _, Happening.Released _, Happening.LetGo _ -> Optional.empty();
    };
  }

  /** What is said of our machine, if it is there. */
  private static Conclusion seen(Situation situation) {
    return situation
        .named()
        .map(machine -> Showing.of(situation, machine))
        .orElse(Conclusion.SILENT);
  }

  private static Optional<Step> named(Situation situation) {
    return situation
        .named()
        .filter(machine -> !machine.terminating() || Surplus.adoptable(situation).isEmpty())
        .map(machine -> kept(situation, machine));
  }

  private static Step kept(Situation situation, ObservedMachine machine) {
    Managed managed = situation.managed();
    Optional<Step> creation = Settling.whenNamed(situation, machine);
    if (creation.isPresent()) {
      return creation.get();
    }
    if (Whereabouts.areNews(situation)) {
      return new Step.Locate();
    }
    if (Surplus.isGone(situation)) {
      return new Step.Unmark();
    }
    if (!managed.hasFinalizer()) {
      return new Step.AddFinalizer();
    }
    return Surplus.misnamed(situation, machine)
        .or(() -> Surplus.adopted(situation, machine))
        .or(() -> discarding(situation, machine))
        .or(() -> Surplus.duplicate(situation))
        .or(() -> publishing(situation, machine))
        .or(() -> mending(situation))
        .or(() -> tidying(situation, machine))
        .orElseGet(() -> settled(situation, machine));
  }

  private static Optional<Step> discarding(Situation situation, ObservedMachine machine) {
    return failedToRun(situation, machine)
        ? Optional.of(
            new Step.Discard(
                machine.id(),
                offer(situation, machine),
                fault(machine),
                Making.leftSince(situation)))
        : Optional.empty();
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
    boolean well =
        situation.uncompared().isEmpty()
            && !situation.managed().creation().uncertain()
            && correctable(situation).isEmpty()
            && Surplus.extras(situation).findAny().isEmpty();
    return rests && over && well && situation.policies().allow(Action.Create)
        ? Optional.of(new Step.Tidy())
        : Optional.empty();
  }

  static Optional<Step> publishing(Situation situation, ObservedMachine machine) {
    boolean refused =
        situation.setbacks().stream().anyMatch(one -> one instanceof Setback.NotPublished);
    return situation.managed().spec().writeConnectionSecretToRef().isPresent()
            && !machine.connection().isEmpty()
            && !machine.connection().equals(situation.published())
            && !refused
        ? Optional.of(new Step.Publish(machine.connection()))
        : Optional.empty();
  }

  /** A creation the cloud took on and gave up later; another offer may do. */
  private static boolean failedToRun(Situation situation, ObservedMachine machine) {
    Policies policies = situation.policies();
    return machine.state() == State.Error
        && !situation.managed().creation().uncertain()
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

  private static List<Deviation> correctable(Situation situation) {
    return situation.view() instanceof View.Seen seen
        ? seen.deviations().stream().filter(Deviation::correctable).toList()
        : List.of();
  }

  /** The object names no machine that stays, but one that stays carries its UID. */
  private static Optional<Step> adoption(Situation situation) {
    return Surplus.adoptable(situation).map(machine -> Settling.name(situation, machine));
  }

  /** Nothing there can become ours; it must be gone before there is another. */
  private static Step remains(Situation situation) {
    return situation.machines().stream()
        .filter(machine -> !machine.terminating())
        .findFirst()
        .map(machine -> Surplus.removal(situation, machine))
        .orElseGet(() -> new Step.Rest(Surplus.earlier(situation), new Wait.Moving()));
  }

  private static Step updated(Situation situation, Effect effect) {
    return switch (effect) {
      case Effect.Failed(var failure, var late) when late ->
          new Step.MarkLate(failure, situation.now().plus(situation.pace().late()));
      case Effect.Failed(var failure, _) ->
          Looking.failed(seen(situation), "update failed", CANNOT_UPDATE, failure);
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
        yield hindered(situation, again ? situation.poll() : new Wait.Moving())
            .with(Notice.deed("UpdatedExternalResource", "asked the cloud to mend " + fields));
      }
    };
  }

  private static Step settled(Situation situation, ObservedMachine machine) {
    boolean moving =
        switch (machine.state()) {
          case Pending, Stopping, Terminating -> true;
          case Running, Stopped, Error, Unknown -> Surplus.extras(situation).findAny().isPresent();
        };
    boolean going = machine.state() == State.Running && machine.fault().isPresent();
    return hindered(situation, moving || going ? new Wait.Moving() : situation.poll());
  }

  /** Our machine is shown whatever failed, and what failed is told. */
  private static Step.Rest hindered(Situation situation, Wait otherwise) {
    Conclusion seen = seen(situation);
    return situation.setbacks().stream()
        .findFirst()
        .map(setback -> told(setback, seen, otherwise))
        .or(() ->
            situation
                .uncompared()
                .map(failure ->
                    Looking.failed(seen, Looking.OBSERVE_FAILED, Looking.CANNOT_OBSERVE, failure)))
        .orElseGet(() -> new Step.Rest(seen, otherwise));
  }

  private static Step.Rest told(Setback setback, Conclusion seen, Wait otherwise) {
    return switch (setback) {
      case Setback.NotRemoved(var id, var failure) -> Surplus.notRemoved(seen, id, failure);
      case Setback.NotPublished(var problem) ->
          new Step.Rest(
              seen.but(Verdict.no(Reason.ReconcileError, problem))
                  .and(Notice.warning("CannotPublishConnectionDetails", problem)),
              otherwise instanceof Wait.Poll ? new Wait.Backoff() : otherwise);
    };
  }
}
