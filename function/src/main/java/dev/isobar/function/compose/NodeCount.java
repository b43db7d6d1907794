package dev.isobar.function.compose;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.plan.ObservedCluster;
import dev.isobar.function.compose.plan.PoolPlan;
import java.util.Optional;

/**
 * How many nodes a pool has and shall have.
 *
 * @param wanted nodes wanted; of an autoscaled pool those the autoscaler asks for now
 * @param ready nodes ready, those included that go once others have come
 */
record NodeCount(int wanted, int ready) {
  static NodeCount of(PoolPlan pool, ObservedCluster observed) {
    long wanted = 0;
    for (PoolPlan.Share share : pool.shares()) {
      Tree deployment = observed.resource(pool.key(share));
      wanted += deployment.at("spec", "replicas").whole().orElse((long) share.fewest());
    }
    long ready = 0;
    for (Tree deployment : observed.deployments(pool.name())) {
      ready += deployment.at("status", "readyReplicas").whole().orElse(0L);
    }
    return new NodeCount(whole(wanted), whole(ready));
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
