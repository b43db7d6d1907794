package dev.isobar.function.compose;

import dev.isobar.apis.tree.Fields;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.gpu.GpuNodeConfig;
import dev.isobar.function.compose.plan.AddonName;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.Keys;
import dev.isobar.function.compose.plan.Marks;
import dev.isobar.function.compose.plan.ObservedCluster;
import dev.isobar.function.compose.plan.PoolPlan;
import dev.isobar.function.compose.sveltos.ProfileObjects;
import dev.isobar.function.readiness.AddonHealth;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Who is created after whom, where Cluster API and Sveltos do not see to it themselves. A node
 * whose label names a GPU configuration that a running GPU Operator does not have yet would be left
 * undivided for good, so a pool is created after its entry is in place. A new cluster needs no
 * gate: its Operator comes up with all entries, and nodes join later.
 */
final class CreationGates {
  static final GpuNodeConfig NOTHING = new GpuNodeConfig(Optional.empty(), Optional.empty());

  static final String ENTRY = "waits until the GPU Operator has its configuration";

  private static final String UPGRADE = "nodes change once the control plane runs ";

  private static final String LAYOUT =
      "nodes keep their present GPU layout until the GPU Operator has the new one, ";

  private CreationGates() {}

  /** The pools that must wait, with what they wait for. */
  static SortedMap<String, String> held(
      ClusterPlan plan,
      ObservedCluster observed,
      Summaries summaries,
      SortedMap<String, SortedMap<String, Object>> objects) {
    var held = new TreeMap<String, String>();
    for (PoolPlan pool : plan.pools()) {
      if (plan.versions().controlPlaneRolls() && observed.deployments(pool.name()).isEmpty()) {
        held.put(
            pool.name(), "waits until the control plane runs " + plan.versions().target().text());
      } else if (waitsForEntry(pool, observed) && !entriesDelivered(plan, summaries, objects)) {
        held.put(pool.name(), ENTRY);
      }
    }
    return held;
  }

  /**
   * Leaves nodes as they are while the control plane is upgraded: they are replaced for their new
   * version anyway, and Cluster API makes no machine of the old one meanwhile.
   *
   * @return the pools it holds, with what they wait for
   */
  static SortedMap<String, String> holdNodes(
      ClusterPlan plan,
      ObservedCluster observed,
      SortedMap<String, SortedMap<String, Object>> objects) {
    var waiting = new TreeMap<String, String>();
    if (!plan.versions().controlPlaneRolls()) {
      return waiting;
    }
    for (PoolPlan pool : plan.pools()) {
      for (PoolPlan.Share share : pool.shares()) {
        String key = pool.key(share);
        Tree deployment = observed.resource(key);
        SortedMap<String, Object> wanted = objects.get(key);
        if (wanted != null && deployment.exists() && otherMachines(deployment, Tree.of(wanted))) {
          objects.put(key, withMachinesOf(deployment, wanted));
          waiting.put(pool.name(), UPGRADE + plan.versions().target().text());
        }
      }
    }
    return waiting;
  }

  private static boolean otherMachines(Tree deployment, Tree wanted) {
    return !ObservedCluster.machineTemplate(wanted)
            .equals(ObservedCluster.machineTemplate(deployment))
        || !ObservedCluster.bootstrapTemplate(wanted)
            .equals(ObservedCluster.bootstrapTemplate(deployment));
  }

  /**
   * Leaves pools that exist with their present layout until the Operator has the entry of the new
   * one: the first node of a rollout would be left undivided just the same.
   *
   * @return the pools it holds, with what they wait for
   */
  static SortedMap<String, String> holdLayouts(
      ClusterPlan plan,
      ObservedCluster observed,
      Summaries summaries,
      SortedMap<String, SortedMap<String, Object>> objects) {
    return entriesDelivered(plan, summaries, objects)
        ? new TreeMap<>()
        : holdLayouts(plan, observed, objects, _ -> true);
  }

