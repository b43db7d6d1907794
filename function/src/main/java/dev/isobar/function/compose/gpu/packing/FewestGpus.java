package dev.isobar.function.compose.gpu.packing;

import java.util.ArrayList;
import java.util.List;

/** How few nodes serve a demand when each may be divided in its own way. */
final class FewestGpus {
  /** Up to so many GPUs all packings are looked at when the quick one may not be the best. */
  private static final int SEARCHED = 48;

  private static final double SMALL = 1e-9;

  private final LayoutMenu menu;
  private final GpuBound bound;
  private final GpuSearch search;

  FewestGpus(LayoutMenu menu, GpuBound bound, GpuSearch search) {
    this.menu = menu;
    this.bound = bound;
    this.search = search;
  }

  /**
   * Nodes that serve a demand.
   *
   * @param layouts the layout of each GPU that is needed
   * @param nodes how many nodes they are
   * @param atLeast no packing has fewer nodes than that
   */
  record Nodes(List<Integer> layouts, int nodes, int atLeast) {}

  Nodes nodes(Amounts demand, int gpus) {
    FractionalCover.Solution solution = bound.solve(demand);
    int atLeast = Math.ceilDiv(bound.gpus(demand), gpus);
    List<Integer> layouts = rounded(demand, solution, 0);
    for (int less = 1; less <= 2 && Math.ceilDiv(layouts.size(), gpus) > atLeast; less++) {
      List<Integer> other = rounded(demand, solution, less);
      layouts = other.size() < layouts.size() ? other : layouts;
    }
    int proven = atLeast;
    boolean known = true;
    for (int n = atLeast; n < Math.ceilDiv(layouts.size(), gpus); n++) {
      Search found = n * gpus > SEARCHED ? new Search.GivenUp() : search.any(demand, n * gpus);
      if (found instanceof Search.Found(List<Integer> fewer)) {
        layouts = fewer;
      }
      known = known && found instanceof Search.None;
      proven = known ? n + 1 : proven;
    }
    return new Nodes(layouts, Math.ceilDiv(layouts.size(), gpus), proven);
  }

  /**
   * As many whole uses of layouts as the fractional solution has, but for some; what is left is
   * packed by search.
   */
  private List<Integer> rounded(Amounts demand, FractionalCover.Solution solution, int less) {
    List<Integer> layouts = new ArrayList<>();
    Amounts left = demand;
    for (int i = 0; i < menu.layouts().size(); i++) {
      int times = (int) Math.floor(solution.uses().get(i) + SMALL) - less;
      for (int j = 0; j < times; j++) {
        layouts.add(i);
      }
      left = times > 0 ? left.less(menu.layout(i).parts(), times) : left;
    }
    layouts.addAll(rest(left));
    return layouts;
  }

  /** Every GPU can serve one part more, so this ends. */
  private List<Integer> rest(Amounts left) {
    for (int gpus = bound.gpus(left); ; gpus++) {
      switch (search.any(left, gpus)) {
        case Search.Found(List<Integer> found) -> {
          return found;
        }
        case Search.None() -> {}
        case Search.GivenUp() -> {
          return greedy(left);
        }
      }
    }
  }

  /** The layout that leaves least, again and again. */
  private List<Integer> greedy(Amounts demand) {
    List<Integer> layouts = new ArrayList<>();
    Amounts left = demand;
    while (!left.none()) {
      int best = 0;
      double least = Double.POSITIVE_INFINITY;
      for (int i = 0; i < menu.layouts().size(); i++) {
        Amounts after = left.less(menu.layout(i).parts(), 1);
        double worth = after.equals(left) ? Double.POSITIVE_INFINITY : bound.worth(after);
        if (worth < least) {
          best = i;
          least = worth;
        }
      }
      layouts.add(best);
      left = left.less(menu.layout(best).parts(), 1);
    }
    return layouts;
  }
}
