package dev.isobar.function.compose.gpu;

import dev.isobar.apis.decode.Mistake;
import dev.isobar.apis.platform.Partitioning.Demand;
import dev.isobar.function.compose.gpu.geometry.GpuModel;
import dev.isobar.function.compose.gpu.geometry.MigGeometry;
import dev.isobar.function.compose.gpu.packing.NodePattern;
import dev.isobar.function.compose.gpu.packing.Packing;
import dev.isobar.function.compose.gpu.packing.PackingOrder;
import dev.isobar.function.compose.gpu.packing.PatternsInUse;
import dev.isobar.function.compose.gpu.packing.SlicePacking;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Plans the layouts that serve a demand. Every change of a layout empties nodes, so what is in use
 * stays while it serves: within the limit of nodes, or without one when no other plan needs fewer.
 */
final class DemandPlanner {
  private final GpuAsk ask;
  private final GpuModel model;
  private final MigGeometry geometry;
  private final String path;
  private final DemandReading reading;

  DemandPlanner(GpuAsk ask, GpuModel model, MigGeometry geometry, String path) {
    this.ask = ask;
    this.model = model;
    this.geometry = geometry;
    this.path = path;
    reading = new DemandReading(model, geometry, ask.models());
  }

  GpuPlanning plan(List<Demand> demand) {
    if (demand.isEmpty()) {
      return refused("asks for nothing", "name one memory or profile, or use partitioning none");
    }
    reading.read(demand, path);
    if (!reading.mistakes().isEmpty()) {
      return new GpuPlanning.Refused(reading.mistakes());
    }
    Optional<List<NodePattern>> kept = inUse();
    if (ask.inUse().settled() && kept.isEmpty()) {
      return refused(
          "the layout in use was planned for this demand, but by what the Cloud says of "
              + model.name()
              + " now it does not serve it, and nodes are not divided anew for that",
          "the platform team must correct the model in the Cloud; a changed demand is planned"
              + " anew");
    }
    int most = ask.nodes().most();
    if (kept.isPresent() && most > 0 && nodes(kept.get()) <= most) {
      return kept(kept.get(), SlicePacking.atLeast(order(false)));
    }
    return switch (packing()) {
      case Packing.Packed packed -> packed(packed, kept);
      case Packing.NoCommonPattern() ->
          refused(
              "no one layout of the %d GPU%s of a node has room for all of it"
                  .formatted(gpus(), gpus() == 1 ? "" : "s"),
              "make a pool for each part of it, or choose a machine type with more GPUs");
      case Packing.TooManyLayouts() ->
          refused(
              "there are too many ways to divide a GPU of " + model.name() + " into these profiles",
              "ask for fewer different profiles, or write layouts");
    };
  }

  private GpuPlanning packed(Packing.Packed packed, Optional<List<NodePattern>> kept) {
    int most = ask.nodes().most();
    if (most == 0 && kept.isPresent() && nodes(kept.get()) <= packed.nodes()) {
      return kept(kept.get(), packed.atLeast());
    }
    if (most > 0 && packed.nodes() > most) {
      AcceleratorPlan plan = plan(packed.patterns(), packed.atLeast(), packed.proven(), false);
      return refused(
          "needs %d nodes, and there may be %d".formatted(packed.nodes(), most),
          "allow "
              + packed.nodes()
              + ", or ask for less"
              + (plan.patterns().size() > 1
                  ? ""
                  : ": " + most + " have " + offered(AcceleratorPlan.of(plan.node(), most))));
    }
    return new GpuPlanning.Planned(
        plan(packed.patterns(), packed.atLeast(), packed.proven(), false));
  }

  private static String offered(AcceleratorPlan plan) {
    return String.join(
        " and ",
        plan.resources().entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .toList());
  }

  /** Nodes that are divided as those in use, when these are possible and serve the demand. */
  private Optional<List<NodePattern>> inUse() {
    List<List<SortedMap<String, Integer>>> patterns = ask.inUse().patterns();
    var check = new MigLayoutCheck(model, geometry, ask.models());
    boolean possible =
        patterns.stream()
            .allMatch(pattern ->
                (ask.inUse().settled() || pattern.size() == gpus())
                    && pattern.stream()
                        .allMatch(
                            layout -> layout.isEmpty() || check.mistakes(layout, path).isEmpty()));
    return possible ? PatternsInUse.nodes(patterns, reading.parts()) : Optional.empty();
  }

  /** As few nodes as possible in as many kinds as there may be, or all of one kind. */
  private Packing packing() {
    int kinds = ask.nodes().kinds();
    Packing packing = SlicePacking.pack(order(kinds == 1));
    boolean tooMany =
        packing instanceof Packing.Packed packed && packed.patterns().size() > kinds;
    return tooMany ? SlicePacking.pack(order(true)) : packing;
  }

  private PackingOrder order(boolean alike) {
    return new PackingOrder(geometry, reading.parts(), gpus(), alike);
  }

  private int gpus() {
    return ask.offers().getFirst().gpu().count();
  }

  private static int nodes(List<NodePattern> patterns) {
    return patterns.stream().mapToInt(NodePattern::nodes).sum();
  }

  private GpuPlanning kept(List<NodePattern> patterns, int atLeast) {
    boolean proven = patterns.size() == 1 && nodes(patterns) == atLeast;
    return new GpuPlanning.Planned(plan(patterns, atLeast, proven, true));
  }

  private AcceleratorPlan plan(
      List<NodePattern> patterns, int atLeast, boolean proven, boolean kept) {
    return new AcceleratorPlan(
        patterns.stream()
            .map(pattern ->
                new AcceleratorPlan.Pattern(
                    MigNode.of(model, geometry, pattern.layouts()), pattern.nodes()))
            .toList(),
        reading.served(),
        atLeast,
        proven,
        kept);
  }

  private GpuPlanning refused(String problem, String remedy) {
    return new GpuPlanning.Refused(List.of(new Mistake(path, problem, remedy)));
  }
}
