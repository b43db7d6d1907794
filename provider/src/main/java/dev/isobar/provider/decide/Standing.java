package dev.isobar.provider.decide;

import dev.isobar.provider.decide.Policies.Action;
import java.util.Optional;

/** What is decided before anybody looks at the cloud. */
final class Standing {
  private Standing() {}

  /** Comes first: a paused object is not even deleted. */
  static Optional<Step> whenPaused(Situation situation) {
    boolean annotated = situation.managed().paused();
    if (!annotated && !situation.policies().pause()) {
      return Optional.empty();
    }
    String why =
        annotated
            ? "annotation " + Annotations.PAUSED + " is \"true\"; remove it to go on"
            : "spec.managementPolicies is empty; add policies to go on";
    return rest(
        Conclusion.synced(Verdict.no(Reason.ReconcilePaused, why))
            .and(Notice.state("ReconciliationPaused", why)));
  }

  static Optional<Step> whenPoliciesMakeNoSense(Situation situation) {
    Policies policies = situation.policies();
    if (policies.supported()) {
      return Optional.empty();
    }
    String problem =
        "spec.managementPolicies "
            + policies
            + " is no combination Crossplane knows; use [\"*\"], or add what is missing";
    return rest(
        Conclusion.synced(Verdict.no(Reason.ReconcileError, problem))
            .and(Notice.warning("CannotUseInvalidManagementPolicy", problem)));
  }

  /** An object that may not delete its machine leaves it alone. */
  static Optional<Step> whenOrphaned(Situation situation) {
    Managed managed = situation.managed();
    if (!managed.deleting() || situation.policies().allow(Action.Delete)) {
      return Optional.empty();
    }
    return Optional.of(
        managed.hasFinalizer()
            ? new Step.RemoveFinalizer()
            : new Step.Rest(Conclusion.SILENT, new Wait.ForChange()));
  }

  /** Where machines cannot be found by their mark, making another one could leak the first. */
  static Optional<Step> whenOnlyAPersonCanTell(Situation situation) {
    Managed managed = situation.managed();
    boolean begunHere = !(situation.last() instanceof Happening.Nothing);
    if (situation.findsByMark() || begunHere || !managed.creation().uncertain()) {
      return Optional.empty();
    }
    String problem =
        "cannot tell whether an earlier request made a machine, and this cloud cannot be asked;"
            + " look for it, set annotation "
            + Annotations.EXTERNAL_NAME
            + " if there is one, then set "
            + Annotations.CREATION_SETTLED
            + " to the value of "
            + Annotations.CREATION
            + " and remove "
            + Annotations.CREATE_PENDING;
    return rest(
        Conclusion.of(Verdict.no(Reason.Creating, ""), Verdict.no(Reason.ReconcileError, problem))
            .and(Notice.warning("CannotInitializeManagedResource", problem)));
  }

  /**
   * A process whose clock is ahead wrote times that have not come yet: they count as now, from the
   * moment somebody sees them, or everything would wait for that clock.
   */
  static Optional<Step> whenClocksDiffer(Situation situation) {
    CreationRecord creation = situation.managed().creation();
    return creation.isAhead(situation.pace().late(), situation.now())
        ? Optional.of(new Step.Redate())
        : Optional.empty();
  }

  private static Optional<Step> rest(Conclusion report) {
    return Optional.of(new Step.Rest(report, new Wait.ForChange()));
  }
}
