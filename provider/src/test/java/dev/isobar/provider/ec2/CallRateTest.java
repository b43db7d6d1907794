package dev.isobar.provider.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.provider.external.HandClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CallRateTest {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final HandClock clock = new HandClock(Instant.EPOCH);
  private final CallRate rate = new CallRate(2, 3, clock);

  private Optional<Duration> turn() {
    return rate.turn(PATIENCE);
  }

  @Test
  void aBurstGoesAtOnceAndTheRestQueuesUpToItsPatience() {
    for (int call = 0; call < 3; call++) {
      assertThat(turn()).contains(Duration.ZERO);
    }
    for (int waiting = 1; waiting <= 4; waiting++) {
      assertThat(turn()).contains(Duration.ofMillis(500L * waiting));
    }
    assertThat(turn()).as("would wait longer than that").isEmpty();
    clock.advance(Duration.ofMillis(500));
    assertThat(turn()).as("who was turned away took nothing").contains(PATIENCE);
  }

  @Test
  void aComplaintEmptiesTheBucket() {
    rate.drain();
    assertThat(turn()).contains(Duration.ofMillis(500));
  }
}
