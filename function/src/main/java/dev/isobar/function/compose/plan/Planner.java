package dev.isobar.function.compose.plan;

import dev.isobar.apis.platform.Kubelet;
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

  private static final String UNTOUCHED = "; until then the cluster that exists is left as it is";

  /** A pool with the machine types it names, or as it stands. */
  private record Asked(
      Pool pool, String path, List<Machine> machines, Optional<PoolPlan> standing) {}

  private final ClusterId id;
  private final PlatformClusterSpec spec;
  private final Catalogue cloud;
  private final Settings settings;
  private final ObservedCluster observed;
  private final Standing standing;
  private final Mistakes mistakes = new Mistakes();

  /** What the Cloud has no more, though it is in use. */
  private final List<String> gaps = new ArrayList<>();

  /** What is wrong as soon as machines of the control plane are to be replaced. */
  private final List<Mistake> missing = new ArrayList<>();

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
    this.standing = new Standing(id, spec, observed);
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
    new CloudChecks(spec, cloud, observed, mistakes, gaps).check();
    new FixedFields(spec, cloud, observed, mistakes).check();
    new AddressChecks(spec, observed, mistakes).check();
    new NetworkChecks(spec, mistakes).check();
    new SecurityChecks(spec, observed, mistakes).check();
    new ReplacementChecks(spec, mistakes).check();
    checkAuthorities();
    new AddonChecks(spec, cloud, mistakes).check();
    new PoolNameChecks(id, spec, mistakes).check();
    Optional<Machine> controlPlane = controlPlane();
    List<Asked> pools = new ArrayList<>();
    for (int i = 0; i < spec.pools().size(); i++) {
      asked(spec.pools().get(i), "spec.pools[" + i + "]").ifPresent(pools::add);
    }
    if (controlPlane.isEmpty() || pools.size() < spec.pools().size()) {
      return new Outcome.Refused(mistakes.all());
    }
    return resolve(controlPlane.get(), pools);
  }

  private void checkAuthorities() {
    var checks = new AuthorityChecks(mistakes);
    checks.check(spec.nodes().trustedAuthorities(), "spec.nodes.trustedAuthorities");
    checks.check(settings.defaults().trustedAuthorities(), "settings.defaults.trustedAuthorities");
  }

  private Optional<Machine> controlPlane() {
    var wrong = new Mistakes();
    Kubelet kubelet = spec.nodes().kubelet();
    Optional<Machine> machine = new MachineTypes(cloud, wrong).controlPlane(spec.controlPlane());
    var unfit = new Mistakes();
    machine.ifPresent(
        found -> new ReservedChecks(kubelet, unfit).check(found, kubelet, "spec.nodes"));
    missing.addAll(unfit.all());
    Optional<Machine> stands = machine.isEmpty() ? standing.controlPlane() : Optional.empty();
    if (stands.isPresent()) {
      missing.addAll(untouched(wrong.all()));
      gaps.add("the control plane: " + wrong.all().getFirst().problem());
      return stands;
    }
    mistakes.addAll(untouched(wrong.all()));
    return machine;
  }

  private Optional<Asked> asked(Pool pool, String path) {
    var wrong = new Mistakes();
    Optional<List<Machine>> machines = new MachineTypes(cloud, wrong).pool(pool, path);
    if (!wrong.none()) {
      String why = wrong.all().getFirst().problem();
      Optional<PoolPlan> stands = standing.pool(pool, path, why, mistakes);
      if (stands.isPresent()) {
        gaps.add("pool " + pool.name() + ": " + why);
        return Optional.of(new Asked(pool, path, List.of(), stands));
      }
    }
    mistakes.addAll(untouched(wrong.all()));
    return machines.map(found -> new Asked(pool, path, found, Optional.empty()));
  }

  /** Whoever reads of a refusal shall know that what runs goes on. */
  private List<Mistake> untouched(List<Mistake> found) {
    return observed.begun()
        ? found.stream()
            .map(one -> new Mistake(one.path(), one.problem(), one.remedy() + UNTOUCHED))
            .toList()
        : found;
  }

  private Outcome resolve(Machine controlPlane, List<Asked> pools) {
    List<Machine> all = new ArrayList<>(List.of(controlPlane));
    pools.forEach(pool -> pool.machines().stream().findFirst().ifPresent(all::add));
    Optional<Versions> versions =
        new VersionPlanner(cloud, observed, all, mistakes).plan(spec.version());
    if (versions.isEmpty()) {
      return new Outcome.Refused(mistakes.all());
    }
    var images = new Images(cloud, observed, versions.get(), spec.imageRevision(), mistakes);
    Optional<ControlPlanePlan> head =
        new ControlPlanePlanner(spec, cloud, observed, versions.get(), images).plan(controlPlane);
    head.filter(planned -> standing.replaced(versions.get(), planned))
        .ifPresent(_ -> mistakes.addAll(missing));
    var poolPlanner = new PoolPlanner(spec, cloud, observed, versions.get(), images, mistakes);
    List<PoolPlan> planned = new ArrayList<>();
    for (Asked asked : pools) {
      asked
          .standing()
          .or(() -> poolPlanner.plan(asked.pool(), asked.machines(), asked.path()))
          .ifPresent(planned::add);
    }
    if (!mistakes.none() || head.isEmpty()) {
      return new Outcome.Refused(mistakes.all());
    }
    return new Outcome.Planned(
        new ClusterPlan(id, spec, cloud, settings, versions.get(), head.get(), planned, gaps));
  }
}
