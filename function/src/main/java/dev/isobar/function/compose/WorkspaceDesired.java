package dev.isobar.function.compose;

import dev.isobar.apis.tree.Fields;
import dev.isobar.apis.tree.Tree;
import dev.isobar.apis.workspace.JupyterHub;
import dev.isobar.function.compose.gpu.GpuNodeConfig;
import dev.isobar.function.compose.jupyterhub.HubAddon;
import dev.isobar.function.compose.plan.AddonName;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.Marks;
import dev.isobar.function.compose.plan.ObservedCluster;
import dev.isobar.function.compose.plan.PoolPlan;
import dev.isobar.function.compose.sveltos.Addon;
import dev.isobar.function.compose.sveltos.ProfileObjects;
import dev.isobar.function.compose.workspace.FreePlaces;
import dev.isobar.function.compose.workspace.NamespaceAddon;
import dev.isobar.function.compose.workspace.WorkspacePlan;
import dev.isobar.function.readiness.AddonHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Expands the plan of a workspace into the objects that shall exist. */
final class WorkspaceDesired {
  private WorkspaceDesired() {}

  static Desired of(WorkspacePlan plan, ObservedCluster observed, Summaries summaries) {
    ClusterPlan nodes = plan.nodes();
    var objects = new TreeMap<String, SortedMap<String, Object>>();
    nodes.pools().forEach(pool -> PoolObjects.add(nodes, pool, observed, objects));
    SortedMap<String, String> notes = Succession.keep(nodes, observed, objects);
    plan.staying().forEach(pool -> Succession.keep(pool, observed, objects));
    SortedMap<String, Long> leaving = Farewell.keep(observed, objects);
    Pause.add(nodes, objects);
    PoolObjects.keepTemplates(nodes, observed, objects);
    SortedMap<String, Tree> retained = Retention.templates(nodes, observed, objects);
    retained.forEach((key, template) -> objects.put(key, PoolObjects.asItIs(nodes, template)));
    List<Addon> addons = addons(plan);
    addons.forEach(addon -> objects.putAll(ProfileObjects.of(nodes.id(), nodes.settings(), addon)));
    objects.put(ClusterUsage.KEY, ClusterUsage.of(plan.id(), nodes.id()));
    Predicate<PoolPlan> lacks = pool -> lacksEntry(nodes, pool, summaries);
    SortedMap<String, String> held = held(nodes, observed, lacks);
    SortedMap<String, String> upgraded = CreationGates.holdNodes(nodes, observed, objects);
    SortedMap<String, String> waiting = CreationGates.holdLayouts(nodes, observed, objects, lacks);
    waiting.putAll(upgraded);
    nodes.pools().stream()
        .filter(pool -> held.containsKey(pool.name()))
        .forEach(pool -> objects.keySet().removeAll(PoolObjects.ofNodes(pool)));
    Farewell.let(observed, objects);
    objects.replaceAll((_, object) -> marked(plan, object, objects));
    return new Desired(
        objects,
        addons,
        List.copyOf(retained.keySet()),
        leaving,
        held,
        waiting,
        notes,
        Optional.empty());
  }

  private static List<Addon> addons(WorkspacePlan plan) {
    List<Addon> addons = new ArrayList<>();
    addons.add(NamespaceAddon.of(plan));
    FreePlaces.of(plan).ifPresent(addons::add);
    Optional<JupyterHub> hub = plan.spec().jupyterhub();
    hub.ifPresent(asked -> addons.addAll(HubAddon.of(plan, asked)));
    return addons;
  }

  /** The pools that must wait, with what they wait for. */
  private static SortedMap<String, String> held(
      ClusterPlan nodes, ObservedCluster observed, Predicate<PoolPlan> lacks) {
    var held = new TreeMap<String, String>();
    for (PoolPlan pool : nodes.pools()) {
      if (!observed.deployments(pool.name()).isEmpty()) {
        continue;
      }
      if (nodes.versions().controlPlaneRolls()) {
        held.put(
            pool.name(), "waits until the control plane runs " + nodes.versions().target().text());
      } else if (lacks.test(pool)) {
        held.put(pool.name(), CreationGates.ENTRY);
      }
    }
    return held;
  }

