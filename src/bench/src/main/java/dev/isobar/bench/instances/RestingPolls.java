package dev.isobar.bench.instances;

import dev.isobar.bench.machine.Ticks;
import dev.isobar.bench.report.Journal;
import dev.isobar.bench.report.Poll;
import dev.isobar.testbed.process.CannotRun;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Measures what Instances at rest cost, listing by listing: a poll goes from the beginning of one
 * listing to that of the next.
 */
final class RestingPolls {
  private static final Duration LOOK = Duration.ofMillis(100);

  /** A listing that does not come in three polls does not come. */
  private static final int PATIENCE = 3;

  private static final double MEBI = 1 << 20;

  private final BenchPlane plane;
  private final ProviderReplica provider;
  private final Duration poll;
  private final PrintStream progress;

  RestingPolls(BenchPlane plane, ProviderReplica provider, Duration poll, PrintStream progress) {
    this.plane = plane;
    this.provider = provider;
    this.poll = poll;
    this.progress = progress;
  }

  private record Moment(
      long nanos, AskedCloud.Counts cloud, long passes, double cpu, long writes, MachineUse use) {}

  /** Waits until a provider that was started just now has looked at all of so many Instances. */
  void awaitFirstLook(int many) throws InterruptedException {
    progress.println("waiting until every Instance was looked at");
    await(() -> provider.passes() >= many);
  }

  /** The same of so many GpuMachines. */
  void awaitFirstLookAtMachines(int many) throws InterruptedException {
    progress.println("waiting until every GpuMachine was looked at");
    await(() -> provider.machinePasses() >= many);
  }

  private void await(BooleanSupplier seen) throws InterruptedException {
    long deadline = deadline();
    while (!seen.getAsBoolean() || provider.metric("workqueue_depth") > 0) {
      check(deadline, "the provider does not get round");
      TimeUnit.NANOSECONDS.sleep(LOOK.multipliedBy(PATIENCE).toNanos());
    }
  }

  /** Measures so many polls. */
  void measure(int polls, Journal journal) throws InterruptedException {
    awaitListing();
    Moment before = now();
    for (int number = 1; number <= polls; number++) {
      awaitListing();
      Moment after = now();
      Poll one = between(number, before, after);
      journal.add(one, true);
      progress.printf(
          "  poll %d: %d list calls, %d single reads, %.1f s of CPU, %.0f MiB%n",
          number, one.listCalls(), one.singleReads(), one.cpu() / 1000, one.resident());
      before = after;
    }
  }

  private void awaitListing() throws InterruptedException {
    long deadline = deadline();
    long before = plane.cloud().counts().listings();
    while (plane.cloud().counts().listings() == before) {
      check(deadline, "the provider does not list the servers of the cloud");
      TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
    }
  }

  private long deadline() {
    return System.nanoTime() + poll.multipliedBy(PATIENCE).plusSeconds(60).toNanos();
  }

  private static void check(long deadline, String problem) {
    if (System.nanoTime() > deadline) {
      throw new CannotRun(problem);
    }
  }

  private Moment now() {
    return new Moment(
        System.nanoTime(),
        plane.cloud().counts(),
        provider.passes(),
        Ticks.now(provider.process().pid()).otherMillis(),
        plane.writes(),
        plane.use());
  }

  private Poll between(int number, Moment before, Moment after) {
    return new Poll(
        number,
        (after.nanos() - before.nanos()) / 1e9,
        after.cloud().listCalls() - before.cloud().listCalls(),
        after.cloud().singleReads() - before.cloud().singleReads(),
        after.passes() - before.passes(),
        after.cpu() - before.cpu(),
        Ticks.residentMegabytes(provider.process().pid()) * 1e6 / MEBI,
        provider.heap() / MEBI,
        after.writes() - before.writes(),
        after.use().strangersSince(before.use()));
  }
}
