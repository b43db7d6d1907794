package dev.isobar.provider.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MetersTest {
  private final Meters meters = new Meters();

  private List<String> lines(String name) {
    return meters.text().lines().filter(line -> line.contains(name)).toList();
  }

  @Test
  void talliesCountByLabels() {
    Tally tally = meters.tally("passes_total", "Passes.", "result");
    tally.add("error");
    tally.add("success");
    tally.add("success");
    assertThat(lines("passes_total"))
        .containsExactly(
            "# HELP passes_total Passes.",
            "# TYPE passes_total counter",
            "passes_total{result=\"error\"} 1",
            "passes_total{result=\"success\"} 2");
  }

  @Test
  void talliesCanBeginAtZero() {
    Tally tally = meters.tally("faults_total", "Faults.", "controller");
    tally.begin("cloud");
    tally.begin("instance");
    tally.add("instance");
    tally.begin("instance");
    assertThat(lines("faults_total{"))
        .containsExactly(
            "faults_total{controller=\"cloud\"} 0", "faults_total{controller=\"instance\"} 1");
  }

  @Test
  void spreadsCountUpToEachBound() {
    Spread spread = meters.spread("pass_seconds", "Length.", List.of(0.5, 1.0));
    spread.add(Duration.ofMillis(500));
    spread.add(Duration.ofSeconds(1).plusNanos(1));
    spread.add(Duration.ofSeconds(-1));
    assertThat(lines("pass_seconds"))
        .containsExactly(
            "# HELP pass_seconds Length.",
            "# TYPE pass_seconds histogram",
            "pass_seconds_bucket{le=\"0.5\"} 2",
            "pass_seconds_bucket{le=\"1\"} 2",
            "pass_seconds_bucket{le=\"+Inf\"} 3",
            "pass_seconds_sum 1.500000001",
            "pass_seconds_count 3");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, nothing",
    "10, 10, whole numbers have no fraction",
    "1795687200, 1795687200, however large",
    "0.25, 0.25, fractions",
    "-1.5, -1.5, below nothing",
    "0.0001, 0.0001, the smallest with all digits",
    "1e-05, 1e-05, Go writes two digits of the exponent",
    "0.00000125, 1.25e-06, and a fraction before it",
    "9.999999999999999e-05, 9.999999999999999e-05, what rounding leaves",
    "Infinity, +Inf, the last bound"
  })
  void numbersAreWrittenAsGoWritesThem(double number, String text, String why) {
    assertThat(MeterText.number(number)).as(why).isEqualTo(text);
  }

  @Test
  void gaugesAreLookedUpAndTheirLabelsEscaped() {
    meters.gauge("depth", "Depth.", "name", () -> Map.of("a \"b\"\\\n", 1.0));
    assertThat(lines("depth{")).containsExactly("depth{name=\"a \\\"b\\\"\\\\\\n\"} 1");
  }
}
