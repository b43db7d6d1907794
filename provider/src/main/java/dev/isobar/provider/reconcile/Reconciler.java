package dev.isobar.provider.reconcile;

import dev.isobar.provider.decide.Decision;
import dev.isobar.provider.decide.Managed;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.decide.Pace;
import dev.isobar.provider.decide.Situation;
import dev.isobar.provider.decide.Step;
import dev.isobar.provider.decide.Wait;
import java.time.InstantSource;
import java.util.Optional;

/**
 * One pass over one Instance: decide, perform, decide again, until the decision is to rest; then
 * the status is written, here and nowhere else. A pass may end anywhere, killed or refused, and is
 * then begun again from what is stored. Passes over one object must not overlap within a process;
 * other processes may work on the same object, and lose.
 */
public final class Reconciler {
  /** More than any pass needs; a decision that goes in circles is a fault of ours. */
  private static final int MOST_STEPS = 24;

  private final ManagedStore store;
  private final Clouds clouds;
  private final Pace pace;
  private final boolean findsByMark;
  private final InstantSource clock;
  private final StatusExit report;

  /**
   * A reconciler.
   *
   * @param findsByMark see {@link Situation#findsByMark}
   */
  public Reconciler(
      ManagedStore store, Clouds clouds, Pace pace, boolean findsByMark, InstantSource clock) {
    this.store = store;
    this.clouds = clouds;
    this.pace = pace;
    this.findsByMark = findsByMark;
    this.clock = clock;
    this.report = new StatusExit(store);
  }

  /** One pass; answers when the next one is due. */
  public Wait reconcile(ObjectKey key) {
    Optional<Managed> found = store.cached(key);
    if (found.isEmpty()) {
      return new Wait.ForChange();
    }
    Situation situation = Situation.begin(found.get(), pace, findsByMark, clock.instant());
    Performer performer = new Performer(store, clouds);
    for (int steps = 0; steps < MOST_STEPS; steps++) {
      Step step = Decision.next(situation);
      if (step instanceof Step.Rest(var findings, var wait)) {
        return report.write(situation, findings, wait);
      }
      switch (performer.perform(step, situation)) {
        case Performance.Done(var next) -> situation = next.at(clock.instant());
        case Performance.Ended(var wait, var problem) -> {
          return ended(situation, wait, problem);
        }
      }
    }
    throw new IllegalStateException("no end of decisions for Instance " + key);
  }

  /** What was seen is told although nothing could be done. */
  private Wait ended(Situation situation, Wait wait, Optional<String> problem) {
    return problem
        .map(why -> report.write(situation, Decision.unstored(situation, why), wait))
        .orElse(wait);
  }
}
