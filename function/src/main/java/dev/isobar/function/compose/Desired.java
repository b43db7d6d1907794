package dev.isobar.function.compose;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.addon.AddonList;
import dev.isobar.function.compose.addon.GpuNodes;
import dev.isobar.function.compose.autoscaler.AutoscalerObjects;
import dev.isobar.function.compose.capi.BootstrapObject;
import dev.isobar.function.compose.capi.ClusterObject;
import dev.isobar.function.compose.capi.DrainRuleObject;
import dev.isobar.function.compose.capi.InfrastructureProvider;
import dev.isobar.function.compose.gpu.GpuConfigs;
import dev.isobar.function.compose.gpu.GpuNodeConfig;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.Keys;
import dev.isobar.function.compose.plan.Marks;
import dev.isobar.function.compose.plan.NodeMarks;
import dev.isobar.function.compose.plan.ObservedCluster;
import dev.isobar.function.compose.sveltos.Addon;
import dev.isobar.function.compose.sveltos.ProfileObjects;
import dev.isobar.function.readiness.ClusterHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Expands a plan into the objects that shall exist, by composition resource name.
 *
 * @param objects the objects
 * @param addons the add-ons among them, in the order they are listed to users
 * @param retained names of templates that only machines of an earlier wish still need
 * @param leaving pools with machines that go, with how many are still there
 * @param held pools whose nodes are not asked for yet, with what they wait for
 * @param waiting pools whose nodes stay as they are for now, with what they wait for
 * @param notes what else there is to say of pools
 * @param autoscaler the version of the cluster autoscaler, if there shall be one
 */
record Desired(
    SortedMap<String, SortedMap<String, Object>> objects,
    List<Addon> addons,
    List<String> retained,
    SortedMap<String, Long> leaving,
    SortedMap<String, String> held,
    SortedMap<String, String> waiting,
    SortedMap<String, String> notes,
    Optional<String> autoscaler) {
  /**
   * Expands a plan.
   *
   * @param workspaces what nodes of workspaces in the cluster are configured with
   * @param scaledBesides whether the cluster has autoscaled nodes that are not the claim's
   */
  static Desired of(
      ClusterPlan plan,
      ObservedCluster observed,
      Summaries summaries,
      List<GpuNodeConfig> workspaces,
      boolean scaledBesides) {
    var objects = new TreeMap<String, SortedMap<String, Object>>();
    addCluster(plan, observed, objects);
    plan.pools().forEach(pool -> PoolObjects.add(plan, pool, observed, objects));
    SortedMap<String, String> notes = Succession.keep(plan, observed, objects);
    SortedMap<String, Long> leaving = Farewell.keep(observed, objects);
    Pause.add(plan, objects);
    PoolObjects.keepTemplates(plan, observed, objects);
    SortedMap<String, Tree> retained = Retention.templates(plan, observed, objects);
    retained.forEach((key, template) -> objects.put(key, PoolObjects.asItIs(plan, template)));
    List<Addon> addons = AddonList.of(plan, gpuNodes(plan, objects, workspaces));
    addons.forEach(addon -> objects.putAll(ProfileObjects.of(plan.id(), plan.settings(), addon)));
    Optional<String> autoscaler = addAutoscaler(plan, observed, scaledBesides, objects);
    if (plan.spec().nodes().waitForSessions()) {
      objects.put(Keys.SESSIONS, DrainRuleObject.of(plan.id()));
    }
    CleanupObject.of(plan, observed).ifPresent(cleanup -> objects.put(Keys.CLEANUP, cleanup));
    CredentialsUsage.of(plan).ifPresent(usage -> objects.put(Keys.credentialsUsage(), usage));
    SortedMap<String, String> held = CreationGates.held(plan, observed, summaries, objects);
    SortedMap<String, String> upgraded = CreationGates.holdNodes(plan, observed, objects);
    SortedMap<String, String> waiting =
        CreationGates.holdLayouts(plan, observed, summaries, objects);
    waiting.putAll(upgraded);
    plan.pools().stream()
        .filter(pool -> held.containsKey(pool.name()))
        .forEach(pool -> objects.keySet().removeAll(PoolObjects.ofNodes(pool)));
    Farewell.let(observed, objects);
    return new Desired(
        objects, addons, List.copyOf(retained.keySet()), leaving, held, waiting, notes, autoscaler);
  }

  /** Whether nothing is kept that goes once other things have come. */
  boolean settled() {
    return retained.isEmpty() && leaving.isEmpty() && waiting.isEmpty() && notes.isEmpty();
  }

  private static void addCluster(
      ClusterPlan plan,
      ObservedCluster observed,
      SortedMap<String, SortedMap<String, Object>> objects) {
    InfrastructureProvider provider = InfrastructureProviders.of(plan);
    objects.put(Keys.CLUSTER, ClusterObject.of(plan, observed, provider));
    objects.put(Keys.INFRASTRUCTURE, provider.cluster(plan, observed));
    objects.putAll(provider.controlPlane(plan, observed));
  }

  /**
   * Before the cluster is there, the autoscaler would only wait for its kubeconfig. While the claim
   * is paused there is none: releases before 1.36 look at no pause, evict pods and change numbers.
   */
  private static Optional<String> addAutoscaler(
      ClusterPlan plan,
      ObservedCluster observed,
      boolean scaledBesides,
      SortedMap<String, SortedMap<String, Object>> objects) {
    boolean scaled =
        scaledBesides
            || plan.pools().stream().anyMatch(pool -> pool.pool().autoscale().isPresent());
    if (!scaled || plan.spec().paused() || !plan.settings().autoscaler().enabled()) {
      return Optional.empty();
    }
    if (ClusterHealth.initialized(observed.controlPlane())
        || observed.resource(Keys.AUTOSCALER).exists()) {
      objects.putAll(AutoscalerObjects.of(plan));
    }
    return Optional.of(AutoscalerObjects.version(plan));
  }

  /**
   * Nodes of all pools, and of all templates as they are: nodes bear the names and taints of what
   * they were made with, and live until others have come.
   */
  private static GpuNodes gpuNodes(
      ClusterPlan plan,
      SortedMap<String, SortedMap<String, Object>> objects,
      List<GpuNodeConfig> workspaces) {
    List<GpuNodeConfig> nodes = new ArrayList<>(workspaces);
    List<NodeMarks.Mark> taints = new ArrayList<>();
    plan.pools().forEach(pool -> pool.gpu().ifPresent(gpu -> nodes.add(gpu.config())));
    for (SortedMap<String, Object> object : objects.values()) {
      Tree template = Tree.of(object);
      Optional<String> config = ObservedCluster.annotation(template, Marks.GPU_CONFIG);
      if (config.isPresent()) {
        nodes.add(GpuNodeConfig.decode(config.get()));
        taints.addAll(BootstrapObject.taints(template));
      }
    }
    return new GpuNodes(plan.hasGpus() || !nodes.isEmpty(), GpuConfigs.of(nodes), taints);
  }
}
