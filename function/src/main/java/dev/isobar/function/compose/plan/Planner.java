package dev.isobar.function.compose.plan;

import dev.isobar.apis.platform.PlatformClusterSpec;
import dev.isobar.apis.platform.Pool;
import dev.isobar.apis.settings.Settings;
import dev.isobar.function.compose.cloud.Catalogue;
import dev.isobar.function.compose.cloud.Machine;
import dev.isobar.function.contract.Mistake;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns a claim into a plan, or says everything that is wrong with it. */
public final class Planner {
  /** What planning comes to. */
  public sealed interface Outcome {
    /** The claim can be had. */
    record Planned(ClusterPlan plan) implements Outcome {}

    /** The claim cannot be had; there is at least one mistake. */
    record Refused(List<Mistake> mistakes) implements Outcome {}
  }

  private final ClusterId id;
  private final PlatformClusterSpec spec;
  private final Catalogue cloud;
  private final Settings settings;
  private final ObservedCluster observed;
  private final Mistakes mistakes = new Mistakes();

  private Planner(
      ClusterId id,
      PlatformClusterSpec spec,
      Catalogue cloud,
      Settings settings,
      ObservedCluster observed) {
    this.id = id;
    this.spec = spec;
    this.cloud = cloud;
    this.settings = settings;
    this.observed = observed;
  }

  /** Plans a cluster. */
  public static Outcome plan(
      ClusterId id,
      PlatformClusterSpec spec,
      Catalogue cloud,
      Settings settings,
      ObservedCluster observed) {
    return new Planner(id, spec, cloud, settings, observed).plan();
  }

  private Outcome plan() {
    var machineTypes = new MachineTypes(cloud, mistakes);
    new CloudChecks(spec, cloud, observed, mistakes).check();
    new FixedFields(spec, cloud, observed, mistakes).check();
    new NetworkChecks(spec, mistakes).check();
    new SecurityChecks(spec, mistakes).check();
    new AddonChecks(spec, cloud, mistakes).check();
    new PoolNameChecks(id, spec, mistakes).check();
    Optional<Machine> controlPlane = machineTypes.controlPlane(spec.controlPlane());
    List<Optional<List<Machine>>> pools = new ArrayList<>();
    for (int i = 0; i < spec.pools().size(); i++) {
      pools.add(machineTypes.pool(spec.pools().get(i), "spec.pools[" + i + "]"));
    }
    if (controlPlane.isEmpty() || pools.stream().anyMatch(Optional::isEmpty)) {
      return new Outcome.Refused(mistakes.all());
    }
    return resolve(controlPlane.get(), pools.stream().flatMap(Optional::stream).toList());
  }

  private Outcome resolve(Machine controlPlane, List<List<Machine>> pools) {
    List<Machine> all = new ArrayList<>(List.of(controlPlane));
    pools.forEach(machines -> all.add(machines.getFirst()));
    Optional<Versions> versions =
        new VersionPlanner(cloud, observed, all, mistakes).plan(spec.version());
    if (versions.isEmpty()) {
      return new Outcome.Refused(mistakes.all());
    }
    var images = new Images(cloud, observed, versions.get(), mistakes);
    Optional<ControlPlanePlan> head =
        new ControlPlanePlanner(spec, cloud, observed, versions.get(), images).plan(controlPlane);
    var poolPlanner = new PoolPlanner(spec, cloud, observed, versions.get(), images, mistakes);
    List<PoolPlan> planned = new ArrayList<>();
    for (int i = 0; i < pools.size(); i++) {
      Pool pool = spec.pools().get(i);
      poolPlanner.plan(pool, pools.get(i), "spec.pools[" + i + "]").ifPresent(planned::add);
    }
    if (!mistakes.none() || head.isEmpty()) {
      return new Outcome.Refused(mistakes.all());
    }
    return new Outcome.Planned(
        new ClusterPlan(id, spec, cloud, settings, versions.get(), head.get(), planned));
  }
}
