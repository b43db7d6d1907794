package dev.isobar.function.compose.gpu.packing;

import dev.isobar.function.compose.gpu.packing.LayoutMenu.Layout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds layouts of some GPUs that serve a demand. Takes the first part that is still missing and
 * tries every layout that has it: one GPU must have such a layout, and which one does not matter.
 *
 * <p>How much is looked at is bounded by counting, not by time, so that the answer is always the
 * same.
 */
final class GpuSearch {
  private static final int MOST_VISITS = 60_000;
  private static final int MOST_STATES = 60_000;

  /** GPUs that are searched at once; each is a level of recursion. */
  private static final int MOST_GPUS = 256;

  /** GPUs and what they are to serve. */
  private record Need(Amounts demand, int gpus) {}

  /** The best first layout for a need, and the waste of it and all that follow. */
  private record Step(int layout, long waste) {}

  private static final Step DEAD_END = new Step(-1, 0);

  private final LayoutMenu menu;
  private final GpuBound bound;
  private final Set<Need> dead = new HashSet<>();
  private final Map<Need, Step> steps = new HashMap<>();
  private int visits;

  GpuSearch(LayoutMenu menu, GpuBound bound) {
    this.menu = menu;
    this.bound = bound;
  }

  /** Any layouts that serve the demand; GPUs that are not needed have none. */
  Search any(Amounts demand, int gpus) {
    if (bound.gpus(demand) > gpus) {
      return new Search.None();
    }
    if (gpus > MOST_GPUS) {
      return new Search.GivenUp();
    }
    var chosen = new ArrayDeque<Integer>();
    if (visit(demand, gpus, chosen)) {
      return new Search.Found(List.copyOf(chosen));
    }
    return visits > MOST_VISITS ? new Search.GivenUp() : new Search.None();
  }

  private boolean visit(Amounts demand, int gpus, Deque<Integer> chosen) {
    if (demand.none()) {
      return true;
    }
    if (bound.gpus(demand) > gpus) {
      return false;
    }
    var need = new Need(demand, gpus);
    if (dead.contains(need) || ++visits > MOST_VISITS) {
      return false;
    }
    for (int layout : mostFirst(demand)) {
      chosen.addLast(layout);
      if (visit(demand.less(menu.layout(layout).parts(), 1), gpus - 1, chosen)) {
        return true;
      }
      chosen.removeLast();
    }
    if (visits <= MOST_VISITS) {
      dead.add(need);
    }
    return false;
  }

  /** Layouts with the first missing part, those that leave least to do first. */
  private List<Integer> mostFirst(Amounts demand) {
    record Choice(int layout, double left) {}
    List<Choice> choices = new ArrayList<>();
    for (int layout : having(demand)) {
      choices.add(new Choice(layout, bound.worth(demand.less(menu.layout(layout).parts(), 1))));
    }
    choices.sort(Comparator.comparingDouble(Choice::left));
    return choices.stream().map(Choice::layout).toList();
  }

  private List<Integer> having(Amounts demand) {
    int part = 0;
    while (demand.of(part) == 0) {
      part++;
    }
    List<Integer> having = new ArrayList<>();
    for (int i = 0; i < menu.layouts().size(); i++) {
      if (menu.layout(i).parts().of(part) > 0) {
        having.add(i);
      }
    }
    return having;
  }

  /**
   * The layouts that serve the demand and waste least; a GPU that is not needed gets the layout
   * that wastes least.
   */
  Search thriftiest(Amounts demand, int gpus) {
    Optional<Step> first = step(demand, gpus);
    if (first.isEmpty()) {
      return any(demand, gpus) instanceof Search.Found(List<Integer> layouts)
          ? new Search.Found(filled(layouts, gpus))
          : new Search.GivenUp();
    }
    if (first.get().equals(DEAD_END)) {
      return new Search.None();
    }
    List<Integer> layouts = new ArrayList<>();
    Amounts left = demand;
    while (!left.none()) {
      int layout = step(left, gpus - layouts.size()).orElseThrow().layout();
      layouts.add(layout);
      left = left.less(menu.layout(layout).parts(), 1);
    }
    return new Search.Found(filled(layouts, gpus));
  }

  /** Layouts for all of the GPUs: those that serve nothing yet waste as little as can be. */
  static List<Integer> filled(List<Integer> layouts, int gpus) {
    List<Integer> filled = new ArrayList<>(layouts);
    while (filled.size() < gpus) {
      filled.add(0);
    }
    filled.sort(Comparator.naturalOrder());
    return filled;
  }

  long waste(List<Integer> layouts) {
    return layouts.stream().mapToLong(layout -> menu.layout(layout).waste()).sum();
  }

  /** The best step, or a dead end; empty when there is too much to look at. */
  private Optional<Step> step(Amounts demand, int gpus) {
    if (demand.none()) {
      return Optional.of(new Step(0, (long) gpus * menu.layout(0).waste()));
    }
    if (bound.gpus(demand) > gpus) {
      return Optional.of(DEAD_END);
    }
    var need = new Need(demand, gpus);
    Step known = steps.get(need);
    if (known != null) {
      return Optional.of(known);
    }
    if (steps.size() >= MOST_STATES || gpus > MOST_GPUS) {
      return Optional.empty();
    }
    Step best = DEAD_END;
    for (int layout : having(demand)) {
      Layout tried = menu.layout(layout);
      Optional<Step> next = step(demand.less(tried.parts(), 1), gpus - 1);
      if (next.isEmpty()) {
        return Optional.empty();
      }
      long waste = next.get().waste() + tried.waste();
      if (!next.get().equals(DEAD_END) && (best.equals(DEAD_END) || waste < best.waste())) {
        best = new Step(layout, waste);
      }
    }
    steps.put(need, best);
    return Optional.of(best);
  }
}
