package dev.isobar.provider.kube;

import dev.isobar.provider.operate.Meters;
import dev.isobar.provider.operate.Spread;
import dev.isobar.provider.operate.Tally;
import dev.isobar.provider.queue.Workers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The figures of queues that dashboards for controllers in Go know, by their names, and what went
 * wrong by a fault of ours.
 */
final class QueueMeters {
  static final String CONFIGS = "providerconfig/compute.isobar.dev";
  static final String CLOUDS = "cloud/compute.isobar.dev";
  static final String GPU_MACHINES = "gpumachine/infrastructure.isobar.dev";
  static final String GPU_MACHINE_TEMPLATES = "gpumachinetemplate/infrastructure.isobar.dev";
  static final String CLEANUPS = "managed/clustercleanup.compute.isobar.dev";

  private static final double MILLIS = 1e3;

  /** Those of controller-runtime. */
  private static final List<Double> BOUNDS =
      Stream.iterate(10e-9, bound -> bound * 10).limit(12).toList();

  private final Meters meters;
  private final Tally adds;
  private final Tally retries;
  private final Spread waits;
  private final Spread works;
  private final Tally faults;

  QueueMeters(Meters meters) {
    this.meters = meters;
    adds = meters.tally("workqueue_adds_total", "Items added, also those due again.", "name");
    retries = meters.tally("workqueue_retries_total", "Items due again soon.", "name");
    waits =
        meters.spread(
            "workqueue_queue_duration_seconds",
            "From an item's being due to its being worked on.",
            BOUNDS,
            "name");
    works =
        meters.spread(
            "workqueue_work_duration_seconds", "How long items are worked on.", BOUNDS, "name");
    faults =
        meters.tally(
            "controller_runtime_reconcile_errors_total",
            "Passes that a fault of ours ended, and objects that it kept from being read.",
            "controller");
  }

  /** Counts for the queue of a name. */
  Workers.Listener of(String name) {
    faults.begin(name);
    return new Workers.Listener() {
      @Override
      public void added() {
        adds.add(name);
      }

      @Override
      public void begun(Duration waited) {
        waits.add(waited, name);
      }

      @Override
      public void ended(Duration worked) {
        works.add(worked, name);
      }

      @Override
      public void retried() {
        retries.add(name);
      }

      @Override
      public void failed() {
        faults.add(name);
      }
    };
  }

  /** Shows queues by their names; looked at when somebody asks. */
  void show(Map<String, Workers<?>> queues) {
    gauge("depth", "Items that are due and not begun.", queues, Workers::due);
    gauge(
        "unfinished_work_seconds",
        "How long the items that are worked on have been so, together.",
        queues,
        queue -> queue.underWay().stream().mapToDouble(QueueMeters::seconds).sum());
    gauge(
        "longest_running_processor_seconds",
        "How long the item has been worked on that has been so longest.",
        queues,
        queue -> queue.underWay().stream().mapToDouble(QueueMeters::seconds).max().orElse(0));
  }

  private void gauge(
      String what, String help, Map<String, Workers<?>> queues, Function<Workers<?>, Number> look) {
    meters.gauge(
        "workqueue_" + what,
        help,
        "name",
        () -> {
          Map<String, Double> values = new TreeMap<>();
          queues.forEach((name, queue) -> values.put(name, look.apply(queue).doubleValue()));
          return values;
        });
  }

  private static double seconds(Duration time) {
    return time.toMillis() / MILLIS;
  }
}
