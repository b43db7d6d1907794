package dev.isobar.provider.queue;

import java.time.Duration;
import java.time.Instant;

/** So many per second, and so many at once after a quiet time. */
public final class TokenBucket {
  private final double perSecond;
  private final double burst;
  private double tokens;
  private Instant filled;

  /** A full bucket. */
  public TokenBucket(double perSecond, double burst, Instant now) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.tokens = burst;
    this.filled = now;
  }

  /** Takes one, if there is one. */
  boolean take(Instant now) {
    fill(now);
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }

  /** When there is one. */
  Instant nextToken(Instant now) {
    fill(now);
    double missing = Math.max(0, 1 - tokens);
    return now.plusNanos((long) Math.ceil(missing / perSecond * 1e9));
  }

  private void fill(Instant now) {
    if (now.isAfter(filled)) {
      double passed = Duration.between(filled, now).toNanos() / 1e9;
      tokens = Math.min(burst, tokens + passed * perSecond);
      filled = now;
    }
  }
}
