package dev.isobar.provider.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.provider.external.HandClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RememberedTest {
  private final HandClock clock = new HandClock(Opened.NOW);
  private final Remembered<Integer> remembered = new Remembered<>(clock, Duration.ofMinutes(5));
  private int asked;

  private int get(String key) {
    return remembered.get(key, () -> ++asked);
  }

  @Test
  void whatIsKnownIsNotAskedForAgain() {
    assertThat(get("a")).isEqualTo(1);
    clock.advance(Duration.ofMinutes(4));
    assertThat(get("a")).isEqualTo(1);
    assertThat(get("b")).isEqualTo(2);
    clock.advance(Duration.ofMinutes(1));
    assertThat(get("a")).as("it is old").isEqualTo(3);
    assertThat(get("b")).isEqualTo(2);
  }

  @Test
  void aDoubtCostsOneQuestionHoweverManyDoubt() {
    assertThat(get("a")).isEqualTo(1);
    clock.advance(Duration.ofMinutes(1));
    for (int many = 0; many < 100; many++) {
      remembered.doubt();
      assertThat(get("a")).isEqualTo(2);
    }
  }
}
