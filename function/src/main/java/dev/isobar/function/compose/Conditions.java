package dev.isobar.function.compose;

import dev.isobar.apis.compute.LoadBalancer;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.plan.AddonName;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.Keys;
import dev.isobar.function.compose.plan.ObservedCluster;
import dev.isobar.function.compose.plan.PoolPlan;
import dev.isobar.function.contract.Condition;
import dev.isobar.function.contract.Condition.Status;
import dev.isobar.function.readiness.AddonHealth;
import dev.isobar.function.readiness.Brake;
import dev.isobar.function.readiness.ClusterHealth;
import dev.isobar.function.readiness.Health;
import dev.isobar.function.readiness.ObservedCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The conditions of a cluster; types and reasons are those of the catalogue in the documentation.
 */
final class Conditions {
  /** Reason: the Cloud exists, but says itself that it cannot be worked with. */
  static final String CLOUD_NOT_READY = "CloudNotReady";

  /** Reason: the API is open to all, though the claim says otherwise. */
  static final String ALLOWED_CIDRS_IGNORED = "AllowedCidrsIgnored";

  /** Reason: everything runs the version but what cannot follow to it. */
  static final String LEFT_BEHIND = "LeftBehind";

  /** The cloud runs the control plane, and has brought it to more than the claim says. */
  static final String RAISED = "RaisedByCloud";

  /** Reason: the API works, but machines that were there are missing. */
  static final String WEAKENED = "Weakened";

  private static final String OPEN =
      "networks and load balancer exist, but spec.network.api.allowedCidrs closes nothing: OVN's"
          + " load balancer cannot keep addresses out, and the API is open to all; the app team"
          + " must remove the list, or move to a new cluster with loadBalancer Amphora or"
          + " publicAddress: false";

  /** Whose turn it is when a Cloud complains. */
  private static final String ACTS = "; the platform team must act";

  private static final String PATIENCE =
      "the platform team must act if it is not replaced or back soon";

  private static final String ALL_DEPLOYED = "all add-ons are deployed";

  private static final int LONGEST = 700;

  private final ClusterPlan plan;
  private final ObservedCluster observed;
  private final Judgement judgement;
  private final Tree cloud;
  private final Tree composite;

  /**
   * The conditions of what was judged.
   *
   * @param cloud the Cloud as observed, for its own condition
   * @param composite the composite as observed, for what was said before
   */
  Conditions(
      ClusterPlan plan, ObservedCluster observed, Judgement judgement, Tree cloud, Tree composite) {
    this.plan = plan;
    this.observed = observed;
    this.judgement = judgement;
    this.cloud = cloud;
    this.composite = composite;
  }

  List<Condition> all() {
    List<Condition> all = new ArrayList<>();
    all.add(cloudResolved());
    all.add(infrastructure());
    all.add(controlPlane());
    all.add(pools());
    all.add(addons());
    gpus().ifPresent(all::add);
    boolean upgrading =
        Said.of(composite, "Upgrading").filter(ObservedCondition::holds).isPresent();
    all.add(new UpgradeProgress(plan, observed, upgrading).condition());
    return all;
  }

  private Condition cloudResolved() {
    Optional<ObservedCondition> trouble = cloudTrouble();
    String message =
        trouble
            .map(condition ->
                "Cloud "
                    + plan.cloud().name()
                    + " is known, but reports "
                    + (condition.reason().isEmpty() ? "" : condition.reason() + ": ")
                    + condition.message()
                    + ACTS)
            .orElseGet(this::known);
    String reason = plan.gaps().isEmpty() ? "Resolved" : "Incomplete";
    return condition(
        "CloudResolved", true, trouble.isPresent() ? CLOUD_NOT_READY : reason, message);
  }

  private String known() {
    String known = "Cloud " + plan.cloud().name() + " is known and may be used";
    return plan.gaps().isEmpty()
        ? known
        : known
            + ", but lacks what the cluster uses, which goes on and cannot be made again: "
            + String.join("; ", plan.gaps())
            + "; the platform team must bring it back, or the app team move to something else";
  }

  /**
   * Cluster API's OpenStack provider says nothing when the cloud does not answer; our own provider
   * does.
   */
  private Optional<ObservedCondition> cloudTrouble() {
    return ObservedCondition.of(cloud, "Ready")
        .filter(condition -> condition.status().equals("False"));
  }

