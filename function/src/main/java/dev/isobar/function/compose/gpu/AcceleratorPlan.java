package dev.isobar.function.compose.gpu;

import dev.isobar.apis.schema.Size;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Nodes with GPUs and what they offer.
 *
 * @param patterns the kinds of nodes, those there are most of first; of a pool there is one
 * @param served what was demanded, in the order of the claim; empty unless slices were demanded
 * @param atLeast no plan serves the demand with fewer nodes; without a demand 0
 * @param proven whether no other plan has fewer nodes, nor fewer patterns with as many
 * @param kept whether nodes stay divided as they are
 */
public record AcceleratorPlan(
    List<Pattern> patterns, List<Served> served, int atLeast, boolean proven, boolean kept) {
  /**
   * Nodes that are alike.
   *
   * @param node what each of them does with its GPUs
   * @param nodes how many are needed; without a demand how many there may be
   */
  public record Pattern(GpuPlan node, int nodes) {}

  /**
   * What serves one line of a demand.
   *
   * @param asked the memory or profile as it was written
   * @param count how many
   * @param resource the extended resource that pods ask for
   */
  public record Served(String asked, int count, String resource) {}

  /** Copies the lists. */
  public AcceleratorPlan {
    patterns = List.copyOf(patterns);
    served = List.copyOf(served);
  }

  /** A plan without a demand. */
  static AcceleratorPlan of(GpuPlan node, int nodes) {
    return new AcceleratorPlan(List.of(new Pattern(node, nodes)), List.of(), 0, true, false);
  }

  /** The part of the plan that is of one pattern, and what of the demand that serves. */
  public AcceleratorPlan only(Pattern pattern) {
    return new AcceleratorPlan(
        List.of(pattern),
        served.stream()
            .filter(line -> pattern.node().resources().containsKey(line.resource()))
            .toList(),
        atLeast,
        proven,
        kept);
  }

  /** The node there is most of; in a pool all are like it. */
  public GpuPlan node() {
    return patterns.getFirst().node();
  }

  /** Nodes of all patterns. */
  public int nodes() {
    return patterns.stream().mapToInt(Pattern::nodes).sum();
  }

  /** Extended resources of all nodes and how many they offer of each. */
  public SortedMap<String, Integer> resources() {
    var all = new TreeMap<String, Integer>();
    for (Pattern pattern : patterns) {
      pattern
          .node()
          .resources()
          .forEach((resource, count) -> all.merge(resource, count * pattern.nodes(), Integer::sum));
    }
    return all;
  }

  /** Compute slices of all nodes that belong to no instance. */
  public int wastedComputeSlices() {
    return patterns.stream()
        .mapToInt(pattern -> pattern.node().wastedComputeSlices() * pattern.nodes())
        .sum();
  }

  /** Memory slices of all nodes that belong to no instance. */
  public int wastedMemorySlices() {
    return patterns.stream()
        .mapToInt(pattern -> pattern.node().wastedMemorySlices() * pattern.nodes())
        .sum();
  }

  /** The resource with the least GPU memory that is enough; of equal ones the first by name. */
  public Optional<String> resourceWith(Size memory) {
    var sizes = new TreeMap<String, Size>();
    patterns.forEach(pattern -> sizes.putAll(pattern.node().memory()));
    return sizes.entrySet().stream()
        .filter(entry -> entry.getValue().compareTo(memory) >= 0)
        .min(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey);
  }
}
