package dev.isobar.provider.reconcile;

import dev.isobar.provider.decide.Change;
import dev.isobar.provider.decide.Happening;
import dev.isobar.provider.decide.Managed;
import dev.isobar.provider.decide.Situation;
import dev.isobar.provider.decide.Step;
import dev.isobar.provider.decide.Wait;
import dev.isobar.provider.reconcile.ManagedStore.Stored;

/**
 * Stores which machine is an Instance's. This is insisted on, unlike other writes: the object is
 * read and written anew when somebody changed it meanwhile. Only whoever named another machine, or
 * began another creation, has precedence; our machine is then one too many, and goes later.
 */
final class Naming {
  private static final int TRIES = 5;

  private final ManagedStore store;

  Naming(ManagedStore store) {
    this.store = store;
  }

  Performance name(Situation situation, Step.Name step) {
    Managed before = situation.managed();
    Managed base = before;
    for (int tries = 0; tries < TRIES; tries++) {
      Stored stored =
          store.change(
              base,
              Change.name(base, step.id(), situation.now(), step.settles())
                  .in(situation.account(), before)
                  .found(before));
      if (!(stored instanceof Stored.Conflict)) {
        return Performer.outcome(situation, stored, new Happening.Named(step.id()));
      }
      Stored now = store.read(before.key());
      if (!(now instanceof Stored.Current(var current)) || !undisputed(before, current)) {
        break;
      }
      base = current;
    }
    return new Performance.Ended(new Wait.Backoff());
  }

  private static boolean undisputed(Managed before, Managed now) {
    return now.uid().equals(before.uid())
        && now.externalName().equals(before.externalName())
        && now.creation().number() == before.creation().number()
        && now.creation().settled() == before.creation().settled();
  }
}
