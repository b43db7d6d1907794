package dev.isobar.function.compose;

import dev.isobar.apis.decode.Encoder;
import dev.isobar.apis.platform.AddonState;
import dev.isobar.apis.platform.PoolState;
import dev.isobar.apis.tree.Tree;
import dev.isobar.apis.workspace.GpuWorkspaceStatus;
import dev.isobar.apis.workspace.JupyterHub;
import dev.isobar.function.compose.plan.ObservedCluster;
import dev.isobar.function.compose.sveltos.Addon;
import dev.isobar.function.compose.workspace.WorkspacePlan;
import dev.isobar.function.contract.Condition;
import dev.isobar.function.contract.Condition.Status;
import dev.isobar.function.readiness.ClusterHealth;
import dev.isobar.function.readiness.Health;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;

/** The status of a workspace: what it offers, how far it is, and who must act. */
final class WorkspaceReport {
  /** Stages that a workspace comes to only when it has been ready once. */
  private static final Set<String> AFTER_READY = Set.of("Ready", "Changing");

  private final WorkspacePlan plan;
  private final Desired desired;
  private final ObservedCluster observed;
  private final WorkspaceHealth health;
  private final List<Condition> conditions;
  private final Optional<String> changing;
  private final Tree composite;
  private final LeavingPools leaving;

  /**
   * The status of a workspace.
   *
   * @param changing whose nodes are held back or replaced, in words
   */
  WorkspaceReport(
      WorkspacePlan plan,
      Desired desired,
      ObservedCluster observed,
      WorkspaceHealth health,
      List<Condition> conditions,
      Optional<String> changing,
      Tree composite) {
    this.plan = plan;
    this.desired = desired;
    this.observed = observed;
    this.health = health;
    this.conditions = conditions;
    this.changing = changing;
    this.composite = composite;
    leaving = new LeavingPools(plan, desired, observed);
  }

  SortedMap<String, Object> status() {
    var report =
        new PoolReport(plan.nodes(), desired, observed, health.pools(), new PastPools(composite));
    List<PoolState> pools =
        Stream.concat(
                plan.nodes().pools().stream().map(report::state),
                leaving.states(new PastPools(composite)).stream())
            .toList();
    var offers =
        new AcceleratorReport(
            plan,
            desired,
            observed,
            pools,
            leaving::emptied,
            said(WorkspaceConditions.CLUSTER_PAUSED));
    return Encoder.everything(
        new GpuWorkspaceStatus(
            Optional.of(stage()),
            Optional.of(message()),
            Optional.of(plan.clusterId().cluster()),
            Optional.of(plan.namespace()),
            plan.spec().jupyterhub().map(JupyterHub::host).map(host -> "https://" + host),
            offers.accelerators(),
            plan.servers().stream().map(offers::server).toList(),
            pools,
            desired.addons().stream().map(this::addon).toList(),
            WorkspaceDesired.gpuConfigs(desired.objects())));
  }

  private String stage() {
    if (ClusterHealth.deleting(composite)) {
      return "Deleting";
    }
    if (said(WorkspaceConditions.CLUSTER_PAUSED).isPresent()) {
      return "Paused";
    }
    String unpaused = unpausedStage();
    boolean paused = said(WorkspaceConditions.PAUSED).isPresent();
    return paused && !unpaused.equals("Degraded") ? "Paused" : unpaused;
  }

  private String unpausedStage() {
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

  /**
   * That its cluster is paused, for nothing else changes before that ends; else what the first
   * condition that does not hold says. They stand in the order things happen. Nodes that leave do
   * so whatever else there is to say.
   */
  private String message() {
    if (ClusterHealth.deleting(composite)) {
      return "the workspace is being deleted";
    }
    return said(WorkspaceConditions.CLUSTER_PAUSED)
        .or(() -> conditions.stream().filter(one -> one.status() != Status.TRUE).findFirst())
        .or(() -> conditions.stream().filter(one -> WORDS.contains(one.reason())).findFirst())
        .map(condition -> withLeaving(condition.message()))
        .or(() -> changing.map(text -> "the workspace is ready; " + text))
        .or(() ->
            StatusReport.coming(plan.nodes().pools(), observed)
                .map(more -> "the workspace is ready; " + more))
        .orElse("the workspace is ready");
  }

  private String withLeaving(String message) {
    return leaving
        .inWords()
        .filter(words -> !message.contains(words))
        .map(words -> message + WorkspaceConditions.BESIDES + words)
        .orElse(message);
  }

  private Optional<Condition> said(String reason) {
    return conditions.stream().filter(one -> one.reason().equals(reason)).findFirst();
  }

  /** Reasons of conditions that hold, of which there is something to tell all the same. */
  private static final Set<String> WORDS =
      Set.of(WorkspaceConditions.PAUSED, "ClusterNotReady", "NobodyAllowed", "TrialLogin");

  private AddonState addon(Addon addon) {
    Health of = health.addons().getOrDefault(addon.name(), new Health.Working());
    return StatusReport.addon(addon, plain(addon.name()), of);
  }

  /** The name of an add-on without the workspace's. */
  static String plain(String addon) {
    return addon.substring(addon.lastIndexOf('.') + 1);
  }
}
