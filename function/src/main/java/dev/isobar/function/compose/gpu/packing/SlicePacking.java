package dev.isobar.function.compose.gpu.packing;

import dev.isobar.function.compose.gpu.geometry.MigProfile;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Packs a demand into nodes: first as few nodes as possible, then as few different patterns, then
 * as little waste. GPUs that the demand leaves over are divided into what is asked for as well. The
 * same demand gives the same nodes, in whatever order it is written.
 */
public final class SlicePacking {
  /** Large parts first, for they are the hardest to place; equal ones by name. */
  private static final Comparator<Part> ORDER =
      Comparator.comparingInt(SlicePacking::memory)
          .thenComparingInt(SlicePacking::compute)
          .reversed()
          .thenComparing(SlicePacking::name);

  /** So many nodes more are tried where they may not all differ. */
  private static final int FURTHER = 8;

  private final PackingOrder order;
  private final LayoutMenu menu;
  private final Amounts demand;
  private final GpuBound bound;
  private final GpuSearch search;

  private SlicePacking(PackingOrder order, LayoutMenu menu) {
    this.order = order;
    this.menu = menu;
    demand =
        new Amounts(
            menu.parts().stream().mapToInt(part -> order.demand().getOrDefault(part, 0)).toArray());
    bound = new GpuBound(menu);
    search = new GpuSearch(menu, bound);
  }

  /** Packs. */
  public static Packing pack(PackingOrder order) {
    return menu(order)
        .map(menu -> new SlicePacking(order, menu).pack())
        .orElseGet(Packing.TooManyLayouts::new);
  }

  /**
   * Packs into no more kinds of nodes than so many: as few nodes as do for that, and all of one
   * kind where these are as few.
   */
  public static Packing pack(PackingOrder order, int kinds) {
    return menu(order)
        .map(menu -> new SlicePacking(order, menu).pack(kinds))
        .orElseGet(Packing.TooManyLayouts::new);
  }

  /** A number of nodes that no packing goes below. */
  public static int atLeast(PackingOrder order) {
    return menu(order)
        .map(menu -> {
          var packing = new SlicePacking(order, menu);
          var _ = packing.bound.solve(packing.demand);
          return Math.ceilDiv(packing.bound.gpus(packing.demand), order.gpus());
        })
        .orElse(1);
  }

  private static Optional<LayoutMenu> menu(PackingOrder order) {
    return LayoutMenu.of(order.geometry(), order.demand().keySet().stream().sorted(ORDER).toList());
  }

  private Packing pack() {
    PatternSearch patterns = new PatternSearch(menu, bound, search, order.gpus());
    if (order.onePattern()) {
      return alike(patterns);
    }
    FewestGpus.Nodes fewest = new FewestGpus(menu, bound, search).nodes(demand, order.gpus());
    PatternSearch.Runs runs = patterns.fewest(demand, fewest.nodes(), fewest.layouts());
    return packed(runs, fewest, fewest.nodes() == fewest.atLeast());
  }

  private Packing.Packed packed(PatternSearch.Runs runs, FewestGpus.Nodes fewest, boolean best) {
    return new Packing.Packed(
        runs.runs().stream().map(this::pattern).sorted(SlicePacking::mostNodesFirst).toList(),
        fewest.atLeast(),
        runs.fewest() && best);
  }

  private Packing pack(int kinds) {
    PatternSearch patterns = new PatternSearch(menu, bound, search, order.gpus());
    if (kinds == 1) {
      return alike(patterns);
    }
    FewestGpus.Nodes fewest = new FewestGpus(menu, bound, search).nodes(demand, order.gpus());
    PatternSearch.Runs runs = patterns.fewest(demand, fewest.nodes(), fewest.layouts());
    if (runs.runs().size() <= kinds) {
      return packed(runs, fewest, fewest.nodes() == fewest.atLeast());
    }
    Packing alike = alike(patterns);
    int most =
        alike instanceof Packing.Packed one
            ? Math.min(one.nodes() - 1, fewest.nodes() + FURTHER)
            : fewest.nodes() + FURTHER;
    for (int nodes = fewest.nodes() + 1; nodes <= most; nodes++) {
      PatternSearch.Runs more = patterns.fewest(demand, nodes, fewest.layouts());
      if (more.runs().size() <= kinds) {
        return packed(more, fewest, false);
      }
    }
    return alike;
  }

  /** The more nodes there are the smaller is the share of each, so the fewest are bisected. */
  private Packing alike(PatternSearch patterns) {
    var _ = bound.solve(demand);
    int atLeast = Math.ceilDiv(bound.gpus(demand), order.gpus());
    int most = demand.most();
    if (!(patterns.one(demand, most) instanceof Search.Found)) {
      return new Packing.NoCommonPattern();
    }
    int low = Math.min(atLeast, most);
    boolean proven = true;
    while (low < most) {
      int middle = (low + most) / 2;
      Search found = patterns.one(demand, middle);
      if (found instanceof Search.Found) {
        most = middle;
      } else {
        proven = proven && found instanceof Search.None;
        low = middle + 1;
      }
    }
    return patterns.one(demand, most) instanceof Search.Found(List<Integer> layouts)
        ? new Packing.Packed(
            List.of(pattern(new PatternSearch.Run(layouts, most))), proven ? most : atLeast, proven)
        : new Packing.NoCommonPattern();
  }

  private NodePattern pattern(PatternSearch.Run run) {
    return new NodePattern(run.layouts().stream().map(menu::named).toList(), run.nodes());
  }

  private static int mostNodesFirst(NodePattern one, NodePattern other) {
    return Comparator.comparingInt(NodePattern::nodes)
        .reversed()
        .thenComparing(pattern -> pattern.layouts().toString())
        .compare(one, other);
  }

  private static int memory(Part part) {
    return part instanceof Part.Slice(MigProfile profile)
        ? profile.memorySlices()
        : Integer.MAX_VALUE;
  }

  private static int compute(Part part) {
    return part instanceof Part.Slice(MigProfile profile)
        ? profile.computeSlices()
        : Integer.MAX_VALUE;
  }

  private static String name(Part part) {
    return part instanceof Part.Slice(MigProfile profile) ? profile.name() : "";
  }
}
