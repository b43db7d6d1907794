package dev.isobar.function.readiness;

import dev.isobar.apis.tree.Tree;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads how a cluster is doing from Cluster API's own objects; their infrastructure's versions
 * differ.
 */
public final class ClusterHealth {
  private ClusterHealth() {}

  /** Networks and load balancer, as the Cluster mirrors them. */
  public static Health infrastructure(Tree cluster) {
    if (!cluster.exists()) {
      return new Health.Coming("the Cluster is being created");
    }
    if (deleting(cluster)) {
      return new Health.Failing("the Cluster is being deleted");
    }
    boolean once =
        cluster.at("status", "initialization", "infrastructureProvisioned").truth().orElse(false);
    return judge(
        ObservedCondition.of(cluster, "InfrastructureReady"),
        once,
        "networks and load balancer are being made");
  }

  /**
   * The control plane. While nobody reaches its API, nothing else is known of it: its own condition
   * says Unknown, or what it said last. While one of its machines joins, Cluster API takes back
   * that it is available until etcd has counted the new member; the API works all that time, and if
   * it does not, the connection says so.
   *
   * @param cluster the Cluster, whose controller tries the connection
   * @param stood whether it has been available once. Cluster API calls it initialized as soon as
   *     its first machine is there, which is before it has looked at the servers on it.
   */
  public static Health controlPlane(Tree controlPlane, Tree cluster, boolean stood) {
    if (!controlPlane.exists()) {
      return new Health.Coming("the control plane is being created");
    }
    if (deleting(controlPlane)) {
      return new Health.Failing("the control plane is being deleted");
    }
    boolean once = stood && initialized(controlPlane);
    Health said =
        judge(
            ObservedCondition.of(controlPlane, "Available"),
            once,
            "the first control plane machine is being made");
    boolean joins = said instanceof Health.Failing && once && grows(controlPlane);
    return asReached(joins ? new Health.Stale() : said, cluster, once);
  }

  private static boolean grows(Tree controlPlane) {
    return Stream.of("ScalingUp", "RollingOut")
        .flatMap(type -> ObservedCondition.of(controlPlane, type).stream())
        .anyMatch(ObservedCondition::holds);
  }

  /**
   * What is said of a control plane, as far as its API can be reached. What is known to be wrong
   * with it may be the cause, or all that Cluster API can guess since: both are told.
   */
  static Health asReached(Health said, Tree cluster, boolean once) {
    return switch (said) {
      case Health.Working() -> reached(cluster, once).orElse(said);
      case Health.Stale() -> reached(cluster, once).orElse(said);
      case Health.Coming(_) -> said;
      case Health.Failing(var message) ->
          new Health.Failing(
              unreached(cluster).map(words -> message + "; besides, " + words).orElse(message));
    };
  }

  /** What there is to say when the API cannot be reached; empty when it can, or nobody knows. */
  private static Optional<Health> reached(Tree cluster, boolean once) {
    if (once) {
      return unreached(cluster).map(Health.Failing::new);
    }
    return ObservedCondition.of(cluster, "RemoteConnectionProbe")
        .filter(probe -> probe.status().equals("False"))
        .map(_ -> new Health.Coming("Cluster API has not reached the Kubernetes API yet"));
  }

  private static Optional<String> unreached(Tree cluster) {
    return lostConnection(cluster)
        .map(words ->
            "the Kubernetes API cannot be reached"
                + (words.isEmpty() ? "" : ": " + words)
                + "; the platform team must see to the load balancer and the control plane"
                + " machines");
  }

  /**
   * What Cluster API says when it does not reach the API of a cluster; empty while it does, and
   * before it has tried a few times, which it says of no cluster again.
   *
   * @see <a
   *     href="https://github.com/kubernetes-sigs/cluster-api/blob/v1.14.2/core/reconcilers/cluster/cluster_controller_status.go">the
   *     words of its probe</a>
   */
  public static Optional<String> lostConnection(Tree cluster) {
    return ObservedCondition.of(cluster, "RemoteConnectionProbe")
        .filter(probe -> probe.status().equals("False"))
        .map(ObservedCondition::message)
        .filter(message -> !message.contains("not established yet"));
  }

  /** Whether an object is on its way out. */
  public static boolean deleting(Tree object) {
    return object.at("metadata", "deletionTimestamp").exists();
  }

  /** Whether the API has been up once; the AWS provider's kinds are of an earlier contract. */
  public static boolean initialized(Tree controlPlane) {
    return controlPlane
        .at("status", "initialization", "controlPlaneInitialized")
        .truth()
        .or(() -> controlPlane.at("status", "initialized").truth())
        .orElse(false);
  }

