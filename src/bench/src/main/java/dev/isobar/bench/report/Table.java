package dev.isobar.bench.report;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The figures as people read them: medians over all measurements that count. */
public final class Table {
  private static final String BURSTS = "%-10s %7s  %-24s %9s %9s %9s %9s %9s %9s%n";
  private static final String STARTS = "%-34s %15s %11s %13s %15s%n";

  private final Journal journal;
  private final StringBuilder text = new StringBuilder();

  private Table(Journal journal) {
    this.journal = journal;
  }

  /**
   * The table.
   *
   * @param functions the loaded ones; the last is what the first is compared with, if there are two
   * @param starters those of which cold starts were measured
   */
  public static String of(
      Journal journal,
      List<String> situations,
      List<Integer> callers,
      List<String> functions,
      List<String> starters) {
    var table = new Table(journal);
    table.line(
        BURSTS,
        "request",
        "callers",
        "function",
        "req/s",
        "p50 ms",
        "p99 ms",
        "CPU ms",
        "compiling",
        "of floor");
    for (String situation : situations) {
      for (int many : callers) {
        table.bursts(situation, many, functions);
      }
    }
    table.text.append('\n');
    table.starts(starters);
    return table.text.toString();
  }

  /** The lower half of it, where nothing but cold starts was measured. */
  public static String ofStarts(Journal journal, List<String> starters) {
    var table = new Table(journal);
    table.starts(starters);
    return table.text.toString();
  }

  private void bursts(String situation, int callers, List<String> functions) {
    double floor = cpu(functions.getLast(), situation, callers);
    for (String function : functions) {
      double cpu = cpu(function, situation, callers);
      line(
          BURSTS,
          situation,
          callers,
          function,
          number(Journal.median(bursts(function, situation, callers), Burst::requestsPerSecond), 0),
          number(Journal.median(bursts(function, situation, callers), Burst::p50), 2),
          number(Journal.median(bursts(function, situation, callers), Burst::p99), 2),
          number(cpu, 2),
          number(Journal.median(bursts(function, situation, callers), Burst::compiling), 2),
          functions.size() > 1 ? number(cpu / floor, 2) : "-");
    }
  }

  private Stream<Burst> bursts(String function, String situation, int callers) {
    return journal.bursts(function, situation, callers);
  }

  private double cpu(String function, String situation, int callers) {
    return Journal.median(bursts(function, situation, callers), Burst::cpu);
  }

  private void starts(List<String> functions) {
    line(STARTS, "function", "first answer ms", "CPU ms", "idle RSS MB", "loaded RSS MB");
    functions.forEach(this::start);
  }

  private void start(String function) {
    line(
        STARTS,
        function,
        number(Journal.median(journal.starts(function), Start::first), 0),
        number(Journal.median(journal.starts(function), Start::cpu), 0),
        number(Journal.median(journal.starts(function), Start::resident), 0),
        number(journal.residentAfterLoad(function), 0));
  }

  private static String number(double value, int digits) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  @FormatMethod
  private void line(@FormatString String format, Object... columns) {
    text.append(String.format(Locale.ROOT, format, columns).stripTrailing()).append('\n');
  }
}