  /**
   * The same, where each pool may lack its own entry.
   *
   * @param lacks whether the Operator does not have the entry of a pool yet
   */
  static SortedMap<String, String> holdLayouts(
      ClusterPlan plan,
      ObservedCluster observed,
      SortedMap<String, SortedMap<String, Object>> objects,
      Predicate<PoolPlan> lacks) {
    var waiting = new TreeMap<String, String>();
    for (PoolPlan pool : plan.pools()) {
      if (!lacks.test(pool)) {
        continue;
      }
      for (PoolPlan.Share share : pool.shares()) {
        String key = pool.key(share);
        Tree deployment = observed.resource(key);
        SortedMap<String, Object> wanted = objects.get(key);
        if (wanted != null && deployment.exists() && newLayout(pool, observed, deployment)) {
          objects.put(key, withMachinesOf(deployment, wanted));
          waiting.put(
              pool.name(), LAYOUT + pool.gpu().map(NodeGpus::inWords).orElse("for no GPUs"));
        }
      }
    }
    return waiting;
  }

  /** Whether nodes are to come whose entry a running Operator may lack; GPUs they had or not. */
  private static boolean newLayout(PoolPlan pool, ObservedCluster observed, Tree deployment) {
    Optional<String> present =
        ObservedCluster.bootstrapTemplate(deployment)
            .map(observed::named)
            .flatMap(template -> ObservedCluster.annotation(template, Marks.GPU_CONFIG));
    return pool.gpu()
        .map(gpu -> gpu.config())
        .filter(config ->
            present
                .map(one -> !one.equals(config.encode()))
                .orElseGet(() -> !config.equals(NOTHING) && operatorRuns(observed)))
        .isPresent();
  }

  private static SortedMap<String, Object> withMachinesOf(
      Tree deployment, SortedMap<String, Object> wanted) {
    Tree tree = Tree.of(wanted);
    Fields template =
        Fields.with("metadata", tree.at("spec", "template", "metadata").plain())
            .set("spec", deployment.at("spec", "template", "spec").plain());
    Fields spec = Fields.none();
    for (String field : tree.at("spec").fields()) {
      spec.set(field, tree.at("spec", field).plain());
    }
    var held = new TreeMap<>(wanted);
    held.put("spec", spec.set("template", template).map());
    return withCapacityOf(deployment, held);
  }

  /** The autoscaler is told of the machines that it would make now. */
  private static SortedMap<String, Object> withCapacityOf(
      Tree deployment, SortedMap<String, Object> held) {
    Set<String> wanted = capacity(Tree.of(held));
    Set<String> present = capacity(deployment);
    if (wanted.isEmpty()) {
      return held;
    }
    var told = new TreeSet<>(wanted);
    told.addAll(present);
    // Where it was told nothing it takes a node that is there, which has its GPUs by itself.
    told.removeIf(key -> present.isEmpty() && !key.startsWith(Marks.CAPACITY + "gpu-"));
    SortedMap<String, Object> marked = held;
    for (String key : told) {
      marked = Retention.marked(marked, key, ObservedCluster.annotation(deployment, key));
    }
    return marked;
  }

  private static Set<String> capacity(Tree deployment) {
    return deployment.at("metadata", "annotations").fields().stream()
        .filter(key -> key.startsWith(Marks.CAPACITY))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean waitsForEntry(PoolPlan pool, ObservedCluster observed) {
    boolean named =
        pool.gpu().map(gpu -> gpu.config()).filter(config -> !config.equals(NOTHING)).isPresent();
    return named && operatorRuns(observed) && observed.deployments(pool.name()).isEmpty();
  }

  private static boolean operatorRuns(ObservedCluster observed) {
    return observed.resource(Keys.addon(AddonName.GPU_OPERATOR.text())).exists();
  }

  /**
   * Whether the Operator's chart is in the cluster with the entries of all pools. How the Operator
   * fares does not matter: a layout that breaks it could never be mended, and no pool be added.
   */
  private static boolean entriesDelivered(
      ClusterPlan plan, Summaries summaries, SortedMap<String, SortedMap<String, Object>> objects) {
    String name = AddonName.GPU_OPERATOR.text();
    SortedMap<String, Object> profile = objects.get(Keys.addon(name));
    return profile != null
        && profile.get("spec") instanceof Map<?, ?> spec
        && AddonHealth.delivered(summaries.of(ProfileObjects.name(plan.id(), name)), spec);
  }
}
