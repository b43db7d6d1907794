package dev.isobar.function.compose.plan;

import dev.isobar.apis.platform.Partitioning.Demand;
import dev.isobar.apis.platform.PlatformClusterSpec;
import dev.isobar.apis.platform.Pool;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.cloud.ImagePin;
import dev.isobar.function.compose.cloud.KubernetesVersion;
import dev.isobar.function.compose.cloud.Machine;
import dev.isobar.function.compose.gpu.GpuNodeConfig;
import dev.isobar.function.compose.gpu.LayoutsInUse;
import dev.isobar.function.compose.naming.Names;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What exists though its Cloud has no more what it was made from: it goes on, for as long as the
 * claim asks of its machines just what they are.
 */
final class StandingParts {
  private final ClusterId id;
  private final PlatformClusterSpec spec;
  private final ObservedCluster observed;

  StandingParts(ClusterId id, PlatformClusterSpec spec, ObservedCluster observed) {
    this.id = id;
    this.spec = spec;
    this.observed = observed;
  }

  /**
   * Pools that exist as the claim asks for them; none unless all do.
   *
   * @param several whether nodes may differ that a demand is served by
   * @param why what the Cloud has no more
   */
  List<PoolPlan> pools(Pool claimed, boolean several, String path, String why, Mistakes mistakes) {
    Optional<List<Demand>> demand = GpuPools.demand(claimed);
    if (several && demand.isEmpty()) {
      List<String> living = PoolKinds.living(claimed.name(), observed);
      return living.stream()
          .map(name -> claimed.as(name, claimed.replicas(), claimed.autoscale()))
          .flatMap(kind -> pool(kind, path, why, mistakes).stream())
          .limit(1)
          .toList();
    }
    List<Pool> kinds =
        demand
            .filter(_ -> several)
            .map(asked -> PoolKinds.standing(claimed, asked, observed))
            .orElseGet(() -> List.of(claimed));
    List<PoolPlan> plans =
        kinds.stream().flatMap(kind -> pool(kind, path, why, mistakes).stream()).toList();
    return plans.size() == kinds.size() ? plans : List.of();
  }

  private Optional<PoolPlan> pool(Pool claimed, String path, String why, Mistakes mistakes) {
    Pool pool = written(claimed);
    List<PoolPlan.Share> shares = new Shares(pool, path, observed, mistakes).plan(false);
    Tree first = observed.resource(PoolPlan.key(pool.name(), shares.size(), shares.getFirst()));
    Optional<ImagePin> image =
        ObservedCluster.machineTemplate(first).flatMap(observed::imageOfTemplate);
    boolean asAsked =
        image.isPresent()
            && shares.stream()
                .allMatch(share -> {
                  String key = PoolPlan.key(pool.name(), shares.size(), share);
                  Tree deployment = observed.resource(key);
                  return hasMachines(deployment, pool, image.get())
                      && inZone(deployment, pool, share)
                      && scales(deployment, pool);
                });
    return asAsked
        ? ObservedCluster.version(first)
            .map(version -> plan(pool, first, version, image.get(), shares, why))
        : Optional.empty();
  }

  /**
   * Whether nodes of a pool were made for other resources than its machine type is said to offer
   * now.
   */
  boolean madeForOthers(Pool pool, SortedMap<String, Integer> resources) {
    return observed.deployments(pool.name()).stream()
        .flatMap(deployment -> ObservedCluster.machineTemplate(deployment).stream())
        .map(template ->
            observed.named(template).at("spec", "template", "spec").at("expectedResources"))
        .filter(Tree::exists)
        .anyMatch(expected -> !resources.equals(counts(expected)));
  }

  private static SortedMap<String, Integer> counts(Tree expected) {
    var counts = new TreeMap<String, Integer>();
    for (String resource : expected.fields()) {
      counts.put(resource, Math.toIntExact(expected.at(resource).whole().orElse(0L)));
    }
    return counts;
  }

