package dev.isobar.function.compose.workspace;

import dev.isobar.apis.decode.Mistake;
import dev.isobar.apis.platform.PlatformClusterSpec;
import dev.isobar.apis.settings.Settings;
import dev.isobar.apis.tree.Tree;
import dev.isobar.apis.workspace.Accelerator;
import dev.isobar.apis.workspace.GpuWorkspaceSpec;
import dev.isobar.function.compose.cloud.Catalogue;
import dev.isobar.function.compose.cloud.Machine;
import dev.isobar.function.compose.plan.ClusterId;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.Mistakes;
import dev.isobar.function.compose.plan.ObservedCluster;
import dev.isobar.function.compose.plan.Planner;
import dev.isobar.function.compose.plan.StayingPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns the claim of a workspace into a plan, or says everything that is wrong with it. */
public final class WorkspacePlanner {
  /** What planning comes to. */
  public sealed interface Outcome {
    /** The claim can be had. */
    record Planned(WorkspacePlan plan) implements Outcome {}

    /** The claim cannot be had; there is at least one mistake. */
    record Refused(List<Mistake> mistakes) implements Outcome {}
  }

  /** What the accelerators of a workspace call what pools of a cluster have. */
  private static final Map<String, String> FIELDS =
      Map.of(".gpu.partitioning", ".partitioning", ".autoscale", ".nodes");

  /** Pools that a team is told of are accelerators to it. */
  private static final Map<String, String> WORDS =
      Map.of(
          "a pool of its own", "an accelerator of its own",
          "make a pool for each", "make an accelerator for each",
          "make another pool", "make another accelerator",
          "only one model in a pool", "only one model in an accelerator");

  private final WorkspaceId id;
  private final GpuWorkspaceSpec spec;
  private final PlatformClusterSpec cluster;

  /** Where each of the workspace's own pools stands in its claim. */
  private final List<String> places = new ArrayList<>();

  private WorkspacePlanner(WorkspaceId id, GpuWorkspaceSpec spec, PlatformClusterSpec cluster) {
    this.id = id;
    this.spec = spec;
    this.cluster = cluster;
    for (int i = 0; i < spec.accelerators().size(); i++) {
      if (spec.accelerators().get(i).machineTypes().isPresent()) {
        places.add("spec.accelerators[" + i + "]");
      }
    }
  }

  /**
   * Plans a workspace.
   *
   * @param cluster the claim of its cluster
   * @param status the status of its cluster
   * @param observed what exists of the workspace, beside the Cluster, its infrastructure and its
   *     control plane, which are there
   * @param workspaces all workspaces of the namespace
   * @param past the status of the workspace as it was
   */
  public static Outcome plan(
      WorkspaceId id,
      GpuWorkspaceSpec spec,
      ClusterId clusterId,
      PlatformClusterSpec cluster,
      Tree status,
      Catalogue cloud,
      Settings settings,
      ObservedCluster observed,
      List<Tree> workspaces,
      Tree past) {
    var mistakes = new Mistakes();
    new WorkspaceChecks(spec, cluster, mistakes).check(id, workspaces);
    if (!mistakes.none()) {
      return new Outcome.Refused(mistakes.all());
    }
    var planner = new WorkspacePlanner(id, spec, cluster);
    PlatformClusterSpec asked = OwnPools.in(cluster, id, spec);
    return switch (Planner.planPools(clusterId, asked, cloud, settings, observed)) {
      case Planner.Outcome.Refused(var found) ->
          new Outcome.Refused(found.stream().map(planner::placed).toList());
      case Planner.Outcome.Planned(var nodes) ->
          planner.resolve(
              nodes,
              observed,
              status,
              ClusterGpus.of(id, spec.clusterRef().name(), status, workspaces),
              past);
    };
  }

  private Outcome resolve(
      ClusterPlan nodes, ObservedCluster observed, Tree status, Set<String> elsewhere, Tree past) {
    var mistakes = new Mistakes();
    var offers = new AcceleratorOffers(id, cluster, nodes, observed, status, past);
    List<AcceleratorOffer> accelerators = new ArrayList<>();
    for (Accelerator accelerator : spec.accelerators()) {
      accelerators.addAll(offers.of(accelerator));
    }
    List<ServerChoice> servers =
        new ServerChoices(spec, accelerators, plain(nodes.cloud()), past, mistakes).all();
    var limits = new QuotaLimits(spec, accelerators, servers, elsewhere, mistakes).all();
    return mistakes.none()
        ? new Outcome.Planned(
            new WorkspacePlan(
                id, spec, cluster, nodes, accelerators, staying(nodes, observed), servers, limits))
        : new Outcome.Refused(mistakes.all());
  }

  private List<StayingPool> staying(ClusterPlan nodes, ObservedCluster observed) {
    return spec.accelerators().stream()
        .filter(accelerator -> accelerator.machineTypes().isPresent())
        .flatMap(accelerator ->
            StayingPool.of(id.pool(accelerator.name()), nodes.pools(), observed).stream())
        .toList();
  }

  /** The machines that servers without GPUs run on; none when the Cloud does not know them all. */
  private List<Machine> plain(Catalogue cloud) {
    List<String> types =
        PlainPools.of(cluster, "user").stream()
            .flatMap(pool ->
                pool.machineTypes().orElseGet(() -> pool.machineType().stream().toList()).stream())
            .distinct()
            .toList();
    List<Machine> machines = types.stream().flatMap(type -> cloud.machine(type).stream()).toList();
    return machines.size() == types.size() ? machines : List.of();
  }

  /** A mistake of a pool as one of the accelerator that asks for it; others are the cluster's. */
  private Mistake placed(Mistake mistake) {
    String path = mistake.path();
    for (int i = 0; i < places.size(); i++) {
      String pool = "spec.pools[" + i + "]";
      if (path.startsWith(pool)) {
        return new Mistake(
            places.get(i) + field(path.substring(pool.length())),
            inWords(mistake.problem()),
            inWords(mistake.remedy().replace(Planner.UNTOUCHED, "")));
      }
    }
    return path.startsWith("spec.")
        ? new Mistake(
            "PlatformCluster " + spec.clusterRef().name() + ": " + path,
            mistake.problem(),
            mistake.remedy())
        : mistake;
  }

  private static String inWords(String text) {
    String words = text;
    for (Map.Entry<String, String> word : WORDS.entrySet()) {
      words = words.replace(word.getKey(), word.getValue());
    }
    return words;
  }

  private static String field(String path) {
    for (Map.Entry<String, String> field : FIELDS.entrySet()) {
      if (path.startsWith(field.getKey())) {
        return field.getValue() + path.substring(field.getKey().length());
      }
    }
    return path.equals(".gpu") ? ".machineTypes" : path;
  }
}
