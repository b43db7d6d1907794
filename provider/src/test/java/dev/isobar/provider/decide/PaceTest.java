package dev.isobar.provider.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PaceTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "90s, PT90S, whole seconds",
        "1h30m, PT90M, several units",
        "1.5s, PT1.5S, a fraction",
        "500ms, PT0.5S, less than a second",
        "-5m, PT-5M, negative ones are read and refused later",
        "0, PT0S, the only number without a unit",
        "10, none, a number needs a unit",
        "1d, none, Go knows no days",
        "'', none, nothing",
        "9999999999h, none, too long for a duration",
        "1m forever, none, words"
      })
  void readsDurationsAsGoDoes(String text, Duration duration, String reason) {
    assertThat(GoDuration.parse(text)).as(reason).isEqualTo(Optional.ofNullable(duration));
  }

  @ParameterizedTest
  @CsvSource({
    "5m, PT5M, its own interval",
    "10ms, PT1S, never less than the least",
    "0s, PT1M, none",
    "-1m, PT1M, nonsense",
    "soon, PT1M, no duration"
  })
  void anObjectMayAskForItsOwnPoll(String asked, Duration poll, String reason) {
    Managed managed = new Scene().annotated(Annotations.POLL_INTERVAL, asked).situation().managed();
    assertThat(Pace.USUAL.pollOf(managed)).as(reason).isEqualTo(Pace.spread(poll, Scene.UID));
  }

  @Test
  void objectsAreSpreadOverATenthOfTheInterval() {
    assertThat(
            IntStream.range(0, 1000)
                .mapToObj(number -> Pace.spread(Duration.ofSeconds(100), "uid-" + number)))
        .allSatisfy(interval ->
            assertThat(interval).isBetween(Duration.ofSeconds(95), Duration.ofSeconds(105)))
        .contains(Duration.ofSeconds(95), Duration.ofSeconds(105));
  }
}
