package dev.isobar.provider.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.provider.external.HandClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

final class SteadyClockTest {
  private static final Instant START = Instant.parse("2026-11-25T10:00:00Z");

  private final HandClock clock = new HandClock(START);
  private final InstantSource steady = SteadyClock.over(clock);

  @Test
  void itGoesWithItsClock() {
    clock.advance(Duration.ofHours(2));
    assertThat(steady.instant()).isEqualTo(START.plus(Duration.ofHours(2)));
  }

  @Test
  void itNeverGoesBackAndGoesOnAtOnce() {
    clock.advance(Duration.ofMinutes(10));
    assertThat(steady.instant()).isEqualTo(START.plus(Duration.ofMinutes(10)));
    clock.advance(Duration.ofHours(-3));
    assertThat(steady.instant()).as("set back").isEqualTo(START.plus(Duration.ofMinutes(10)));
    clock.advance(Duration.ofMinutes(1));
    assertThat(steady.instant()).as("a minute on").isEqualTo(START.plus(Duration.ofMinutes(11)));
    clock.advance(Duration.ofMinutes(-1));
    assertThat(steady.instant()).as("back again").isEqualTo(START.plus(Duration.ofMinutes(11)));
  }

  @Test
  void oneOverAnotherIsThatOne() {
    assertThat(SteadyClock.over(steady)).isSameAs(steady);
  }
}
