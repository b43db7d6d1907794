package dev.isobar.function.compose;

import dev.isobar.apis.decode.Encoder;
import dev.isobar.apis.platform.AddonState;
import dev.isobar.apis.tree.Tree;
import dev.isobar.apis.workspace.GpuWorkspaceStatus;
import dev.isobar.apis.workspace.GpuWorkspaceStatus.AcceleratorState;
import dev.isobar.apis.workspace.GpuWorkspaceStatus.ServerState;
import dev.isobar.apis.workspace.JupyterHub;
import dev.isobar.function.compose.plan.ObservedCluster;
import dev.isobar.function.compose.plan.PoolPlan;
import dev.isobar.function.compose.sveltos.Addon;
import dev.isobar.function.compose.workspace.AcceleratorOffer;
import dev.isobar.function.compose.workspace.ServerChoice;
import dev.isobar.function.compose.workspace.WorkspacePlan;
import dev.isobar.function.contract.Condition;
import dev.isobar.function.contract.Condition.Status;
import dev.isobar.function.readiness.ClusterHealth;
import dev.isobar.function.readiness.Health;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** The status of a workspace: what it offers, how far it is, and who must act. */
final class WorkspaceReport {
  /** Stages that a workspace comes to only when it has been ready once. */
  private static final Set<String> AFTER_READY = Set.of("Ready", "Changing");

  private final WorkspacePlan plan;
  private final Desired desired;
  private final ObservedCluster observed;
  private final WorkspaceHealth health;
  private final List<Condition> conditions;
  private final Tree composite;

  WorkspaceReport(
      WorkspacePlan plan,
      Desired desired,
      ObservedCluster observed,
      WorkspaceHealth health,
      List<Condition> conditions,
      Tree composite) {
    this.plan = plan;
    this.desired = desired;
    this.observed = observed;
    this.health = health;
    this.conditions = conditions;
    this.composite = composite;
  }

  SortedMap<String, Object> status() {
    var pools =
        new PoolReport(plan.nodes(), desired, observed, health.pools(), new PastPools(composite));
    return Encoder.everything(
        new GpuWorkspaceStatus(
            Optional.of(stage()),
            Optional.of(message()),
            Optional.of(plan.clusterId().cluster()),
            Optional.of(plan.namespace()),
            plan.spec().jupyterhub().map(JupyterHub::host).map(host -> "https://" + host),
            plan.accelerators().stream().map(this::accelerator).toList(),
            plan.servers().stream().map(this::server).toList(),
            plan.nodes().pools().stream().map(pools::state).toList(),
            desired.addons().stream().map(this::addon).toList(),
            WorkspaceDesired.gpuConfigs(desired.objects())));
  }

  private String stage() {
    if (ClusterHealth.deleting(composite)) {
      return "Deleting";
    }
    if (health.ready()) {
      boolean settled =
          desired.settled() && conditions.stream().allMatch(one -> one.status() == Status.TRUE);
      return settled ? "Ready" : "Changing";
    }
    boolean failing =
        conditions.stream()
            .anyMatch(one -> one.reason().equals("Degraded") || one.reason().equals("Failed"));
    if (failing) {
      return "Degraded";
    }
    boolean wasReady =
        composite.at("status", "stage").text().filter(AFTER_READY::contains).isPresent();
    return wasReady ? "Changing" : "Provisioning";
  }

  /** What the first condition that does not hold says; they stand in the order things happen. */
  private String message() {
    if (ClusterHealth.deleting(composite)) {
      return "the workspace is being deleted";
    }
    return conditions.stream()
        .filter(one -> one.status() != Status.TRUE)
        .findFirst()
        .or(() -> conditions.stream().filter(one -> WORDS.contains(one.reason())).findFirst())
        .map(Condition::message)
        .or(() ->
            StatusReport.coming(plan.nodes().pools(), observed)
                .map(more -> "the workspace is ready; " + more))
        .orElse("the workspace is ready");
  }

  /** Reasons of conditions that hold, of which there is something to tell all the same. */
  private static final Set<String> WORDS = Set.of("ClusterNotReady", "NobodyAllowed", "TrialLogin");

  private AcceleratorState accelerator(AcceleratorOffer offer) {
    return new AcceleratorState(
        offer.name(),
        Optional.of(offer.pool()),
        offer.perNode(),
        offer.inAll(),
        offer.plan().filter(gpu -> !gpu.layouts().isEmpty()).map(gpu -> gpu.wastedComputeSlices()),
        offer.plan().filter(gpu -> !gpu.layouts().isEmpty()).map(gpu -> gpu.wastedMemorySlices()),
        waits(offer));
  }

  /** What keeps nodes of an accelerator from taking servers; empty when nothing does. */
  private Optional<String> waits(AcceleratorOffer offer) {
    Health own = health.pools().pools().getOrDefault(offer.pool(), new Health.Working());
    return Optional.of(own.message()).filter(text -> !text.isEmpty());
  }

  private ServerState server(ServerChoice server) {
    Optional<String> why = server.offer().flatMap(this::unschedulable);
    Optional<String> first = server.offer().flatMap(this::startsNode);
    return new ServerState(
        server.profile().name(),
        server.resource(),
        server.resource().map(_ -> server.count()),
        why.isEmpty(),
        why.or(() -> first));
  }

  private Optional<String> unschedulable(AcceleratorOffer offer) {
    if (offer.most() == 0) {
      return Optional.of("accelerator " + offer.name() + " may have no nodes");
    }
    return own(offer)
        .filter(pool -> desired.held().containsKey(pool.name()))
        .map(_ -> "accelerator " + offer.name() + " " + desired.held().get(offer.pool()));
  }

  /** The first server of a pool without nodes waits for one. */
  private Optional<String> startsNode(AcceleratorOffer offer) {
    return own(offer)
        .filter(pool -> NodeCount.of(pool, observed).ready() == 0)
        .map(_ -> "a node is made first, which takes some minutes");
  }

  private Optional<PoolPlan> own(AcceleratorOffer offer) {
    return plan.nodes().pools().stream()
        .filter(pool -> pool.name().equals(offer.pool()))
        .findFirst();
  }

  private AddonState addon(Addon addon) {
    Health of = health.addons().getOrDefault(addon.name(), new Health.Working());
    return StatusReport.addon(addon, plain(addon.name()), of);
  }

  /** The name of an add-on without the workspace's. */
  static String plain(String addon) {
    return addon.substring(addon.lastIndexOf('.') + 1);
  }
}
