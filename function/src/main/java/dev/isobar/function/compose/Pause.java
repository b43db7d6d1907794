package dev.isobar.function.compose;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.Marks;
import dev.isobar.function.compose.plan.ObservedCluster;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A paused claim pauses the autoscaler, too, which takes no notice of the Cluster's own field: the
 * cluster's own is not there then, and an installation's may read this mark, as it does from 1.36
 * on.
 */
final class Pause {
  private Pause() {}

  /**
   * Marks the MachineDeployments that the autoscaler scales, those included that are emitted as
   * they were made. Their own mark is never copied: it would outlive the pause, and Cluster API
   * would not even empty them.
   */
  static void add(ClusterPlan plan, SortedMap<String, SortedMap<String, Object>> objects) {
    if (plan.spec().paused()) {
      objects.replaceAll((_, object) ->
          scaled(Tree.of(object))
              ? Retention.marked(object, Marks.PAUSED, Optional.of("true"))
              : object);
    }
  }

  private static boolean scaled(Tree object) {
    boolean deployment = object.at("kind").text().filter("MachineDeployment"::equals).isPresent();
    return deployment
        && ObservedCluster.annotation(object, Marks.AUTOSCALER + "min-size").isPresent();
  }
}
