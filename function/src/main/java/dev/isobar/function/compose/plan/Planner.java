package dev.isobar.function.compose.plan;

import dev.isobar.apis.compute.CloudSpec;
import dev.isobar.apis.decode.Mistake;
import dev.isobar.apis.platform.ControlPlane;
import dev.isobar.apis.platform.Kubelet;
import dev.isobar.apis.platform.Partitioning.Demand;
import dev.isobar.apis.platform.PlatformClusterSpec;
import dev.isobar.apis.platform.Pool;
import dev.isobar.apis.settings.Settings;
import dev.isobar.function.compose.cloud.Catalogue;
import dev.isobar.function.compose.cloud.KubernetesVersion;
import dev.isobar.function.compose.cloud.Machine;
import dev.isobar.function.compose.gpu.AcceleratorPlan;
import dev.isobar.function.compose.gpu.GpuPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Turns a claim into a plan, or says everything that is wrong with it. */
public final class Planner {
  /** What planning comes to. */
  public sealed interface Outcome {
    /** The claim can be had. */
    record Planned(ClusterPlan plan) implements Outcome {}

    /** The claim cannot be had; there is at least one mistake. */
    record Refused(List<Mistake> mistakes) implements Outcome {}
  }

  /** What is said besides of mistakes in the claim of a cluster that exists. */
  public static final String UNTOUCHED = "; until then the cluster that exists is left as it is";

  /** A pool with the machine types it names, or as it stands. */
  private record Asked(
      Pool pool,
      String path,
      List<Machine> machines,
      Optional<GpuPlan> gpu,
      Optional<PoolDemand> demand,
      Optional<PoolPlan> standing) {}

