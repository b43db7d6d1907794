package dev.isobar.function.compose;

import dev.isobar.apis.platform.PoolState;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.plan.ObservedCluster;
import dev.isobar.function.compose.plan.PoolKinds;
import dev.isobar.function.compose.plan.StayingPool;
import dev.isobar.function.compose.workspace.WorkspacePlan;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What there is to say of pools that a workspace has no more, but for their nodes: those that stay
 * until others have come, and those that are emptied.
 */
final class LeavingPools {
  private static final String STAYING = "Leaving";
  private static final String EMPTIED = "Draining";

  private final WorkspacePlan plan;
  private final Desired desired;
  private final ObservedCluster observed;

  LeavingPools(WorkspacePlan plan, Desired desired, ObservedCluster observed) {
    this.plan = plan;
    this.desired = desired;
    this.observed = observed;
  }

  private SortedSet<String> names() {
    var names = new TreeSet<>(desired.leaving().keySet());
    plan.staying().forEach(pool -> names.add(pool.name()));
    return names;
  }

  List<PoolState> states(PastPools past) {
    return names().stream().map(name -> state(name, past.of(name))).toList();
  }

  /** What they offer is known from before. */
  private PoolState state(String name, Tree past) {
    List<Tree> deployments = observed.deployments(name);
    NodeGpus gpus = NodeGpus.told(past);
    return new PoolState(
        name,
        Optional.of(stays(name) ? STAYING : EMPTIED),
        stays(name) ? StayingPool.nodes(name, observed) : 0,
        deployments.stream().mapToInt(NodeCount::ready).sum(),
        0,
        deployments.stream()
            .flatMap(one -> ObservedCluster.version(one).stream())
            .findFirst()
            .map(version -> version.text()),
        past.at("machineType").text(),
        Optional.empty(),
        Optional.empty(),
        gpus.model(),
        gpus.count(),
        gpus.layout(),
        gpus.resources(),
        Optional.empty(),
        Optional.of(inWords(name)));
  }

  /** Whether the status said of a pool that it goes. */
  static boolean said(String state) {
    return state.equals(STAYING) || state.equals(EMPTIED);
  }

  private boolean stays(String pool) {
    return plan.staying().stream().anyMatch(one -> one.name().equals(pool));
  }

  private String inWords(String pool) {
    List<Tree> deployments = observed.deployments(pool);
    if (!stays(pool)) {
      return Farewell.inWords(desired.leaving().getOrDefault(pool, 0L), deployments);
    }
    int nodes = StayingPool.nodes(pool, observed);
    return "goes, but "
        + (nodes == 0 ? "stays" : Farewell.nodes(nodes) + (nodes == 1 ? " stays" : " stay"))
        + " until nodes of those that follow are there";
  }

  /** All of them in words; empty when there are none. */
  Optional<String> inWords() {
    List<String> all = names().stream().map(name -> "pool " + name + " " + inWords(name)).toList();
    return all.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", all));
  }

  /** The nodes of an accelerator's pools that are being emptied. */
  int emptied(String accelerator) {
    List<String> pools = PoolKinds.names(plan.id().pool(accelerator));
    return Math.toIntExact(
        desired.leaving().entrySet().stream()
            .filter(pool -> pools.contains(pool.getKey()))
            .mapToLong(pool -> pool.getValue())
            .sum());
  }
}
