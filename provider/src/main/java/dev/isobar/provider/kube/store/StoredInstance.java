package dev.isobar.provider.kube.store;

import dev.isobar.apis.compute.StatusCondition;
import dev.isobar.provider.decide.Managed;
import java.time.Instant;
import java.util.Optional;

/**
 * An Instance, and what only metrics need to know of it.
 *
 * @param created when, by the API server's clock
 * @param deletedAt when its deletion was asked for
 */
public record StoredInstance(Managed managed, Instant created, Optional<Instant> deletedAt) {
  /** Whether a condition holds. */
  public boolean is(String condition) {
    return managed.status().conditions().stream()
        .anyMatch(one -> one.type().equals(condition) && one.status().equals("True"));
  }

  /** Whether somebody has ever said how it is doing. */
  public boolean reconciled() {
    return managed.status().conditions().stream()
        .map(StatusCondition::type)
        .anyMatch("Synced"::equals);
  }

  /** Whether nothing is to be done but to look now and then. */
  public boolean settled() {
    boolean seen =
        managed
            .status()
            .observedGeneration()
            .filter(generation -> generation == managed.generation())
            .isPresent();
    return seen && is("Ready") && is("Synced") && !managed.deleting();
  }

  /** Whether somebody wants something else of it than before. */
  public boolean wantsOtherThan(StoredInstance before) {
    return managed.generation() != before.managed.generation()
        || managed.deleting() != before.managed.deleting()
        || !managed.uid().equals(before.managed.uid())
        || !managed.finalizers().equals(before.managed.finalizers())
        || !managed.annotations().equals(before.managed.annotations());
  }
}
