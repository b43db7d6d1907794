package dev.isobar.testbed.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class AwaitTest {
  @Test
  void returnsWhatFulfilsTheCondition() {
    var count = new AtomicInteger();
    assertThat(
            new Await(Duration.ofMinutes(1))
                .until("it is three", count::incrementAndGet, seen -> seen == 3))
        .isEqualTo(3);
  }

  @Test
  void failureNamesTheConditionAndWhatWasSeenLast() {
    assertThatThrownBy(
            () -> new Await(Duration.ZERO).until("the sky is green", () -> "blue", "green"::equals))
        .isInstanceOf(AssertionError.class)
        .hasMessage("after 0 s it still does not hold that the sky is green; last seen:\nblue");
  }
}
