package dev.isobar.function.compose;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.Marks;
import dev.isobar.function.compose.plan.ObservedCluster;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is paused though its claim does not ask for it. Core applies the claim's wish, and leaves
 * what others wrote besides.
 */
final class ForeignPauses {
  private static final Pattern GROUP = Pattern.compile("([a-z]+\\.)?cluster\\.x-k8s\\.io/.*");

  private ForeignPauses() {}

  /** The pause in words: all of the cluster, or else the first part; empty when nothing is. */
  static Optional<String> of(ClusterPlan plan, ObservedCluster observed) {
    if (!plan.spec().paused() && byField(observed.cluster())) {
      return Optional.of(
          "Cluster "
              + plan.id().cluster()
              + " is paused, though its claim does not ask for it: Cluster API changes nothing"
              + " until whoever set its spec.paused sets it to false");
    }
    return of(plan, observed.resources().values());
  }

  /** The pause of a workspace's own parts in words; empty when none is paused. */
  static Optional<String> ofWorkspace(ClusterPlan nodes, ObservedCluster observed) {
    List<Tree> own =
        observed.resources().values().stream()
            .filter(object -> ObservedCluster.label(object, Marks.WORKSPACE).isPresent())
            .toList();
    return of(nodes, own);
  }

  /** The first of these objects that is paused in words, and how many more are. */
  static Optional<String> of(ClusterPlan plan, Collection<Tree> objects) {
    if (plan.spec().paused()) {
      return Optional.empty();
    }
    List<String> parts = objects.stream().flatMap(object -> part(object).stream()).toList();
    return parts.stream()
        .findFirst()
        .map(first ->
            parts.size() == 1 ? first : first + "; so it is with " + (parts.size() - 1) + " more");
  }

  /** Whether a MachineDeployment gets no more machines; its own field only ends rollouts. */
  static boolean stopped(Tree deployment) {
    return deployment.at("metadata", "annotations", Marks.PAUSED).exists();
  }

  private static Optional<String> part(Tree object) {
    String kind = object.at("kind").text().orElse("");
    if (kind.endsWith("Template") || !GROUP.matcher(version(object)).matches()) {
      return Optional.empty();
    }
    if (stopped(object)) {
      return Optional.of(
          paused(object, "leaves it as it is", "its annotation " + Marks.PAUSED + " removes it"));
    }
    return byField(object)
        ? Optional.of(
            paused(object, "replaces none of its nodes", "its spec.paused sets it to false"))
        : Optional.empty();
  }

  private static String paused(Tree object, String how, String end) {
    return object.at("kind").text().orElse("")
        + " "
        + object.at("metadata", "name").text().orElse("")
        + ObservedCluster.label(object, Marks.POOL).map(pool -> " of pool " + pool).orElse("")
        + " is paused, though its claim does not ask for it: Cluster API "
        + how
        + " until whoever set "
        + end;
  }

  private static String version(Tree object) {
    return object.at("apiVersion").text().orElse("");
  }

  /** Cluster API has the field on Clusters and MachineDeployments alone. */
  private static boolean byField(Tree object) {
    return object.at("spec", "paused").truth().orElse(false);
  }
}
