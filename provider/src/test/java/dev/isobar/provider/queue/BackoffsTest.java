package dev.isobar.provider.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Waits grow, each item's by itself. */
final class BackoffsTest {
  @ParameterizedTest(name = "at most {0} s: {1}")
  @CsvSource({
    "60, 1 2 4 8 16 32 60 60", // what fails
    "10, 1 2 4 8 10 10 10 10", // what moves
  })
  void waitsGrowToTheLongest(int longest, String seconds) {
    var backoffs = new Backoffs<String>(Duration.ofSeconds(longest));
    List<Long> expected = Stream.of(seconds.split(" ")).map(Long::valueOf).toList();
    List<Long> waits = expected.stream().map(_ -> backoffs.next("one").toSeconds()).toList();
    assertThat(waits).isEqualTo(expected);
    assertThat(backoffs.next("another").toSeconds()).isEqualTo(1);
    backoffs.forget("one");
    assertThat(backoffs.next("one").toSeconds()).isEqualTo(1);
  }

  @ParameterizedTest(name = "after {0} times")
  @CsvSource({"100", "1000"})
  void longestStaysTheLongest(int times) {
    var backoffs = new Backoffs<String>(Duration.ofSeconds(60));
    Duration last = Stream.generate(() -> backoffs.next("one")).limit(times).toList().getLast();
    assertThat(last).isEqualTo(Duration.ofSeconds(60));
  }
}
