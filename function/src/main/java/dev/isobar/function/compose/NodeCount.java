package dev.isobar.function.compose;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.plan.ObservedCluster;
import dev.isobar.function.compose.plan.PoolPlan;
import java.util.Optional;

/**
 * How many nodes a pool has and shall have.
 *
 * @param wanted nodes wanted; of an autoscaled pool those the autoscaler asks for now, and no fewer
 *     than its lower limit
 * @param ready nodes ready; those that go once others have come stand in for them
 */
record NodeCount(int wanted, int ready) {
  static NodeCount of(PoolPlan pool, ObservedCluster observed) {
    boolean scaled = pool.pool().autoscale().isPresent();
    long wanted = 0;
    long ready = 0;
    for (PoolPlan.Share share : pool.shares()) {
      Tree deployment = observed.resource(pool.key(share));
      long asked = deployment.at("spec", "replicas").whole().orElse(0L);
      wanted += scaled ? Math.max(asked, share.fewest()) : share.fewest();
      ready += ready(deployment);
    }
    long outgoing = pool.outgoing(observed).values().stream().mapToInt(NodeCount::ready).sum();
    long standIns = Math.min(outgoing, Math.max(0, wanted - ready));
    return new NodeCount(whole(wanted), whole(ready + standIns));
  }

  /** The ready nodes of a MachineDeployment. */
  static int ready(Tree deployment) {
    return whole(deployment.at("status", "readyReplicas").whole().orElse(0L));
  }

  /** The nodes that are not there yet, in words; empty when all are. */
  Optional<String> coming() {
    int missing = wanted - ready;
    return missing <= 0
        ? Optional.empty()
        : Optional.of(
            missing + " of " + wanted + " nodes " + (missing == 1 ? "is" : "are") + " coming");
  }

  private static int whole(long count) {
    return Math.toIntExact(Math.clamp(count, 0, Integer.MAX_VALUE));
  }
}
