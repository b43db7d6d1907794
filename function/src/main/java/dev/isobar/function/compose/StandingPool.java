package dev.isobar.function.compose;

import dev.isobar.apis.tree.Fields;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.plan.Keys;
import dev.isobar.function.compose.plan.Marks;
import dev.isobar.function.compose.plan.ObservedCluster;
import dev.isobar.function.compose.plan.PoolPlan;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * Emits a pool as it was made, because the Cloud has no more what it would be made from. Only its
 * number of nodes follows the claim.
 */
final class StandingPool {
  private static final String MIN = Marks.AUTOSCALER + "min-size";
  private static final String MAX = Marks.AUTOSCALER + "max-size";

  private StandingPool() {}

  static void add(
      PoolPlan pool,
      ObservedCluster observed,
      SortedMap<String, SortedMap<String, Object>> objects) {
    var templates = new TreeSet<String>();
    for (PoolPlan.Share share : pool.shares()) {
      String key = pool.key(share);
      Tree deployment = observed.resource(key);
      objects.put(key, numbered(pool, share, deployment));
      Tree check = observed.resource(Keys.health(key));
      if (check.exists()) {
        objects.put(Keys.health(key), Retention.asMade(check));
      }
      ObservedCluster.machineTemplate(deployment).ifPresent(templates::add);
      ObservedCluster.bootstrapTemplate(deployment).ifPresent(templates::add);
    }
    observed
        .resources()
        .forEach((key, object) -> {
          boolean used =
              object.at("metadata", "name").text().filter(templates::contains).isPresent();
          if (used && Retention.isTemplate(object)) {
            objects.put(key, Retention.asMade(object));
          }
        });
  }

  private static SortedMap<String, Object> numbered(
      PoolPlan pool, PoolPlan.Share share, Tree deployment) {
    boolean scaled = pool.pool().autoscale().isPresent();
    Optional<String> least = Optional.of(String.valueOf(share.fewest())).filter(_ -> scaled);
    Optional<String> most = Optional.of(String.valueOf(share.most())).filter(_ -> scaled);
    SortedMap<String, Object> made =
        Retention.marked(Retention.marked(Succession.asMade(deployment), MIN, least), MAX, most);
    Fields spec = Fields.none();
    if (made.get("spec") instanceof Map<?, ?> fields) {
      fields.forEach((field, value) -> spec.set(String.valueOf(field), value));
    }
    spec.without("replicas");
    if (!scaled) {
      spec.set("replicas", share.fewest());
    }
    made.put("spec", spec.map());
    return made;
  }
}
