package dev.isobar.function.compose;

import dev.isobar.apis.tree.Fields;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.Keys;
import dev.isobar.function.compose.plan.Marks;
import dev.isobar.function.compose.plan.ObservedCluster;
import dev.isobar.function.compose.plan.PoolPlan;
import dev.isobar.function.readiness.ClusterHealth;
import dev.isobar.function.readiness.ObservedCondition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Keeps templates that machines of a rollout still come from. Core deletes what is not desired at
 * once, and a MachineSet whose template is gone cannot replace a machine any more.
 */
final class Retention {
  private static final Set<String> TEMPLATES =
      Set.of(
          "AWSMachineTemplate",
          "GpuMachineTemplate",
          "KubeadmConfigTemplate",
          "NodeadmConfigTemplate",
          "OpenStackMachineTemplate");

  private static final List<String> LABELS = List.of("isobar.dev/", Marks.CAPI_CLUSTER);
  private static final List<String> ANNOTATIONS = List.of("isobar.dev/");

  private Retention() {}

  static boolean isTemplate(Tree object) {
    return object.at("kind").text().filter(TEMPLATES::contains).isPresent();
  }

  /** The templates that exist, are not desired any more, and may still be needed. */
  static SortedMap<String, Tree> templates(
      ClusterPlan plan,
      ObservedCluster observed,
      SortedMap<String, SortedMap<String, Object>> desired) {
    var retained = new TreeMap<String, Tree>();
    observed
        .resources()
        .forEach((key, object) -> {
          if (isTemplate(object)
              && !desired.containsKey(key)
              && needed(plan, observed, object, desired)) {
            retained.put(key, object);
          }
        });
    return retained;
  }

  private static boolean needed(
      ClusterPlan plan,
      ObservedCluster observed,
      Tree template,
      SortedMap<String, SortedMap<String, Object>> desired) {
    Optional<String> pool = ObservedCluster.label(template, Marks.POOL);
    if (pool.isEmpty()) {
      return controlPlaneRolls(observed, desired);
    }
    if (referred(template, desired)) {
      return true;
    }
    boolean poolGoes = plan.pools().stream().map(PoolPlan::name).noneMatch(pool.get()::equals);
    return poolGoes
        ? empties(pool.get(), desired)
        : observed.deployments(pool.get()).stream()
            .anyMatch(deployment -> rolls(deployment, observed, desired));
  }

  /** Whether a pool that leaves still has nodes: which of its templates they are of nobody says. */
  private static boolean empties(
      String pool, SortedMap<String, SortedMap<String, Object>> desired) {
    return desired.values().stream()
        .map(Tree::of)
        .filter(object -> object.at("kind").text().filter("MachineDeployment"::equals).isPresent())
        .anyMatch(
            object -> ObservedCluster.label(object, Marks.POOL).filter(pool::equals).isPresent());
  }

  private static boolean referred(
      Tree template, SortedMap<String, SortedMap<String, Object>> desired) {
    Optional<String> name = template.at("metadata", "name").text();
    return desired.values().stream()
        .map(Tree::of)
        .anyMatch(object ->
            ObservedCluster.machineTemplate(object).equals(name)
                || ObservedCluster.bootstrapTemplate(object).equals(name));
  }

  private static boolean controlPlaneRolls(
      ObservedCluster observed, SortedMap<String, SortedMap<String, Object>> desired) {
    Tree wanted = Tree.of(desired.get(Keys.CONTROL_PLANE));
    Tree seen = observed.controlPlane();
    boolean changing =
        !wanted
            .at("spec", "machineTemplate", "spec", "infrastructureRef")
            .at("name")
            .text()
            .equals(observed.controlPlaneTemplate());
    return changing || underWay(seen, observed, observed.controlPlaneTemplate().stream());
  }

