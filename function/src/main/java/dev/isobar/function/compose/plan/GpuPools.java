package dev.isobar.function.compose.plan;

import dev.isobar.apis.platform.Autoscale;
import dev.isobar.apis.platform.Partitioning;
import dev.isobar.apis.platform.Partitioning.Demand;
import dev.isobar.apis.platform.Partitioning.Mig;
import dev.isobar.apis.platform.Pool;
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
  private final boolean several;

  /**
   * Plans.
   *
   * @param several whether nodes may differ that a demand is served by: they become several pools
   */
  GpuPools(Catalogue cloud, ObservedCluster observed, Mistakes mistakes, boolean several) {
    this.observed = observed;
    this.mistakes = mistakes;
    this.several = several;
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
    LayoutsInUse inUse = inUse(pool, offers.getFirst().gpu().count());
    String place = path + ".gpu.partitioning";
    int kinds = several ? kinds(pool) : 1;
    var nodes = new GpuAsk.Nodes(most, kinds);
    GpuPlanning planning =
        GpuPlanner.plan(new GpuAsk(offers, partitioning, models, nodes, inUse, place));
    if (several && kinds < PoolKinds.MOST && planning instanceof GpuPlanning.Refused) {
      nodes = new GpuAsk.Nodes(most, PoolKinds.MOST);
      planning = GpuPlanner.plan(new GpuAsk(offers, partitioning, models, nodes, inUse, place));
    }
    return switch (planning) {
      case GpuPlanning.Planned(var plan) -> Optional.of(plan);
      case GpuPlanning.Refused(var refusals) -> {
        mistakes.addAll(refusals);
        yield Optional.empty();
      }
    };
  }

  /**
   * How many kinds of nodes there may be. Nodes that are always there are there for everybody, so
   * there is one of each kind among them.
   */
  private static int kinds(Pool pool) {
    int always = pool.autoscale().map(Autoscale::min).or(pool::replicas).orElse(0);
    return always == 0 ? PoolKinds.MOST : Math.min(always, PoolKinds.MOST);
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

  /**
   * The layouts of the nodes that MachineDeployments make now. Where kinds of nodes were chosen for
   * this demand of which some are still to come, all are chosen anew, which gives the same: what is
   * there already is not what serves it.
   */
  private LayoutsInUse inUse(Pool pool, int gpus) {
    Optional<List<Demand>> demand = demand(pool);
    if (demand.isEmpty()) {
      return LayoutsInUse.NONE;
    }
    List<String> names = several ? PoolKinds.names(pool.name()) : List.of(pool.name());
    List<GpuNodeConfig> present =
        names.stream()
            .flatMap(name -> PoolKinds.config(name, observed).stream())
            .filter(config -> config.sharing().isEmpty())
            .distinct()
            .toList();
    Optional<List<String>> chosen =
        names.stream()
            .flatMap(name -> observed.deployments(name).stream())
            .flatMap(one -> PoolDemand.chosen(one, demand.get()).stream())
            .findFirst();
    if (chosen.isEmpty()) {
      return LayoutsInUse.of(present, gpus, false);
    }
    List<GpuNodeConfig> those =
        present.stream()
            .filter(config -> chosen.get().contains(PoolDemand.name(config.mig())))
            .toList();
    if (those.size() == chosen.get().size()) {
      return LayoutsInUse.of(those, gpus, true);
    }
    return chosen.get().size() > 1 ? LayoutsInUse.NONE : LayoutsInUse.of(present, gpus, false);
  }
}
