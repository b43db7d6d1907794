package dev.isobar.function.compose.gpu.packing;

import dev.isobar.function.compose.gpu.packing.NodeFront.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Divides nodes so that few of them differ. With few nodes all ways are looked at; with many, one
 * pattern is tried, then two and three whose parts are the demand's share of a node rounded up or
 * down.
 */
final class PatternSearch {
  /** Up to so many nodes all ways are looked at. */
  private static final int SEARCHED = 6;

  private static final int MOST_VISITS = 20_000;
  private static final int MOST_TRIES = 2_000;
  private static final int MOST_ROUNDED_PARTS = 5;

  /** Nodes that are divided alike, by the layout of each GPU. */
  record Run(List<Integer> layouts, int nodes) {}

  /**
   * What was found.
   *
   * @param fewest whether fewer patterns do not do
   */
  record Runs(List<Run> runs, long waste, boolean fewest) {}

  private final LayoutMenu menu;
  private final GpuSearch search;
  private final GpuBound bound;
  private final int gpus;
  private int visits;
  private int tries;
  private boolean complete = true;

  PatternSearch(LayoutMenu menu, GpuBound bound, GpuSearch search, int gpus) {
    this.menu = menu;
    this.bound = bound;
    this.search = search;
    this.gpus = gpus;
  }

  /** All nodes alike. */
  Search one(Amounts demand, int nodes) {
    return search.thriftiest(demand.each(nodes), gpus);
  }

  /**
   * As few patterns as can be found for so many nodes.
   *
   * @param layouts of the GPUs, so many nodes of them or fewer, which serve the demand: the way out
   */
  Runs fewest(Amounts demand, int nodes, List<Integer> layouts) {
    Search alike = one(demand, nodes);
    if (alike instanceof Search.Found(List<Integer> pattern)) {
      return new Runs(List.of(new Run(pattern, nodes)), nodes * search.waste(pattern), true);
    }
    complete = alike instanceof Search.None;
    if (nodes <= SEARCHED) {
      for (int patterns = 2; patterns < nodes && complete; patterns++) {
        Optional<Runs> found = all(demand, nodes, patterns);
        if (found.isPresent()) {
          return found.get();
        }
      }
      if (complete) {
        Optional<Runs> found = all(demand, nodes, nodes);
        if (found.isPresent()) {
          return found.get();
        }
      }
    }
    for (int patterns = 2; patterns <= 3; patterns++) {
      tries = 0;
      Optional<List<Run>> found = rounded(demand, nodes, patterns);
      if (found.isPresent()) {
        return new Runs(found.get(), waste(found.get()), complete && patterns == 2);
      }
    }
    List<Run> runs = dealt(layouts, nodes);
    return new Runs(runs, waste(runs), false);
  }

  /** The least waste with so many patterns or fewer. */
  private Optional<Runs> all(Amounts demand, int nodes, int patterns) {
    if (++visits > MOST_VISITS) {
      complete = false;
      return Optional.empty();
    }
    if (bound.gpus(demand) > nodes * gpus) {
      return Optional.empty();
    }
    if (patterns == 1 || nodes == 1) {
      Search alike = one(demand, nodes);
      complete = complete && !(alike instanceof Search.GivenUp);
      return alike instanceof Search.Found(List<Integer> pattern)
          ? Optional.of(
              new Runs(List.of(new Run(pattern, nodes)), nodes * search.waste(pattern), true))
          : Optional.empty();
    }
    Optional<Runs> best = Optional.empty();
    for (int most = nodes; most >= Math.ceilDiv(nodes, patterns); most--) {
      Optional<List<Node>> front = NodeFront.of(menu, gpus, demand.each(most));
      complete = complete && front.isPresent();
      for (Node node : front.orElse(List.of())) {
        best = better(best, with(node, most, demand, nodes, patterns));
      }
    }
    return best;
  }