  private Condition infrastructure() {
    Optional<ObservedCondition> trouble = cloudTrouble();
    if (judgement.infrastructure() instanceof Health.Coming && trouble.isPresent()) {
      String reason = trouble.get().reason().isEmpty() ? CLOUD_NOT_READY : trouble.get().reason();
      return condition(
          "InfrastructureReady",
          false,
          reason,
          "Cloud " + plan.cloud().name() + ": " + trouble.get().message() + ACTS);
    }
    boolean open =
        plan.controlPlane().loadBalancer() == LoadBalancer.OVN
            && !plan.spec().network().api().allowedCidrs().isEmpty();
    return judged(
        "InfrastructureReady",
        explained(judgement.infrastructure()),
        open ? ALLOWED_CIDRS_IGNORED : "Provisioned",
        open
            ? OPEN
            : plan.managed()
                ? "EKS makes network and control plane together"
                : "networks and load balancer exist");
  }

  /**
   * Cluster API speaks of its own objects and their fields, and of a cloud that does not answer not
   * at all; whose cloud is waited for, and who must look, stands before its words.
   */
  private Health explained(Health health) {
    boolean theirs =
        ObservedCondition.of(observed.cluster(), "InfrastructureReady")
            .map(ObservedCondition::message)
            .filter(message -> !message.isEmpty() && message.equals(health.message()))
            .isPresent();
    if (!theirs) {
      return health;
    }
    String what = plan.managed() ? "network and control plane" : "networks and load balancer";
    String cloud = " in Cloud " + plan.cloud().name();
    String words = "; Cluster API says: " + health.message();
    return switch (health) {
      case Health.Coming(_) ->
          new Health.Coming(
              what
                  + " are being made"
                  + cloud
                  + "; if this lasts, the platform team must see whether it answers Cluster API and"
                  + " takes its credentials"
                  + words);
      case Health.Failing(_) ->
          new Health.Failing(
              what
                  + cloud
                  + " were there and are broken; the platform team must mend them"
                  + words);
      case Health.Working() -> health;
      case Health.Stale() -> health;
    };
  }

  private Condition controlPlane() {
    if (judgement.controlPlane() instanceof Health.Coming && !networkStands()) {
      return condition(
          "ControlPlaneReady",
          false,
          "WaitingForInfrastructure",
          plan.managed()
              ? "EKS makes it once Cluster API has taken it up"
              : "machines are made once the network exists");
    }
    Optional<String> missing = judgement.head().missing();
    return judged(
        "ControlPlaneReady",
        judgement.controlPlane(),
        missing.isEmpty() ? "Available" : WEAKENED,
        "the Kubernetes API works"
            + missing
                .map(text -> ", but " + text + "; " + Brake.note(check()).orElse(PATIENCE))
                .orElse(""));
  }

  private Tree check() {
    return observed.resource(Keys.controlPlaneHealth());
  }

  /** Also while Cluster API has not looked at the newest generation of the Cluster. */
  private boolean networkStands() {
    return switch (judgement.infrastructure()) {
      case Health.Working() -> true;
      case Health.Stale() -> kept("InfrastructureReady", "Provisioned", "").status() == Status.TRUE;
      case Health.Coming(_) -> false;
      case Health.Failing(_) -> false;
    };
  }

  private Condition pools() {
    if (plan.pools().isEmpty()) {
      return condition("PoolsReady", true, "NoPools", "the claim asks for no pools");
    }
    Health worst = Judgement.worst(judgement.pools().values());
    if (worst instanceof Health.Coming && !ClusterHealth.initialized(observed.controlPlane())) {
      return condition(
          "PoolsReady",
          false,
          "WaitingForControlPlane",
          "nodes join once the Kubernetes API works");
    }
    return judged(
        "PoolsReady",
        named("pool", judgement.pools(), worst),
        "Available",
        nodes(plan.pools(), "all pools have their nodes", "all pools have the nodes they must"));
  }

  private Condition addons() {
    if (!plan.cloud().lendsRights()) {
      return condition(
          "AddonsReady",
          false,
          "WorkloadCredentialsMissing",
          "Cloud "
              + plan.cloud().name()
              + " has no spec.workloadCredentials, so nodes never become ready; the platform team"
              + " must set it");
    }
    Health worst = Judgement.worst(judgement.addons().values());
    if (worst instanceof Health.Coming && !ClusterHealth.initialized(observed.controlPlane())) {
      return condition(
          "AddonsReady",
          false,
          "WaitingForControlPlane",
          "add-ons are deployed once the Kubernetes API works");
    }
    Health named = named("add-on", judgement.addons(), worst);
    if (worst instanceof Health.Coming && judgement.addons().containsValue(AddonHealth.UNSEEN)) {
      return condition(
          "AddonsReady",
          false,
          "WaitingForSveltos",
          named.message() + "; if this lasts, the platform team must see to Sveltos");
    }
    return switch (named) {
      case Health.Working() -> condition("AddonsReady", true, "Deployed", ALL_DEPLOYED);
      case Health.Stale() -> kept("AddonsReady", "Deployed", ALL_DEPLOYED);
      case Health.Coming(var message) -> condition("AddonsReady", false, "Deploying", message);
      case Health.Failing(var message) -> condition("AddonsReady", false, "Failed", message);
    };
  }

