package dev.isobar.function.compose.workspace;

import dev.isobar.apis.platform.Partitioning;
import dev.isobar.apis.platform.Taint;
import dev.isobar.apis.schema.Size;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.cloud.Machine;
import dev.isobar.function.compose.gpu.GpuPlan;
import dev.isobar.function.compose.gpu.SharingConfig;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an accelerator of a workspace offers to pods; where its nodes differ, one kind of them.
 *
 * @param name the accelerator
 * @param pool the pool its nodes are of
 * @param perNode resources of each node as planned; none of a pool that goes
 * @param memory by resource, the GPU memory one of it comes with; missing where it is not known
 * @param plan what a node does with its GPUs; empty when the Cloud has no more what it takes to
 *     tell
 * @param most how many nodes there may be
 * @param machines the machine types of the nodes
 * @param taints of the nodes, besides that of all GPU nodes
 * @param lent how the cluster's own pool is doing, as its status says; absent for nodes of the
 *     workspace's own
 * @param partitioning how its GPUs are to be divided
 * @param earlier what nodes offer that are not as planned yet; empty when all are
 */
public record AcceleratorOffer(
    String name,
    String pool,
    SortedMap<String, Integer> perNode,
    SortedMap<String, Size> memory,
    Optional<GpuPlan> plan,
    int most,
    List<Machine> machines,
    List<Taint> taints,
    Tree lent,
    Optional<Partitioning> partitioning,
    Optional<EarlierOffer> earlier) {
  /** Copies maps and lists. */
  public AcceleratorOffer {
    perNode = Collections.unmodifiableSortedMap(new TreeMap<>(perNode));
    memory = Collections.unmodifiableSortedMap(new TreeMap<>(memory));
    machines = List.copyOf(machines);
    taints = List.copyOf(taints);
  }

  /**
   * What some node of an accelerator offers, whichever it is.
   *
   * @param kinds its kinds of nodes, at least one; they are of the same machines
   */
  static AcceleratorOffer ofAny(List<AcceleratorOffer> kinds) {
    AcceleratorOffer first = kinds.getFirst();
    var perNode = new TreeMap<String, Integer>();
    var memory = new TreeMap<String, Size>();
    for (AcceleratorOffer kind : kinds) {
      kind.perNode.forEach((resource, count) -> perNode.merge(resource, count, Math::max));
      memory.putAll(kind.memory);
    }
    return new AcceleratorOffer(
        first.name,
        first.pool,
        perNode,
        memory,
        first.plan,
        kinds.stream().mapToInt(AcceleratorOffer::most).sum(),
        first.machines,
        first.taints,
        first.lent,
        first.partitioning,
        first.earlier);
  }

  /** Whether its pool goes, and stays until others have nodes: it offers nothing as planned. */
  boolean stays() {
    return perNode.isEmpty() && earlier.isPresent();
  }

  /** Of shared GPUs a second part is no faster than one, or is refused by the device plugin. */
  boolean one() {
    return partitioning
        .filter(way ->
            way.mps().isPresent()
                || way.timeSlicing()
                    .filter(slices -> slices.failRequestsGreaterThanOne())
                    .isPresent())
        .isPresent();
  }

  /** Whether programs share its GPUs by MPS, on some of its nodes at least. */
  boolean mps() {
    return partitioning.flatMap(Partitioning::mps).isPresent()
        || planNow()
            .flatMap(GpuPlan::sharing)
            .filter(sharing -> sharing.strategy() == SharingConfig.Strategy.MPS)
            .isPresent();
  }

  /** What all nodes that there may be offer. */
  SortedMap<String, Integer> inAll() {
    return times(perNode);
  }

  /** What each node offers until all are as planned. */
  public SortedMap<String, Integer> perNodeNow() {
    return earlier.map(EarlierOffer::perNode).orElse(perNode);
  }

  /** What all nodes that there may be offer until all are as planned. */
  public SortedMap<String, Integer> inAllNow() {
    return times(perNodeNow());
  }

  /** What a node does with its GPUs until all are as planned. */
  public Optional<GpuPlan> planNow() {
    return earlier.isPresent() ? earlier.get().plan() : plan;
  }

  private SortedMap<String, Integer> times(SortedMap<String, Integer> resources) {
    var all = new TreeMap<String, Integer>();
    resources.forEach((resource, count) -> all.put(resource, count * most));
    return all;
  }

  /** The resource with the least GPU memory that is enough; of equal ones the first by name. */
  Optional<String> with(Size enough) {
    return EarlierOffer.least(perNode, memory, enough);
  }

  /** The resource with the most GPU memory, with its memory; empty when none is known. */
  Optional<Map.Entry<String, Size>> largest() {
    return memory.entrySet().stream()
        .filter(entry -> perNode.containsKey(entry.getKey()))
        .max(Map.Entry.comparingByValue());
  }

  /** GPUs of each node; 0 when that is not known. */
  int gpus() {
    return plan.map(GpuPlan::count).orElse(0);
  }
}
