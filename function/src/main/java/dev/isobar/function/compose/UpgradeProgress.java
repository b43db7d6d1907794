package dev.isobar.function.compose;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.cloud.KubernetesVersion;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.Marks;
import dev.isobar.function.compose.plan.ObservedCluster;
import dev.isobar.function.compose.plan.PoolPlan;
import dev.isobar.function.contract.Condition;
import dev.isobar.function.readiness.ClusterHealth;
import dev.isobar.function.readiness.EksHealth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How far a cluster is on its way to the version it shall have: condition Upgrading.
 *
 * @param upgrading whether it was on its way when it was last looked at
 */
record UpgradeProgress(ClusterPlan plan, ObservedCluster observed, boolean upgrading) {
  private static final int MOST_TOLD = 10;

  Condition condition() {
    String target = plan.versions().target().text();
    if (plan.versions().controlPlaneRolls()) {
      String then =
          plan.versions().held()
              ? "; the step to " + plan.spec().version() + " begins after that"
              : "";
      return goesOn("ControlPlane", "the control plane is brought to " + target + blocked() + then);
    }
    if (plan.versions().held()) {
      return goesOn(
          "WaitingForPools",
          told(
              "the step to " + plan.spec().version() + " begins when all nodes run " + target,
              Stream.concat(coming().stream(), leaving().stream())));
    }
    if (!observed.begun()) {
      return rests("UpToDate", "the cluster begins with " + target);
    }
    List<String> coming = coming();
    List<String> left = left();
    List<String> stay = Stream.concat(left.stream(), leaving().stream()).toList();
    if (!coming.isEmpty()) {
      return goesOn(
          "Pools", told(coming.getFirst(), Stream.concat(coming.stream().skip(1), stay.stream())));
    }
    Optional<String> raised = plan.versions().ahead().map(ahead -> raised(plan, ahead));
    String reason =
        raised.isPresent()
            ? Conditions.RAISED
            : left.isEmpty() ? "UpToDate" : Conditions.LEFT_BEHIND;
    String all = stay.isEmpty() ? "everything" : left.isEmpty() ? "what stays" : "everything else";
    return rests(reason, told(raised.orElse(all + " runs " + target), stay.stream()));
  }

  private static Condition goesOn(String reason, String message) {
    return Conditions.condition("Upgrading", true, reason, message);
  }

  private static Condition rests(String reason, String message) {
    return Conditions.condition("Upgrading", false, reason, message);
  }

  private static String told(String first, Stream<String> more) {
    return Stream.concat(Stream.of(first), more).collect(Collectors.joining("; "));
  }

  /** That a cloud has brought a control plane to more than the claim says, in words. */
  static String raised(ClusterPlan plan, KubernetesVersion ahead) {
    return "EKS has brought the control plane to "
        + ahead.text()
        + ", and nodes and add-ons are kept at "
        + plan.versions().target().text()
        + ": the app team must set spec.version to 1."
        + (plan.versions().target().minor() + 1);
  }

  /** Pools that are emptied and do not come to the version any more, in words. */
  private List<String> leaving() {
    var leaving = observed.pools();
    plan.pools().forEach(pool -> leaving.remove(pool.name()));
    return leaving.stream().flatMap(pool -> leaving(pool).stream()).toList();
  }

  private Optional<String> leaving(String pool) {
    List<Tree> behind = observed.deployments(pool).stream().filter(this::behind).toList();
    long nodes =
        behind.stream().mapToLong(one -> one.at("status", "replicas").whole().orElse(0L)).sum();
    return Optional.of("pool " + pool + " " + Farewell.inWords(nodes, behind))
        .filter(_ -> nodes > 0);
  }

  /** Which nodes come to the version, in words. */
  private List<String> coming() {
    List<String> words = new ArrayList<>();
    List<String> pools = behind().filter(pool -> !stays(pool)).map(PoolPlan::name).toList();
    if (!pools.isEmpty()) {
      words.add(brought(pools));
    }
    words.addAll(ofWorkspaces());
    return words;
  }

