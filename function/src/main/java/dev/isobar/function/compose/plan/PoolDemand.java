package dev.isobar.function.compose.plan;

import dev.isobar.apis.decode.Encoder;
import dev.isobar.apis.platform.Gpu;
import dev.isobar.apis.platform.Partitioning;
import dev.isobar.apis.platform.Partitioning.Demand;
import dev.isobar.apis.platform.Partitioning.Mig;
import dev.isobar.apis.platform.Partitioning.Whole;
import dev.isobar.apis.platform.Pool;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.gpu.AcceleratorPlan;
import dev.isobar.function.compose.gpu.MigConfig;
import dev.isobar.function.compose.naming.Canonical;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * A demand of a pool and the layouts that were chosen for it.
 *
 * @param plan the layouts, of one pattern
 * @param mark the demand and the layouts of all its nodes in a few letters: what the
 *     MachineDeployment remembers, so that they are not chosen anew while the demand is the same
 */
public record PoolDemand(AcceleratorPlan plan, String mark) {
  private static final String AND = "+";

  /**
   * A demand.
   *
   * @param plan the layouts of one kind of nodes
   * @param patterns all kinds that serve the demand together
   */
  static PoolDemand of(
      List<Demand> demand, AcceleratorPlan plan, List<AcceleratorPlan.Pattern> patterns) {
    String names =
        patterns.stream()
            .map(pattern -> name(pattern.node().mig()))
            .distinct()
            .sorted()
            .collect(Collectors.joining(AND));
    return new PoolDemand(plan, hash(demand) + "." + names);
  }

  /**
   * The kinds of nodes that were chosen for this very demand, by the names of their layouts; empty
   * when a MachineDeployment does not remember any.
   */
  static Optional<List<String>> chosen(Tree deployment, List<Demand> demand) {
    String asked = hash(demand) + ".";
    return ObservedCluster.annotation(deployment, Marks.GPU_DEMAND)
        .filter(mark -> mark.startsWith(asked))
        .map(mark -> List.of(mark.substring(asked.length()).split("[" + AND + "]")));
  }

  private static String hash(List<Demand> demand) {
    return Canonical.hash(demand.stream().map(Encoder::onlySet).toList());
  }

  /** The name of a layout; the name of none is that of whole GPUs. */
  static String name(Optional<MigConfig> mig) {
    return mig.map(MigConfig::name).orElse("whole");
  }

  /**
   * The pool as if its user had written the layouts that were chosen. Content hashes are taken of
   * it: another demand that the same layouts serve replaces no node.
   */
  Pool written(Pool pool) {
    return written(pool, plan.node().layouts());
  }

  /** The pool as if its user had written these layouts, one for each GPU of a node. */
  static Pool written(Pool pool, List<SortedMap<String, Integer>> layouts) {
    return pool.with(new Gpu(partitioning(layouts)));
  }

  private static Partitioning partitioning(List<SortedMap<String, Integer>> layouts) {
    boolean alike = layouts.stream().distinct().count() == 1;
    if (alike && layouts.getFirst().isEmpty()) {
      return new Partitioning(
          Optional.of(new Whole()), Optional.empty(), Optional.empty(), Optional.empty());
    }
    Optional<Map<String, Integer>> layout =
        alike ? Optional.of(layouts.getFirst()) : Optional.empty();
    Optional<List<Map<String, Integer>>> each =
        alike ? Optional.empty() : Optional.of(List.copyOf(layouts));
    return new Partitioning(
        Optional.empty(),
        Optional.of(new Mig(layout, each, Optional.empty())),
        Optional.empty(),
        Optional.empty());
  }
}
