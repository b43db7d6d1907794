package dev.isobar.function.compose.workspace;

import dev.isobar.apis.platform.Autoscale;
import dev.isobar.apis.platform.Gpu;
import dev.isobar.apis.platform.PlatformClusterSpec;
import dev.isobar.apis.platform.Pool;
import dev.isobar.apis.schema.Size;
import dev.isobar.apis.tree.Tree;
import dev.isobar.apis.workspace.Accelerator;
import dev.isobar.function.compose.cloud.Catalogue;
import dev.isobar.function.compose.cloud.Machine;
import dev.isobar.function.compose.gpu.AcceleratorPlan;
import dev.isobar.function.compose.gpu.GpuPlan;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.EarlierGpus;
import dev.isobar.function.compose.plan.EarlierGpus.Stage;
import dev.isobar.function.compose.plan.ObservedCluster;
import dev.isobar.function.compose.plan.PoolKinds;
import dev.isobar.function.compose.plan.PoolOffers;
import dev.isobar.function.compose.plan.PoolPlan;
import dev.isobar.function.compose.plan.StayingPool;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds out what accelerators offer. */
final class AcceleratorOffers {
  /** The name of a slice has its memory. */
  private static final Pattern SLICE =
      Pattern.compile("nvidia\\.com/mig-[0-9]+g\\.([0-9]{1,4})gb.*");

  private final WorkspaceId id;
  private final PlatformClusterSpec cluster;
  private final ClusterPlan nodes;
  private final ObservedCluster observed;
  private final Tree status;
  private final Tree past;

  AcceleratorOffers(
      WorkspaceId id,
      PlatformClusterSpec cluster,
      ClusterPlan nodes,
      ObservedCluster observed,
      Tree status,
      Tree past) {
    this.id = id;
    this.cluster = cluster;
    this.nodes = nodes;
    this.observed = observed;
    this.status = status;
    this.past = past;
  }

  /**
   * What an accelerator offers, by kind of node, each in a pool of its own; nothing when it names a
   * pool that is not there.
   */
  List<AcceleratorOffer> of(Accelerator accelerator) {
    return accelerator
        .poolRef()
        .map(ref ->
            cluster.pools().stream()
                .filter(pool -> pool.name().equals(ref.name()))
                .map(pool -> ofCluster(accelerator, pool))
                .toList())
        .orElseGet(() -> own(accelerator));
  }

  private List<AcceleratorOffer> own(Accelerator accelerator) {
    String first = id.pool(accelerator.name());
    List<String> kinds = PoolKinds.names(first);
    List<PoolPlan> planned =
        nodes.pools().stream().filter(pool -> kinds.contains(pool.name())).toList();
    return Stream.concat(
            planned.stream().map(pool -> own(accelerator, pool)),
            StayingPool.of(first, nodes.pools(), observed).stream()
                .flatMap(pool -> staying(accelerator, pool, planned.getFirst()).stream()))
        .toList();
  }

  /** What nodes of a pool offer that goes; nothing when it cannot be told. */
  private Optional<AcceleratorOffer> staying(
      Accelerator accelerator, StayingPool pool, PoolPlan like) {
    Optional<GpuPlan> node = EarlierGpus.ofStaying(pool.name(), like, observed, nodes.cloud());
    SortedMap<String, Integer> perNode =
        node.map(GpuPlan::resources).orElseGet(() -> before(accelerator.name(), pool.name()));
    int present = StayingPool.nodes(pool.name(), observed);
    return Optional.of(perNode)
        .filter(resources -> !resources.isEmpty())
        .map(resources ->
            new AcceleratorOffer(
                accelerator.name(),
                pool.name(),
                Collections.emptySortedMap(),
                Collections.emptySortedMap(),
                Optional.empty(),
                pool.grows() ? Math.max(1, present) : present,
                List.of(),
                List.of(),
                Tree.absent(),
                accelerator.partitioning(),
                Optional.of(new EarlierOffer(resources, memory(node), node, Stage.SERVING))));
  }

  private AcceleratorOffer own(Accelerator accelerator, PoolPlan pool) {
    // Of a pool that is left as it is, what it offers is known from before.
    SortedMap<String, Integer> perNode =
        pool.gpu().map(GpuPlan::resources).orElseGet(() -> before(accelerator.name(), pool.name()));
    return new AcceleratorOffer(
        accelerator.name(),
        pool.name(),
        perNode,
        memory(pool.gpu()),
        pool.gpu(),
        pool.shares().stream().mapToInt(PoolPlan.Share::most).sum(),
        pool.stands() ? List.of() : pool.machines(),
        List.of(),
        Tree.absent(),
        accelerator.partitioning(),
        EarlierGpus.of(pool, observed, nodes.cloud())
            .map(earlier ->
                new EarlierOffer(
                    earlier.node().resources(),
                    earlier.node().memory(),
                    Optional.of(earlier.node()),
                    earlier.stage())));
  }

  private SortedMap<String, Integer> before(String accelerator, String pool) {
    Tree told = named(past.at("accelerators"), accelerator);
    return told.at("kinds").items().stream()
        .filter(kind -> kind.at("pool").text().filter(pool::equals).isPresent())
        .findFirst()
        .map(kind -> counts(kind.at("perNode")))
        .orElseGet(() -> counts(told.at("perNode")));
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
        plan.map(GpuPlan::resources).orElse(told),
        memory(plan),
        plan,
        pool.autoscale().map(Autoscale::max).or(pool::replicas).orElse(0),
        machines,
        pool.taints(),
        state,
        pool.gpu().map(Gpu::partitioning),
        plan.flatMap(planned -> told(planned, told, state)));
  }

  /** What the cluster says of nodes that are not as planned yet. */
  private static Optional<EarlierOffer> told(
      GpuPlan planned, SortedMap<String, Integer> told, Tree state) {
    if (told.isEmpty() || told.equals(planned.resources())) {
      return Optional.empty();
    }
    var memory = new TreeMap<>(planned.memory());
    told.keySet()
        .forEach(resource -> {
          Matcher slice = SLICE.matcher(resource);
          if (slice.matches()) {
            memory.put(resource, new Size(slice.group(1) + "Gi"));
          }
        });
    boolean begun = state.at("upToDate").whole().filter(count -> count > 0).isPresent();
    return Optional.of(
        new EarlierOffer(told, memory, Optional.empty(), begun ? Stage.LEAVING : Stage.SERVING));
  }

  private static SortedMap<String, Size> memory(Optional<GpuPlan> plan) {
    return plan.map(GpuPlan::memory).orElseGet(Collections::emptySortedMap);
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
