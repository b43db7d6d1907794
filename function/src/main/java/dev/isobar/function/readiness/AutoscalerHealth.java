package dev.isobar.function.readiness;

import dev.isobar.apis.tree.Tree;
import java.util.Optional;

/**
 * How the Deployment of a cluster autoscaler is doing.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#deployment-status">
 *     its conditions</a>
 */
public final class AutoscalerHealth {
  private AutoscalerHealth() {}

  /**
   * The health of a Deployment.
   *
   * @param deployment absent when it is not there yet
   */
  public static Health of(Tree deployment) {
    if (!deployment.exists()) {
      return new Health.Coming("waits for the control plane");
    }
    if (ClusterHealth.deleting(deployment)) {
      return new Health.Coming("is still being removed, and comes anew afterwards");
    }
    long generation = deployment.at("metadata", "generation").whole().orElse(0L);
    if (deployment.at("status", "observedGeneration").whole().orElse(0L) < generation) {
      return new Health.Coming("is being updated");
    }
    return failure(deployment)
        .<Health>map(Health.Failing::new)
        .orElseGet(() ->
            ObservedCondition.of(deployment, "Available")
                    .filter(ObservedCondition::holds)
                    .isPresent()
                ? new Health.Working()
                : new Health.Coming(pod(deployment) + " is being started"));
  }

  /** A pod that was there and went is a failure, and so is one that does not come in time. */
  private static Optional<String> failure(Tree deployment) {
    Optional<ObservedCondition> refused =
        ObservedCondition.of(deployment, "ReplicaFailure").filter(ObservedCondition::holds);
    if (refused.isPresent()) {
      return refused.map(condition -> pod(deployment) + " cannot be made: " + condition.message());
    }
    Optional<ObservedCondition> progress = ObservedCondition.of(deployment, "Progressing");
    boolean down =
        ObservedCondition.of(deployment, "Available")
            .filter(condition -> condition.status().equals("False"))
            .isPresent();
    boolean late = progress.filter(condition -> condition.status().equals("False")).isPresent();
    boolean stood =
        progress.filter(one -> one.reason().equals("NewReplicaSetAvailable")).isPresent();
    return down && (late || stood)
        ? Optional.of(
            pod(deployment) + " does not run; the platform team must look at it with kubectl")
        : Optional.empty();
  }

  private static String pod(Tree deployment) {
    return "the pod of Deployment "
        + deployment.at("metadata", "namespace").text().orElse("")
        + "/"
        + deployment.at("metadata", "name").text().orElse("");
  }
}
