package dev.isobar.bench.packing;

import dev.isobar.apis.compute.MachineType.GpuFacts;
import dev.isobar.apis.compute.MachineType.Vendor;
import dev.isobar.apis.platform.Partitioning;
import dev.isobar.apis.platform.Partitioning.Demand;
import dev.isobar.apis.platform.Partitioning.Mig;
import dev.isobar.function.compose.gpu.AcceleratorPlan;
import dev.isobar.function.compose.gpu.GpuAsk;
import dev.isobar.function.compose.gpu.GpuOffer;
import dev.isobar.function.compose.gpu.GpuPlanner;
import dev.isobar.function.compose.gpu.GpuPlanning;
import dev.isobar.function.compose.gpu.LayoutsInUse;
import dev.isobar.function.compose.gpu.geometry.GpuModels;
import dev.isobar.function.compose.gpu.geometry.MigGeometry;
import dev.isobar.function.compose.gpu.geometry.MigProfile;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The part of the benchmark that needs no servers. */
@Command(
    name = "packing",
    sortOptions = false,
    usageHelpWidth = 110,
    header = "Measures the planning of GPU slices: how long it takes, and how good the plans are.",
    description = {
      "",
      "Plans the same demands of chance again and again, on one thread. Every demand is of so many"
          + " requests, each of one profile out of as many as column kinds says. Nothing is"
          + " started and nothing is asked over a network.",
      ""
    },
    footer = {
      "",
      "nodes     divided in any way, or all alike as those of one pool",
      "planned   nodes of all demands",
      "bound     nodes that no plan goes below, of all demands",
      "above     nodes that plans have more than that, of all demands",
      "patterns  nodes that are divided differently: mean and most",
      "proven    plans of which neither fewer nodes nor fewer patterns are possible",
      "waste     memory slices that belong to no instance",
      "CPU ms    processor time of one plan, the median; p99: of ninety-nine in a hundred plans no"
          + " more"
    })
public final class PackingBench implements Callable<Integer> {
  /** Time of the processor, which others on the machine do not lengthen. */
  private static final ThreadMXBean PROCESSOR = ManagementFactory.getThreadMXBean();

  private static final List<String> MODELS = List.of("A100-80GB", "A30-24GB", "RTX-PRO-6000-96GB");
  private static final List<Integer> KINDS = List.of(1, 2, 3, 5, 7);
  private static final String HEAD = "%-18s %-5s %-6s %7s %7s %6s %12s %8s %7s %10s %9s%n";
  private static final String ROW =
      "%-18s %5d %-6s %7d %7d %6d %8.1f %3d %7.0f%% %6.1f%% %10.2f %9.2f%n";

  @Option(
      names = "--requests",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Requests of a demand. Default: ${DEFAULT-VALUE}.")
  int requests;

  @Option(
      names = "--gpus",
      paramLabel = "N",
      defaultValue = "8",
      description = "GPUs of a node. Default: ${DEFAULT-VALUE}.")
  int gpus;

  @Option(
      names = "--demands",
      paramLabel = "N",
      defaultValue = "40",
      description = "Demands of each kind. Default: ${DEFAULT-VALUE}.")
  int demands;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "10",
      description =
          "How often each demand is planned; the last half counts. Default:" + " ${DEFAULT-VALUE}.")
  int rounds;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  /** What became of the demands of a row. */
  private static final class Tally {
    private int bound;
    private int nodes;
    private int patterns;
    private int mostPatterns;
    private int proven;
    private long wasted;
    private long slices;
    private final List<Double> millis = new ArrayList<>();

    void count(AcceleratorPlan plan, int memorySlicesOfNode) {
      bound += plan.atLeast();
      nodes += plan.nodes();
      patterns += plan.patterns().size();
      mostPatterns = Math.max(mostPatterns, plan.patterns().size());
      proven += plan.proven() ? 1 : 0;
      wasted += plan.wastedMemorySlices();
      slices += (long) plan.nodes() * memorySlicesOfNode;
    }

    /** The time that so many of a hundred plans stay below. */
    double percentile(int percent) {
      List<Double> sorted = millis.stream().sorted().toList();
      return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }
  }

  @Override
  public Integer call() {
    System.out.printf(
        Locale.ROOT,
        HEAD,
        "GPU",
        "kinds",
        "nodes",
        "planned",
        "bound",
        "above",
        "patterns",
        "proven",
        "waste",
        "CPU ms",
        "p99");
    for (String model : MODELS) {
      for (int kinds : KINDS) {
        if (kinds <= profiles(model).size()) {
          row(model, kinds, false);
          row(model, kinds, true);
        }
      }
    }
    return 0;
  }

  private void row(String model, int kinds, boolean alike) {
    MigGeometry geometry = geometry(model);
    var chance = new RandomDemands(profiles(model));
    var tally = new Tally();
    for (int round = 0; round < rounds; round++) {
      for (int seed = 0; seed < demands; seed++) {
        GpuAsk ask = ask(model, chance.next(requests, kinds, seed), alike);
        long start = PROCESSOR.getCurrentThreadCpuTime();
        GpuPlanning planning = GpuPlanner.plan(ask);
        double millis = (PROCESSOR.getCurrentThreadCpuTime() - start) / 1e6;
        if (round >= rounds / 2) {
          tally.millis.add(millis);
        }
        if (round == 0 && planning instanceof GpuPlanning.Planned(AcceleratorPlan plan)) {
          tally.count(plan, gpus * geometry.layoutClass().memorySlices());
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        ROW,
        model,
        kinds,
        alike ? "alike" : "any",
        tally.nodes,
        tally.bound,
        tally.nodes - tally.bound,
        (double) tally.patterns / demands,
        tally.mostPatterns,
        100.0 * tally.proven / demands,
        100.0 * tally.wasted / Math.max(1, tally.slices),
        tally.percentile(50),
        tally.percentile(99));
  }

  private static MigGeometry geometry(String model) {
    return GpuModels.known().named(model).geometry().orElseThrow();
  }

  private static List<String> profiles(String model) {
    return geometry(model).profiles().stream().map(MigProfile::name).toList();
  }

  private GpuAsk ask(String model, List<Demand> demand, boolean alike) {
    var offer = new GpuOffer("machineType", "benchmark", new GpuFacts(Vendor.NVIDIA, model, gpus));
    var mig = new Mig(Optional.empty(), Optional.empty(), Optional.of(demand));
    var partitioning =
        new Partitioning(Optional.empty(), Optional.of(mig), Optional.empty(), Optional.empty());
    return new GpuAsk(
        List.of(offer),
        partitioning,
        GpuModels.known(),
        new GpuAsk.Nodes(0, alike ? 1 : Integer.MAX_VALUE),
        LayoutsInUse.NONE,
        "gpu");
  }
}
