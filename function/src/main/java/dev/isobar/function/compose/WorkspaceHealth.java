package dev.isobar.function.compose;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.plan.Keys;
import dev.isobar.function.compose.plan.ObservedCluster;
import dev.isobar.function.compose.workspace.WorkspacePlan;
import dev.isobar.function.readiness.ClusterHealth;
import dev.isobar.function.readiness.Health;
import java.util.Map;
import java.util.Optional;

/**
 * How every part of a workspace is doing.
 *
 * @param pools its own pools
 * @param addons health of add-ons by name, in the order they are listed to users
 * @param pause that somebody paused a part of it, in words
 * @param before whether the workspace was ready when last looked at
 */
record WorkspaceHealth(
    PoolHealth pools, Map<String, Health> addons, Optional<String> pause, boolean before) {
  static WorkspaceHealth of(
      WorkspacePlan plan,
      Desired desired,
      ObservedCluster observed,
      Summaries summaries,
      Tree composite) {
    return new WorkspaceHealth(
        PoolHealth.of(plan.nodes(), desired, observed, new PastPools(composite)),
        Judgement.addons(
            plan.clusterId(),
            desired,
            summaries,
            ClusterHealth.initialized(observed.controlPlane()),
            observed.cluster()),
        ForeignPauses.ofWorkspace(plan.nodes(), observed),
        Judgement.wasReady(composite));
  }

  /** All pools together. */
  Health nodes() {
    return Judgement.worst(pools.pools().values());
  }

  /** All add-ons together. */
  Health installed() {
    return Judgement.worst(addons.values());
  }

  /**
   * Whether the workspace can be used. What is on its way takes nothing from one that works; what
   * only somebody can mend is never ready.
   */
  boolean ready() {
    Health all = Judgement.worse(onItsWay(nodes()), onItsWay(installed()));
    return all instanceof Health.Working || (all instanceof Health.Stale && before);
  }

  private Health onItsWay(Health health) {
    return before && health instanceof Health.Coming ? new Health.Stale() : health;
  }

  /** Whether everything is as it shall be. */
  boolean settled() {
    return ready() && Judgement.worse(nodes(), installed()).working();
  }

  /** Whether a composed resource is ready. */
  boolean ready(String key, ObservedCluster observed) {
    if (!observed.resource(key).exists()) {
      return false;
    }
    Health health = pools.shares().getOrDefault(key, addon(key));
    return health.working() || (health instanceof Health.Stale && before);
  }

  private Health addon(String key) {
    return addons.entrySet().stream()
        .filter(addon -> Keys.addon(addon.getKey()).equals(key))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseGet(Health.Working::new);
  }
}
