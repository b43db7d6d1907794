package dev.isobar.function.compose;

import dev.isobar.apis.decode.Encoder;
import dev.isobar.apis.platform.AddonState;
import dev.isobar.apis.platform.Autoscale;
import dev.isobar.apis.platform.PlatformClusterStatus;
import dev.isobar.apis.platform.PlatformClusterStatus.ControlPlaneState;
import dev.isobar.apis.platform.PlatformClusterStatus.KubeconfigRef;
import dev.isobar.apis.platform.PoolState;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.Keys;
import dev.isobar.function.compose.plan.Marks;
import dev.isobar.function.compose.plan.ObservedCluster;
import dev.isobar.function.compose.plan.PoolPlan;
import dev.isobar.function.compose.plan.Upgrades;
import dev.isobar.function.compose.sveltos.Addon;
import dev.isobar.function.compose.sveltos.Chart;
import dev.isobar.function.contract.Condition;
import dev.isobar.function.contract.Condition.Status;
import dev.isobar.function.readiness.ClusterHealth;
import dev.isobar.function.readiness.Health;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The status of a cluster: what it is, how far it is, and who must act. */
final class StatusReport {
  /** Stages that a cluster comes to only when it has been ready once. */
  private static final Set<String> AFTER_READY = Set.of("Ready", "Changing");

