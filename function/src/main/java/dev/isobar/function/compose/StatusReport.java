package dev.isobar.function.compose;

import dev.isobar.apis.decode.Encoder;
import dev.isobar.apis.platform.AddonState;
import dev.isobar.apis.platform.PlatformClusterStatus;
import dev.isobar.apis.platform.PlatformClusterStatus.KubeconfigRef;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.plan.AddonName;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.ObservedCluster;
import dev.isobar.function.compose.plan.PoolPlan;
import dev.isobar.function.compose.plan.Upgrades;
import dev.isobar.function.compose.sveltos.Addon;
import dev.isobar.function.compose.sveltos.Chart;
import dev.isobar.function.contract.Condition;
import dev.isobar.function.contract.Condition.Status;
import dev.isobar.function.readiness.ClusterHealth;
import dev.isobar.function.readiness.Health;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;

/** The status of a cluster: what it is, how far it is, and who must act. */
final class StatusReport {
  /** Stages that a cluster comes to only when it has been ready once. */
  private static final Set<String> AFTER_READY = Set.of("Ready", "Changing");

  /** What does not work is told before that somebody paused it: the pause may be why. */
  private static final String DEGRADED = "Degraded";

  private static final String PAUSED =
      "; Cluster API deletes nothing of it until spec.paused is set to false";

  private final ClusterPlan plan;
  private final Desired desired;
  private final ObservedCluster observed;
  private final Judgement judgement;
  private final List<Condition> conditions;
  private final PoolReport pools;
  private final Tree composite;
  private final boolean wasReady;

  /** That somebody who is not the claim paused it. */
  private final Optional<String> pause;

  StatusReport(
      ClusterPlan plan,
      Desired desired,
      ObservedCluster observed,
      Judgement judgement,
      List<Condition> conditions,
      Tree composite) {
    this.plan = plan;
    this.desired = desired;
    this.observed = observed;
    this.judgement = judgement;
    this.conditions = conditions;
    pools =
        new PoolReport(
            plan,
            desired,
            observed,
            new PoolHealth(judgement.shares(), judgement.pools(), judgement.renewals()),
            new PastPools(composite));
    this.composite = composite;
    wasReady = composite.at("status", "stage").text().filter(AFTER_READY::contains).isPresent();
    pause = ForeignPauses.of(plan, observed);
  }

  SortedMap<String, Object> status() {
    return Encoder.everything(
        new PlatformClusterStatus(
            Optional.of(stage()),
            Optional.of(
                CoreBreaker.open(composite) && !judgement.settled()
                    ? message() + CoreBreaker.EXPLANATION
                    : message()),
            Optional.of(plan.id().cluster()),
            Optional.of(plan.versions().target().text()),
            Upgrades.of(plan, observed),
            endpoint(),
            kubeconfig(),
            Optional.of(nodes()),
            plan.managed() ? Optional.empty() : Optional.of(judgement.head().state()),
            plan.pools().stream().map(pools::state).toList(),
            addons(),
            CleanupObject.foretold(plan, observed)));
  }

  private String stage() {
    if (going()) {
      return "Deleting";
    }
    if (plan.spec().paused()) {
      return "Paused";
    }
    String unpaused = unpausedStage();
    return pause.isPresent() && !unpaused.equals(DEGRADED) ? "Paused" : unpaused;
  }

  private String unpausedStage() {
    boolean upgrading = upgrading().isPresent();
    boolean begun = ClusterHealth.initialized(observed.controlPlane());
    if (begun && upgrading) {
      return "Upgrading";
    }
    if (judgement.ready()) {
      if (said(Conditions.WEAKENED).isPresent()) {
        return DEGRADED;
      }
      boolean settled =
          desired.settled()
              && !replaced()
              && judgement.head().moving().isEmpty()
              && conditions.stream()
                  .filter(one -> !one.type().equals("Upgrading"))
                  .allMatch(one -> one.status() == Status.TRUE);
      return settled ? "Ready" : "Changing";
    }
    boolean failing =
        conditions.stream()
            .anyMatch(one -> one.reason().equals(DEGRADED) || one.reason().equals("Failed"));
    if (begun && failing) {
      return DEGRADED;
    }
    if (begun && (wasReady || !desired.retained().isEmpty())) {
      return "Changing";
    }
    return observed.begun() ? "Provisioning" : "Waiting";
  }

  /**
   * What the Cloud complains of, for nothing can change until it works again; else what the first
   * condition that does not hold says. Conditions stand in the order things happen.
   */
  private String message() {
    if (going()) {
      return ClusterHealth.deleting(composite)
          ? "the cluster is being deleted"
          : "the Cluster "
              + plan.id().cluster()
              + " is being deleted, though not by its claim; it is made anew once it is gone,"
              + " without what ran in it"
              + (plan.spec().paused() ? PAUSED : CleanupObject.holding(plan, observed));
    }
    if (plan.spec().paused()) {
      return "paused by spec.paused: nothing is changed until it is set to false";
    }
    if (pause.isPresent() && stage().equals(DEGRADED)) {
      return unpaused().map(words -> words + "; besides, ").orElse("") + pause.get();
    }
    return pause.or(this::unpaused).orElse("the cluster is ready");
  }

