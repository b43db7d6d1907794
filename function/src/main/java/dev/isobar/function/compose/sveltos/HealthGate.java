package dev.isobar.function.compose.sveltos;

import dev.isobar.apis.tree.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What must hold inside the cluster before an add-on counts as deployed, and what waits for it may
 * begin. Sveltos passes a gate silently when the kind does not exist, so gates name kinds that
 * every cluster has, or that the chart brings.
 *
 * @param labels of the objects looked at; all of the kind when empty
 * @param test an expression of CEL over {@code resource}
 */
public record HealthGate(
    String name,
    String group,
    String version,
    String kind,
    Optional<String> namespace,
    Map<String, String> labels,
    String test) {
  private static final String FIRST_POD = "has(resource.status) && resource.status.numberReady > 0";
  private static final String AVAILABLE =
      "has(resource.status) && has(resource.status.availableReplicas) &&"
          + " resource.status.availableReplicas > 0";

  /** The first pod of a DaemonSet is ready; not all, because nodes join and leave all the time. */
  public static HealthGate daemonSet(String name, String namespace, String label, String value) {
    return new HealthGate(
        name, "apps", "v1", "DaemonSet", Optional.of(namespace), Map.of(label, value), FIRST_POD);
  }

  /** A Deployment has a replica that works. */
  public static HealthGate deployment(String name, String namespace, String label, String value) {
    return new HealthGate(
        name, "apps", "v1", "Deployment", Optional.of(namespace), Map.of(label, value), AVAILABLE);
  }

  SortedMap<String, Object> map() {
    List<SortedMap<String, Object>> filters =
        labels.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(label ->
                Fields.with("key", label.getKey())
                    .set("operation", "Equal")
                    .set("value", label.getValue())
                    .map())
            .toList();
    return Fields.with("name", name)
        .set("featureID", "Helm")
        .set("group", group)
        .set("version", version)
        .set("kind", kind)
        .set("namespace", namespace)
        .setUnlessEmpty("labelFilters", filters)
        .set("evaluateCEL", List.of(Fields.with("name", name).set("rule", test).map()))
        .map();
  }
}