  private final ClusterId id;
  private final PlatformClusterSpec spec;
  private final Catalogue cloud;
  private final Settings settings;
  private final ObservedCluster observed;
  private final StandingParts standing;
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
    boolean onEks =
        spec.controlPlane().kind() == ControlPlane.Kind.Managed
            && cloud.spec().provider() == CloudSpec.Provider.EC2;
    this.cloud = onEks ? cloud.managed() : cloud;
    this.settings = settings;
    this.observed = observed;
    this.standing = new StandingParts(id, spec, observed);
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
    new NetworkChecks(spec, cloud, observed, mistakes).check();
    new NameServerChecks(spec, cloud, observed, mistakes).check();
    new AllowedRangeChecks(spec, settings, observed, mistakes).check();
    new TemplateChecks(mistakes).check(spec, settings);
    new SignChecks(mistakes).check(spec);
    new SecurityChecks(spec, observed, mistakes).check();
    new ReplacementChecks(spec, observed, mistakes).check();
    checkAuthorities();
    new TimeServerChecks(spec, settings, observed, mistakes).check();
    new MirrorChecks(spec, settings, observed, mistakes).check();
    new AddonChecks(spec, cloud, observed, mistakes).check();
    new PoolNameChecks(id, spec, mistakes).check();
    Optional<Machine> controlPlane = cloud.isManaged() ? Optional.empty() : controlPlane();
    Optional<List<Asked>> pools = asked(false);
    boolean none = controlPlane.isEmpty() && !cloud.isManaged();
    if (none || pools.isEmpty()) {
      return new Outcome.Refused(mistakes.all());
    }
    return resolve(controlPlane, pools.get());
  }

  /**
   * Plans pools that are made besides those of the claim, in a cluster whose control plane is there
   * already and planned by others. One that demands slices may become several.
   *
   * @param spec the claim with these pools in place of its own
   * @param observed what exists of the pools, beside the Cluster, its infrastructure and its
   *     control plane
   */
  public static Outcome planPools(
      ClusterId id,
      PlatformClusterSpec spec,
      Catalogue cloud,
      Settings settings,
      ObservedCluster observed) {
    return new Planner(id, spec, cloud, settings, observed).planPools();
  }

  private Outcome planPools() {
    new CloudChecks(spec, cloud, observed, mistakes, gaps).checkPoolZones();
    if (cloud.isManaged()) {
      new EksChecks(spec, cloud, observed, mistakes).checkPools();
    }
    new TemplateChecks(mistakes).check(spec, settings);
    Optional<List<Asked>> pools = asked(true);
    if (pools.isEmpty()) {
      return new Outcome.Refused(mistakes.all());
    }
    Versions versions =
        new VersionPlanner(cloud, observed, List.of(), release(), mistakes).present();
    var images = new Images(cloud, observed, versions, spec.imageRevision(), mistakes);
    List<PoolPlan> planned = planned(pools.get(), versions, images);
    if (!mistakes.none()) {
      return new Outcome.Refused(mistakes.all());
    }
    ControlPlanePlan head =
        new ControlPlanePlanner(spec, cloud, observed, versions, images).ofOthers();
    return new Outcome.Planned(
        new ClusterPlan(id, spec, cloud, settings, versions, head, planned, gaps));
  }

  /** All pools; nothing when one cannot be had at all. */
  private Optional<List<Asked>> asked(boolean several) {
    List<Asked> pools = new ArrayList<>();
    boolean all = true;
    for (int i = 0; i < spec.pools().size(); i++) {
      List<Asked> kinds = asked(spec.pools().get(i), several, "spec.pools[" + i + "]");
      pools.addAll(kinds);
      all = all && !kinds.isEmpty();
    }
    return all ? Optional.of(pools) : Optional.empty();
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
    machine.ifPresent(new MachineTypes(cloud, unfit)::checkControlPlane);
    missing.addAll(unfit.all());
    machine.ifPresent(
        found -> new ControlPlaneZones(spec, cloud, observed).check(found, wrong, missing, gaps));
    Optional<Machine> stands = machine.isEmpty() ? standing.controlPlane() : Optional.empty();
    if (stands.isPresent()) {
      missing.addAll(untouched(wrong.all()));
      gaps.add("the control plane: " + wrong.all().getFirst().problem());
      return stands;
    }
    mistakes.addAll(untouched(wrong.all()));
    return machine;
  }

  private List<Asked> asked(Pool pool, boolean several, String path) {
    var wrong = new Mistakes();
    Optional<List<Machine>> machines = new MachineTypes(cloud, wrong).pool(pool, path);
    var wrongGpus = new Mistakes();
    Optional<AcceleratorPlan> accelerator =
        machines.flatMap(
            found -> new GpuPools(cloud, observed, wrongGpus, several).plan(pool, found, path));
    Optional<String> why =
        wrong.all().stream()
            .findFirst()
            .or(() -> wrongGpus.all().stream().filter(_ -> divided(pool)).findFirst())
            .map(Planner::problem)
            .or(() ->
                accelerator
                    // What a demand is served by may change without the Cloud.
                    .filter(plan ->
                        GpuPools.demand(pool).isEmpty()
                            && standing.madeForOthers(
                                named(pool, several, plan), plan.node().resources()))
                    .map(_ -> others(machines.orElseThrow().getFirst())));
    var wrongNumbers = new Mistakes();
    List<PoolPlan> stand =
        why.map(text -> standing.pools(pool, several, path, text, wrongNumbers)).orElse(List.of());
    if (!stand.isEmpty()) {
      mistakes.addAll(wrongNumbers.all());
      gaps.add("pool " + pool.name() + ": " + why.orElseThrow());
      return stand.stream().map(one -> standing(one, path)).toList();
    }
    mistakes.addAll(untouched(wrong.all()));
    mistakes.addAll(wrongGpus.all());
    Pool named = accelerator.map(plan -> named(pool, several, plan)).orElse(pool);
    return machines.map(found -> asked(named, path, found, accelerator)).orElse(List.of());
  }

  /** A layout that is written is that of the pool that has it, if it was chosen for a demand. */
  private Pool named(Pool pool, boolean several, AcceleratorPlan plan) {
    return several && GpuPools.demand(pool).isEmpty()
        ? PoolKinds.named(pool, plan.node(), observed)
        : pool;
  }

  private static Asked standing(PoolPlan pool, String path) {
    return new Asked(
        pool.pool(), path, List.of(), Optional.empty(), Optional.empty(), Optional.of(pool));
  }

  /** A pool, or one for each kind of nodes where they differ. */
  private List<Asked> asked(
      Pool pool, String path, List<Machine> machines, Optional<AcceleratorPlan> accelerator) {
    Optional<List<Demand>> demand = GpuPools.demand(pool);
    if (demand.isEmpty() || accelerator.isEmpty()) {
      Optional<GpuPlan> gpu = accelerator.map(AcceleratorPlan::node);
      return List.of(new Asked(pool, path, machines, gpu, Optional.empty(), Optional.empty()));
    }
    return PoolKinds.of(pool, demand.get(), accelerator.get(), observed).stream()
        .map(kind ->
            new Asked(
                kind.pool(),
                path,
                machines,
                Optional.of(kind.plan().node()),
                Optional.of(kind.demand()),
                Optional.empty()))
        .toList();
  }

  /**
   * Whether the claim says how GPUs are divided: then only the Cloud can have made it impossible,
   * while a demand may also be more than the pool's nodes can serve.
   */
  private static boolean divided(Pool pool) {
    return GpuPools.demand(pool).isEmpty();
  }

  private static String problem(Mistake mistake) {
    String field = mistake.path().substring(mistake.path().lastIndexOf('.') + 1);
    return mistake.problem().startsWith("is ")
        ? field + " " + mistake.problem()
        : mistake.problem();
  }

  private String others(Machine machine) {
    return "Cloud "
        + cloud.name()
        + " has come to say "
        + machine.gpu().map(gpu -> gpu.count() + " x " + gpu.model()).orElse("no GPU")
        + " of machine type "
        + machine.name()
        + ", and the nodes were made for other GPUs";
  }

  /** Whoever reads of a refusal shall know that what runs goes on. */
  private List<Mistake> untouched(List<Mistake> found) {
    return observed.begun()
        ? found.stream()
            .map(one -> new Mistake(one.path(), one.problem(), one.remedy() + UNTOUCHED))
            .toList()
        : found;
  }

  private ClusterApiRelease release() {
    return ClusterApiRelease.of(settings.clusterApiVersion());
  }

  /**
   * Resolves versions and images.
   *
   * @param controlPlane the machine type of the control plane; empty where the cloud runs it
   */
  private Outcome resolve(Optional<Machine> controlPlane, List<Asked> pools) {
    List<Machine> all = new ArrayList<>(controlPlane.stream().toList());
    pools.forEach(pool -> pool.machines().stream().findFirst().ifPresent(all::add));
    observed.workspaceNodes().stream()
        .filter(nodes -> !nodes.stand(cloud))
        .forEach(nodes -> nodes.machine(cloud).ifPresent(all::add));
    Optional<Versions> versions =
        new VersionPlanner(cloud, observed, all, release(), mistakes).plan(spec.version());
    if (versions.isEmpty()) {
      return new Outcome.Refused(mistakes.all());
    }
    mistakes.addAll(untouched(leftBehind(versions.get(), pools)));
    var images = new Images(cloud, observed, versions.get(), spec.imageRevision(), mistakes);
    var headPlanner = new ControlPlanePlanner(spec, cloud, observed, versions.get(), images);
    Optional<ControlPlanePlan> head =
        controlPlane.isPresent()
            ? controlPlane.flatMap(machine -> headPlanner.plan(machine, !missing.isEmpty()))
            : Optional.of(headPlanner.ofOthers());
    head.filter(planned -> standing.replaced(versions.get(), planned))
        .ifPresent(_ -> mistakes.addAll(missing));
    List<PoolPlan> planned = planned(pools, versions.get(), images);
    if (!mistakes.none() || head.isEmpty()) {
      return new Outcome.Refused(mistakes.all());
    }
    return new Outcome.Planned(
        new ClusterPlan(id, spec, cloud, settings, versions.get(), head.get(), planned, gaps));
  }

  /**
   * No minor is begun, nor waited for, that nodes cannot follow to, because they stand. A patch
   * leaves them where new ones may come; and so does the next minor of EKS, which is not kubeadm's,
   * if they are of the one that runs.
   */
  private List<Mistake> leftBehind(Versions versions, List<Asked> pools) {
    Optional<KubernetesVersion> present = observed.controlPlaneVersion();
    boolean begins =
        !cloud.isManaged()
            && present.filter(of -> of.minor() < versions.target().minor()).isPresent();
    Stream<Mistake> own =
        pools.stream()
            .flatMap(asked -> asked.standing().stream())
            .filter(pool -> !cloud.isManaged() || present.filter(pool::behind).isPresent())
            .map(pool ->
                new Mistake(
                    "spec.version",
                    "pool " + pool.name() + " cannot follow: " + pool.gap().orElse(""),
                    "change or remove the pool, or have the platform team bring back what it was"
                        + " made from"));
    Stream<Mistake> ofWorkspaces =
        observed.workspaceNodes().stream()
            .filter(nodes -> !cloud.isManaged() || present.filter(nodes::behind).isPresent())
            .flatMap(nodes -> nodes.leftBehind(cloud).stream());
    return Stream.concat(own, ofWorkspaces).filter(_ -> begins || versions.held()).toList();
  }

  private List<PoolPlan> planned(List<Asked> pools, Versions versions, Images images) {
    var poolPlanner = new PoolPlanner(spec, cloud, observed, versions, images, mistakes);
    List<PoolPlan> planned = new ArrayList<>();
    for (Asked asked : pools) {
      asked
          .standing()
          .or(() ->
              poolPlanner.plan(
                  asked.pool(), asked.machines(), asked.gpu(), asked.demand(), asked.path()))
          .ifPresent(planned::add);
    }
    return planned;
  }
}
