package dev.isobar.it.examples;

import dev.isobar.apis.tree.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A status as Cluster API 1.14 writes it: conditions with the generation they speak of, the counts
 * of replicas, and the versions machines run.
 *
 * @see <a href="https://github.com/kubernetes-sigs/cluster-api/blob/v1.14.0/api/core/v1beta2">the
 *     types</a>
 */
final class Status {
  /** When everything last changed. */
  static final String SINCE = "2026-08-24T09:30:00Z";

  private static final List<String> SETTLED =
      List.of("Deleting", "Paused", "Remediating", "RollingOut", "ScalingDown", "ScalingUp");

  private final long generation;
  private final List<Object> conditions = new ArrayList<>();
  private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

  /** A status that speaks of an object as it is now. */
  Status(Map<String, ?> object) {
    generation = Tree.of(object).at("metadata", "generation").whole().orElse(1L);
    fields.put("observedGeneration", generation);
  }

  /** A condition that holds, for the reason usual with it. */
  Status holds(String type, String reason) {
    return condition(type, "True", reason, "");
  }

  /** A condition that does not hold. */
  Status fails(String type, String reason, String message) {
    return condition(type, "False", reason, message);
  }

  /** The conditions that do not hold when nothing is going on. */
  Status settled() {
    SETTLED.forEach(type -> fails(type, "Not" + type, ""));
    return this;
  }

  /** Replaces a condition. */
  Status condition(String type, String status, String reason, String message) {
    conditions.removeIf(one -> Tree.of(one).at("type").text().filter(type::equals).isPresent());
    var condition = new LinkedHashMap<String, Object>();
    condition.put("type", type);
    condition.put("status", status);
    condition.put("reason", reason);
    condition.put("message", message);
    condition.put("observedGeneration", generation);
    condition.put("lastTransitionTime", SINCE);
    conditions.add(condition);
    return this;
  }

  Status set(String field, Object value) {
    fields.put(field, value);
    return this;
  }

  /** Counts of machines, all of them up to date. */
  Status replicas(int there, int ready, int upToDate) {
    return set("replicas", there)
        .set("readyReplicas", ready)
        .set("availableReplicas", ready)
        .set("upToDateReplicas", upToDate);
  }

  /** How many machines run a version; given several times, several versions. */
  Status version(String version, int machines) {
    if (machines > 0) {
      var versions = new ArrayList<Object>();
      if (fields.get("versions") instanceof List<?> before) {
        versions.addAll(before);
      }
      versions.add(Map.of("version", version, "replicas", machines));
      fields.put("versions", versions);
    }
    return this;
  }

  Map<String, @Nullable Object> fields() {
    var all = new LinkedHashMap<String, @Nullable Object>(fields);
    all.put("conditions", List.copyOf(conditions));
    return all;
  }
}
