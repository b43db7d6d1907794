package dev.isobar.function.compose.plan;

import dev.isobar.apis.platform.Gpu;
import dev.isobar.apis.platform.Partitioning;
import dev.isobar.apis.platform.Pool;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.cloud.Catalogue;
import dev.isobar.function.compose.cloud.Machine;
import dev.isobar.function.compose.gpu.AcceleratorPlan;
import dev.isobar.function.compose.gpu.GpuNodeConfig;
import dev.isobar.function.compose.gpu.GpuPlan;
import dev.isobar.function.compose.gpu.LayoutsInUse;
import dev.isobar.function.compose.gpu.SharingConfig;
import dev.isobar.function.readiness.ClusterHealth;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Nodes of a pool that do not with their GPUs what was planned: those of before, while they are
 * held back or replaced.
 *
 * @param node what each of them does
 * @param stage how far they are from gone
 */
public record EarlierGpus(GpuPlan node, Stage stage) {
  /** How far such nodes are from gone. */
  public enum Stage {
    /** Pods go there, for nodes as planned are not to be had yet. */
    SERVING,
    /** The last is drained, and a machine as planned comes when it has been given back. */
    DRAINED,
    /** Nodes as planned are there, or may be made beside them. */
    LEAVING
  }

  /** The nodes of a pool; empty when all are as planned, or when it cannot be told. */
  public static Optional<EarlierGpus> of(PoolPlan pool, ObservedCluster observed, Catalogue cloud) {
    if (pool.stands() || pool.gpu().isEmpty()) {
      return Optional.empty();
    }
    GpuNodeConfig planned = pool.gpu().get().config();
    List<Tree> deployments = observed.deployments(pool.name());
    for (Tree deployment : deployments) {
      Optional<GpuNodeConfig> present =
          ObservedCluster.bootstrapTemplate(deployment)
              .map(observed::named)
              .flatMap(EarlierGpus::config)
              .filter(config -> !config.equals(planned));
      if (present.isPresent()) {
        Optional<String> machines = ObservedCluster.machineTemplate(deployment);
        return node(pool, present.get(), machines, observed, cloud)
            .map(node -> new EarlierGpus(node, Stage.SERVING));
      }
    }
    int outdated = deployments.stream().mapToInt(EarlierGpus::outdated).sum();
    return outdated == 0
        ? Optional.empty()
        : replaced(pool, observed)
            .flatMap(config -> node(pool, config, Optional.empty(), observed, cloud))
            .map(node -> new EarlierGpus(node, stage(pool, deployments, outdated)));
  }

  /**
   * What each node of a pool does that is planned no more; empty when it cannot be told.
   *
   * @param like a pool of the same accelerator
   */
  public static Optional<GpuPlan> ofStaying(
      String name, PoolPlan like, ObservedCluster observed, Catalogue cloud) {
    return observed.deployments(name).stream()
        .findFirst()
        .flatMap(deployment ->
            PoolKinds.config(name, observed)
                .flatMap(config ->
                    node(
                        like,
                        config,
                        ObservedCluster.machineTemplate(deployment),
                        observed,
                        cloud)));
  }

  /**
   * Whether a pool makes nodes as planned, and none of those it shall have is there yet. Scarce
   * machines may have to be given back elsewhere before the first can be ready.
   */
  static boolean coming(PoolPlan pool, ObservedCluster observed) {
    List<Tree> deployments = observed.deployments(pool.name());
    int outdated = deployments.stream().mapToInt(EarlierGpus::outdated).sum();
    if (pool.scarce()) {
      return outdated > 0 && stage(pool, deployments, outdated) != Stage.LEAVING;
    }
    int machines = deployments.stream().mapToInt(EarlierGpus::machines).sum();
    int fewest = pool.shares().stream().mapToInt(PoolPlan.Share::fewest).sum();
    int ready = deployments.stream().mapToInt(one -> count(one, "readyReplicas")).sum();
    return Math.max(machines, fewest) > 0 && ready <= outdated;
  }

