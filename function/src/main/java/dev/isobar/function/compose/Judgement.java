package dev.isobar.function.compose;

import dev.isobar.apis.platform.ManagedControlPlane;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.plan.AddonName;
import dev.isobar.function.compose.plan.ClusterId;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.Keys;
import dev.isobar.function.compose.plan.ObservedCluster;
import dev.isobar.function.compose.sveltos.Addon;
import dev.isobar.function.compose.sveltos.ProfileObjects;
import dev.isobar.function.contract.Ready;
import dev.isobar.function.readiness.AddonHealth;
import dev.isobar.function.readiness.AutoscalerHealth;
import dev.isobar.function.readiness.Brake;
import dev.isobar.function.readiness.ClusterHealth;
import dev.isobar.function.readiness.EksHealth;
import dev.isobar.function.readiness.Health;
import dev.isobar.function.readiness.ObservedCondition;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * How every part of a cluster is doing.
 *
 * @param shares health of MachineDeployments by composition resource name
 * @param pools health of pools by name: the worst of their MachineDeployments
 * @param addons health of add-ons by name, in the order they are listed to users
 * @param head how many machines the control plane has
 * @param renewals how far the machines of pools are replaced, by name
 * @param credentials whether there are credentials for the add-ons that make nodes ready
 * @param before whether the composite was ready when last looked at
 */