  private Optional<String> unpaused() {
    return said(Conditions.CLOUD_NOT_READY)
        .or(this::lacking)
        .or(this::upgrading)
        .or(() -> said(Conditions.WEAKENED))
        .or(() -> said(Conditions.RAISED))
        .or(() -> said(Conditions.LEFT_BEHIND))
        .or(() -> said(Conditions.ALLOWED_CIDRS_IGNORED))
        .map(Condition::message)
        .or(() -> judgement.head().moving())
        .or(this::moving)
        .or(this::leaving)
        .or(() ->
            Optional.of("nodes are being replaced one by one")
                .filter(_ -> replaced() || !desired.retained().isEmpty()))
        .or(() -> coming(plan.pools(), observed).map(more -> "the cluster is ready; " + more));
  }

  private Optional<Condition> said(String reason) {
    return conditions.stream().filter(one -> one.reason().equals(reason)).findFirst();
  }

  private Optional<Condition> upgrading() {
    return conditions.stream()
        .filter(one -> one.type().equals("Upgrading") && one.status() == Status.TRUE)
        .findFirst();
  }

  /** GPU nodes are replaced in an upgrade too, of which there is more to say. */
  private Optional<Condition> lacking() {
    boolean upgrading = upgrading().isPresent();
    return conditions.stream()
        .filter(one -> !one.type().equals("Upgrading") && one.status() != Status.TRUE)
        .filter(one ->
            !upgrading || !one.type().equals("GpuReady") || !one.reason().equals("Provisioning"))
        .findFirst();
  }

  private boolean replaced() {
    return judgement.renewals().values().stream().anyMatch(Renewal::goesOn);
  }

  /** Pools that move to other zones, in words; empty when none does. */
  private Optional<String> moving() {
    return desired.notes().entrySet().stream()
        .map(note -> "pool " + note.getKey() + ": " + note.getValue())
        .reduce((one, other) -> one + ", " + other);
  }

  /** Pools whose nodes leave, in words; empty when there are none. */
  private Optional<String> leaving() {
    List<String> all =
        desired.leaving().entrySet().stream()
            .map(pool ->
                "pool "
                    + pool.getKey()
                    + " "
                    + Farewell.inWords(pool.getValue(), observed.deployments(pool.getKey())))
            .toList();
    return all.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", all));
  }

  /** Whether what there is goes away. */
  private boolean going() {
    return ClusterHealth.deleting(composite) || ClusterHealth.deleting(observed.cluster());
  }

  /** Pools with fewer nodes than are asked for, in words; empty when there are none. */
  static Optional<String> coming(List<PoolPlan> pools, ObservedCluster observed) {
    List<String> all =
        pools.stream()
            .flatMap(pool ->
                NodeCount.of(pool, observed).coming().stream()
                    .map(text -> "pool " + pool.name() + ": " + text))
            .toList();
    return all.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", all));
  }

  private Optional<String> endpoint() {
    Tree endpoint = observed.cluster().at("spec", "controlPlaneEndpoint");
    Optional<String> host = endpoint.at("host").text().filter(text -> !text.isEmpty());
    // EKS gives an address where others give a name.
    return host.map(name ->
        (name.startsWith("https://") ? name : "https://" + name)
            + ":"
            + endpoint.at("port").whole().orElse(6443L));
  }

  private Optional<KubeconfigRef> kubeconfig() {
    return ClusterHealth.initialized(observed.controlPlane())
        ? Optional.of(
            new KubeconfigRef(plan.id().namespace(), plan.id().cluster() + "-kubeconfig", "value"))
        : Optional.empty();
  }

  private String nodes() {
    long ready = judgement.head().ready();
    long wanted = judgement.head().wanted();
    for (PoolPlan pool : plan.pools()) {
      NodeCount count = NodeCount.of(pool, observed);
      ready += count.ready();
      wanted += count.wanted();
    }
    return ready + "/" + wanted;
  }

  private List<AddonState> addons() {
    Stream<AddonState> autoscaler =
        desired.autoscaler().stream()
            .map(version -> {
              String name = AddonName.AUTOSCALER.text();
              Health health = judgement.addons().getOrDefault(name, new Health.Working());
              return state(name, Optional.empty(), Optional.of(version), health);
            });
    return Stream.concat(desired.addons().stream().map(this::addon), autoscaler).toList();
  }

  private AddonState addon(Addon addon) {
    Health health = judgement.addons().getOrDefault(addon.name(), new Health.Working());
    return addon(addon, addon.name(), health);
  }

  /** An add-on under the name users know it by. */
  static AddonState addon(Addon addon, String name, Health health) {
    return state(name, addon.chart().map(Chart::name), addon.chart().map(Chart::version), health);
  }

  private static AddonState state(
      String name, Optional<String> chart, Optional<String> version, Health health) {
    String state =
        switch (health) {
          case Health.Working() -> "Deployed";
          case Health.Stale() -> "Deploying";
          case Health.Coming(var message) -> message.startsWith("waits") ? "Waiting" : "Deploying";
          case Health.Failing(_) -> "Failed";
        };
    return new AddonState(
        name, chart, version, state, Optional.of(health.message()).filter(text -> !text.isEmpty()));
  }
}