  /** Which nodes stay at another version, because they are left as they were made, in words. */
  private List<String> left() {
    List<String> words =
        new ArrayList<>(behind().filter(this::stays).map(UpgradeProgress::staying).toList());
    words.addAll(
        observed.ofWorkspaces().stream()
            .filter(this::behind)
            .flatMap(deployment -> staying(deployment).stream())
            .distinct()
            .toList());
    if (words.size() > MOST_TOLD) {
      int more = words.size() - MOST_TOLD;
      words.subList(MOST_TOLD, words.size()).clear();
      words.add("and " + more + " more");
    }
    return words;
  }

  private Stream<PoolPlan> behind() {
    return plan.pools().stream()
        .filter(pool -> observed.deployments(pool.name()).stream().anyMatch(this::behind));
  }

  /** Workspaces whose nodes come to the version, in words, by the oldest that they run. */
  private List<String> ofWorkspaces() {
    var names = new TreeMap<KubernetesVersion, SortedSet<String>>();
    for (Tree deployment : observed.ofWorkspaces()) {
      String name = ObservedCluster.label(deployment, Marks.WORKSPACE).orElse("");
      oldest(deployment)
          .filter(_ -> behind(deployment) && staying(deployment).isEmpty())
          .ifPresent(version -> names.computeIfAbsent(version, _ -> new TreeSet<>()).add(name));
    }
    return names.entrySet().stream()
        .map(entry ->
            "nodes of workspace"
                + (entry.getValue().size() == 1 ? " " : "s ")
                + String.join(", ", entry.getValue())
                + (entry.getKey().equals(plan.versions().target())
                    ? " are brought to "
                    : " still run ")
                + entry.getKey().text())
        .toList();
  }

  /** That nodes of a workspace cannot follow, in words. */
  private Optional<String> staying(Tree deployment) {
    return oldest(deployment)
        .filter(_ -> !set(deployment))
        .flatMap(version ->
            observed.workspaceNodes().stream()
                .filter(nodes -> WorkspaceEntries.isMade(nodes, deployment))
                .flatMap(nodes -> nodes.staying(plan.cloud(), version.text()).stream())
                .findFirst());
  }

  private static Optional<KubernetesVersion> oldest(Tree deployment) {
    return Stream.concat(
            ObservedCluster.version(deployment).stream(),
            ObservedCluster.running(deployment).stream())
        .min(Comparator.naturalOrder());
  }

  private String brought(List<String> pools) {
    return (pools.size() == 1
            ? "pool " + pools.getFirst() + " is"
            : "pools " + String.join(", ", pools) + " are")
        + " brought to "
        + plan.versions().target().text()
        + because(pools.stream().flatMap(pool -> observed.deployments(pool).stream()).toList());
  }

  /** Whether a pool keeps another version, because it is left as it was made. */
  private boolean stays(PoolPlan pool) {
    return pool.stands() && !pool.version().equals(plan.versions().target());
  }

  private static String staying(PoolPlan pool) {
    return "pool "
        + pool.name()
        + " cannot follow and stays at "
        + pool.version().text()
        + ": "
        + pool.gap().orElse("")
        + "; the app team must change or remove it, or the platform team bring back what it was"
        + " made from";
  }

  /** Why the control plane may not go on: where the cloud runs it no machine could say so. */
  private String blocked() {
    return plan.managed()
        ? unready(EksHealth.trouble(observed.controlPlane()))
        : because(List.of(observed.controlPlane()));
  }

  /** What Cluster API says of machines that are not ready: why a step may not go on. */
  static String because(List<Tree> owners) {
    return owners.stream()
        .map(ClusterHealth::unready)
        .filter(text -> !text.isEmpty())
        .findFirst()
        .map(UpgradeProgress::unready)
        .orElse("");
  }

  private static String unready(String text) {
    return text.isEmpty() ? "" : "; not ready: " + text;
  }

  private boolean behind(Tree deployment) {
    KubernetesVersion target = plan.versions().target();
    List<KubernetesVersion> running = ObservedCluster.running(deployment);
    boolean known = running.size() == deployment.at("status", "versions").items().size();
    return !set(deployment)
        || !known
        || !running.stream().allMatch(target::equals)
        || (upgrading && ObservedCluster.unsure(deployment));
  }

  private boolean set(Tree deployment) {
    return ObservedCluster.version(deployment).filter(plan.versions().target()::equals).isPresent();
  }
}
