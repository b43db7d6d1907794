package dev.isobar.provider.reconcile;

import dev.isobar.apis.compute.InstanceObservation;
import dev.isobar.apis.compute.InstanceObservation.Deviation;
import dev.isobar.apis.compute.InstanceObservation.State;
import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.provider.decide.Happening;
import dev.isobar.provider.decide.Managed;
import dev.isobar.provider.decide.Policies;
import dev.isobar.provider.decide.Preparation;
import dev.isobar.provider.decide.Situation;
import dev.isobar.provider.decide.Step;
import dev.isobar.provider.decide.View;
import dev.isobar.provider.decide.Wait;
import dev.isobar.provider.external.Creation;
import dev.isobar.provider.external.CreationToken;
import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.Machines;
import dev.isobar.provider.external.ObservedMachine;
import dev.isobar.provider.external.Offer;
import dev.isobar.provider.external.Order;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.Subject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Performs the steps of one pass. It decides nothing: what it learns goes back into the situation.
 */
final class Performer {
  private final ManagedStore store;
  private final Clouds clouds;
  private Clouds.Connection.@Nullable Open cloud;

  Performer(ManagedStore store, Clouds clouds) {
    this.store = store;
    this.clouds = clouds;
  }

  Performance perform(Step step, Situation situation) {
    Managed managed = situation.managed();
    return switch (step) {
      case Step.Observe() -> done(situation.seeing(observe(situation)));
      case Step.Prepare() ->
          done(situation.prepared(new Preparing(store, machines()).prepare(managed)));
      case Step.Create(var creation, var offer) ->
          done(situation.after(new Happening.Asked(create(situation, creation, offer), offer)));
      case Step.Delete(var ids) ->
          done(situation.after(new Happening.Deleted(ids, delete(managed, ids))));
      case Step.Release() ->
          done(situation.after(new Happening.Released(machines().release(subject(managed)))));
      case Step.Tidy() ->
          done(situation.after(new Happening.Tidied(machines().tidy(subject(managed)))));
      case Step.Update(var deviations) ->
          done(situation.after(new Happening.Updated(update(situation, deviations))));
      case Step.Publish(var details) -> done(published(situation, details));
      case Step.Name name -> new Naming(store).name(situation, name);
      case Step.AddFinalizer(), Step.RemoveFinalizer(), Step.Begin _, Step.Fail _ ->
          new Storing(store).store(step, situation);
      case Step.Discard _, Step.MarkRemoval _, Step.MarkLate _, Step.Locate() ->
          new Storing(store).store(step, situation);
      case Step.ExpectNoMore(), Step.Redate(), Step.GiveUp(), Step.Unmark(), Step.Miss() ->
          new Storing(store).store(step, situation);
      case Step.Adopt _ -> new Storing(store).store(step, situation);
      case Step.Rest _ -> throw new IllegalArgumentException("a rest is not performed");
    };
  }

  private Situation published(Situation situation, Map<String, String> details) {
    return store
        .publish(situation.managed(), details)
        .map(situation::unpublished)
        .orElseGet(() -> situation.publishing(details));
  }

  private View observe(Situation situation) {
    Managed managed = situation.managed();
    switch (clouds.connect(managed)) {
      case Clouds.Connection.Closed(var failure) -> {
        return new View.Unconnected(failure);
      }
      case Clouds.Connection.Open open -> cloud = open;
    }
    Sightings sightings = open().sightings();
    Optional<String> before = sightings.place();
    return switch (sightings.look(subject(managed), mayBeListed(situation))) {
      case Response.Failed<List<ObservedMachine>>(var failure) -> new View.Unanswered(failure);
      case Response.Answered<List<ObservedMachine>>(var machines) ->
          switch (sightings.account()) {
            case Response.Failed<String>(var failure) ->
                new View.Unanswered(failure, Situation.named(managed, machines));
            case Response.Answered<String>(var account) when !before.equals(Optional.of(account)) ->
                new View.Unanswered(Sightings.turned());
            case Response.Answered<String>(var account) -> {
              View view = seen(managed, account, machines);
              yield view instanceof View.Seen seen ? timed(managed, seen) : view;
            }
          };
    };
  }

  private View timed(Managed managed, View.Seen seen) {
    View.Seen timed = seen.with(open().sightings().beat());
    return machines().isGone(subject(managed)) ? timed.surely() : timed;
  }

  /**
   * A machine of somebody else may be looked at, and no more. Who is deleted leaves it to that one.
   * As long as not all Instances are known, every machine that is not marked as ours may be one.
   */
  private View seen(Managed managed, String account, List<ObservedMachine> machines) {
    Optional<ObservedMachine> foreign =
        Situation.named(managed, machines)
            .filter(machine -> !machine.carries(managed.uid()) && !looksOnly(managed));
    if (foreign.isEmpty()) {
      return compared(managed, account, machines);
    }
    ObservedMachine machine = foreign.get();
    if (!store.complete()) {
      return new View.Untold(machine);
    }
    Optional<String> objection = new Owners(store, open().marks()).objection(managed, machine);
    if (objection.isEmpty()) {
      return compared(managed, account, machines);
    }
    return managed.deleting()
        ? new View.Seen(account, machines, List.of()).without(machine)
        : new View.Disputed(machine, objection.get());
  }