  private Optional<Runs> with(Node node, int times, Amounts demand, int nodes, int patterns) {
    var run = new Run(node.layouts(), times);
    long waste = node.waste() * times;
    Amounts left = demand.less(node.serves(), times);
    if (times == nodes) {
      return left.none() ? Optional.of(new Runs(List.of(run), waste, true)) : Optional.empty();
    }
    return all(left, nodes - times, patterns - 1)
        .map(rest -> {
          List<Run> runs = new ArrayList<>(List.of(run));
          runs.addAll(rest.runs());
          return new Runs(runs, waste + rest.waste(), true);
        });
  }

  private static Optional<Runs> better(Optional<Runs> one, Optional<Runs> other) {
    boolean improves =
        other.isPresent() && (one.isEmpty() || other.get().waste() < one.get().waste());
    return improves ? other : one;
  }

  /** The first patterns found whose parts are a node's share, rounded up or down. */
  private Optional<List<Run>> rounded(Amounts demand, int nodes, int patterns) {
    if (patterns == 1 || nodes == 1) {
      return one(demand, nodes) instanceof Search.Found(List<Integer> pattern)
          ? Optional.of(List.of(new Run(pattern, nodes)))
          : Optional.empty();
    }
    for (int most = nodes - 1; most >= Math.ceilDiv(nodes, patterns); most--) {
      for (Amounts share : shares(demand, most)) {
        if (++tries > MOST_TRIES) {
          return Optional.empty();
        }
        Amounts left = demand.less(share, most);
        boolean hopeless = bound.gpus(share) > gpus || bound.gpus(left) > (nodes - most) * gpus;
        if (!hopeless && search.any(share, gpus) instanceof Search.Found) {
          Optional<List<Run>> rest = rounded(left, nodes - most, patterns - 1);
          Search pattern = rest.isEmpty() ? new Search.None() : search.thriftiest(share, gpus);
          if (pattern instanceof Search.Found(List<Integer> layouts)) {
            List<Run> runs = new ArrayList<>(List.of(new Run(layouts, most)));
            runs.addAll(rest.orElseThrow());
            return Optional.of(runs);
          }
        }
      }
    }
    return Optional.empty();
  }

  /** The share of one of so many nodes, each part rounded up or down. */
  private static List<Amounts> shares(Amounts demand, int nodes) {
    int parts = Math.min(demand.size(), MOST_ROUNDED_PARTS);
    List<Amounts> shares = new ArrayList<>();
    for (int choice = 0; choice < 1 << parts; choice++) {
      int[] share = new int[demand.size()];
      for (int i = 0; i < share.length; i++) {
        boolean up = i < parts && (choice >> i & 1) == 1;
        share[i] = up ? Math.ceilDiv(demand.of(i), nodes) : demand.of(i) / nodes;
      }
      shares.add(new Amounts(share));
    }
    return shares;
  }

  /**
   * Deals the GPUs out to nodes: as many nodes as there are GPUs for get the same pattern, then as
   * many of the rest, and so on. With {@code l} different layouts at least {@code gpus / (gpus +
   * l)} of the nodes are done each time, so there are few patterns, though not always the fewest.
   */
  private List<Run> dealt(List<Integer> layouts, int nodes) {
    int[] left = new int[menu.layouts().size()];
    GpuSearch.filled(layouts, nodes * gpus).forEach(layout -> left[layout]++);
    List<Run> runs = new ArrayList<>();
    int rest = nodes;
    while (rest > 0) {
      int times = rest;
      while (alike(left, times) < gpus) {
        times--;
      }
      List<Integer> pattern = new ArrayList<>();
      for (int i = 0; i < left.length; i++) {
        for (int one = left[i] / times; one > 0 && pattern.size() < gpus; one--) {
          pattern.add(i);
          left[i] -= times;
        }
      }
      runs.add(new Run(pattern, times));
      rest -= times;
    }
    return runs;
  }

  /** How many GPUs so many nodes could have alike. */
  private static int alike(int[] layouts, int nodes) {
    int gpus = 0;
    for (int count : layouts) {
      gpus += count / nodes;
    }
    return gpus;
  }

  private long waste(List<Run> runs) {
    return runs.stream().mapToLong(run -> search.waste(run.layouts()) * run.nodes()).sum();
  }
}
