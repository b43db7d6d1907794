package dev.isobar.function.compose;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.Marks;
import dev.isobar.function.compose.plan.ObservedCluster;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What of a cluster is paused though its claim does not ask for it. Core applies the claim's wish,
 * and leaves what others wrote besides.
 */
final class ForeignPauses {
  private static final Pattern GROUP = Pattern.compile("([a-z]+\\.)?cluster\\.x-k8s\\.io/.*");

  private ForeignPauses() {}

  /** The pause in words: all of the cluster, or else the first part; empty when nothing is. */
  static Optional<String> of(ClusterPlan plan, ObservedCluster observed) {
    if (plan.spec().paused()) {
      return Optional.empty();
    }
    if (byField(observed.cluster())) {
      return Optional.of(
          "Cluster "
              + plan.id().cluster()
              + " is paused, though its claim does not ask for it: Cluster API changes nothing"
              + " until whoever set its spec.paused sets it to false");
    }
    List<String> parts =
        observed.resources().values().stream().flatMap(object -> part(object).stream()).toList();
    return parts.stream()
        .findFirst()
        .map(first ->
            parts.size() == 1 ? first : first + "; so it is with " + (parts.size() - 1) + " more");
  }

  private static Optional<String> part(Tree object) {
    String kind = object.at("kind").text().orElse("");
    if (kind.endsWith("Template") || !GROUP.matcher(version(object)).matches()) {
      return Optional.empty();
    }
    if (object.at("metadata", "annotations", Marks.PAUSED).exists()) {
      return Optional.of(paused(object, "its annotation " + Marks.PAUSED + " removes it"));
    }
    return byField(object)
        ? Optional.of(paused(object, "its spec.paused sets it to false"))
        : Optional.empty();
  }

  private static String paused(Tree object, String end) {
    return object.at("kind").text().orElse("")
        + " "
        + object.at("metadata", "name").text().orElse("")
        + ObservedCluster.label(object, Marks.POOL).map(pool -> " of pool " + pool).orElse("")
        + " is paused, though its claim does not ask for it: Cluster API leaves it as it is until"
        + " whoever set "
        + end;
  }

  private static String version(Tree object) {
    return object.at("apiVersion").text().orElse("");
  }

  private static boolean byField(Tree object) {
    return object.at("spec", "paused").truth().orElse(false);
  }
}
