package dev.isobar.function.compose.capi;

import dev.isobar.apis.platform.HealthCheck;
import dev.isobar.apis.tree.Fields;
import dev.isobar.function.compose.plan.ClusterId;
import dev.isobar.function.compose.plan.Marks;
import dev.isobar.function.compose.plan.PoolPlan;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * When machines are replaced by themselves, with a brake for the case that the fault lies
 * elsewhere.
 */
public final class HealthCheckObject {
  /** Unhealthy control plane machines above which none is replaced: etcd's majority is at stake. */
  private static final String CONTROL_PLANE_BRAKE = "1";

  /** Share of a pool's unhealthy nodes above which none is replaced. */
  private static final String POOL_BRAKE = "40%";

  /** Fewer nodes have no 40% of which Cluster API, rounding down, would replace any. */
  private static final long SMALL = 3;

  /** Unhealthy nodes of a small pool above which none is replaced. */
  private static final String SMALL_BRAKE = "1";

  /** Cluster API does not judge how long nodes take to join. */
  private static final long NEVER = 0;

  private HealthCheckObject() {}

  /** The check of the control plane's machines. */
  public static SortedMap<String, Object> ofControlPlane(
      ClusterId id, String name, Map<String, String> machines, HealthCheck check) {
    return of(
        id,
        name,
        machines,
        checks(check, check.startupTimeout().seconds()),
        check.maxUnhealthy().orElse(CONTROL_PLANE_BRAKE),
        Map.of());
  }

  /**
   * The check of a MachineDeployment's machines. Of those that provider-isobar makes, it says which
   * nodes do not come: Cluster API would count the time that they wait for capacity.
   *
   * @param nodes how many it has; of an autoscaled one how many it has now
   */
  public static SortedMap<String, Object> ofPool(
      ClusterId id, String name, Map<String, String> machines, PoolPlan pool, long nodes) {
    HealthCheck check = pool.pool().healthCheck();
    return of(
        id,
        name,
        machines,
        checks(check, pool.ownMachines() ? NEVER : check.startupTimeout().seconds()),
        check.maxUnhealthy().orElse(nodes < SMALL ? SMALL_BRAKE : POOL_BRAKE),
        Map.of(Marks.POOL, pool.name()));
  }

  private static Fields checks(HealthCheck check, long startup) {
    long unready = check.unreadyTimeout().seconds();
    return Fields.with("nodeStartupTimeoutSeconds", startup)
        .set(
            "unhealthyNodeConditions",
            List.of(condition("Ready", "False", unready), condition("Ready", "Unknown", unready)));
  }

  private static SortedMap<String, Object> of(
      ClusterId id,
      String name,
      Map<String, String> machines,
      Fields checks,
      String limit,
      Map<String, String> labels) {
    Object threshold = limit.endsWith("%") ? limit : Long.valueOf(limit);
    Fields spec =
        Fields.with("clusterName", id.cluster())
            .set("selector", Fields.with("matchLabels", machines))
            .set("checks", checks)
            .set(
                "remediation",
                Fields.with("triggerIf", Fields.with("unhealthyLessThanOrEqualTo", threshold)));
    return CapiObjects.of(
            CapiObjects.CORE + "/" + CapiObjects.VERSION, "MachineHealthCheck", id, name)
        .labels(labels)
        .spec(spec)
        .map();
  }

  private static SortedMap<String, Object> condition(String type, String status, long seconds) {
    return Fields.with("type", type).set("status", status).set("timeoutSeconds", seconds).map();
  }
}
