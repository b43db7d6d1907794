package dev.isobar.bench.report;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What Instances or GpuMachines at rest cost, as people read it, and whether that is what was aimed
 * at.
 */
public final class RestTable {
  private static final String POLLS = "%-5s %8s %11s %13s %7s %8s %9s %9s %7s %7s%n";
  private static final String TIMES = "%-14s %10s %10s%n";

  /** A page holds a thousand servers, and a full one does not tell that it is the last. */
  private static final int PAGE = 1000;

  private static final double MOST_RESIDENT = 256;
  private static final double SECOND = 1000;

  /** Of one processor, for a thousand GpuMachines. */
  private static final double MOST_CPU = 0.1;

  /** Of a cluster in a minute: one listing serves its machines at rest for half of one. */
  private static final int MOST_LISTINGS = 3;

  /** Nodes of a page. */
  private static final int NODES = 250;

  private final List<Poll> polls;
  private final List<Newcomer> newcomers;
  private final StringBuilder text = new StringBuilder();

  private RestTable(Journal journal) {
    polls = journal.of(Poll.class);
    newcomers = journal.of(Newcomer.class);
  }

  /**
   * The table.
   *
   * @param instances how many there are
   * @param mostResident memory of the provider since its start, in MiB
   */
  public static String of(Journal journal, int instances, double mostResident) {
    var table = new RestTable(journal);
    table.polls();
    table.newcomers();
    table.aims(instances, mostResident);
    return table.text.toString();
  }

  /**
   * The table of GpuMachines of one cluster.
   *
   * @param machines how many there are
   * @param mostResident memory of the provider since its start, in MiB
   */
  public static String ofMachines(
      Journal journal, int machines, double mostResident, MachineRates rates) {
    var table = new RestTable(journal);
    table.polls();
    table.line(
        "in a minute: %s passes over GpuMachines, %s pages of nodes%n",
        number(rates.passes(), 0), number(rates.nodeLists(), 0));
    table.text.append('\n');
    table.restAims(machines, mostResident);
    table.machineAims(machines, rates);
    return table.text.toString();
  }

  private void polls() {
    line(
        POLLS,
        "poll",
        "seconds",
        "list calls",
        "single reads",
        "passes",
        "CPU s",
        "RSS MiB",
        "heap MiB",
        "writes",
        "others");
    for (Poll one : polls) {
      line(
          POLLS,
          one.number(),
          number(one.seconds(), 1),
          one.listCalls(),
          one.singleReads(),
          one.passes(),
          number(one.cpu() / 1000, 1),
          number(one.resident(), 0),
          number(one.heap(), 0),
          one.writes(),
          number(one.strangers() * 100, 0) + " %");
    }
    text.append('\n');
  }

  private void newcomers() {
    line(TIMES, newcomers.size() + " new ones", "median ms", "worst ms");
    time("first call", Newcomer::firstCall);
    time("first status", Newcomer::firstStatus);
    time("Ready", Newcomer::ready);
    text.append('\n');
  }

  private void time(String name, ToDoubleFunction<Newcomer> of) {
    double median = Journal.median(newcomers.stream(), of);
    line(TIMES, name, number(median, 0), number(worst(of), 0));
  }

  private double worst(ToDoubleFunction<Newcomer> of) {
    return newcomers.stream().mapToDouble(of).max().orElse(Double.NaN);
  }

  private void aims(int instances, double mostResident) {
    restAims(instances, mostResident);
    double first = worst(Newcomer::firstCall);
    aim("a new one is begun within a second", first <= SECOND, number(first, 0) + " ms at worst");
  }

  private void machineAims(int machines, MachineRates rates) {
    double cpu =
        polls.stream().mapToDouble(one -> one.cpu() / 1000 / one.seconds()).max().orElse(0);
    aim(
        "at most a tenth of a processor",
        cpu <= MOST_CPU,
        number(cpu * 100, 1) + " % of one at most");
    aim(
        "each GpuMachine is looked at once in two minutes or more often",
        rates.passes() >= machines / 2.0,
        number(rates.passes(), 0) + " passes in a minute");
    int pages = MOST_LISTINGS * ((machines + NODES - 1) / NODES);
    aim(
        "at most " + pages + " pages of nodes in a minute",
        rates.nodeLists() <= pages,
        number(rates.nodeLists(), 0) + " pages");
  }

  private void restAims(int instances, double mostResident) {
    long calls = polls.stream().mapToLong(Poll::listCalls).sum();
    long most = instances / PAGE + 1L;
    // A poll begins with the first call of its listing, so the last one may be the next poll's.
    aim(
        "at most " + most + " list calls for each poll",
        calls <= most * polls.size() + 1,
        calls + " in " + polls.size());
    aim(
        "at most 256 MiB of memory",
        mostResident <= MOST_RESIDENT,
        number(mostResident, 0) + " MiB since its start");
    long writes = polls.stream().mapToLong(Poll::writes).sum();
    aim("no write at rest", writes == 0, writes + " writes");
  }

  private void aim(String what, boolean met, String was) {
    line("aim: %s: %s, %s%n", what, met ? "met" : "NOT met", was);
  }

  private static String number(double value, int digits) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  @FormatMethod
  private void line(@FormatString String format, Object... columns) {
    text.append(String.format(Locale.ROOT, format, columns).stripTrailing()).append('\n');
  }
}
