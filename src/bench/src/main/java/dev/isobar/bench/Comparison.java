package dev.isobar.bench;

import dev.isobar.bench.load.Caller;
import dev.isobar.bench.load.ClosedLoop;
import dev.isobar.bench.load.Latencies;
import dev.isobar.bench.machine.Ticks;
import dev.isobar.bench.report.Burst;
import dev.isobar.bench.report.Journal;
import dev.isobar.bench.report.OfFunction;
import dev.isobar.bench.report.Start;
import dev.isobar.bench.request.Situation;
import dev.isobar.bench.server.Certificates;
import dev.isobar.bench.server.Contender;
import dev.isobar.bench.server.RunningFunction;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Measures functions side by side: in every round each has a fresh process, one after the other, in
 * an order that changes from round to round.
 */
final class Comparison {
  static final List<Integer> CALLERS = List.of(1, 8);
  private static final Duration REST = Duration.ofSeconds(1);
  private static final Duration CHUNK = Duration.ofSeconds(3);

  /** The share of a function's time that its compilers may still take when it counts as warm. */
  private static final double LITTLE = 0.05;

  /** How many times the least warm-up the most is. */
  private static final int MOST = 4;

  private static final Duration LOOK = Duration.ofMillis(500);

  private final Pace pace;
  private final double tolerance;
  private final List<Situation> situations;
  private final Certificates certificates;
  private final Path folder;
  private final Journal journal;
  private final PrintStream progress;
  private final Map<String, String> decided = new TreeMap<>();

  /**
   * A comparison.
   *
   * @param tolerance the share of the machine that others may take while it measures
   * @param folder for the functions' output
   */
  Comparison(
      Pace pace,
      double tolerance,
      List<Situation> situations,
      Certificates certificates,
      Path folder,
      Journal journal,
      PrintStream progress) {
    this.pace = pace;
    this.tolerance = tolerance;
    this.situations = situations;
    this.certificates = certificates;
    this.folder = folder;
    this.journal = journal;
    this.progress = progress;
  }

  /**
   * Measures.
   *
   * @param loaded what is put under load
   * @param started what is only started, besides
   */
  void run(List<Contender> loaded, List<Contender> started)
      throws IOException, InterruptedException {
    for (int round = 1; round <= pace.rounds(); round++) {
      List<Contender> order = order(loaded, round);
      for (Contender contender : order) {
        progress.println("round " + round + " of " + pace.rounds() + ": " + contender.name());
        load(round, contender);
      }
      startOften(round, started);
      startOften(round, order);
    }
  }

  /** Measures cold starts alone. */
  void runStarts(List<Contender> contenders) throws IOException, InterruptedException {
    progress.println("warming up the caller");
    warmUpCaller(contenders);
    for (int round = 1; round <= pace.rounds(); round++) {
      progress.println("round " + round + " of " + pace.rounds() + ": cold starts");
      startOften(round, order(contenders, round));
    }
  }

  private static List<Contender> order(List<Contender> contenders, int round) {
    List<Contender> order = new ArrayList<>(contenders);
    Collections.rotate(order, round - 1);
    return order;
  }

  /** What it takes to ask counts, too, and must not be slower than in a long run. */
  private void warmUpCaller(List<Contender> contenders) throws IOException, InterruptedException {
    try (RunningFunction function = start(contenders.getFirst());
        Caller caller = Caller.to(function.port(), certificates)) {
      warmUp(caller, pace.caller());
    }
    for (Contender contender : contenders) {
      Start _ = coldStart(0, contender);
    }
  }

  private RunningFunction start(Contender contender) throws IOException, InterruptedException {
    return RunningFunction.start(
        contender, certificates, folder.resolve(contender.name().replace(' ', '-') + ".txt"));
  }

  /** Asks all that will be measured: compiled code is of what it has seen. */
  private void warmUp(Caller caller, Duration time) throws InterruptedException {
    Duration each = time.dividedBy((long) situations.size() * CALLERS.size());
    for (Situation situation : situations) {
      byte[] request = situation.bytes();
      int length = caller.ask(request).length;
      for (int callers : CALLERS) {
        Latencies _ = new ClosedLoop(caller, request, length).run(callers, each);
      }
    }
  }

  private void load(int round, Contender contender) throws IOException, InterruptedException {
    try (RunningFunction function = start(contender);
        Caller caller = Caller.to(function.port(), certificates)) {
      situations.forEach(situation -> check(contender, situation, caller.ask(situation.bytes())));
      warmUp(contender, function, caller);
      for (Situation situation : situations) {
        for (int callers : CALLERS) {
          keep(() -> {
            adapt(situation, callers, caller);
            return burst(round, contender, situation, callers, function, caller);
          });
        }
      }
    }
  }

