package dev.isobar.provider.queue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Time that never goes back, for whatever counts how long something has been. A clock that was
 * ahead and is set right would have everybody who waits for a time by it wait for as long as it was
 * set back: nothing would be looked at, and what is remembered for seconds would be believed for
 * hours. So it goes on from where the clock was, at the clock's own pace; only what passed between
 * the last question and that moment is lost. What others read is dated by the clock itself.
 */
public final class SteadyClock implements InstantSource {
  private final InstantSource clock;
  private Instant told;
  private Duration ahead = Duration.ZERO;

  private SteadyClock(InstantSource clock) {
    this.clock = clock;
    told = clock.instant();
  }

  /** Goes with a clock, but never back. */
  public static InstantSource over(InstantSource clock) {
    return clock instanceof SteadyClock ? clock : new SteadyClock(clock);
  }

  @Override
  public synchronized Instant instant() {
    Instant now = clock.instant();
    if (now.isBefore(told)) {
      ahead = ahead.plus(Duration.between(now, told));
    }
    told = now;
    return now.plus(ahead);
  }
}
