package dev.isobar.function.compose.gpu;

import dev.isobar.apis.schema.Size;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What each node of a pool does with its GPUs, and what it offers then.
 *
 * @param model the GPUs' model by its first name, never an alias; with fall-backs that of the first
 *     machine type
 * @param count GPUs of a node
 * @param layouts under MIG the instances by profile of each GPU in the order of its index, empty
 *     for a whole GPU; without MIG no layouts
 * @param mig what mig-parted must do; empty when it has nothing to divide
 * @param sharing what the device plugin must do; empty when GPUs are not shared
 * @param resources extended resources of a node and how many it offers of each
 * @param memory by resource, the GPU memory one of it comes with: in NVIDIA's rounding a whole
 *     GPU's or a slice's own, an MPS client's share of it, but under time slicing the share that is
 *     fair, which nobody enforces; a resource is missing when the memory of the GPU is not known
 * @param wastedComputeSlices compute slices of a node's divided GPUs that belong to no instance
 * @param wastedMemorySlices memory slices of a node's divided GPUs that belong to no instance, as
 *     NVML counts them
 */
public record GpuPlan(
    String model,
    int count,
    List<SortedMap<String, Integer>> layouts,
    Optional<MigConfig> mig,
    Optional<SharingConfig> sharing,
    SortedMap<String, Integer> resources,
    SortedMap<String, Size> memory,
    int wastedComputeSlices,
    int wastedMemorySlices) {
  /** The resource of GPUs that are not divided by MIG. */
  public static final String WHOLE = "nvidia.com/gpu";

  /** Copies lists and maps. */
  public GpuPlan {
    layouts = layouts.stream().map(GpuPlan::frozen).toList();
    resources = frozen(resources);
    memory = frozen(memory);
  }

  /** What the GPU Operator must be told for these nodes, and what their labels say. */
  public GpuNodeConfig config() {
    return new GpuNodeConfig(mig, sharing);
  }

  private static <T> SortedMap<String, T> frozen(SortedMap<String, T> map) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }
}