  /**
   * A MachineDeployment. An autoscaled one works as long as its lower limit is there, and any node
   * if some are wanted: new nodes on their way are no fault. Neither are those of one that grows,
   * for as long as Cluster API finds no machine unhealthy, nor those that a rollout gives back
   * before it asks for others.
   *
   * @param fewest the autoscaler's lower limit, empty for a fixed number of nodes
   * @param lost whether nodes that were there are missing
   */
  public static Health deployment(Tree deployment, Optional<Integer> fewest, boolean lost) {
    if (!deployment.exists()) {
      return new Health.Coming("it is being created");
    }
    if (deleting(deployment)) {
      return new Health.Failing("it is being deleted");
    }
    Optional<ObservedCondition> available = ObservedCondition.of(deployment, "Available");
    long there = deployment.at("status", "availableReplicas").whole().orElse(0L);
    long asked = deployment.at("spec", "replicas").whole().orElse(0L);
    long wanted = Math.max(fewest.orElse(0), asked);
    boolean none = available.isPresent() && there == 0 && wanted > 0;
    boolean gone = lost && there < wanted && available.isPresent() && !givesBack(deployment);
    if (fewest.isPresent() && available.isPresent() && there >= fewest.get() && !none && !gone) {
      return new Health.Working();
    }
    boolean broken = lost || !healthy(deployment);
    boolean once = there > 0 || (available.isPresent() && broken);
    Health health = judge(available, once, "its first node is on its way");
    boolean unasked = fewest.isPresent() && asked < fewest.get();
    boolean few = unasked || (there < fewest.orElse((int) asked) && !rollsOut(deployment));
    // One that gives machines back first counts as available without all of its nodes.
    boolean enough = !none && !gone && !few;
    if ((health.working() && enough) || (health instanceof Health.Stale && !gone)) {
      return health;
    }
    String why = unready(deployment);
    if (available.isPresent() && there < wanted && !broken) {
      return new Health.Coming(coming(wanted - there, wanted, unasked ? unasked(asked) : why));
    }
    boolean unsaid = health.working() || health instanceof Health.Stale;
    return explained(unsaid ? new Health.Failing(missing(wanted - there, wanted)) : health, why);
  }

  private static String coming(long missing, long wanted, String why) {
    String text = missing + " of " + wanted + " nodes " + (missing == 1 ? "is" : "are") + " coming";
    return why.isEmpty() ? text : text + ": " + why;
  }

  private static String missing(long missing, long wanted) {
    return missing == wanted
        ? "none of " + wanted + " nodes is there"
        : missing + " of " + wanted + " nodes " + (missing == 1 ? "is" : "are") + " missing";
  }

  /** An autoscaler minds its lower limit only when it takes a node away, unless it is told to. */
  private static String unasked(long asked) {
    return "the cluster autoscaler asks for "
        + asked
        + ", and raises that to the minimum when it looks next; one of the platform team's own only"
        + " if it runs with --enforce-node-group-min-size";
  }

  /** Whether a rollout that may do so has given nodes back and not got others yet. */
  private static boolean givesBack(Tree deployment) {
    return rollsOut(deployment)
        && ObservedCondition.of(deployment, "Available")
            .filter(ObservedCondition::holds)
            .isPresent();
  }

  /**
   * Whether a rollout was under way when its owner last looked: nodes go only after it has said so,
   * and a change of their number alone makes it look anew.
   */
  public static boolean rollsOut(Tree object) {
    return ObservedCondition.of(object, "RollingOut")
        .map(condition -> !condition.status().equals("False"))
        .orElse(true);
  }

  /**
   * Whether Cluster API finds no machine unhealthy. It also names unhealthy ones that it does not
   * replace, because too many are.
   */
  private static boolean healthy(Tree deployment) {
    return ObservedCondition.of(deployment, "Remediating")
        .filter(condition -> condition.holds() || !condition.message().isEmpty())
        .isEmpty();
  }

  /** What the machines of a MachineDeployment that are not ready say, empty when all are. */
  public static String unready(Tree deployment) {
    return ObservedCondition.of(deployment, "MachinesReady")
        .filter(condition -> !condition.holds())
        .map(ObservedCondition::message)
        .orElse("");
  }

  /**
   * Whether a rollout is under way, or cannot be ruled out because its owner has not looked yet.
   */
  public static boolean rolling(Tree object) {
    return ObservedCondition.of(object, "RollingOut")
        .map(condition -> !condition.status().equals("False") || !condition.current())
        .orElse(true);
  }

  private static Health judge(
      Optional<ObservedCondition> condition, boolean once, String beginning) {
    if (condition.isEmpty()) {
      return once ? new Health.Working() : new Health.Coming(beginning);
    }
    ObservedCondition seen = condition.get();
    if (seen.holds()) {
      return seen.current() ? new Health.Working() : new Health.Stale();
    }
    if (once && seen.status().equals("Unknown")) {
      return new Health.Stale();
    }
    String message = seen.message().isEmpty() ? beginning : seen.message();
    return once ? new Health.Failing(message) : new Health.Coming(message);
  }

  /** A number of missing machines says less than what the machines themselves say. */
  private static Health explained(Health health, String more) {
    if (more.isEmpty()) {
      return health;
    }
    return health instanceof Health.Failing ? new Health.Failing(more) : new Health.Coming(more);
  }
}