  /**
   * A pool with a demand as if the layouts in use were written in the claim, if they were chosen
   * for this very demand.
   */
  private Pool written(Pool claimed) {
    Optional<List<Demand>> demand = GpuPools.demand(claimed);
    Optional<Tree> deployment = observed.deployments(claimed.name()).stream().findFirst();
    Optional<GpuNodeConfig> config = PoolKinds.config(claimed.name(), observed);
    if (demand.isEmpty() || config.isEmpty()) {
      return claimed;
    }
    boolean same =
        deployment
            .flatMap(one -> PoolDemand.chosen(one, demand.get()))
            .filter(chosen -> chosen.contains(PoolDemand.name(config.get().mig())))
            .isPresent();
    // Where all GPUs are alike their number does not matter.
    return LayoutsInUse.of(config.get(), 1, same).patterns().stream()
        .filter(_ -> same)
        .findFirst()
        .map(layouts -> PoolDemand.written(claimed, layouts))
        .orElse(claimed);
  }

  private PoolPlan plan(
      Pool pool,
      Tree deployment,
      KubernetesVersion version,
      ImagePin image,
      List<PoolPlan.Share> shares,
      String why) {
    Tree template = deployment.at("spec", "template", "spec", "infrastructureRef");
    return new PoolPlan(
        pool,
        pool.machineTypes().orElseGet(() -> pool.machineType().stream().toList()).stream()
            .map(name -> unknown(name, image))
            .toList(),
        Optional.empty(),
        Optional.empty(),
        template.at("kind").text().filter("GpuMachineTemplate"::equals).isPresent(),
        version,
        image,
        PoolPlanner.machineHash(spec, pool, image, observed),
        "",
        shares,
        Optional.of(why),
        List.of(
            why
                + "; the pool is left as it is, but for its number of nodes, and a machine that is"
                + " lost may not come again"));
  }

  private boolean hasMachines(Tree deployment, Pool pool, ImagePin image) {
    String name =
        Names.part(id.cluster(), pool.name(), PoolPlanner.machineHash(spec, pool, image, observed));
    return ObservedCluster.machineTemplate(deployment).filter(name::equals).isPresent();
  }

  /** The zones of GPU machines are part of their template. */
  private static boolean inZone(Tree deployment, Pool pool, PoolPlan.Share share) {
    return pool.gpu().isPresent()
        || deployment
            .at("spec", "template", "spec")
            .at("failureDomain")
            .text()
            .orElse("")
            .equals(share.zone());
  }

  /** The autoscaler must know what a node would offer. */
  private static boolean scales(Tree deployment, Pool pool) {
    return pool.autoscale().isEmpty()
        || ObservedCluster.annotation(deployment, Marks.CAPACITY + "cpu").isPresent();
  }

  /** The machine type of a control plane that exists. */
  Optional<Machine> controlPlane() {
    return observed
        .controlPlaneTemplate()
        .filter(template ->
            observed.machineTypeOfTemplate(template).equals(spec.controlPlane().machineType()))
        .flatMap(template ->
            spec.controlPlane()
                .machineType()
                .flatMap(
                    name -> observed.imageOfTemplate(template).map(pin -> unknown(name, pin))));
  }

  /** Whether the machines of a control plane that exists are to be replaced. */
  boolean replaced(Versions versions, ControlPlanePlan head) {
    Tree controlPlane = observed.controlPlane();
    boolean sameVersion =
        observed.controlPlaneVersion().filter(versions.target()::equals).isPresent();
    boolean sameContent =
        ObservedCluster.annotation(controlPlane, Marks.CONTENT)
            .filter(head.contentHash()::equals)
            .isPresent();
    boolean sameTemplate =
        observed.resource(Keys.controlPlaneTemplate(head.templateHash())).exists();
    return !sameVersion || !sameContent || !sameTemplate;
  }

  static Machine unknown(String name, ImagePin image) {
    return new Machine(
        name,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        image.architecture(),
        Optional.empty(),
        false,
        List.of());
  }
}
