package dev.isobar.provider.ec2;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How often one kind of request may be sent, kept below EC2's own limits so that many Instances do
 * not push each other, and other users of the account, out.
 */
final class CallRate {
  private static final double NANOS = 1e9;

  private final double perSecond;
  private final double burst;
  private final LongSupplier nanoTime;
  private double tokens;
  private long filledAt;

  /** Full at first. */
  CallRate(double perSecond, double burst, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.nanoTime = nanoTime;
    tokens = burst;
    filledAt = nanoTime.getAsLong();
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
    long now = nanoTime.getAsLong();
    tokens = Math.min(burst, tokens + (now - filledAt) / NANOS * perSecond);
    filledAt = now;
  }
}
