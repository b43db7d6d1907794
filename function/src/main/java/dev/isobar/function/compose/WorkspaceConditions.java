package dev.isobar.function.compose;

import dev.isobar.apis.tree.Tree;
import dev.isobar.apis.workspace.HubUsers;
import dev.isobar.apis.workspace.JupyterHub;
import dev.isobar.function.compose.plan.ObservedCluster;
import dev.isobar.function.compose.workspace.NeededAddons;
import dev.isobar.function.compose.workspace.WorkspacePlan;
import dev.isobar.function.contract.Condition;
import dev.isobar.function.readiness.AddonHealth;
import dev.isobar.function.readiness.ClusterHealth;
import dev.isobar.function.readiness.Health;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The conditions of a workspace; types and reasons are those of the catalogue. */
final class WorkspaceConditions {
  /** Type: whether its cluster is there. */
  static final String CLUSTER = "ClusterResolved";

  /** Reason: nothing in the cluster changes for now. */
  static final String CLUSTER_PAUSED = "ClusterPaused";

  /** Reason: nodes of the workspace's own stay as they are for now. */
  static final String PAUSED = "Paused";

  /** Before what is told though something else is told first. */
  static final String BESIDES = "; besides, ";

  private static final String POOLS = "PoolsReady";
  private static final String WORKSPACE = "WorkspaceReady";

  private final WorkspacePlan plan;
  private final FoundCluster cluster;
  private final ObservedCluster observed;
  private final Desired desired;
  private final WorkspaceHealth health;
  private final Tree composite;

  WorkspaceConditions(
      WorkspacePlan plan,
      FoundCluster cluster,
      ObservedCluster observed,
      Desired desired,
      WorkspaceHealth health,
      Tree composite) {
    this.plan = plan;
    this.cluster = cluster;
    this.observed = observed;
    this.desired = desired;
    this.health = health;
    this.composite = composite;
  }

  List<Condition> all() {
    return List.of(accepted(), cluster(cluster), pools(), workspace());
  }

  static Condition accepted() {
    return Conditions.condition(
        Acceptance.TYPE, true, "Valid", "the claim can be had as it is written");
  }

  /** The rest is checked against the cluster's Cloud once the workspace is planned. */
  static Condition acceptedSoFar() {
    return Conditions.condition(
        Acceptance.TYPE,
        true,
        "Valid",
        "nothing in the claim is wrong by itself; whether its cluster can have it is looked at when"
            + " the control plane is there");
  }

  /** Of its message only what stays the same while the cluster comes and goes. */
  static Condition cluster(FoundCluster cluster) {
    String name = "PlatformCluster " + cluster.id().claim();
    if (!cluster.begun()) {
      return Conditions.condition(
          CLUSTER,
          false,
          "WaitingForControlPlane",
          name + " has no control plane yet; its own status says what it waits for");
    }
    Optional<String> pause = cluster.pause();
    if (pause.isPresent()) {
      return Conditions.condition(CLUSTER, true, CLUSTER_PAUSED, pause.get());
    }
    return cluster.ready()
        ? Conditions.condition(CLUSTER, true, "Resolved", name + " is there")
        : Conditions.condition(
            CLUSTER,
            true,
            "ClusterNotReady",
            name + " is there, but not ready; its status.message says why, and who must act");
  }

  private Condition pools() {
    Condition otherwise = unpaused();
    return health.pause().map(pause -> paused(pause, otherwise)).orElse(otherwise);
  }

  /**
   * Nodes that are missing are told before that they are paused; what was said before may tell the
   * pause already.
   */
  private static Condition paused(String pause, Condition otherwise) {
    if (otherwise.reason().equals("Degraded")) {
      String said = otherwise.message();
      int before = said.indexOf(BESIDES);
      return Conditions.condition(
          POOLS,
          false,
          "Degraded",
          (before < 0 ? said : said.substring(0, before)) + BESIDES + pause);
    }
    boolean holds = otherwise.status() == Condition.Status.TRUE;
    boolean said = holds || otherwise.reason().equals(PAUSED);
    return Conditions.condition(
        POOLS, holds, PAUSED, said ? pause : pause + "; " + otherwise.message());
  }

  private Condition unpaused() {
    if (plan.nodes().pools().isEmpty()) {
      return Conditions.condition(POOLS, true, "NoPools", "the workspace has no nodes of its own");
    }
    Health worst = health.nodes();
    if (worst instanceof Health.Coming && desired.held().containsValue(CreationGates.ENTRY)) {
      return Conditions.condition(
          POOLS,
          false,
          "WaitingForGpuOperator",
          Unready.named("accelerator", waitingForEntry(), worst).message());
    }
    Optional<String> more = StatusReport.coming(plan.nodes().pools(), observed);
    return judged(
        POOLS,
        Unready.named("accelerator", accelerators(), worst),
        "Available",
        (more.isPresent()
                ? "all accelerators have the nodes they must; " + more.get()
                : "all accelerators have their nodes")
            + changing().map(text -> "; " + text).orElse(""));
  }

  /** Those of all accelerators on their way that the cluster's GPU Operator lacks the layout of. */
  private Map<String, Health> waitingForEntry() {
    Map<String, Health> waiting = accelerators();
    Set<String> held =
        plan.accelerators().stream()
            .filter(one -> CreationGates.ENTRY.equals(desired.held().get(one.pool())))
            .map(plan::called)
            .collect(Collectors.toSet());
    waiting.keySet().retainAll(held);
    return waiting;
  }

