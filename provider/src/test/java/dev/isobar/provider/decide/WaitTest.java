package dev.isobar.provider.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class WaitTest {
  private static final CloudWords WORDS = CloudWords.ours("slow down");

  private static Failure throttled(Duration asked) {
    return new Failure.Throttled(WORDS, Optional.of(asked));
  }

  private static Wait pause(Duration length) {
    return new Wait.Pause(length);
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(
            "nothing is asked for", new Failure.CloudUnreachable(WORDS), new Wait.Backoff()),
        Arguments.of(
            "nothing is said of how long",
            new Failure.Throttled(WORDS, Optional.empty()),
            new Wait.Backoff()),
        Arguments.of(
            "what it asks for", throttled(Duration.ofSeconds(7)), pause(Duration.ofSeconds(7))),
        Arguments.of(
            "nobody asks at once and for ever", throttled(Duration.ZERO), new Wait.Backoff()),
        Arguments.of(
            "nor a thousand times a second", throttled(Duration.ofMillis(1)), new Wait.Backoff()),
        Arguments.of(
            "nor in a day's time", throttled(Duration.ofDays(1)), pause(Duration.ofMinutes(5))),
        Arguments.of(
            "nor in 31 years'",
            throttled(Duration.ofSeconds(999_999_999)),
            pause(Duration.ofMinutes(5))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  void aCloudIsLeftAloneAsLongAsItAsks(String why, Failure failure, Wait expected) {
    assertThat(Wait.after(failure)).as(why).isEqualTo(expected);
  }
}