  private static Optional<GpuNodeConfig> config(Tree template) {
    return ObservedCluster.annotation(template, Marks.GPU_CONFIG).map(GpuNodeConfig::decode);
  }

  /** The newest configuration of the pool's other templates, which stay while nodes are of them. */
  private static Optional<GpuNodeConfig> replaced(PoolPlan pool, ObservedCluster observed) {
    GpuNodeConfig planned = pool.gpu().orElseThrow().config();
    return observed.resources().values().stream()
        .filter(object ->
            ObservedCluster.label(object, Marks.POOL).filter(pool.name()::equals).isPresent())
        .filter(object -> config(object).filter(one -> !one.equals(planned)).isPresent())
        .max(
            Comparator.comparing(
                    (Tree object) -> object.at("metadata", "creationTimestamp").text().orElse(""))
                .thenComparing(object -> object.at("metadata", "name").text().orElse("")))
        .flatMap(EarlierGpus::config);
  }

  private static int outdated(Tree deployment) {
    return ClusterHealth.rollsOut(deployment) || !looked(deployment)
        ? machines(deployment) - upToDate(deployment)
        : 0;
  }

  private static int machines(Tree deployment) {
    return Math.max(count(deployment, "replicas"), count(deployment, "readyReplicas"));
  }

  /** Before Cluster API has looked at the change its count is of the wish before. */
  private static int upToDate(Tree deployment) {
    return looked(deployment) ? count(deployment, "upToDateReplicas") : 0;
  }

  private static boolean looked(Tree deployment) {
    long generation = deployment.at("metadata", "generation").whole().orElse(0L);
    return deployment.at("status", "observedGeneration").whole().orElse(generation) >= generation;
  }

  private static int count(Tree deployment, String field) {
    return deployment.at("status", field).whole().map(Math::toIntExact).orElse(0);
  }

  private static Stage stage(PoolPlan pool, List<Tree> deployments, int outdated) {
    int machines = deployments.stream().mapToInt(EarlierGpus::machines).sum();
    int most = pool.shares().stream().mapToInt(PoolPlan.Share::most).sum();
    boolean room = pool.pool().autoscale().isPresent() && machines < most;
    boolean fresh = deployments.stream().anyMatch(one -> upToDate(one) > 0);
    if (room || fresh || (outdated == 1 && !pool.scarce())) {
      return Stage.LEAVING;
    }
    return outdated == 1 ? Stage.DRAINED : Stage.SERVING;
  }

  private static Optional<GpuPlan> node(
      PoolPlan pool,
      GpuNodeConfig config,
      Optional<String> machineTemplate,
      ObservedCluster observed,
      Catalogue cloud) {
    Machine machine =
        machineTemplate
            .flatMap(observed::machineTypeOfTemplate)
            .flatMap(cloud::machine)
            .filter(one -> one.gpu().isPresent())
            .orElseGet(pool::machine);
    var mistakes = new Mistakes();
    return machine
        .gpu()
        .map(gpu -> written(pool.pool(), config, gpu.count()))
        .flatMap(written ->
            new GpuPools(cloud, new ObservedCluster(Collections.emptySortedMap()), mistakes, false)
                .plan(written, List.of(machine), ""))
        .map(AcceleratorPlan::node);
  }

  /** The pool as if its user had written what these nodes do. */
  private static Pool written(Pool pool, GpuNodeConfig config, int gpus) {
    return config
        .sharing()
        .map(sharing -> pool.with(new Gpu(partitioning(sharing))))
        .orElseGet(() ->
            PoolDemand.written(pool, LayoutsInUse.of(config, gpus, false).patterns().getFirst()));
  }

  private static Partitioning partitioning(SharingConfig sharing) {
    return switch (sharing.strategy()) {
      case TIME_SLICING ->
          new Partitioning(
              Optional.empty(),
              Optional.empty(),
              Optional.of(
                  new Partitioning.TimeSlicing(
                      sharing.replicas(), sharing.failRequestsGreaterThanOne())),
              Optional.empty());
      case MPS ->
          new Partitioning(
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.of(new Partitioning.Mps(sharing.replicas())));
    };
  }
}
