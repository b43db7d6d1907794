package dev.isobar.bench.instances;

import dev.isobar.apis.tree.Tree;
import dev.isobar.bench.report.Journal;
import dev.isobar.bench.report.Newcomer;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kubernetes;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Makes new Instances beside those at rest, one after the other, and watches them. */
final class Newcomers {
  private static final String LABEL = "bench/newcomer";
  private static final Await UNTIL_READY = new Await(Duration.ofMinutes(3));

  private final BenchPlane plane;
  private final PrintStream progress;
  private final Map<String, Instant> firstStatus = new ConcurrentHashMap<>();
  private final Map<String, Instant> ready = new ConcurrentHashMap<>();

  Newcomers(BenchPlane plane, PrintStream progress) {
    this.plane = plane;
    this.progress = progress;
  }

  /**
   * Measures so many.
   *
   * @param every from the beginning of one to that of the next, if that is Ready by then; together
   *     they should last a poll, so that some meet the listing
   */
  void measure(int many, Duration every, Journal journal) throws InterruptedException {
    try (var _ = plane.kubernetes().follow(BenchPlane.INSTANCE, Map.of(LABEL, "yes"), this::note)) {
      long start = System.nanoTime();
      for (int number = 1; number <= many; number++) {
        long due = start + every.multipliedBy(number - 1L).toNanos();
        TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
        Newcomer one = measure(number);
        journal.add(one, true);
        progress.printf(
            "  %2d: first call %.0f ms, first status %.0f ms, Ready %.0f ms%n",
            number, one.firstCall(), one.firstStatus(), one.ready());
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private Newcomer measure(int number) {
    String name = "newcomer-" + number;
    MachineUse before = plane.use();
    Instant asked = Instant.now();
    var made = plane.make(name, LABEL);
    Instant isReady =
        UNTIL_READY
            .until(
                made + " is Ready", () -> Optional.ofNullable(ready.get(name)), Optional::isPresent)
            .orElseThrow();
    String uid = plane.kubernetes().get(made).at("metadata", "uid").text().orElseThrow();
    Instant called = plane.cloud().seen(uid).orElseThrow();
    return new Newcomer(
        number,
        millis(asked, called),
        millis(asked, firstStatus.getOrDefault(name, isReady)),
        millis(asked, isReady),
        plane.use().strangersSince(before));
  }

  private void note(Kubernetes.Seen seen) {
    Instant now = Instant.now();
    Tree object = seen.object();
    String name = object.at("metadata", "name").text().orElse("");
    if (!object.at("status", "conditions").items().isEmpty()) {
      var _ = firstStatus.putIfAbsent(name, now);
    }
    if (Conditions.is("Ready", "True").test(object)) {
      var _ = ready.putIfAbsent(name, now);
    }
  }

  private static double millis(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / 1e6;
  }
}
