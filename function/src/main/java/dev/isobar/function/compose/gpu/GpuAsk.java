package dev.isobar.function.compose.gpu;

import dev.isobar.apis.platform.Partitioning;
import dev.isobar.function.compose.gpu.geometry.GpuModels;
import java.util.List;

/**
 * What is asked of a planner.
 *
 * @param offers the machine types in the order they are tried, at least one
 * @param partitioning how the claim wants GPUs divided
 * @param models the products the Cloud has
 * @param nodes how many nodes there may be and whether they may differ
 * @param inUse how nodes that exist are divided
 * @param path where the partitioning stands in the claim, for example {@code
 *     spec.pools[1].gpu.partitioning}
 */
public record GpuAsk(
    List<GpuOffer> offers,
    Partitioning partitioning,
    GpuModels models,
    Nodes nodes,
    LayoutsInUse inUse,
    String path) {
  /**
   * How many nodes there may be.
   *
   * @param most at most so many; 0 when nothing limits them
   * @param kinds at most so many kinds of them, each divided in its own way; 1 for those of one
   *     pool
   */
  public record Nodes(int most, int kinds) {}

  /** Copies the list. */
  public GpuAsk {
    offers = List.copyOf(offers);
    if (offers.isEmpty()) {
      throw new IllegalArgumentException("a plan needs a machine type");
    }
  }
}
