package dev.isobar.function.compose.gpu;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How nodes that exist are divided.
 *
 * @param patterns the instances by profile of each GPU of a node in the order of its index, once
 *     for all nodes that are alike; empty when there are no nodes yet, or their GPUs are shared
 * @param settled whether this very demand was planned to be served by them
 */
public record LayoutsInUse(List<List<SortedMap<String, Integer>>> patterns, boolean settled) {
  /** There is nothing yet. */
  public static final LayoutsInUse NONE = new LayoutsInUse(List.of(), false);

  /** Copies the lists. */
  public LayoutsInUse {
    patterns =
        patterns.stream()
            .map(pattern ->
                pattern.stream()
                    .map(layout -> Collections.unmodifiableSortedMap(new TreeMap<>(layout)))
                    .toList())
            .toList();
  }

  /** Nodes of several pools, by the configurations they select, none of which shares GPUs. */
  public static LayoutsInUse of(List<GpuNodeConfig> configs, int gpus, boolean settled) {
    return configs.isEmpty()
        ? NONE
        : new LayoutsInUse(
            configs.stream()
                .flatMap(config -> of(config, gpus, settled).patterns().stream())
                .toList(),
            settled);
  }

  /** Nodes of one pool, by the configuration they select. */
  public static LayoutsInUse of(GpuNodeConfig config, int gpus, boolean settled) {
    return config.sharing().isPresent()
        ? NONE
        : new LayoutsInUse(
            List.of(
                config
                    .mig()
                    .map(mig -> mig.layouts(gpus))
                    .orElseGet(() -> Collections.nCopies(gpus, Collections.emptySortedMap()))),
            settled);
  }
}