  /**
   * Whether the cluster's GPU Operator does not have the configuration of a pool yet. The cluster
   * gives it all there are, so it is enough that ours are among them.
   */
  private static boolean lacksEntry(ClusterPlan nodes, PoolPlan pool, Summaries summaries) {
    List<String> entries =
        pool.gpu()
            .map(gpu ->
                Stream.concat(
                        gpu.config().mig().stream().map(one -> one.name()),
                        gpu.config().sharing().stream().map(one -> one.name()))
                    .toList())
            .orElse(List.of());
    if (entries.isEmpty()) {
      return false;
    }
    Tree summary = summaries.of(ProfileObjects.name(nodes.id(), AddonName.GPU_OPERATOR.text()));
    String values =
        summary.at("spec", "clusterProfileSpec", "helmCharts").items().stream()
            .flatMap(chart -> chart.at("values").text().stream())
            .collect(Collectors.joining());
    return !entries.stream().allMatch(values::contains) || !AddonHealth.delivered(summary);
  }

  /** What the GPU Operator of the cluster must know of the nodes: of each kind once. */
  static List<String> gpuConfigs(SortedMap<String, SortedMap<String, Object>> objects) {
    return gpuConfigs(objects, _ -> true);
  }

  private static List<String> gpuConfigs(
      SortedMap<String, SortedMap<String, Object>> objects, Predicate<Tree> which) {
    var configs = new TreeSet<String>();
    for (SortedMap<String, Object> object : objects.values()) {
      Tree template = Tree.of(object);
      if (which.test(template)) {
        ObservedCluster.annotation(template, Marks.GPU_CONFIG)
            .map(config -> GpuNodeConfig.decode(config).encode())
            .ifPresent(configs::add);
      }
    }
    return List.copyOf(configs);
  }

  /** An object with what tells it is of the workspace, and what its cluster must know of it. */
  private static SortedMap<String, Object> marked(
      WorkspacePlan plan,
      SortedMap<String, Object> object,
      SortedMap<String, SortedMap<String, Object>> objects) {
    Tree tree = Tree.of(object);
    SortedMap<String, Object> labelled =
        labelled(object, Map.of(Marks.WORKSPACE, plan.id().claim()));
    if (tree.at("kind").text().filter("MachineDeployment"::equals).isEmpty()) {
      return labelled;
    }
    Optional<String> pool = ObservedCluster.label(tree, Marks.POOL);
    List<String> configs =
        gpuConfigs(objects, template -> ObservedCluster.label(template, Marks.POOL).equals(pool));
    SortedMap<String, Object> served =
        Retention.marked(
            labelled(labelled, Map.of(Marks.SERVED_BY, plan.clusterId().cluster())),
            Marks.GPU_CONFIGS,
            Optional.of(String.join("\n", configs)));
    return Retention.marked(served, Marks.STANDS, gap(plan.nodes(), pool));
  }

  /** Why nodes of a pool stand; the cluster begins no version then that they could not follow. */
  private static Optional<String> gap(ClusterPlan nodes, Optional<String> name) {
    return nodes.pools().stream()
        .filter(pool -> name.filter(pool.name()::equals).isPresent())
        .flatMap(pool -> pool.gap().stream())
        .findFirst();
  }

  private static SortedMap<String, Object> labelled(
      SortedMap<String, Object> object, Map<String, String> labels) {
    Tree metadata = Tree.of(object).at("metadata");
    var all = new TreeMap<String, Object>(labels);
    Tree before = metadata.at("labels");
    before.fields().forEach(key -> all.put(key, before.at(key).text().orElse("")));
    Fields marked = Fields.none();
    metadata.fields().forEach(field -> marked.set(field, metadata.at(field).plain()));
    var other = new TreeMap<>(object);
    other.put("metadata", marked.set("labels", all).map());
    return other;
  }
}
