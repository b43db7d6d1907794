package dev.isobar.bench;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param rounds how often everything is done again, with fresh processes
 * @param warmUp processor time that a JVM takes at least before anything counts, however long that
 *     takes on a busy machine
 * @param burst how long one measurement takes
 * @param starts how many cold starts of each kind there are in a round
 * @param tries how often a measurement is repeated when others disturbed it
 * @param caller how long this program asks before it measures cold starts alone, so that it is not
 *     cold itself
 */
record Pace(int rounds, Duration warmUp, Duration burst, int starts, int tries, Duration caller) {
  /** For figures that are to be told. */
  static final Pace FULL =
      new Pace(3, Duration.ofSeconds(50), Duration.ofSeconds(4), 3, 5, Duration.ofSeconds(12));

  /** To see that it works. */
  static final Pace QUICK =
      new Pace(1, Duration.ofSeconds(8), Duration.ofSeconds(1), 1, 1, Duration.ofSeconds(3));

  Pace withRounds(int other) {
    return new Pace(other, warmUp, burst, starts, tries, caller);
  }
}
