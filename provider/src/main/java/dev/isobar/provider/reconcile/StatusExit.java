package dev.isobar.provider.reconcile;

import dev.isobar.apis.compute.InstanceObservation;
import dev.isobar.apis.compute.InstanceStatus;
import dev.isobar.apis.compute.InstanceStatus.RefusedOffer;
import dev.isobar.apis.compute.StatusCondition;
import dev.isobar.provider.decide.Annotations;
import dev.isobar.provider.decide.Conclusion;
import dev.isobar.provider.decide.Managed;
import dev.isobar.provider.decide.Notice;
import dev.isobar.provider.decide.Reason;
import dev.isobar.provider.decide.Situation;
import dev.isobar.provider.decide.Verdict;
import dev.isobar.provider.decide.Wait;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The one exit of a pass: turns what was found into the status, writes it when it differs, and
 * sends events about what is new.
 */
final class StatusExit {
  private final ManagedStore store;

  StatusExit(ManagedStore store) {
    this.store = store;
  }

  Wait write(Situation situation, Conclusion report, Wait wait) {
    Managed managed = situation.managed();
    if (report.silent()) {
      return wait;
    }
    InstanceStatus status = status(situation, report);
    boolean news = !conditionsSay(managed.status()).equals(conditionsSay(status));
    Wait next = status.equals(managed.status()) ? wait : after(store.report(managed, status), wait);
    report
        .notice()
        .filter(notice -> notice.onEveryTime() || news)
        .ifPresent(notice -> {
          store.send(managed, notice);
        });
    requested(managed, status).ifPresent(notice -> store.send(managed, notice));
    return next;
  }

  private static Wait after(ManagedStore.Stored stored, Wait wait) {
    return switch (stored) {
      case ManagedStore.Stored.Current _ -> wait;
      case ManagedStore.Stored.Gone() -> new Wait.ForChange();
      case ManagedStore.Stored.Conflict(), ManagedStore.Stored.Unavailable _ -> new Wait.Backoff();
    };
  }

  private static Optional<Notice> requested(Managed managed, InstanceStatus status) {
    return status
        .lastHandledReconcileAt()
        .filter(token -> !managed.status().lastHandledReconcileAt().equals(Optional.of(token)))
        .map(token ->
            new Notice(
                Notice.Kind.Normal,
                "ReconcileRequestHandled",
                "handled the request " + token,
                true));
  }

  private static InstanceStatus status(Situation situation, Conclusion report) {
    Managed managed = situation.managed();
    InstanceStatus before = managed.status();
    List<StatusCondition> conditions = new ArrayList<>(before.conditions());
    report.ready().ifPresent(ready -> put(conditions, managed, "Ready", ready, situation.now()));
    report
        .synced()
        .ifPresent(synced -> put(conditions, managed, "Synced", synced, situation.now()));
    Optional<InstanceObservation> machine =
        switch (report.facts()) {
          case Conclusion.Facts.Kept() -> before.atProvider();
          case Conclusion.Facts.Cleared() -> Optional.empty();
          case Conclusion.Facts.Shown(var shown) -> Optional.of(shown);
        };
    return new InstanceStatus(
        machine,
        refused(situation, machine),
        List.copyOf(conditions),
        Optional.of(managed.generation()),
        handled(managed, report).or(before::lastHandledReconcileAt));
  }

  /** A request for a look is handled by who may look: while all is paused, it waits. */
  private static Optional<String> handled(Managed managed, Conclusion report) {
    return report.synced().filter(one -> one.reason() == Reason.ReconcilePaused).isPresent()
        ? Optional.empty()
        : managed.annotation(Annotations.RECONCILE_REQUESTED_AT);
  }

  /** Once a machine runs, what was refused before it is history. */
  private static List<RefusedOffer> refused(
      Situation situation, Optional<InstanceObservation> machine) {
    boolean runs =
        machine.filter(one -> one.state() == InstanceObservation.State.Running).isPresent();
    return runs ? List.of() : situation.refused();
  }

  private static void put(
      List<StatusCondition> conditions,
      Managed managed,
      String type,
      Verdict verdict,
      Instant now) {
    String status = verdict.holds() ? "True" : "False";
    Optional<StatusCondition> before =
        conditions.stream().filter(one -> one.type().equals(type)).findFirst();
    String since =
        before
            .filter(one -> one.status().equals(status))
            .map(StatusCondition::lastTransitionTime)
            .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString());
    var condition =
        new StatusCondition(
            type,
            status,
            verdict.reason().name(),
            Optional.of(verdict.message()).filter(text -> !text.isEmpty()),
            since,
            Optional.of(managed.generation()));
    before.ifPresentOrElse(
        old -> conditions.set(conditions.indexOf(old), condition), () -> conditions.add(condition));
  }

  /** What the conditions tell a person, without times and generations. */
  private static List<String> conditionsSay(InstanceStatus status) {
    return status.conditions().stream()
        .map(one ->
            String.join("|", one.type(), one.status(), one.reason(), one.message().orElse("")))
        .toList();
  }
}
