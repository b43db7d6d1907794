package dev.isobar.function.compose;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.Keys;
import dev.isobar.function.compose.plan.ObservedCluster;
import dev.isobar.function.compose.plan.PoolPlan;
import dev.isobar.function.readiness.Brake;
import dev.isobar.function.readiness.ClusterHealth;
import dev.isobar.function.readiness.Health;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How pools are doing.
 *
 * @param shares health of MachineDeployments by composition resource name
 * @param pools health of pools by name: the worst of their MachineDeployments
 * @param renewals how far the machines of pools are replaced, by name
 */
record PoolHealth(
    SortedMap<String, Health> shares,
    SortedMap<String, Health> pools,
    SortedMap<String, Renewal> renewals) {
  static PoolHealth of(
      ClusterPlan plan, Desired desired, ObservedCluster observed, PastPools past) {
    var shares = new TreeMap<String, Health>();
    var pools = new TreeMap<String, Health>();
    var renewals = new TreeMap<String, Renewal>();
    for (PoolPlan pool : plan.pools()) {
      boolean lost = past.lost(pool.name(), NodeCount.of(pool, observed));
      Optional<String> held = Optional.ofNullable(desired.held().get(pool.name()));
      Health worst = held.<Health>map(Health.Coming::new).orElseGet(Health.Working::new);
      for (PoolPlan.Share share : pool.shares()) {
        String key = pool.key(share);
        Health health =
            Brake.told(
                share(pool, share, observed.resource(key), lost),
                observed.resource(Keys.health(key)));
        shares.put(key, health);
        worst = held.isPresent() ? worst : Judgement.worse(worst, health);
      }
      pools.put(pool.name(), worst);
      renewals.put(pool.name(), Renewal.ofPool(pool, desired, observed, past.of(pool.name())));
    }
    return new PoolHealth(shares, pools, renewals);
  }

  private static Health share(PoolPlan pool, PoolPlan.Share share, Tree deployment, boolean lost) {
    return ClusterHealth.deployment(
        deployment, pool.pool().autoscale().map(_ -> share.fewest()), lost);
  }
}
