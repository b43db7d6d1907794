package dev.isobar.function.compose;

import dev.isobar.apis.tree.Fields;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.capi.CapiObjects;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.Keys;
import dev.isobar.function.compose.plan.Marks;
import dev.isobar.function.compose.plan.ObservedCluster;
import dev.isobar.function.compose.plan.PoolPlan;
import dev.isobar.function.compose.plan.StayingPool;
import dev.isobar.function.readiness.ObservedCondition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Keeps the MachineDeployments of a pool whose zones changed, and a pool that another follows,
 * until those that follow have their nodes: working nodes go only when others are there.
 */
final class Succession {
  private static final String MIN = Marks.AUTOSCALER + "min-size";
  private static final String MAX = Marks.AUTOSCALER + "max-size";

  /** What was emitted of a MachineDeployment; others annotate it too. */
  private static final List<String> LABELS =
      List.of("isobar.dev/", Marks.CAPI_CLUSTER, Marks.CAPI_DEPLOYMENT);

  private static final List<String> ANNOTATIONS =
      List.of("isobar.dev/", Marks.AUTOSCALER, Marks.SCALING, Marks.CAPACITY);

  private Succession() {}

  /**
   * Adds what stays for now to the objects.
   *
   * @return the pools that move, with what there is to say of it
   */
  static SortedMap<String, String> keep(
      ClusterPlan plan,
      ObservedCluster observed,
      SortedMap<String, SortedMap<String, Object>> objects) {
    var notes = new TreeMap<String, String>();
    for (PoolPlan pool : plan.pools()) {
      SortedMap<String, Tree> leaving = pool.leaving(observed);
      SortedMap<String, Tree> going = pool.outgoing(observed);
      if (!going.isEmpty()) {
        notes.put(pool.name(), "its zones change: the nodes of " + names(going) + " go");
      }
      // Machines that are scarce are given back before others are asked for.
      if (leaving.isEmpty() || pool.scarce() || complete(pool, observed)) {
        continue;
      }
      leaving.forEach((key, deployment) -> keep(key, capped(deployment), observed, objects));
      notes.put(
          pool.name(),
          "its zones change: the nodes of "
              + names(leaving)
              + " stay until those that follow are there");
    }
    return notes;
  }

  /** Adds a pool that goes to the objects, for as long as it stays. */
  static void keep(
      StayingPool pool,
      ObservedCluster observed,
      SortedMap<String, SortedMap<String, Object>> objects) {
    observed
        .deploymentsByKey(pool.name())
        .forEach((key, deployment) ->
            keep(key, pool.grows() ? asMade(deployment) : capped(deployment), observed, objects));
  }

  private static void keep(
      String key,
      SortedMap<String, Object> deployment,
      ObservedCluster observed,
      SortedMap<String, SortedMap<String, Object>> objects) {
    objects.put(key, deployment);
    Tree check = observed.resource(Keys.health(key));
    if (check.exists()) {
      objects.put(Keys.health(key), Retention.asMade(check));
    }
  }

  private static String names(SortedMap<String, Tree> deployments) {
    return deployments.values().stream()
        .map(deployment -> deployment.at("metadata", "name").text().orElse(""))
        .collect(Collectors.joining(", "));
  }

  /** Whether all MachineDeployments the pool shall have are there with their nodes. */
  private static boolean complete(PoolPlan pool, ObservedCluster observed) {
    return pool.shares().stream()
        .allMatch(share -> {
          Tree deployment = observed.resource(pool.key(share));
          return deployment.at("status", "availableReplicas").whole().orElse(-1L) >= share.fewest()
              && ObservedCondition.of(deployment, "Available")
                  .filter(condition -> condition.holds() && condition.current())
                  .isPresent();
        });
  }

  /** A MachineDeployment as it was made, which the autoscaler lets grow no more. */
  private static SortedMap<String, Object> capped(Tree deployment) {
    SortedMap<String, Object> made = asMade(deployment);
    Tree annotations = Tree.of(made).at("metadata", "annotations");
    if (!annotations.at(MIN).exists()) {
      return made;
    }
    long nodes = deployment.at("spec", "replicas").whole().orElse(0L);
    long least = Long.parseLong(annotations.at(MIN).text().orElse("0"));
    return Retention.marked(made, MAX, Optional.of(String.valueOf(Math.max(nodes, least))));
  }

  /** A MachineDeployment as it was made: the number of nodes is the autoscaler's, if it has one. */
  static SortedMap<String, Object> asMade(Tree deployment) {
    SortedMap<String, Object> made =
        CapiObjects.withDetachment(Retention.asMade(deployment, LABELS, ANNOTATIONS));
    if (ObservedCluster.annotation(deployment, MIN).isPresent()
        && made.get("spec") instanceof Map<?, ?> spec) {
      Fields without = Fields.none();
      spec.forEach((field, value) -> without.set(String.valueOf(field), value));
      made.put("spec", without.without("replicas").map());
    }
    return made;
  }
}
