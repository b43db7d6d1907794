package dev.isobar.function.compose.gpu.packing;

import dev.isobar.function.compose.gpu.geometry.MigProfile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** How many nodes of patterns that are there already would serve a demand. */
public final class PatternsInUse {
  /** More are not looked at together: an accelerator never has them. */
  private static final int MOST_PATTERNS = 4;

  private static final int MOST_VISITS = 200_000;

  private final List<List<SortedMap<String, Integer>>> patterns;
  private final List<Amounts> offers;
  private final List<Integer> chosen = new ArrayList<>();
  private List<Integer> best = List.of();
  private int fewest = Integer.MAX_VALUE;
  private int visits;

  private PatternsInUse(List<List<SortedMap<String, Integer>>> patterns, List<Part> parts) {
    this.patterns = patterns;
    offers = patterns.stream().map(pattern -> amounts(pattern, parts)).toList();
  }

  /**
   * The fewest nodes of these patterns that serve the demand, patterns that are not needed left
   * out; empty when no number of them does.
   *
   * @param patterns the layout of each GPU of a node, in the order of its index
   */
  public static Optional<List<NodePattern>> nodes(
      List<List<SortedMap<String, Integer>>> patterns, Map<Part, Integer> demand) {
    List<Part> parts = List.copyOf(demand.keySet());
    var asked =
        new Amounts(parts.stream().mapToInt(part -> demand.getOrDefault(part, 0)).toArray());
    if (patterns.isEmpty() || patterns.size() > MOST_PATTERNS) {
      return Optional.empty();
    }
    var inUse = new PatternsInUse(patterns, parts);
    inUse.from(0, asked, 0);
    return inUse.fewest == Integer.MAX_VALUE ? Optional.empty() : Optional.of(inUse.answer());
  }

  private List<NodePattern> answer() {
    List<NodePattern> nodes = new ArrayList<>();
    for (int i = 0; i < best.size(); i++) {
      if (best.get(i) > 0) {
        nodes.add(new NodePattern(patterns.get(i), best.get(i)));
      }
    }
    nodes.sort(Comparator.comparingInt(NodePattern::nodes).reversed());
    return nodes;
  }

  private void from(int pattern, Amounts left, int nodes) {
    if (nodes >= fewest || ++visits > MOST_VISITS) {
      return;
    }
    if (pattern == offers.size()) {
      if (left.none()) {
        fewest = nodes;
        best = List.copyOf(chosen);
      }
      return;
    }
    Amounts offer = offers.get(pattern);
    int most = enough(left, offer);
    boolean last = pattern == offers.size() - 1;
    for (int times = most; times >= (last ? most : 0); times--) {
      chosen.add(times);
      from(pattern + 1, left.less(offer, times), nodes + times);
      chosen.removeLast();
    }
  }

  /** So many nodes serve all of what the pattern has. */
  private static int enough(Amounts left, Amounts offer) {
    int most = 0;
    for (int i = 0; i < left.size(); i++) {
      if (offer.of(i) > 0) {
        most = Math.max(most, Math.ceilDiv(left.of(i), offer.of(i)));
      }
    }
    return most;
  }

  private static Amounts amounts(List<SortedMap<String, Integer>> pattern, List<Part> parts) {
    int[] numbers = new int[parts.size()];
    for (int i = 0; i < numbers.length; i++) {
      for (SortedMap<String, Integer> layout : pattern) {
        numbers[i] +=
            switch (parts.get(i)) {
              case Part.Slice(MigProfile profile) -> layout.getOrDefault(profile.name(), 0);
              case Part.WholeGpu() -> layout.isEmpty() ? 1 : 0;
            };
      }
    }
    return new Amounts(numbers);
  }
}
