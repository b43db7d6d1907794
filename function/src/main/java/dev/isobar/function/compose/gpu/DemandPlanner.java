package dev.isobar.function.compose.gpu;

import dev.isobar.apis.decode.Mistake;
import dev.isobar.apis.platform.Partitioning.Demand;
import dev.isobar.function.compose.gpu.DemandReading.Choice;
import dev.isobar.function.compose.gpu.geometry.GpuModel;
import dev.isobar.function.compose.gpu.geometry.MigGeometry;
import dev.isobar.function.compose.gpu.packing.NodePattern;
import dev.isobar.function.compose.gpu.packing.Packing;
import dev.isobar.function.compose.gpu.packing.PackingOrder;
import dev.isobar.function.compose.gpu.packing.PatternsInUse;
import dev.isobar.function.compose.gpu.packing.SlicePacking;
import java.util.ArrayList;
import java.util.Comparator;
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
    List<Choice> choices = reading.choices();
    Optional<AcceleratorPlan> kept = inUse(choices);
    if (ask.inUse().settled() && kept.isEmpty()) {
      return refused(
          "the layout in use was planned for this demand, but by what the Cloud says of "
              + model.name()
              + " now it does not serve it, and nodes are not divided anew for that",
          "the platform team must correct the model in the Cloud; a changed demand is planned"
              + " anew");
    }
    int most = ask.nodes().most();
    if (kept.isPresent() && most > 0 && kept.get().nodes() <= most) {
      return new GpuPlanning.Planned(kept.get());
    }
    List<AcceleratorPlan> plans = new ArrayList<>();
    List<GpuPlanning> refusals = new ArrayList<>();
    for (Choice choice : choices) {
      switch (SlicePacking.pack(order(choice), ask.nodes().kinds())) {
        case Packing.Packed packed ->
            plans.add(plan(choice, packed.patterns(), packed.atLeast(), packed.proven(), false));
        case Packing.NoCommonPattern() -> refusals.add(noCommonPattern());
        case Packing.TooManyLayouts() -> refusals.add(tooManyLayouts());
      }
    }
    return plans.isEmpty() ? refusals.getFirst() : packed(best(plans), kept);
  }

  private GpuPlanning noCommonPattern() {
    return refused(
        "no one layout of the %d GPU%s of a node has room for all of it"
            .formatted(gpus(), gpus() == 1 ? "" : "s"),
        "make a pool for each part of it, or choose a machine type with more GPUs");
  }

  private GpuPlanning tooManyLayouts() {
    return refused(
        "there are too many ways to divide a GPU of " + model.name() + " into these profiles",
        "ask for fewer different profiles, or write layouts");
  }

  /** The fewest nodes and patterns, and then as much of their compute in use as can be. */
  private static AcceleratorPlan best(List<AcceleratorPlan> plans) {
    AcceleratorPlan best =
        plans.stream()
            .min(
                Comparator.comparingInt(AcceleratorPlan::nodes)
                    .thenComparingInt(plan -> plan.patterns().size())
                    .thenComparingInt(AcceleratorPlan::wastedComputeSlices))
            .orElseThrow();
    return new AcceleratorPlan(
        best.patterns(),
        best.served(),
        plans.stream().mapToInt(AcceleratorPlan::atLeast).min().orElse(0),
        plans.stream().allMatch(AcceleratorPlan::proven),
        false);
  }

  private GpuPlanning packed(AcceleratorPlan plan, Optional<AcceleratorPlan> kept) {
    int most = ask.nodes().most();
    if (most == 0 && kept.isPresent() && kept.get().nodes() <= plan.nodes()) {
      return new GpuPlanning.Planned(kept.get());
    }
    if (most > 0 && plan.nodes() > most) {
      return refused(
          "needs %d nodes, and there may be %d".formatted(plan.nodes(), most),
          "allow "
              + plan.nodes()
              + ", or ask for less"
              + (plan.patterns().size() > 1
                  ? ""
                  : ": " + most + " have " + offered(AcceleratorPlan.of(plan.node(), most))));
    }
    return new GpuPlanning.Planned(plan);
  }

  private static String offered(AcceleratorPlan plan) {
    return String.join(
        " and ",
        plan.resources().entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .toList());
  }

  /** Nodes that are divided as those in use, when these are possible and serve the demand. */
  private Optional<AcceleratorPlan> inUse(List<Choice> choices) {
    List<List<SortedMap<String, Integer>>> patterns = ask.inUse().patterns();
    var check = new MigLayoutCheck(model, geometry, ask.models());
    boolean possible =
        patterns.stream()
            .allMatch(pattern ->
                (ask.inUse().settled() || pattern.size() == gpus())
                    && pattern.stream()
                        .allMatch(
                            layout -> layout.isEmpty() || check.mistakes(layout, path).isEmpty()));
    return choices.stream()
        .filter(_ -> possible)
        .flatMap(choice ->
            PatternsInUse.nodes(patterns, choice.parts())
                .map(nodes -> kept(choice, nodes))
                .stream())
        .min(Comparator.comparingInt(AcceleratorPlan::nodes));
  }

  private AcceleratorPlan kept(Choice choice, List<NodePattern> patterns) {
    int nodes = patterns.stream().mapToInt(NodePattern::nodes).sum();
    int atLeast = SlicePacking.atLeast(order(choice));
    boolean proven = patterns.size() == 1 && nodes == atLeast;
    return plan(choice, patterns, atLeast, proven, true);
  }

  private PackingOrder order(Choice choice) {
    return new PackingOrder(geometry, choice.parts(), gpus(), false);
  }

  private int gpus() {
    return ask.offers().getFirst().gpu().count();
  }

  private AcceleratorPlan plan(
      Choice choice, List<NodePattern> patterns, int atLeast, boolean proven, boolean kept) {
    return new AcceleratorPlan(
        patterns.stream()
            .map(pattern ->
                new AcceleratorPlan.Pattern(
                    MigNode.of(model, geometry, pattern.layouts()), pattern.nodes()))
            .toList(),
        choice.served(),
        atLeast,
        proven,
        kept);
  }

  private GpuPlanning refused(String problem, String remedy) {
    return new GpuPlanning.Refused(List.of(new Mistake(path, problem, remedy)));
  }
}
