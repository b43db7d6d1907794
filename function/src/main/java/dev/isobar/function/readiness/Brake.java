package dev.isobar.function.readiness;

import dev.isobar.apis.tree.Tree;
import java.util.Optional;

/**
 * What a MachineHealthCheck says when it holds back: too many machines are unhealthy for the fault
 * to be theirs, so that none is replaced and somebody must look.
 *
 * @see <a
 *     href="https://github.com/kubernetes-sigs/cluster-api/blob/v1.14.2/core/reconcilers/machinehealthcheck/machinehealthcheck_controller.go">when
 *     it does</a>
 */
public final class Brake {
  private Brake() {}

  /**
   * How machines are doing whose check may hold back. Those on their way to a new pool count as
   * unhealthy there too, so it is told of what fails alone.
   *
   * @param check the MachineHealthCheck; nothing where there is none
   */
  public static Health told(Health health, Tree check) {
    return health instanceof Health.Failing(var message)
        ? note(check)
            .<Health>map(words -> new Health.Failing(message + "; " + words))
            .orElse(health)
        : health;
  }

  /** That none of the machines is replaced, and who must act; nothing while they are. */
  public static Optional<String> note(Tree check) {
    return Optional.of(check).filter(Brake::holds).map(Brake::words);
  }

  private static boolean holds(Tree check) {
    return ObservedCondition.of(check, "RemediationAllowed")
        .filter(ObservedCondition::current)
        .filter(condition -> condition.status().equals("False"))
        .filter(condition -> condition.reason().equals("TooManyUnhealthy"))
        .isPresent();
  }

  private static String words(Tree check) {
    Tree limit = check.at("spec", "remediation", "triggerIf", "unhealthyLessThanOrEqualTo");
    return "none of the machines is replaced while more than "
        + limit.text().or(() -> limit.whole().map(String::valueOf)).orElse("maxUnhealthy")
        + " of them are unhealthy or have not joined, for then the fault lies elsewhere: the"
        + " platform team must find it";
  }
}
