package dev.isobar.function.compose;

import dev.isobar.apis.tree.Fields;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.plan.Keys;
import dev.isobar.function.compose.plan.Marks;
import dev.isobar.function.compose.plan.ObservedCluster;
import dev.isobar.function.readiness.ClusterHealth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Empties the MachineDeployments that the claim has no more before they go. Core deletes what is
 * not desired at once and never shows it again, though its machines may drain for a day: with the
 * GPU Operator and their templates gone, and nobody to tell of them.
 */
final class Farewell {
  private static final Set<String> SEEN = Set.of(Keys.CLUSTER, Keys.CLEANUP);

  private Farewell() {}

  /**
   * Adds those that still have machines to the objects, with no replicas.
   *
   * @return the pools they are of, with how many nodes are still there
   */
  static SortedMap<String, Long> keep(
      ObservedCluster observed, SortedMap<String, SortedMap<String, Object>> objects) {
    var leaving = new TreeMap<String, Long>();
    observed
        .resources()
        .forEach((key, object) -> {
          Optional<String> pool = pool(object);
          if (pool.isPresent() && !objects.containsKey(key) && !empty(object)) {
            objects.put(key, emptied(object));
            leaving.merge(pool.get(), nodes(object), Long::sum);
          }
        });
    return leaving;
  }

  /**
   * While somebody has Cluster API delete a cluster, nothing of it comes again: it would be deleted
   * once more, with the machines that were made for it, and the Cluster could never go. What is
   * being deleted may be gone until it is applied, which would make it anew. Of the Cluster and of
   * its ClusterCleanup it must be seen how they go, and core forgets what is not desired.
   */
  static void let(ObservedCluster observed, SortedMap<String, SortedMap<String, Object>> objects) {
    if (ClusterHealth.deleting(observed.cluster())) {
      objects.keySet().removeIf(key -> !SEEN.contains(key) && goes(observed.resource(key)));
    }
  }

  private static boolean goes(Tree object) {
    return !object.exists() || ClusterHealth.deleting(object);
  }

  /**
   * How far a pool is from gone.
   *
   * @param nodes how many are still there
   */
  static String inWords(long nodes, List<Tree> deployments) {
    return "is being emptied: "
        + nodes(nodes)
        + (nodes == 1 ? " is" : " are")
        + " still there"
        + UpgradeProgress.because(deployments);
  }

  static String nodes(long count) {
    return count + (count == 1 ? " node" : " nodes");
  }

  private static Optional<String> pool(Tree object) {
    boolean deployment = object.at("kind").text().filter("MachineDeployment"::equals).isPresent();
    return deployment ? ObservedCluster.label(object, Marks.POOL) : Optional.empty();
  }

  /** Whether none of its machines is left, those included that are being deleted. */
  private static boolean empty(Tree deployment) {
    long generation = deployment.at("metadata", "generation").whole().orElse(0L);
    Tree status = deployment.at("status");
    boolean looked =
        status.at("observedGeneration").whole().map(at -> at >= generation).orElse(true);
    boolean wanted = deployment.at("spec", "replicas").whole().filter(at -> at == 0).isEmpty();
    return !wanted && looked && nodes(deployment) == 0;
  }

  private static long nodes(Tree deployment) {
    return deployment.at("status", "replicas").whole().orElse(0L);
  }

  private static SortedMap<String, Object> emptied(Tree deployment) {
    SortedMap<String, Object> made =
        Retention.marked(
            Retention.marked(
                Succession.asMade(deployment), Marks.AUTOSCALER + "min-size", Optional.empty()),
            Marks.AUTOSCALER + "max-size",
            Optional.empty());
    Fields spec = Fields.none();
    if (made.get("spec") instanceof Map<?, ?> fields) {
      fields.forEach((field, value) -> spec.set(String.valueOf(field), value));
    }
    made.put("spec", spec.without("replicas").set("replicas", 0).map());
    return made;
  }
}