  /**
   * Whether a rollout is under way, or is about to begin. Cluster API compares machines with a new
   * template only after it has said that it has seen it, and says until then that nothing rolls. So
   * that nothing rolls any more counts only when it has been said since the new template is there.
   */
  private static boolean underWay(Tree owner, ObservedCluster observed, Stream<String> templates) {
    boolean empty = owner.at("status", "replicas").whole().filter(count -> count == 0).isPresent();
    return ClusterHealth.rolling(owner)
        || (!empty
            && templates
                .map(observed::named)
                .flatMap(template -> template.at("metadata", "creationTimestamp").text().stream())
                .anyMatch(made -> !turnedSince(made, owner)));
  }

  /** Both are times as Kubernetes writes them, in whole seconds of UTC. */
  private static boolean turnedSince(String moment, Tree owner) {
    return ObservedCondition.of(owner, "RollingOut")
        .flatMap(ObservedCondition::turned)
        .map(turned -> turned.compareTo(moment) > 0)
        .orElse(true);
  }

  private static boolean rolls(
      Tree deployment,
      ObservedCluster observed,
      SortedMap<String, SortedMap<String, Object>> desired) {
    Optional<String> name = deployment.at("metadata", "name").text();
    Tree wanted =
        desired.values().stream()
            .map(Tree::of)
            .filter(
                object -> object.at("kind").text().filter("MachineDeployment"::equals).isPresent())
            .filter(object -> object.at("metadata", "name").text().equals(name))
            .findFirst()
            .orElse(Tree.absent());
    boolean goes = !wanted.exists();
    boolean changing =
        !ObservedCluster.machineTemplate(wanted).equals(ObservedCluster.machineTemplate(deployment))
            || !ObservedCluster.bootstrapTemplate(wanted)
                .equals(ObservedCluster.bootstrapTemplate(deployment));
    return goes
        || changing
        || underWay(
            deployment,
            observed,
            Stream.of(
                    ObservedCluster.machineTemplate(deployment),
                    ObservedCluster.bootstrapTemplate(deployment))
                .flatMap(Optional::stream));
  }

  /** An object as it was emitted: without what the API server and others wrote. */
  static SortedMap<String, Object> asMade(Tree object) {
    return asMade(object, LABELS, ANNOTATIONS);
  }

  /** An object as it was emitted, with the labels and annotations of these beginnings. */
  static SortedMap<String, Object> asMade(
      Tree object, List<String> labels, List<String> annotations) {
    Tree metadata = object.at("metadata");
    Fields kept =
        Fields.with("name", metadata.at("name").text())
            .set("namespace", metadata.at("namespace").text())
            .setUnlessEmpty("labels", ours(metadata.at("labels"), labels))
            .setUnlessEmpty("annotations", ours(metadata.at("annotations"), annotations));
    return Fields.with("apiVersion", object.at("apiVersion").text())
        .set("kind", object.at("kind").text())
        .set("metadata", kept)
        .set("spec", object.at("spec").plain())
        .map();
  }

  /** An object with an annotation set, or without it. */
  static SortedMap<String, Object> marked(
      SortedMap<String, Object> object, String annotation, Optional<String> value) {
    Tree metadata = Tree.of(object).at("metadata");
    if (metadata.at("annotations", annotation).text().equals(value)) {
      return object;
    }
    var annotations = new TreeMap<String, Object>();
    Tree before = metadata.at("annotations");
    before.fields().forEach(key -> annotations.put(key, before.at(key).text().orElse("")));
    annotations.remove(annotation);
    value.ifPresent(text -> annotations.put(annotation, text));
    Fields marked = Fields.none();
    metadata.fields().forEach(field -> marked.set(field, metadata.at(field).plain()));
    var other = new TreeMap<>(object);
    other.put(
        "metadata", marked.without("annotations").setUnlessEmpty("annotations", annotations).map());
    return other;
  }

  private static Map<String, Object> ours(Tree marks, List<String> prefixes) {
    var ours = new TreeMap<String, Object>();
    for (String key : marks.fields()) {
      if (prefixes.stream().anyMatch(key::startsWith)) {
        marks.at(key).text().ifPresent(value -> ours.put(key, value));
      }
    }
    return ours;
  }
}
