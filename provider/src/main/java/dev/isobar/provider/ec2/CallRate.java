package dev.isobar.provider.ec2;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * How often one kind of request may be sent, kept below EC2's own limits so that many Instances do
 * not push each other, and other users of the account, out.
 */
final class CallRate {
  private static final double NANOS = 1e9;

  private final double perSecond;
  private final double burst;
  private final InstantSource clock;
  private double tokens;
  private Instant filledAt;

  /** Full at first. */
  CallRate(double perSecond, double burst, InstantSource clock) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.clock = clock;
    tokens = burst;
    filledAt = clock.instant();
  }

  /**
   * Takes a turn.
   *
   * @return how long to wait for it; empty when it would be longer than somebody will wait, and
   *     then no turn is taken
   */
  synchronized Optional<Duration> turn(Duration patience) {
    fill();
    double wait = Math.max(0, 1 - tokens) / perSecond;
    if (wait > patience.toNanos() / NANOS) {
      return Optional.empty();
    }
    tokens--;
    return Optional.of(Duration.ofNanos((long) Math.ceil(wait * NANOS)));
  }

  /** EC2 complained: whoever comes next waits for a token of its own. */
  synchronized void drain() {
    fill();
    tokens = Math.min(tokens, 0);
  }

  private void fill() {
    Instant now = clock.instant();
    double passed = Math.max(0, Duration.between(filledAt, now).toNanos() / NANOS);
    tokens = Math.min(burst, tokens + passed * perSecond);
    filledAt = now;
  }
}
