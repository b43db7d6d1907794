package dev.isobar.provider.decide;

import java.time.Duration;
import java.util.Locale;

/**
 * How long things take and how often machines are looked at.
 *
 * @param poll between two looks at a machine that is as it shall be
 * @param leastPoll the shortest time an object may ask for instead
 * @param visible how long a new machine may stay invisible to the cloud's own listing
 * @param inFlight how long a creation that nobody knows the end of may still be carried out by the
 *     process that began it
 * @param late how long after it was begun a creation may still give a machine; until then an object
 *     that is deleted waits and looks
 * @param duplicateAge how old a machine must be before it is removed as one too many
 */
public record Pace(
    Duration poll,
    Duration leastPoll,
    Duration visible,
    Duration inFlight,
    Duration late,
    Duration duplicateAge) {
  /** What the provider does unless it is told otherwise. */
  public static final Pace USUAL =
      new Pace(
          Duration.ofMinutes(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(1));

  private static final int SPREAD_PERCENT = 5;

  /** The poll interval of one object: its own or the usual one, and up to 5 % more or less. */
  Duration pollOf(Managed managed) {
    return spread(asked(managed), managed.uid());
  }

  /** Whether an object wants more looks at its machine than others get. */
  public boolean isSlowFor(Managed managed) {
    return asked(managed).compareTo(poll) < 0;
  }

  private Duration asked(Managed managed) {
    return managed
        .annotation(Annotations.POLL_INTERVAL)
        .flatMap(GoDuration::parse)
        .filter(Duration::isPositive)
        .map(own -> own.compareTo(leastPoll) < 0 ? leastPoll : own)
        .orElse(poll);
  }

  /** Spreads objects over time, so that not all are looked at in the same moment. */
  static Duration spread(Duration interval, String uid) {
    long steps =
        Math.floorMod(uid.toLowerCase(Locale.ROOT).hashCode(), 2 * SPREAD_PERCENT * 10 + 1);
    long perMille = 1000 - SPREAD_PERCENT * 10L + steps;
    return Duration.ofMillis(interval.toMillis() * perMille / 1000);
  }
}
