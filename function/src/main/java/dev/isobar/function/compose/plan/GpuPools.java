package dev.isobar.function.compose.plan;

import dev.isobar.apis.platform.Autoscale;
import dev.isobar.apis.platform.Partitioning;
import dev.isobar.apis.platform.Partitioning.Demand;
import dev.isobar.apis.platform.Partitioning.Mig;
import dev.isobar.apis.platform.Pool;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.cloud.Catalogue;
import dev.isobar.function.compose.cloud.Machine;
import dev.isobar.function.compose.gpu.AcceleratorPlan;
import dev.isobar.function.compose.gpu.GpuAsk;
import dev.isobar.function.compose.gpu.GpuNodeConfig;
import dev.isobar.function.compose.gpu.GpuOffer;
import dev.isobar.function.compose.gpu.GpuPlanner;
import dev.isobar.function.compose.gpu.GpuPlanning;
import dev.isobar.function.compose.gpu.LayoutsInUse;
import dev.isobar.function.compose.gpu.geometry.GpuModels;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plans what the nodes of pools do with their GPUs. */
final class GpuPools {
  private final ObservedCluster observed;
  private final GpuModels models;
  private final Mistakes mistakes;

  GpuPools(Catalogue cloud, ObservedCluster observed, Mistakes mistakes) {
    this.observed = observed;
    this.mistakes = mistakes;
    models = GpuModels.of(cloud.name(), cloud.spec().gpuModels());
  }

  /** The plan; empty when the pool has no GPUs, or when there are mistakes. */
  Optional<AcceleratorPlan> plan(Pool pool, List<Machine> machines, String path) {
    if (pool.gpu().isEmpty() || machines.stream().anyMatch(machine -> machine.gpu().isEmpty())) {
      return Optional.empty();
    }
    Partitioning partitioning = pool.gpu().get().partitioning();
    List<GpuOffer> offers = offers(pool, machines, path);
    int most = pool.autoscale().map(Autoscale::max).or(pool::replicas).orElse(0);
    var ask =
        new GpuAsk(
            offers,
            partitioning,
            models,
            new GpuAsk.Nodes(most, true),
            inUse(pool, offers.getFirst().gpu().count()),
            path + ".gpu.partitioning");
    return switch (GpuPlanner.plan(ask)) {
      case GpuPlanning.Planned(var plan) -> Optional.of(plan);
      case GpuPlanning.Refused(var refusals) -> {
        mistakes.addAll(refusals);
        yield Optional.empty();
      }
    };
  }

  /** What the pool demands, if it leaves its layouts to us. */
  static Optional<List<Demand>> demand(Pool pool) {
    return pool.gpu().flatMap(gpu -> gpu.partitioning().mig()).flatMap(Mig::demand);
  }

  private static List<GpuOffer> offers(Pool pool, List<Machine> machines, String path) {
    List<GpuOffer> offers = new ArrayList<>();
    for (int i = 0; i < machines.size(); i++) {
      Machine machine = machines.get(i);
      String place = pool.machineType().isPresent() ? ".machineType" : ".machineTypes[" + i + "]";
      machine.gpu().ifPresent(gpu -> offers.add(new GpuOffer(path + place, machine.name(), gpu)));
    }
    return offers;
  }

  /** The layouts of the nodes that the pool's MachineDeployment makes now. */
  private LayoutsInUse inUse(Pool pool, int gpus) {
    Optional<List<Demand>> demand = demand(pool);
    Optional<Tree> deployment = observed.deployments(pool.name()).stream().findFirst();
    Optional<GpuNodeConfig> config =
        deployment
            .flatMap(ObservedCluster::bootstrapTemplate)
            .map(observed::named)
            .flatMap(template -> ObservedCluster.annotation(template, Marks.GPU_CONFIG))
            .map(GpuNodeConfig::decode);
    if (demand.isEmpty() || config.isEmpty()) {
      return LayoutsInUse.NONE;
    }
    String mark = PoolDemand.mark(demand.get(), config.get().mig());
    boolean settled =
        deployment
            .flatMap(one -> ObservedCluster.annotation(one, Marks.GPU_DEMAND))
            .filter(mark::equals)
            .isPresent();
    return LayoutsInUse.of(config.get(), gpus, settled);
  }
}