  /**
   * The accelerators whose nodes are held back or replaced, and pools that go, in words; empty when
   * there are none.
   */
  Optional<String> changing() {
    List<String> changes =
        Stream.concat(
                plan.accelerators().stream()
                    .flatMap(accelerator ->
                        change(accelerator.pool()).stream()
                            .map(text -> "accelerator " + plan.called(accelerator) + ": " + text)),
                new LeavingPools(plan, desired, observed).inWords().stream())
            .toList();
    return changes.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", changes));
  }

  private Optional<String> change(String pool) {
    return Optional.ofNullable(desired.waiting().get(pool))
        .or(() ->
            plan.nodes().pools().stream()
                .filter(one -> one.name().equals(pool))
                .findFirst()
                .flatMap(one ->
                    Optional.ofNullable(health.pools().renewals().get(pool))
                        .filter(Renewal::goesOn)
                        .map(renewal -> PoolReport.replaced(one, renewal))));
  }

  /** By the names users gave them. */
  private Map<String, Health> accelerators() {
    var byName = new LinkedHashMap<String, Health>();
    plan.accelerators()
        .forEach(accelerator -> {
          Health of = health.pools().pools().get(accelerator.pool());
          if (of != null) {
            byName.put(plan.called(accelerator), of);
          }
        });
    return byName;
  }

  private Condition workspace() {
    Health worst = health.installed();
    if (worst instanceof Health.Coming && !ClusterHealth.initialized(observed.controlPlane())) {
      return Conditions.condition(
          WORKSPACE,
          false,
          "WaitingForControlPlane",
          "it is deployed once the Kubernetes API of the cluster works");
    }
    Health named = Conditions.named("add-on", addons(), worst);
    boolean unseen = health.addons().containsValue(AddonHealth.UNSEEN);
    if (worst instanceof Health.Coming && unseen) {
      return Conditions.condition(
          WORKSPACE,
          false,
          "WaitingForSveltos",
          named.message() + "; if this lasts, the platform team must see to Sveltos");
    }
    return switch (named) {
      case Health.Working() -> working();
      case Health.Stale() -> kept(WORKSPACE, working());
      case Health.Coming(var message) ->
          Conditions.condition(WORKSPACE, false, "Deploying", message + nowhere() + missing());
      case Health.Failing(var message) ->
          Conditions.condition(WORKSPACE, false, "Failed", message + missing());
    };
  }

  private String missing() {
    return NeededAddons.missing(plan).map(words -> "; " + words).orElse("");
  }

  /** The hub itself needs a node without GPUs. */
  private String nowhere() {
    return plan.spec()
        .jupyterhub()
        .flatMap(_ -> plan.nowhereForHub())
        .map(why -> "; the hub has no node to run on, for " + why)
        .orElse("");
  }

  private Map<String, Health> addons() {
    var byName = new LinkedHashMap<String, Health>();
    health.addons().forEach((name, of) -> byName.put(WorkspaceReport.plain(name), of));
    return byName;
  }

  private Condition working() {
    Optional<JupyterHub> hub = plan.spec().jupyterhub();
    if (hub.isEmpty()) {
      return Conditions.condition(
          WORKSPACE, true, "Available", "namespace " + plan.namespace() + " can be used");
    }
    if (nobody(hub.get())) {
      return Conditions.condition(
          WORKSPACE,
          true,
          "NobodyAllowed",
          "the hub works, but nobody may come in: name them in spec.jupyterhub.users");
    }
    if (hub.get().auth().dummy().isPresent()) {
      return Conditions.condition(
          WORKSPACE,
          true,
          "TrialLogin",
          "the hub works, but with one password for all; set another spec.jupyterhub.auth before"
              + " anybody relies on it");
    }
    return Conditions.condition(
        WORKSPACE,
        true,
        "Available",
        "the hub works" + NeededAddons.uncertified(plan).map(words -> "; " + words).orElse(""));
  }

  private static boolean nobody(JupyterHub hub) {
    HubUsers users = hub.users();
    boolean organized =
        hub.auth().github().filter(github -> !github.organizations().isEmpty()).isPresent();
    return !organized
        && !users.everyone()
        && users.allowed().isEmpty()
        && users.groups().isEmpty()
        && users.admins().isEmpty()
        && users.adminGroups().isEmpty();
  }

  private Condition judged(String type, Health judged, String working, String message) {
    return switch (judged) {
      case Health.Working() -> Conditions.condition(type, true, working, message);
      case Health.Stale() -> kept(type, Conditions.condition(type, true, working, message));
      case Health.Coming(var coming) -> Conditions.condition(type, false, "Provisioning", coming);
      case Health.Failing(var failing) -> Conditions.condition(type, false, "Degraded", failing);
    };
  }

  /** What was said before, word for word, until there is something new to say. */
  private Condition kept(String type, Condition working) {
    return Said.of(composite, type)
        .map(before ->
            before.reason().equals(PAUSED) && health.pause().isEmpty()
                ? goesOn(type, before.holds())
                : before.again(type))
        .orElseGet(() ->
            Said.rested(composite)
                ? working
                : Conditions.condition(type, false, "Provisioning", "it is being looked at"));
  }

  /** A pause has ended, and nobody has looked since. */
  private static Condition goesOn(String type, boolean holds) {
    return Conditions.condition(
        type, holds, holds ? "Available" : "Provisioning", "it is being looked at");
  }
}