  private Optional<Condition> gpus() {
    if (!plan.hasGpus()) {
      // Core keeps a condition until it is said anew.
      return ObservedCondition.of(composite, "GpuReady")
          .map(_ -> condition("GpuReady", true, "NoGpuPools", "the claim asks for no GPU pools"));
    }
    if (!ClusterHealth.initialized(observed.controlPlane())) {
      return Optional.of(
          condition(
              "GpuReady",
              false,
              "WaitingForControlPlane",
              "GPU nodes join once the Kubernetes API works"));
    }
    Health operator =
        judgement.addons().getOrDefault(AddonName.GPU_OPERATOR.text(), new Health.Working());
    List<PoolPlan> gpuPools =
        plan.pools().stream().filter(pool -> pool.pool().gpu().isPresent()).toList();
    Map<String, Health> pools =
        gpuPools.stream()
            .collect(
                Collectors.toMap(
                    PoolPlan::name,
                    pool -> judgement.pools().getOrDefault(pool.name(), new Health.Working())));
    if (operator instanceof Health.Coming || operator instanceof Health.Failing) {
      return Optional.of(
          condition(
              "GpuReady", false, "WaitingForGpuOperator", "GPU Operator: " + operator.message()));
    }
    return Optional.of(gpuNodes(gpuPools, pools));
  }

  private Condition gpuNodes(List<PoolPlan> gpuPools, Map<String, Health> pools) {
    Health worst = Judgement.worst(pools.values());
    Map<String, Health> replaced =
        gpuPools.stream()
            .filter(pool -> renewal(pool).goesOn())
            .collect(
                Collectors.toMap(
                    PoolPlan::name, pool -> new Health.Coming(replaced(pool, renewal(pool)))));
    // Nodes that are replaced are there, but not with what was planned.
    boolean there = worst instanceof Health.Working || worst instanceof Health.Stale;
    if (there && !replaced.isEmpty()) {
      Health coming = Judgement.worst(replaced.values());
      return condition(
          "GpuReady", false, "Provisioning", named("GPU pool", replaced, coming).message());
    }
    return judged(
        "GpuReady",
        named("GPU pool", pools, worst),
        "Available",
        nodes(
            gpuPools,
            "all GPU pools offer what was planned",
            "all GPU pools have the nodes they must"));
  }

  private Renewal renewal(PoolPlan pool) {
    return judgement.renewals().getOrDefault(pool.name(), new Renewal(0, 0));
  }

  /** How far the replacement of GPU nodes is, and why it may not go on. */
  private String replaced(PoolPlan pool, Renewal renewal) {
    return PoolReport.replaced(pool, renewal)
        + UpgradeProgress.because(observed.deployments(pool.name()));
  }

  /** What works may still get more nodes. */
  private String nodes(List<PoolPlan> pools, String all, String some) {
    return StatusReport.coming(pools, observed).map(more -> some + "; " + more).orElse(all);
  }

  /** Puts the names of all that are as bad as the worst in front of what the first of them says. */
  static Health named(String what, Map<String, Health> all, Health worst) {
    List<String> names =
        all.entrySet().stream()
            .filter(one -> one.getValue().getClass() == worst.getClass())
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    String first = names.isEmpty() ? "" : all.getOrDefault(names.getFirst(), worst).message();
    String others =
        names.size() < 2 ? "" : " (also " + String.join(", ", names.subList(1, names.size())) + ")";
    String message = names.isEmpty() ? "" : what + " " + names.getFirst() + others + ": " + first;
    return switch (worst) {
      case Health.Working() -> worst;
      case Health.Stale() -> worst;
      case Health.Coming(_) -> new Health.Coming(message);
      case Health.Failing(_) -> new Health.Failing(message);
    };
  }

  private Condition judged(String type, Health health, String working, String message) {
    return switch (health) {
      case Health.Working() -> condition(type, true, working, message);
      case Health.Stale() -> kept(type, working, message);
      case Health.Coming(var coming) -> condition(type, false, "Provisioning", coming);
      case Health.Failing(var failing) -> condition(type, false, "Degraded", failing);
    };
  }

  /** What was said before, word for word, until there is something new to say. */
  private Condition kept(String type, String working, String message) {
    return Said.of(composite, type)
        .map(before -> before.again(type))
        .orElseGet(() ->
            Said.rested(composite)
                ? condition(type, true, working, message)
                : condition(type, false, "Provisioning", "it is being looked at"));
  }

  static Condition condition(String type, boolean holds, String reason, String message) {
    String text = message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "...";
    return new Condition(type, holds ? Status.TRUE : Status.FALSE, reason, text);
  }
}
