package dev.isobar.function.compose.plan;

/**
 * Composition resource names: core tells composed resources apart by them, so they are as permanent
 * as names. Their parts are joined by dots, which no part contains, so that no pool or add-on can
 * take another's.
 */
public final class Keys {
  /** The Cluster. */
  public static final String CLUSTER = "cluster";

  /** The cloud's side of the Cluster: networks and load balancer. */
  public static final String INFRASTRUCTURE = "infrastructure";

  /** The control plane. */
  public static final String CONTROL_PLANE = "control-plane";

  /** Who removes what the cluster left in the cloud. */
  public static final String CLEANUP = "cleanup";

  /** The rule for what a node waits for that goes away. */
  public static final String SESSIONS = "sessions";

  /** The Deployment of the cluster autoscaler. */
  public static final String AUTOSCALER = "autoscaler";

  /** The account of the cluster autoscaler. */
  public static final String AUTOSCALER_ACCOUNT = AUTOSCALER + ".account";

  /** What binds the account of the cluster autoscaler to its role. */
  public static final String AUTOSCALER_RIGHTS = AUTOSCALER + ".rights";

  /** The file of a claim's manifests in the ConfigMap of their add-on. */
  public static final String MANIFESTS = "manifests.yaml";

  private Keys() {}

  /** The health check of the control plane. */
  public static String controlPlaneHealth() {
    return CONTROL_PLANE + ".health";
  }

  /** A machine template of the control plane. */
  public static String controlPlaneTemplate(String hash) {
    return CONTROL_PLANE + ".machines." + hash;
  }

  /** A MachineDeployment; the zone is empty unless the pool has one per zone. */
  public static String deployment(String pool, String zone) {
    return "pool." + pool + (zone.isEmpty() ? "" : ".in." + zone);
  }

  /** The health check of the MachineDeployment of this composition resource name. */
  public static String health(String deployment) {
    return deployment + ".health";
  }

  /** A machine template of a pool. */
  public static String machines(String pool, String hash) {
    return "pool." + pool + ".machines." + hash;
  }

  /** A bootstrap template of a pool. */
  public static String bootstrap(String pool, String hash) {
    return "pool." + pool + ".bootstrap." + hash;
  }

  /** An add-on's profile. */
  public static String addon(String addon) {
    return "addon." + addon;
  }

  /** A ConfigMap that an add-on's profile reads. */
  public static String addonConfig(String addon) {
    return "addon." + addon + ".config";
  }

  /** A ConfigMap with an add-on's values, where they cannot be beside its objects. */
  public static String addonValues(String addon) {
    return "addon." + addon + ".values";
  }

  /** The protection of a workspace's cluster for as long as the workspace lives. */
  public static String clusterUsage() {
    return "cluster.usage";
  }

  /** The protection of the credentials for as long as the Cluster lives. */
  public static String credentialsUsage() {
    return "credentials.usage";
  }
}