  private final ClusterPlan plan;
  private final Desired desired;
  private final ObservedCluster observed;
  private final Judgement judgement;
  private final List<Condition> conditions;
  private final PastPools past;
  private final Tree composite;
  private final boolean wasReady;

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
    past = new PastPools(composite);
    this.composite = composite;
    wasReady = composite.at("status", "stage").text().filter(AFTER_READY::contains).isPresent();
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
            Upgrades.of(plan),
            endpoint(),
            kubeconfig(),
            Optional.of(nodes()),
            Optional.of(controlPlane()),
            plan.pools().stream().map(this::pool).toList(),
            desired.addons().stream().map(this::addon).toList()));
  }

  private String stage() {
    if (going()) {
      return "Deleting";
    }
    if (plan.spec().paused()) {
      return "Paused";
    }
    boolean upgrading =
        conditions.stream()
            .anyMatch(one -> one.type().equals("Upgrading") && one.status() == Status.TRUE);
    boolean begun = ClusterHealth.initialized(observed.controlPlane());
    if (begun && upgrading) {
      return "Upgrading";
    }
    if (judgement.ready()) {
      boolean settled =
          desired.retained().isEmpty()
              && headOf().isEmpty()
              && conditions.stream()
                  .filter(one -> !one.type().equals("Upgrading"))
                  .allMatch(one -> one.status() == Status.TRUE);
      return settled ? "Ready" : "Changing";
    }
    boolean failing =
        conditions.stream()
            .anyMatch(one -> one.reason().equals("Degraded") || one.reason().equals("Failed"));
    if (begun && failing) {
      return "Degraded";
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
              + " without what ran in it";
    }
    if (plan.spec().paused()) {
      return "paused by spec.paused: nothing is changed until it is set to false";
    }
    return conditions.stream()
        .filter(one -> one.reason().equals(Conditions.CLOUD_NOT_READY))
        .findFirst()
        .or(() ->
            conditions.stream()
                .filter(one -> !one.type().equals("Upgrading") && one.status() != Status.TRUE)
                .findFirst())
        .or(() ->
            conditions.stream()
                .filter(one -> one.type().equals("Upgrading") && one.status() == Status.TRUE)
                .findFirst())
        .or(() ->
            conditions.stream()
                .filter(one -> one.reason().equals(Conditions.ALLOWED_CIDRS_IGNORED))
                .findFirst())
        .map(Condition::message)
        .orElseGet(() ->
            headOf()
                .or(() ->
                    Optional.of("nodes are being replaced one by one")
                        .filter(_ -> !desired.retained().isEmpty()))
                .or(() ->
                    coming(plan.pools(), observed).map(more -> "the cluster is ready; " + more))
                .orElse("the cluster is ready"));
  }

  /** Whether what there is goes away. */
  private boolean going() {
    return ClusterHealth.deleting(composite) || ClusterHealth.deleting(observed.cluster());
  }

  /** That machines of the control plane are being replaced, empty when they are not. */
  private Optional<String> headOf() {
    ControlPlaneState head = controlPlane();
    boolean counted =
        observed.controlPlane().at("status", "upToDateReplicas").exists()
            && head.upToDate() < head.wanted();
    return counted
        ? Optional.of(
            "control plane machines are being replaced one by one: "
                + head.upToDate()
                + " of "
                + head.wanted()
                + " are as they shall be")
        : Optional.empty();
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
    return host.map(name -> "https://" + name + ":" + endpoint.at("port").whole().orElse(6443L));
  }

  private Optional<KubeconfigRef> kubeconfig() {
    return ClusterHealth.initialized(observed.controlPlane())
        ? Optional.of(
            new KubeconfigRef(plan.id().namespace(), plan.id().cluster() + "-kubeconfig", "value"))
        : Optional.empty();
  }

  private String nodes() {
    ControlPlaneState head = controlPlane();
    long ready = head.ready();
    long wanted = head.wanted();
    for (PoolPlan pool : plan.pools()) {
      NodeCount count = NodeCount.of(pool, observed);
      ready += count.ready();
      wanted += count.wanted();
    }
    return ready + "/" + wanted;
  }

  private ControlPlaneState controlPlane() {
    Tree status = observed.controlPlane().at("status");
    return new ControlPlaneState(
        plan.spec().controlPlane().replicas(),
        count(status, "readyReplicas"),
        wished(Keys.CONTROL_PLANE) ? count(status, "upToDateReplicas") : 0);
  }

  /**
   * Whether an object already has the version and templates it shall have: before, its own count is
   * of an earlier wish.
   */
  private boolean wished(String key) {
    Tree seen = observed.resource(key);
    Tree wanted = Tree.of(desired.objects().get(key));
    long generation = seen.at("metadata", "generation").whole().orElse(0L);
    boolean looked =
        seen.at("status", "observedGeneration").whole().map(at -> at >= generation).orElse(true);
    return looked
        && wish(wanted).equals(wish(seen))
        && ObservedCluster.annotation(wanted, Marks.CONTENT)
            .equals(ObservedCluster.annotation(seen, Marks.CONTENT));
  }

  private static List<Optional<String>> wish(Tree object) {
    return List.of(
        object.at("spec", "version").text(),
        object.at("spec", "machineTemplate", "spec", "infrastructureRef").at("name").text(),
        object.at("spec", "template", "spec", "version").text(),
        ObservedCluster.machineTemplate(object),
        ObservedCluster.bootstrapTemplate(object));
  }

  private PoolState pool(PoolPlan pool) {
    Health health = judgement.pools().getOrDefault(pool.name(), new Health.Working());
    Optional<Autoscale> limits = pool.pool().autoscale();
    NodeCount count = NodeCount.of(pool, observed);
    return new PoolState(
        pool.name(),
        Optional.of(state(pool, health)),
        count.wanted(),
        count.ready(),
        upToDate(pool),
        Optional.of(pool.version().text()),
        Optional.of(pool.machine().name()),
        limits.map(Autoscale::min),
        limits.map(Autoscale::max),
        gpuModel(pool),
        gpus(pool),
        layout(pool),
        resources(pool),
        pool.demand().map(PlannedGpus::of).or(() -> PlannedGpus.read(past(pool).at("planned"))),
        message(pool, health));
  }

  // Of a pool that is left as it is, what its GPUs are is known from before.

  private Optional<String> gpuModel(PoolPlan pool) {
    return pool.gpu().map(gpu -> gpu.model()).or(() -> past(pool).at("gpuModel").text());
  }

  private Optional<Integer> gpus(PoolPlan pool) {
    return pool.gpu()
        .map(gpu -> gpu.count())
        .or(() -> past(pool).at("gpusPerNode").whole().map(Math::toIntExact));
  }

  private Optional<String> layout(PoolPlan pool) {
    return pool.gpu()
        .flatMap(gpu ->
            gpu.mig().map(mig -> mig.name()).or(() -> gpu.sharing().map(sharing -> sharing.name())))
        .or(() -> past(pool).at("layout").text());
  }

  private Map<String, Integer> resources(PoolPlan pool) {
    if (pool.gpu().isPresent()) {
      return pool.gpu().get().resources();
    }
    var resources = new TreeMap<String, Integer>();
    Tree before = past(pool).at("resources");
    before
        .fields()
        .forEach(name ->
            before
                .at(name)
                .whole()
                .ifPresent(count -> resources.put(name, Math.toIntExact(count))));
    return resources;
  }

  private Tree past(PoolPlan pool) {
    return pool.stands() ? past.of(pool.name()) : Tree.absent();
  }

  private Optional<String> message(PoolPlan pool, Health health) {
    List<String> messages = new ArrayList<>();
    Optional.of(health.message()).filter(text -> !text.isEmpty()).ifPresent(messages::add);
    if (messages.isEmpty()) {
      NodeCount.of(pool, observed).coming().ifPresent(messages::add);
      unready(pool).ifPresent(messages::add);
    }
    Optional.ofNullable(desired.notes().get(pool.name())).ifPresent(messages::add);
    messages.addAll(pool.notes());
    return messages.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", messages));
  }

  /**
   * A pool works while its lower limit is there; what keeps further machines from coming is told
   * all the same.
   */
  private Optional<String> unready(PoolPlan pool) {
    return pool.shares().stream()
        .map(share -> ClusterHealth.unready(observed.resource(pool.key(share))))
        .filter(text -> !text.isEmpty())
        .findFirst();
  }

  private int upToDate(PoolPlan pool) {
    long sum = 0;
    for (PoolPlan.Share share : pool.shares()) {
      String key = pool.key(share);
      sum += wished(key) ? count(observed.resource(key).at("status"), "upToDateReplicas") : 0;
    }
    return Math.toIntExact(sum);
  }

  private String state(PoolPlan pool, Health health) {
    return switch (health) {
      case Health.Working() -> "Ready";
      case Health.Stale() -> past.state(pool.name()).orElse("Coming");
      case Health.Coming(_) -> "Coming";
      case Health.Failing(_) -> "Degraded";
    };
  }

  private AddonState addon(Addon addon) {
    Health health = judgement.addons().getOrDefault(addon.name(), new Health.Working());
    String state =
        switch (health) {
          case Health.Working() -> "Deployed";
          case Health.Stale() -> "Deploying";
          case Health.Coming(var message) -> message.startsWith("waits") ? "Waiting" : "Deploying";
          case Health.Failing(_) -> "Failed";
        };
    return new AddonState(
        addon.name(),
        addon.chart().map(Chart::name),
        addon.chart().map(Chart::version),
        state,
        Optional.of(health.message()).filter(text -> !text.isEmpty()));
  }

  private static int count(Tree status, String field) {
    return Math.toIntExact(Math.clamp(status.at(field).whole().orElse(0L), 0, Integer.MAX_VALUE));
  }
}