  private static boolean looksOnly(Managed managed) {
    Policies policies = Policies.of(managed.spec().managementPolicies());
    return !policies.allow(Policies.Action.Delete) && !changes(policies);
  }

  /** Whether a listing of a while ago will do. */
  private static boolean mayBeListed(Situation situation) {
    Managed managed = situation.managed();
    return settled(managed)
        && !managed.creation().mayBeLate(situation.pace().late(), situation.now())
        && !managed.asksForLook()
        && !situation.pace().isSlowFor(managed);
  }

  /**
   * Whether nothing is expected to have changed since the last look. A machine that is on or off
   * rests, also where that is not well: thousands may be on hosts that are down, and then their
   * cloud has enough to do.
   */
  private static boolean settled(Managed managed) {
    Optional<InstanceObservation> machine =
        managed
            .status()
            .atProvider()
            .filter(one -> managed.externalName().filter(one.id()::equals).isPresent());
    boolean rests =
        machine
            .filter(one -> one.state() == State.Running || one.state() == State.Stopped)
            .isPresent();
    boolean mending =
        Policies.of(managed.spec().managementPolicies()).allow(Policies.Action.Update)
            && machine
                .filter(one -> one.deviations().stream().anyMatch(Deviation::correctable))
                .isPresent();
    Optional<Long> seen = managed.status().observedGeneration();
    return rests
        && !mending
        && !managed.deleting()
        && !managed.creation().uncertain()
        && seen.filter(generation -> generation == managed.generation()).isPresent();
  }

  private View compared(Managed managed, String account, List<ObservedMachine> machines) {
    Optional<ObservedMachine> ours =
        Situation.named(managed, machines)
            .filter(one -> one.state() == State.Running || one.state() == State.Stopped);
    if (ours.isEmpty() || managed.deleting() || !comparable(managed)) {
      return new View.Seen(account, machines, List.of());
    }
    InstanceParameters wanted = managed.spec().forProvider();
    return switch (machines().compare(subject(managed), wanted, ours.get())) {
      case Response.Failed<List<Deviation>>(var failure) ->
          new View.Seen(account, machines, List.of()).uncompared(failure);
      case Response.Answered<List<Deviation>>(var deviations) ->
          new View.Seen(account, machines, deviations);
    };
  }

  /** Who only looks at a machine need not say what it shall be. */
  private static boolean comparable(Managed managed) {
    return changes(Policies.of(managed.spec().managementPolicies()));
  }

  private static boolean changes(Policies policies) {
    return policies.allow(Policies.Action.Create) || policies.allow(Policies.Action.Update);
  }

  private Creation create(Situation situation, long creation, Offer offer) {
    Managed managed = situation.managed();
    if (!(situation.preparation() instanceof Preparation.Complete ready)) {
      throw new IllegalStateException("a creation was begun without preparing it");
    }
    return machines()
        .create(
            new Order(
                subject(managed),
                CreationToken.of(managed.uid(), creation),
                offer,
                managed.spec().forProvider(),
                ready.userData(),
                ready.publicKey()));
  }

  /** All are asked for, whatever becomes of the first. */
  private Effect delete(Managed managed, List<String> ids) {
    return ids.stream().map(id -> machines().delete(subject(managed), id)).toList().stream()
        .filter(effect -> effect instanceof Effect.Failed)
        .findFirst()
        .orElseGet(Effect.Accepted::new);
  }

  private Effect update(Situation situation, List<Deviation> deviations) {
    Managed managed = situation.managed();
    return Situation.named(managed, ((View.Seen) situation.view()).machines())
        .map(machine ->
            machines().update(subject(managed), managed.spec().forProvider(), machine, deviations))
        .orElseGet(Effect.Accepted::new);
  }

  private Subject subject(Managed managed) {
    return Subjects.of(managed, open().marks());
  }

  private Machines machines() {
    return open().machines();
  }

  private Clouds.Connection.Open open() {
    Clouds.Connection.Open known = cloud;
    if (known == null) {
      throw new IllegalStateException("the cloud was asked before anybody connected to it");
    }
    return known;
  }

  static Performance outcome(Situation situation, ManagedStore.Stored stored, Happening happening) {
    return switch (stored) {
      case ManagedStore.Stored.Current(var managed) -> done(situation.stored(managed, happening));
      case ManagedStore.Stored.Conflict() -> new Performance.Ended(new Wait.Backoff());
      case ManagedStore.Stored.Gone() -> new Performance.Ended(new Wait.ForChange());
      case ManagedStore.Stored.Unavailable(var why) ->
          new Performance.Ended(new Wait.Backoff(), Optional.of(why));
    };
  }

  private static Performance done(Situation situation) {
    return new Performance.Done(situation);
  }
}
