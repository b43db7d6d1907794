package dev.isobar.function.compose.gpu.packing;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Nodes that are divided alike.
 *
 * @param layouts the instances by profile of each GPU in the order of its index, empty for a whole
 *     GPU
 * @param nodes how many nodes of it are needed
 */
public record NodePattern(List<SortedMap<String, Integer>> layouts, int nodes) {
  /** Copies the list. */
  public NodePattern {
    layouts =
        layouts.stream()
            .map(layout -> Collections.unmodifiableSortedMap(new TreeMap<>(layout)))
            .toList();
  }
}
