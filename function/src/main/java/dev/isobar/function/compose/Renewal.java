package dev.isobar.function.compose;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.plan.Keys;
import dev.isobar.function.compose.plan.Marks;
import dev.isobar.function.compose.plan.ObservedCluster;
import dev.isobar.function.compose.plan.PoolPlan;
import dev.isobar.function.readiness.ClusterHealth;
import java.util.List;
import java.util.Optional;

/**
 * How far machines are replaced by those that are wished for now.
 *
 * @param upToDate machines of the wanted version and settings
 * @param outdated machines that are to be replaced
 */
record Renewal(int upToDate, int outdated) {
  /**
   * Of the control plane.
   *
   * @param past what the status said of it
   */
  static Renewal ofControlPlane(Desired desired, ObservedCluster observed, Tree past) {
    return of(List.of(Keys.CONTROL_PLANE), desired, observed, past);
  }

  /**
   * Of a pool.
   *
   * @param past what the status said of it
   */
  static Renewal ofPool(PoolPlan pool, Desired desired, ObservedCluster observed, Tree past) {
    List<String> keys = pool.shares().stream().map(pool::key).toList();
    Renewal renewal = of(keys, desired, observed, past);
    return desired.waiting().containsKey(pool.name())
        ? new Renewal(0, renewal.upToDate + renewal.outdated)
        : renewal;
  }

  /** Whether there are machines to be replaced. */
  boolean goesOn() {
    return outdated > 0;
  }

  /**
   * Cluster API's own count is of an earlier wish until the wish has reached the object, and its
   * controller has looked. A change of number alone makes it look too; what was said before tells
   * the two apart. A machine that has just come counts as outdated for some seconds, so the rollout
   * must be known to go on.
   */
  private static Renewal of(
      List<String> keys, Desired desired, ObservedCluster observed, Tree past) {
    long machines = 0;
    long upToDate = 0;
    long outdated = 0;
    boolean unseen = false;
    for (String key : keys) {
      Tree seen = observed.resource(key);
      Tree status = seen.at("status");
      long here = Math.max(count(status, "replicas"), count(status, "readyReplicas"));
      machines += here;
      if (wished(Tree.of(desired.objects().get(key)), seen)) {
        long fresh = count(status, "upToDateReplicas");
        upToDate += fresh;
        outdated += ClusterHealth.rollsOut(seen) ? here - fresh : 0;
        unseen |= !looked(seen);
      } else {
        outdated += here;
      }
    }
    boolean begun = past.at("upToDate").whole().filter(count -> count == 0).isPresent();
    return unseen && begun
        ? new Renewal(0, whole(machines))
        : new Renewal(whole(upToDate), whole(outdated));
  }

  /** Whether an object already has the version and templates it shall have. */
  private static boolean wished(Tree wanted, Tree seen) {
    return wish(wanted).equals(wish(seen))
        && ObservedCluster.annotation(wanted, Marks.CONTENT)
            .equals(ObservedCluster.annotation(seen, Marks.CONTENT));
  }

  private static List<Optional<String>> wish(Tree object) {
    return List.of(
        object.at("spec", "version").text(),
        object.at("spec", "machineTemplate", "spec", "infrastructureRef").at("name").text(),
        object.at("spec", "template", "spec", "version").text(),
        object.at("spec", "template", "spec", "failureDomain").text(),
        ObservedCluster.machineTemplate(object),
        ObservedCluster.bootstrapTemplate(object));
  }

  private static boolean looked(Tree seen) {
    long generation = seen.at("metadata", "generation").whole().orElse(0L);
    return seen.at("status", "observedGeneration").whole().map(at -> at >= generation).orElse(true);
  }

  private static long count(Tree status, String field) {
    return status.at(field).whole().orElse(0L);
  }

  private static int whole(long count) {
    return Math.toIntExact(Math.clamp(count, 0, Integer.MAX_VALUE));
  }
}
