package dev.isobar.provider.openstack.rest;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Until when a call of the port, with all its requests, must have its answer. */
public record Deadline(InstantSource clock, Instant end) {
  /** A time from now on. */
  public static Deadline in(Duration time, InstantSource clock) {
    return new Deadline(clock, clock.instant().plus(time));
  }

  /** What is left of it; never negative. */
  public Duration left() {
    Duration left = Duration.between(clock.instant(), end);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** What is left, but no more than this. */
  public Duration atMost(Duration limit) {
    Duration left = left();
    return left.compareTo(limit) < 0 ? left : limit;
  }
}
