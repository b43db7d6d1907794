package dev.isobar.bench.instances;

import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.process.CannotRun;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Makes the Instances that are at rest later. */
final class Fleet {
  /** More only wait for each other in the API server. */
  private static final int AT_ONCE = 8;

  private static final Duration LOOK = Duration.ofSeconds(2);
  private static final Duration LIMIT = Duration.ofMinutes(15);
  private static final int LOOKS_PER_LINE = 5;

  private final BenchPlane plane;
  private final PrintStream progress;

  Fleet(BenchPlane plane, PrintStream progress) {
    this.plane = plane;
    this.progress = progress;
  }

  /** Makes so many, and waits until a provider says that all are Ready. */
  void make(int many, ProviderReplica provider) throws InterruptedException {
    ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<Reference>> made =
          IntStream.rangeClosed(1, many)
              .mapToObj(
                  number -> workers.submit(() -> plane.make("resting-" + number, "bench/resting")))
              .toList();
      awaitReady(many, made, provider);
    } finally {
      var _ = workers.shutdownNow();
    }
  }

  private void awaitReady(int many, List<Future<Reference>> made, ProviderReplica provider)
      throws InterruptedException {
    long start = System.nanoTime();
    long ready = 0;
    for (int look = 1; ready < many; look++) {
      Duration passed = Duration.ofNanos(System.nanoTime() - start);
      if (passed.compareTo(LIMIT) > 0) {
        throw new CannotRun("%d of %d Instances are Ready".formatted(ready, many));
      }
      TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
      ready = (long) provider.metric("crossplane_managed_resource_ready");
      long stored = made.stream().filter(Fleet::succeeded).count();
      if (look % LOOKS_PER_LINE == 0 || ready >= many) {
        progress.printf("  %4d s: %d made, %d Ready%n", passed.toSeconds(), stored, ready);
      }
    }
  }

  private static boolean succeeded(Future<Reference> making) {
    if (!making.isDone()) {
      return false;
    }
    try {
      Reference _ = making.get();
      return true;
    } catch (ExecutionException failed) {
      throw new CannotRun("cannot make an Instance", failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CannotRun("interrupted", interrupted);
    }
  }
}
