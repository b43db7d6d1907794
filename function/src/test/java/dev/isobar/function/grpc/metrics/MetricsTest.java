package dev.isobar.function.grpc.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MetricsTest {
  private final Metrics metrics = new Metrics();

  @Test
  void writesCountersSortedByLabels() {
    Counter calls = metrics.counter("calls_total", "Calls.", "method", "code");
    calls.increment("b", "OK");
    calls.increment("a", "says \"no\"\\\n");
    calls.increment("b", "OK");
    calls.add(0, "c", "OK");
    assertThat(metrics.text())
        .startsWith(
            """
            # HELP calls_total Calls.
            # TYPE calls_total counter
            calls_total{method="a",code="says \\"no\\"\\\\\\n"} 1
            calls_total{method="b",code="OK"} 2
            calls_total{method="c",code="OK"} 0
            """);
  }

  @Test
  void writesHistogramsCumulatively() {
    Histogram seconds = metrics.histogram("wait_seconds", "Waits.", List.of(0.5, 2.0), "kind");
    seconds.observe(0.5, "x");
    seconds.observe(1, "x");
    seconds.observe(9, "x");
    assertThat(metrics.text())
        .as("a value on a bound belongs to it")
        .startsWith(
            """
            # HELP wait_seconds Waits.
            # TYPE wait_seconds histogram
            wait_seconds_bucket{kind="x",le="0.5"} 1
            wait_seconds_bucket{kind="x",le="2"} 2
            wait_seconds_bucket{kind="x",le="+Inf"} 3
            wait_seconds_sum{kind="x"} 10.5
            wait_seconds_count{kind="x"} 3
            """);
  }

  @Test
  void writesWhatOthersKeepAndTheMachine() {
    metrics.gauge("expiry_seconds", "When.", () -> 1.7e9);
    metrics.counted("reloads_total", "How often.", () -> 3);
    assertThat(metrics.text())
        .contains(
            "# TYPE expiry_seconds gauge\nexpiry_seconds 1700000000\n",
            "# TYPE reloads_total counter\nreloads_total 3\n")
        .contains(
            "jvm_memory_used_bytes{area=\"heap\"} ",
            "jvm_gc_collection_seconds_count{gc=\"",
            "process_start_time_seconds ",
            "jvm_threads_current ")
        .endsWith("\n");
  }
}
