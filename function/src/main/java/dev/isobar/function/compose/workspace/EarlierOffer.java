package dev.isobar.function.compose.workspace;

import dev.isobar.apis.schema.Size;
import dev.isobar.function.compose.gpu.GpuPlan;
import dev.isobar.function.compose.plan.EarlierGpus.Stage;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What nodes of an accelerator offer that are not as planned yet.
 *
 * @param perNode resources of each node
 * @param memory by resource, the GPU memory one of it comes with; missing where it is not known
 * @param plan what a node does with its GPUs; empty when only its resources are known
 * @param stage how far they are from gone
 */
public record EarlierOffer(
    SortedMap<String, Integer> perNode,
    SortedMap<String, Size> memory,
    Optional<GpuPlan> plan,
    Stage stage) {
  /** Copies the maps. */
  public EarlierOffer {
    perNode = Collections.unmodifiableSortedMap(new TreeMap<>(perNode));
    memory = Collections.unmodifiableSortedMap(new TreeMap<>(memory));
  }

  /** Whether servers go there. */
  boolean serves() {
    return stage == Stage.SERVING;
  }

  /** The resource with the least GPU memory that is enough; of equal ones the first by name. */
  Optional<String> with(Size enough) {
    return least(perNode, memory, enough);
  }

  static Optional<String> least(
      SortedMap<String, Integer> perNode, SortedMap<String, Size> memory, Size enough) {
    return memory.entrySet().stream()
        .filter(entry -> perNode.containsKey(entry.getKey()))
        .filter(entry -> entry.getValue().compareTo(enough) >= 0)
        .min(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey);
  }
}
