package dev.isobar.function.compose;

import dev.isobar.apis.platform.Autoscale;
import dev.isobar.apis.platform.PoolState;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.ObservedCluster;
import dev.isobar.function.compose.plan.PoolPlan;
import dev.isobar.function.readiness.ClusterHealth;
import dev.isobar.function.readiness.Health;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The status of pools: what their nodes are and offer, and what is being waited for. */
final class PoolReport {
  private final ClusterPlan plan;
  private final Desired desired;
  private final ObservedCluster observed;
  private final PoolHealth health;
  private final PastPools past;

  PoolReport(
      ClusterPlan plan,
      Desired desired,
      ObservedCluster observed,
      PoolHealth health,
      PastPools past) {
    this.plan = plan;
    this.desired = desired;
    this.observed = observed;
    this.health = health;
    this.past = past;
  }

  PoolState state(PoolPlan pool) {
    Health health = this.health.pools().getOrDefault(pool.name(), new Health.Working());
    Renewal renewal = this.health.renewals().getOrDefault(pool.name(), new Renewal(0, 0));
    Optional<Autoscale> limits = pool.pool().autoscale();
    NodeCount count = NodeCount.of(pool, observed);
    Tree before = past.of(pool.name());
    boolean held = desired.waiting().containsKey(pool.name());
    NodeGpus gpus = NodeGpus.of(plan, pool, held || renewal.goesOn(), observed, before);
    return new PoolState(
        pool.name(),
        Optional.of(word(pool, health)),
        count.wanted(),
        count.ready(),
        renewal.upToDate(),
        Optional.of(pool.version().text()),
        Optional.of(pool.machine().name()),
        limits.map(Autoscale::min),
        limits.map(Autoscale::max),
        gpus.model(),
        gpus.count(),
        gpus.layout(),
        gpus.resources(),
        pool.demand()
            .map(PlannedGpus::of)
            .or(() -> pool.stands() ? PlannedGpus.read(before.at("planned")) : Optional.empty()),
        message(pool, health, renewal));
  }

  private Optional<String> message(PoolPlan pool, Health health, Renewal renewal) {
    List<String> messages = new ArrayList<>();
    Optional.of(health.message()).filter(text -> !text.isEmpty()).ifPresent(messages::add);
    if (messages.isEmpty()) {
      NodeCount.of(pool, observed).coming().ifPresent(messages::add);
      unready(pool).ifPresent(messages::add);
    }
    Optional<String> waits = Optional.ofNullable(desired.waiting().get(pool.name()));
    waits
        .or(() ->
            Optional.of(replaced(pool, renewal))
                .filter(_ -> renewal.goesOn())
                .filter(_ -> pool.gpu().isPresent() || observed.hadGpus(pool.name()))
                .map(words -> pool.gpu().isPresent() ? words : words + ", and those have GPUs"))
        .ifPresent(messages::add);
    full(pool).ifPresent(messages::add);
    Optional.ofNullable(desired.notes().get(pool.name())).ifPresent(messages::add);
    ForeignPauses.of(plan, observed.deployments(pool.name())).ifPresent(messages::add);
    messages.addAll(pool.notes());
    return messages.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", messages));
  }

  /** That the autoscaler may add none, whatever pods wait for; nothing where none was to come. */
  private Optional<String> full(PoolPlan pool) {
    return pool.pool()
        .autoscale()
        .filter(limits -> limits.max() > limits.min())
        .map(limits -> full(NodeCount.of(pool, observed).wanted(), limits.max()))
        .filter(words -> !words.isEmpty());
  }

  private static String full(int nodes, int max) {
    if (nodes > max) {
      return "has %d nodes and may have %d: the autoscaler adds none, and gives back idle ones"
          .formatted(nodes, max);
    }
    return nodes == max
        ? "has as many nodes as it may, %d: pods that find no place wait".formatted(max)
        : "";
  }

  /** How far the replacement of a pool's nodes is. */
  static String replaced(PoolPlan pool, Renewal renewal) {
    int nodes = renewal.upToDate() + renewal.outdated();
    return renewal.upToDate()
        + " of "
        + nodes
        + " nodes "
        + (renewal.upToDate() == 1 ? "is" : "are")
        + " as planned"
        + pool.gpu().map(gpu -> " (" + NodeGpus.inWords(gpu) + ")").orElse("")
        + ", the others are replaced one by one";
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

  private String word(PoolPlan pool, Health health) {
    return switch (health) {
      case Health.Working() -> "Ready";
      case Health.Stale() -> past.state(pool.name()).orElse("Coming");
      case Health.Coming(_) -> "Coming";
      case Health.Failing(_) -> "Degraded";
    };
  }
}
