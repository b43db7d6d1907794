package dev.isobar.provider.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.provider.operate.Meters;
import dev.isobar.provider.queue.Agenda;
import dev.isobar.provider.queue.TokenBucket;
import dev.isobar.provider.queue.Urgency;
import dev.isobar.provider.queue.Workers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class QueueMetersTest {
  private static final Instant START = Instant.parse("2026-11-25T10:00:00Z");

  private final Meters meters = new Meters();
  private final QueueMeters queues = new QueueMeters(meters);

  private List<String> samples() {
    return meters
        .text()
        .lines()
        .filter(line -> line.startsWith("workqueue_") && !line.contains("_bucket"))
        .toList();
  }

  @Test
  void theyHaveTheNamesAndLabelsOfGo() {
    Workers.Listener listener = queues.of("cloud/compute.isobar.dev");
    Stream.of(1, 2).forEach(_ -> listener.added());
    listener.begun(Duration.ofMillis(1500));
    listener.ended(Duration.ofSeconds(3));
    listener.retried();
    try (var workers =
        new Workers<>(
            new Agenda<String>(1, new TokenBucket(1, 1, START)),
            item -> item,
            _ -> new Workers.Again.WhenAdded(),
            InstantSource.fixed(START),
            listener)) {
      workers.add("one");
      workers.add("two", Urgency.RESYNC, Duration.ofMinutes(1));
      queues.show(Map.of("cloud/compute.isobar.dev", workers));
      assertThat(samples())
          .containsExactly(
              "workqueue_adds_total{name=\"cloud/compute.isobar.dev\"} 4",
              "workqueue_retries_total{name=\"cloud/compute.isobar.dev\"} 1",
              "workqueue_queue_duration_seconds_sum{name=\"cloud/compute.isobar.dev\"} 1.5",
              "workqueue_queue_duration_seconds_count{name=\"cloud/compute.isobar.dev\"} 1",
              "workqueue_work_duration_seconds_sum{name=\"cloud/compute.isobar.dev\"} 3",
              "workqueue_work_duration_seconds_count{name=\"cloud/compute.isobar.dev\"} 1",
              "workqueue_depth{name=\"cloud/compute.isobar.dev\"} 1",
              "workqueue_unfinished_work_seconds{name=\"cloud/compute.isobar.dev\"} 0",
              "workqueue_longest_running_processor_seconds{name=\"cloud/compute.isobar.dev\"} 0");
    }
  }

  @Test
  void faultsAreCountedFromZeroOn() {
    var _ = queues.of("cloud/compute.isobar.dev");
    Workers.Listener listener = queues.of("gpumachine/infrastructure.isobar.dev");
    Stream.of(1, 2).forEach(_ -> listener.failed());
    assertThat(meters.text().lines())
        .filteredOn(line -> line.startsWith("controller_runtime_reconcile_errors_total{"))
        .containsExactly(
            "controller_runtime_reconcile_errors_total"
                + "{controller=\"cloud/compute.isobar.dev\"} 0",
            "controller_runtime_reconcile_errors_total"
                + "{controller=\"gpumachine/infrastructure.isobar.dev\"} 2");
  }

  /** Their texts are labels. */
  @Test
  void theBoundsAreThoseOfControllerRuntime() {
    queues.of("one").ended(Duration.ZERO);
    assertThat(meters.text().lines())
        .filteredOn(line -> line.startsWith("workqueue_work_duration_seconds_bucket"))
        .extracting(line -> line.replaceAll(".*le=\"([^\"]+)\".*", "$1"))
        .containsExactly(
            "1e-08",
            "1e-07",
            "1e-06",
            "9.999999999999999e-06",
            "9.999999999999999e-05",
            "0.001",
            "0.01",
            "0.1",
            "1",
            "10",
            "100",
            "1000",
            "+Inf");
  }
}
