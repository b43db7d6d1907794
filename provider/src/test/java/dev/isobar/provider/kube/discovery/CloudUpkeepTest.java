package dev.isobar.provider.kube.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.provider.cloud.Survey;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.queue.Urgency;
import dev.isobar.provider.queue.Workers.Again;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** When a cloud is asked again what it has. */
final class CloudUpkeepTest {
  private static final Duration INTERVAL = Duration.ofMinutes(10);
  private static final CloudWords WORDS = CloudWords.ours("not now");

  private static Failure throttled(long seconds) {
    return new Failure.Throttled(WORDS, Optional.of(Duration.ofSeconds(seconds)));
  }

  private static Again after(long seconds) {
    return new Again.After(Duration.ofSeconds(seconds), Urgency.NEWS);
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(throttled(7), after(7), "a cloud is left alone for as long as it asks"),
        Arguments.of(throttled(0), new Again.Backoff(), "nothing is asked for: slower each time"),
        Arguments.of(throttled(86_400), after(300), "five minutes are the most"),
        Arguments.of(
            new Failure.CloudUnreachable(WORDS), new Again.Backoff(), "nobody asked for anything"));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("failures")
  void whatIsNotKnownIsAskedForAgainSoon(Failure failure, Again expected, String why) {
    assertThat(CloudUpkeep.next(Survey.failed(failure), INTERVAL)).as(why).isEqualTo(expected);
    var onlyImages =
        new Survey(
            Response.of(List.of()), Response.failed(failure), Response.of(List.of()), Map.of());
    assertThat(CloudUpkeep.next(onlyImages, INTERVAL)).as(why).isEqualTo(expected);
  }

  @Test
  void whatElseIsNotKnownCanWait() {
    var onlyZones =
        new Survey(
            Response.of(List.of()),
            Response.of(List.of()),
            Response.failed(throttled(7)),
            Map.of());
    assertThat(CloudUpkeep.next(onlyZones, INTERVAL))
        .isEqualTo(new Again.After(INTERVAL, Urgency.RESYNC));
  }
}
