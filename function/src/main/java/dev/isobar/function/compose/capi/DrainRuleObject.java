package dev.isobar.function.compose.capi;

import dev.isobar.apis.compute.CapacityChoice;
import dev.isobar.apis.tree.Fields;
import dev.isobar.function.compose.naming.Names;
import dev.isobar.function.compose.plan.ClusterId;
import dev.isobar.function.compose.plan.Marks;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * What a node that goes away waits for: servers of hubs and batch jobs, which nobody would start
 * elsewhere where they left off. How long is told by the timeout of the drain. On Spot machines
 * they are evicted: when the cloud takes one back, to be told is all that is left to them.
 *
 * @see <a
 *     href="https://cluster-api.sigs.k8s.io/tasks/automated-machine-management/machine_deletions">
 *     how machines are drained</a>
 */
public final class DrainRuleObject {
  /** Label that JupyterHub's spawner gives to servers. */
  private static final Map<String, String> SERVERS = Map.of("component", "singleuser-server");

  /** Label that Kubernetes gives to the pods of a Job. */
  private static final String JOB = "batch.kubernetes.io/job-name";

  private DrainRuleObject() {}

  /** The rule for all pools of a cluster, those of its workspaces included. */
  public static SortedMap<String, Object> of(ClusterId id) {
    Fields machines =
        Fields.with("matchLabels", Map.of(Marks.CAPI_CLUSTER, id.cluster()))
            .set("matchExpressions", List.of(exists(Marks.POOL), notSpot()));
    return CapiObjects.of(
            CapiObjects.CORE + "/" + CapiObjects.VERSION,
            "MachineDrainRule",
            id,
            Names.part(id.cluster(), "sessions"))
        .spec(
            Fields.with("drain", Fields.with("behavior", "WaitCompleted"))
                .set("machines", List.of(Fields.with("selector", machines).map()))
                .set(
                    "pods",
                    List.of(
                        Fields.with("selector", Fields.with("matchLabels", SERVERS)).map(),
                        Fields.with(
                                "selector", Fields.with("matchExpressions", List.of(exists(JOB))))
                            .map())))
        .map();
  }

  private static SortedMap<String, Object> notSpot() {
    return Fields.with("key", Marks.CAPACITY_MODEL)
        .set("operator", "NotIn")
        .set("values", List.of(CapacityChoice.Model.Spot.name()))
        .map();
  }

  private static SortedMap<String, Object> exists(String label) {
    return Fields.with("key", label).set("operator", "Exists").map();
  }
}