record Judgement(
    Health infrastructure,
    Health controlPlane,
    SortedMap<String, Health> shares,
    SortedMap<String, Health> pools,
    Map<String, Health> addons,
    HeadCount head,
    SortedMap<String, Renewal> renewals,
    boolean credentials,
    boolean before) {
  /** Stages that a cluster hardly comes to before its control plane has worked. */
  private static final Set<String> AFTERWARDS =
      Set.of("Ready", "Changing", "Upgrading", "Degraded");

  static Judgement of(
      ClusterPlan plan,
      Desired desired,
      ObservedCluster observed,
      Summaries summaries,
      Tree composite) {
    PoolHealth pools = PoolHealth.of(plan, desired, observed, new PastPools(composite));
    Map<String, Health> addons =
        addons(
            plan.id(),
            desired,
            summaries,
            ClusterHealth.initialized(observed.controlPlane()),
            observed.cluster());
    desired
        .autoscaler()
        .ifPresent(_ ->
            addons.put(
                AddonName.AUTOSCALER.text(),
                AutoscalerHealth.of(observed.resource(Keys.AUTOSCALER))));
    return new Judgement(
        ClusterHealth.infrastructure(observed.cluster()),
        controlPlane(plan, observed, stood(composite)),
        pools.shares(),
        pools.pools(),
        addons,
        HeadCount.of(plan, desired, observed, composite),
        pools.renewals(),
        plan.cloud().lendsRights(),
        wasReady(composite));
  }

  private static boolean ofStandardSupport(ClusterPlan plan) {
    return plan.spec()
        .controlPlane()
        .managed()
        .filter(managed -> managed.support() == ManagedControlPlane.Support.Standard)
        .isPresent();
  }

  private static Health controlPlane(ClusterPlan plan, ObservedCluster observed, boolean stood) {
    return plan.managed()
        ? EksHealth.of(
            observed.controlPlane(),
            observed.cluster(),
            stood,
            plan.versions()
                .ahead()
                .filter(_ -> ofStandardSupport(plan))
                .map(ahead -> UpgradeProgress.raised(plan, ahead)))
        : Brake.told(
            ClusterHealth.controlPlane(observed.controlPlane(), observed.cluster(), stood),
            observed.resource(Keys.controlPlaneHealth()));
  }

  /**
   * Whether the composite was ready when last looked at. Core writes its status twice: first ours,
   * with the conditions as it had read them, then its own Ready; when somebody changes the
   * composite in between the second fails, and a Ready of before stays. The stage is ours.
   *
   * @see <a
   *     href="https://github.com/crossplane/crossplane/blob/v2.4.0/internal/controller/apiextensions/composite/composition_functions.go#L721">the
   *     first of both</a>
   */
  static boolean wasReady(Tree composite) {
    return ObservedCondition.of(composite, "Ready").filter(ObservedCondition::holds).isPresent()
        || Said.rested(composite);
  }

  /**
   * Whether the control plane was said to work once, or to work no more. Where that is lost, the
   * cluster's stage tells.
   */
  static boolean stood(Tree composite) {
    return Said.of(composite, "ControlPlaneReady")
        .map(said -> said.holds() || said.reason().equals("Degraded"))
        .orElseGet(() ->
            Said.lost(composite, "ControlPlaneReady")
                && composite.at("status", "stage").text().filter(AFTERWARDS::contains).isPresent());
  }

  /**
   * How add-ons are doing.
   *
   * @param clusterUp whether the cluster's API has been up once
   */
  static Map<String, Health> addons(
      ClusterId id, Desired desired, Summaries summaries, boolean clusterUp, Tree cluster) {
    var addons = new LinkedHashMap<String, Health>();
    boolean lost = ClusterHealth.lostConnection(cluster).isPresent();
    for (Addon addon : desired.addons()) {
      SortedMap<String, Object> profile = desired.objects().get(Keys.addon(addon.name()));
      if (profile != null && profile.get("spec") instanceof Map<?, ?> spec) {
        Tree summary = summaries.of(ProfileObjects.name(id, addon.name()));
        boolean unseen = clusterUp && !summary.exists();
        Health health = unseen ? AddonHealth.UNSEEN : AddonHealth.of(summary, spec);
        boolean waits = lost && health instanceof Health.Coming;
        addons.put(addon.name(), waits ? AddonHealth.UNREACHED : health);
      }
    }
    return addons;
  }

  /** The worse of two: failing before coming before stale before working. */
  static Health worse(Health one, Health other) {
    return rank(other) > rank(one) ? other : one;
  }

  static Health worst(Collection<Health> all) {
    return all.stream().reduce(new Health.Working(), Judgement::worse);
  }

  private static int rank(Health health) {
    return switch (health) {
      case Health.Working() -> 0;
      case Health.Stale() -> 1;
      case Health.Coming(_) -> 2;
      case Health.Failing(_) -> 3;
    };
  }

  /**
   * Whether the cluster can be used. What nobody has looked at since it was changed counts as
   * before; what only somebody can mend is never ready.
   */
  boolean ready() {
    if (!credentials) {
      return false;
    }
    Health nodes = onTheirWay(worst(pools.values()));
    Health installed = onTheirWay(worst(addons.values()));
    Health all = worse(worse(infrastructure, controlPlane), worse(nodes, installed));
    return all instanceof Health.Working || (all instanceof Health.Stale && before);
  }

  /** Nodes and add-ons on their way take nothing from a cluster that works. */
  private Health onTheirWay(Health health) {
    return before && health instanceof Health.Coming ? new Health.Stale() : health;
  }

  /** Whether everything is as it shall be. */
  boolean settled() {
    return ready() && worse(worst(pools.values()), worst(addons.values())).working();
  }

  /** Whether a composed resource is ready. */
  Ready ready(String key, ObservedCluster observed) {
    if (!observed.resource(key).exists()) {
      return Ready.FALSE;
    }
    Health health =
        switch (key) {
          case Keys.CLUSTER -> worse(infrastructure, controlPlane);
          case Keys.INFRASTRUCTURE -> infrastructure;
          case Keys.CONTROL_PLANE -> controlPlane;
          case Keys.AUTOSCALER ->
              addons.getOrDefault(AddonName.AUTOSCALER.text(), new Health.Working());
          default -> shares.getOrDefault(key, addon(key));
        };
    boolean fine = health.working() || (health instanceof Health.Stale && before);
    return fine ? Ready.TRUE : Ready.FALSE;
  }

  private Health addon(String key) {
    return addons.entrySet().stream()
        .filter(addon -> Keys.addon(addon.getKey()).equals(key))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseGet(Health.Working::new);
  }
}
