package dev.isobar.function.compose.gpu.packing;

import java.util.List;

/** What came of packing. */
public sealed interface Packing {
  /**
   * It can be done.
   *
   * @param patterns how the nodes are divided, those with most nodes first
   * @param atLeast no packing has fewer nodes than that
   * @param proven whether no packing has fewer nodes, nor fewer patterns with as many nodes
   */
  record Packed(List<NodePattern> patterns, int atLeast, boolean proven) implements Packing {
    /** Copies the list. */
    public Packed {
      patterns = List.copyOf(patterns);
    }

    /** Nodes of all patterns. */
    public int nodes() {
      return patterns.stream().mapToInt(NodePattern::nodes).sum();
    }
  }

  /** All nodes must be divided alike, but the parts do not fit on one node. */
  record NoCommonPattern() implements Packing {}

  /** There are too many ways to divide a GPU into these parts to look at all of them. */
  record TooManyLayouts() implements Packing {}
}