  /** Asks until compilers have little left to do, or long enough; what they do then counts. */
  private void warmUp(Contender contender, RunningFunction function, Caller caller)
      throws InterruptedException {
    double enough = contender.warmUp().toMillis();
    double compiling;
    Ticks used;
    do {
      double before = Ticks.compilingMillis(function.pid());
      Ticks start = Ticks.now(function.pid());
      warmUp(caller, CHUNK);
      used = Ticks.now(function.pid());
      compiling = Ticks.compilingMillis(function.pid()) - before;
      compiling /= Math.max(1, used.since(start).otherMillis());
    } while (used.otherMillis() < enough
        || (compiling > LITTLE && used.otherMillis() < MOST * enough));
  }

  /** Functions that decide differently are not comparable. */
  private void check(Contender contender, Situation situation, byte[] answer) {
    String digest = Situation.digest(answer);
    String other = decided.putIfAbsent(situation.name(), digest);
    if (other != null && !other.equals(digest)) {
      throw new IllegalStateException(
          contender.name() + " answers \"" + situation.name() + "\" differently from the others");
    }
  }

  /** Asks the same for as long as it is then measured: compilers adapt to what is asked alone. */
  private void adapt(Situation situation, int callers, Caller caller) throws InterruptedException {
    byte[] request = situation.bytes();
    Latencies _ =
        new ClosedLoop(caller, request, caller.ask(request).length).run(callers, pace.burst());
  }

  private Burst burst(
      int round,
      Contender contender,
      Situation situation,
      int callers,
      RunningFunction function,
      Caller caller)
      throws InterruptedException {
    byte[] request = situation.bytes();
    int length = caller.ask(request).length;
    double compiled = Ticks.compilingMillis(function.pid());
    Ticks before = Ticks.now(function.pid());
    long start = System.nanoTime();
    Latencies latencies = new ClosedLoop(caller, request, length).run(callers, pace.burst());
    double seconds = (System.nanoTime() - start) / 1e9;
    Ticks used = Ticks.now(function.pid()).since(before);
    return new Burst(
        round,
        contender.name(),
        situation.name(),
        callers,
        latencies.count(),
        latencies.count() / seconds,
        latencies.quantile(0.5),
        latencies.quantile(0.99),
        used.otherMillis() / latencies.count(),
        (Ticks.compilingMillis(function.pid()) - compiled) / latencies.count(),
        Ticks.residentMegabytes(function.pid()),
        used.strangers());
  }

  private void startOften(int round, List<Contender> contenders)
      throws IOException, InterruptedException {
    for (Contender contender : contenders) {
      for (int i = 0; i < pace.starts(); i++) {
        keep(() -> coldStart(round, contender));
      }
    }
  }

  private Start coldStart(int round, Contender contender) throws IOException, InterruptedException {
    Ticks before = Ticks.now();
    try (RunningFunction function = start(contender);
        Caller caller = Caller.to(function.port(), certificates)) {
      byte[] answer = caller.ask(situations.getFirst().bytes());
      Duration first = function.age();
      Ticks after = Ticks.now(function.pid());
      check(contender, situations.getFirst(), answer);
      TimeUnit.NANOSECONDS.sleep(REST.toNanos());
      return new Start(
          round,
          contender.name(),
          first.toNanos() / 1e6,
          after.otherMillis(),
          Ticks.residentMegabytes(function.pid()),
          after.since(before).strangers());
    }
  }

  private interface Measuring {
    OfFunction measure() throws IOException, InterruptedException;
  }

  /** Measures until others left us alone; the last try counts whatever happened. */
  private void keep(Measuring measuring) throws IOException, InterruptedException {
    for (int attempt = 1; attempt <= pace.tries(); attempt++) {
      awaitQuiet();
      OfFunction measurement = measuring.measure();
      boolean calm = measurement.strangers() <= tolerance;
      boolean last = attempt == pace.tries();
      journal.add(measurement, calm || last);
      if (calm) {
        return;
      }
      if (last) {
        progress.printf(
            "  disturbed: others took %.0f %% of the machine (%s)%n",
            measurement.strangers() * 100, measurement.function());
      }
    }
  }

  private void awaitQuiet() throws InterruptedException {
    for (int look = 1; look < pace.tries() * 10; look++) {
      Ticks before = Ticks.now();
      TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
      if (Ticks.now().since(before).strangers() <= tolerance) {
        return;
      }
    }
  }
}
