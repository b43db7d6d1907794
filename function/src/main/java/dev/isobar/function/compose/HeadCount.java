package dev.isobar.function.compose;

import dev.isobar.apis.platform.PlatformClusterStatus.ControlPlaneState;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.ObservedCluster;
import dev.isobar.function.readiness.ClusterHealth;
import dev.isobar.function.readiness.EksHealth;
import java.util.Optional;

/**
 * How many machines the control plane has and shall have.
 *
 * @param counted whether Cluster API has counted them
 * @param lost whether machines that were there are missing
 * @param unready what those say that are not ready, empty when they say nothing
 */
record HeadCount(
    int wanted, int ready, Renewal renewal, boolean counted, boolean lost, String unready) {
  static HeadCount of(ClusterPlan plan, Desired desired, ObservedCluster observed, Tree composite) {
    return plan.managed()
        ? ofManaged(observed, composite)
        : ofMachines(plan, desired, observed, composite);
  }

  /** None, where the cloud runs it; what may be wrong with it there is told in the same place. */
  private static HeadCount ofManaged(ObservedCluster observed, Tree composite) {
    String trouble = EksHealth.trouble(observed.controlPlane());
    boolean lost = Judgement.stood(composite) && !trouble.isEmpty();
    return new HeadCount(0, 0, new Renewal(0, 0), false, lost, trouble);
  }

  private static HeadCount ofMachines(
      ClusterPlan plan, Desired desired, ObservedCluster observed, Tree composite) {
    Tree past = composite.at("status", "controlPlane");
    Tree status = observed.controlPlane().at("status");
    int wanted = plan.spec().controlPlane().replicas();
    int ready =
        Math.toIntExact(
            Math.clamp(status.at("readyReplicas").whole().orElse(0L), 0, Integer.MAX_VALUE));
    boolean fewer = ready < Math.min(past.at("ready").whole().orElse(0L), wanted);
    boolean before =
        Said.of(composite, "ControlPlaneReady")
            .filter(said -> said.reason().equals(Conditions.WEAKENED))
            .isPresent();
    return new HeadCount(
        wanted,
        ready,
        Renewal.ofControlPlane(desired, observed, past),
        status.at("upToDateReplicas").exists(),
        fewer || (before && ready < wanted),
        ClusterHealth.unready(observed.controlPlane()));
  }

  ControlPlaneState state() {
    return new ControlPlaneState(wanted, ready, renewal.upToDate());
  }

  /**
   * That machines which were there are missing, or that parts of a managed control plane do not
   * work, in words; empty when all is well.
   */
  Optional<String> missing() {
    int missing = wanted - ready;
    if (lost && wanted == 0) {
      return Optional.of(unready);
    }
    return lost && missing > 0
        ? Optional.of(
            missing
                + " of "
                + wanted
                + " control plane machines "
                + (missing == 1 ? "is" : "are")
                + " missing"
                + because())
        : Optional.empty();
  }

  /** That machines come, go or are replaced, in words; empty when they do not. */
  Optional<String> moving() {
    int there = renewal.upToDate() + renewal.outdated();
    int coming = wanted - ready;
    if (!counted) {
      return Optional.empty();
    }
    if (renewal.goesOn()) {
      return Optional.of(
          "control plane machines are being replaced one by one: "
              + renewal.upToDate()
              + " of "
              + wanted
              + " are as they shall be");
    }
    if (coming > 0) {
      return Optional.of(
          coming
              + " of "
              + wanted
              + " control plane machines "
              + (coming == 1 ? "is" : "are")
              + " coming"
              + because());
    }
    return there > wanted
        ? Optional.of(
            "control plane machines go one by one: " + there + " are there, " + wanted + " wanted")
        : Optional.empty();
  }

  private String because() {
    return unready.isEmpty() ? "" : ": " + unready;
  }
}
