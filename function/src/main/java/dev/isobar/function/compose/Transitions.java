package dev.isobar.function.compose;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.contract.Condition;
import dev.isobar.function.contract.Condition.Status;
import dev.isobar.function.contract.Event;
import dev.isobar.function.contract.Event.Severity;
import dev.isobar.function.readiness.ObservedCondition;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tells of a condition once, when it turns, and never again while it stays. */
final class Transitions {
  /** Reasons that call for somebody. */
  private static final Set<String> ALARMING =
      Set.of(
          Acceptance.MANAGEMENT_CIDRS_UNKNOWN,
          Conditions.ALLOWED_CIDRS_IGNORED,
          Conditions.CLOUD_NOT_READY,
          Conditions.WEAKENED,
          "Degraded",
          "Failed",
          "WorkloadCredentialsMissing");

  private Transitions() {}

  static List<Event> events(Tree composite, List<Condition> conditions) {
    return conditions.stream()
        .map(condition -> event(Said.of(composite, condition.type()), condition))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Event> event(Optional<ObservedCondition> before, Condition now) {
    boolean turned =
        before
            .map(seen ->
                seen.holds() != (now.status() == Status.TRUE)
                    || alarming(seen.reason()) != alarming(now.reason()))
            .orElse(alarming(now.reason()));
    if (!turned) {
      return Optional.empty();
    }
    Severity severity = alarming(now.reason()) ? Severity.WARNING : Severity.NORMAL;
    return Optional.of(new Event(severity, now.type() + now.reason(), now.message()));
  }

  private static boolean alarming(String reason) {
    return ALARMING.contains(reason);
  }
}
