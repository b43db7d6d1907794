package dev.isobar.function.compose.gpu;

import dev.isobar.apis.compute.MachineType.GpuFacts;
import dev.isobar.apis.compute.MachineType.Vendor;
import dev.isobar.apis.decode.Mistake;
import dev.isobar.apis.platform.Partitioning;
import dev.isobar.apis.platform.Partitioning.Demand;
import dev.isobar.apis.platform.Partitioning.Mig;
import dev.isobar.apis.platform.Partitioning.Mps;
import dev.isobar.apis.platform.Partitioning.TimeSlicing;
import dev.isobar.apis.platform.Partitioning.Whole;
import dev.isobar.apis.schema.Size;
import dev.isobar.function.compose.gpu.geometry.GpuModels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks in few words: {@code 4xA100-80GB}, {@code 1g.10gb*3 2g.20gb*2}. */
final class Asks {
  private Asks() {}

  static Partitioning none() {
    return new Partitioning(
        Optional.of(new Whole()), Optional.empty(), Optional.empty(), Optional.empty());
  }

  static Partitioning layout(String layout) {
    return mig(new Mig(Optional.of(counts(layout)), Optional.empty(), Optional.empty()));
  }

  /** Layouts are separated by a bar; nothing between two bars is a whole GPU. */
  static Partitioning layouts(String layouts) {
    return mig(
        new Mig(
            Optional.empty(),
            Optional.of(Arrays.stream(layouts.split("\\|", -1)).map(Asks::counts).toList()),
            Optional.empty()));
  }

  /** Memories and profiles: {@code 20Gi*12 1g.10gb*2}. */
  static Partitioning demand(String demand) {
    return mig(new Mig(Optional.empty(), Optional.empty(), Optional.of(lines(demand))));
  }

  static List<Demand> lines(String demand) {
    var lines = new ArrayList<Demand>();
    counts(demand)
        .forEach((asked, count) -> {
          boolean memory = asked.matches("[0-9.]+[KMGTP]i?");
          lines.add(
              new Demand(
                  memory ? Optional.of(new Size(asked)) : Optional.empty(),
                  memory ? Optional.empty() : Optional.of(asked),
                  count));
        });
    return lines;
  }

  static Partitioning mig(Mig mig) {
    return new Partitioning(Optional.empty(), Optional.of(mig), Optional.empty(), Optional.empty());
  }

  static Partitioning timeSlicing(int replicas, boolean fail) {
    return new Partitioning(
        Optional.empty(),
        Optional.empty(),
        Optional.of(new TimeSlicing(replicas, fail)),
        Optional.empty());
  }

  static Partitioning mps(int replicas) {
    return new Partitioning(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(new Mps(replicas)));
  }

  static Map<String, Integer> counts(String layout) {
    var counts = new LinkedHashMap<String, Integer>();
    for (String part : layout.strip().isEmpty() ? new String[0] : layout.strip().split(" +")) {
      int star = part.lastIndexOf('*');
      counts.put(part.substring(0, star), Integer.valueOf(part.substring(star + 1)));
    }
    return counts;
  }

  static GpuPlanning answer(Partitioning partitioning, String... machines) {
    return GpuPlanner.plan(
        new GpuAsk(
            offers(machines),
            partitioning,
            GpuModels.known(),
            new GpuAsk.Nodes(0, 1),
            LayoutsInUse.NONE,
            "gpu"));
  }

  /**
   * Machine types by their GPUs: {@code 4xA100-80GB}, {@code 1xL4-24GB*1/8} for a share, {@code
   * 1xL4-24GB*1/8*2861Mi} for one whose memory is known.
   */
  static List<GpuOffer> offers(String... machines) {
    var offers = new ArrayList<GpuOffer>();
    for (String machine : machines) {
      int times = machine.indexOf('x');
      String[] parts = machine.substring(times + 1).split("\\*", -1);
      var facts =
          new GpuFacts(
              Vendor.NVIDIA,
              parts[0],
              Integer.parseInt(machine.substring(0, times)),
              Arrays.stream(parts).skip(2).findFirst().map(Size::new),
              Arrays.stream(parts).skip(1).findFirst().filter(part -> !part.isEmpty()));
      offers.add(
          new GpuOffer("machineTypes[" + offers.size() + "]", "type" + offers.size(), facts));
    }
    return offers;
  }

  static GpuPlan plan(Partitioning partitioning, String... machines) {
    return switch (answer(partitioning, machines)) {
      case GpuPlanning.Planned(AcceleratorPlan plan) -> plan.node();
      case GpuPlanning.Refused(List<Mistake> mistakes) -> throw new AssertionError(mistakes);
    };
  }

  /** The sentences of the refusal. */
  static List<String> refusal(Partitioning partitioning, String... machines) {
    return switch (answer(partitioning, machines)) {
      case GpuPlanning.Planned(AcceleratorPlan plan) ->
          throw new AssertionError("not refused: " + plan);
      case GpuPlanning.Refused(List<Mistake> mistakes) ->
          mistakes.stream().map(Mistake::sentence).toList();
    };
  }
}
