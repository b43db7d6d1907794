package dev.isobar.function.compose.workspace;

import dev.isobar.apis.platform.Autoscale;
import dev.isobar.apis.platform.Partitioning;
import dev.isobar.apis.platform.PlatformClusterSpec;
import dev.isobar.apis.platform.Pool;
import dev.isobar.apis.tree.Tree;
import dev.isobar.apis.workspace.Accelerator;
import dev.isobar.function.compose.cloud.Catalogue;
import dev.isobar.function.compose.cloud.Machine;
import dev.isobar.function.compose.gpu.AcceleratorPlan;
import dev.isobar.function.compose.gpu.GpuPlan;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.PoolOffers;
import dev.isobar.function.compose.plan.PoolPlan;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Finds out what accelerators offer. */
final class AcceleratorOffers {
  private final WorkspaceId id;
  private final PlatformClusterSpec cluster;
  private final ClusterPlan nodes;
  private final Tree status;
  private final Tree past;

  AcceleratorOffers(
      WorkspaceId id, PlatformClusterSpec cluster, ClusterPlan nodes, Tree status, Tree past) {
    this.id = id;
    this.cluster = cluster;
    this.nodes = nodes;
    this.status = status;
    this.past = past;
  }

  /** What an accelerator offers; empty when it names a pool that is not there. */
  Optional<AcceleratorOffer> of(Accelerator accelerator) {
    return accelerator
        .poolRef()
        .map(ref ->
            cluster.pools().stream()
                .filter(pool -> pool.name().equals(ref.name()))
                .findFirst()
                .map(pool -> ofCluster(accelerator, pool)))
        .orElseGet(() ->
            nodes.pools().stream()
                .filter(pool -> pool.name().equals(id.pool(accelerator.name())))
                .findFirst()
                .map(pool -> own(accelerator, pool)));
  }

  private AcceleratorOffer own(Accelerator accelerator, PoolPlan pool) {
    // Of a pool that is left as it is, what it offers is known from before.
    SortedMap<String, Integer> perNode =
        pool.gpu()
            .map(GpuPlan::resources)
            .orElseGet(
                () -> counts(named(past.at("accelerators"), accelerator.name()).at("perNode")));
    return new AcceleratorOffer(
        accelerator.name(),
        pool.name(),
        perNode,
        gigabytes(pool.gpu()),
        pool.gpu(),
        pool.shares().stream().mapToInt(PoolPlan.Share::most).sum(),
        pool.stands() ? List.of() : pool.machines(),
        List.of(),
        Tree.absent(),
        one(accelerator.partitioning()));
  }

  private AcceleratorOffer ofCluster(Accelerator accelerator, Pool pool) {
    Catalogue cloud = nodes.cloud();
    Tree state = named(status.at("pools"), pool.name());
    Optional<GpuPlan> plan = PoolOffers.of(pool, state, cloud).map(AcceleratorPlan::node);
    SortedMap<String, Integer> told = counts(state.at("resources"));
    List<Machine> machines =
        pool.machineTypes().orElseGet(() -> pool.machineType().stream().toList()).stream()
            .flatMap(type -> cloud.machine(type).stream())
            .toList();
    return new AcceleratorOffer(
        accelerator.name(),
        pool.name(),
        told.isEmpty() ? plan.map(GpuPlan::resources).orElse(told) : told,
        gigabytes(plan),
        plan,
        pool.autoscale().map(Autoscale::max).or(pool::replicas).orElse(0),
        machines,
        pool.taints(),
        state,
        one(pool.gpu().map(gpu -> gpu.partitioning())));
  }

  private static SortedMap<String, Integer> gigabytes(Optional<GpuPlan> plan) {
    return plan.map(GpuPlan::gigabytes).orElseGet(Collections::emptySortedMap);
  }

  /** Of shared GPUs a second part is no faster than one, or is refused by the device plugin. */
  private static boolean one(Optional<Partitioning> partitioning) {
    return partitioning
        .filter(way ->
            way.mps().isPresent()
                || way.timeSlicing()
                    .filter(slices -> slices.failRequestsGreaterThanOne())
                    .isPresent())
        .isPresent();
  }

  static Tree named(Tree list, String name) {
    return list.items().stream()
        .filter(one -> one.at("name").text().filter(name::equals).isPresent())
        .findFirst()
        .orElse(Tree.absent());
  }

  private static SortedMap<String, Integer> counts(Tree resources) {
    var counts = new TreeMap<String, Integer>();
    for (String resource : resources.fields()) {
      resources.at(resource).whole().ifPresent(count -> counts.put(resource, count.intValue()));
    }
    return counts;
  }
}
