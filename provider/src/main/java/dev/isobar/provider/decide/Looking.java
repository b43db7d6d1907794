package dev.isobar.provider.decide;

import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.ObservedMachine;
import java.time.Duration;
import java.util.Optional;

/** Looking at the cloud, and what is said when that fails. */
final class Looking {
  static final String OBSERVE_FAILED = "observe failed";
  static final String CANNOT_OBSERVE = "CannotObserveExternalResource";
  private static final Duration SOON = Duration.ofSeconds(1);

  private Looking() {}

  static Optional<Step> untilSeen(Situation situation) {
    return switch (situation.view()) {
      case View.Unseen() -> Optional.of(new Step.Observe());
      case View.Unconnected(var failure) ->
          Optional.of(failed("connect failed", "CannotConnectToProvider", failure));
      case View.Unanswered(var failure, var machine) ->
          Optional.of(
              failed(
                  machine.map(one -> Showing.of(situation, one)).orElse(Conclusion.SILENT),
                  OBSERVE_FAILED,
                  CANNOT_OBSERVE,
                  failure));
      case View.Untold(var machine) -> Optional.of(untold(machine));
      case View.Disputed(var machine, var problem) -> Optional.of(disputed(machine, problem));
      case View.Seen _ -> Optional.empty();
    };
  }

  /** All Instances are listed within seconds of a start; until then nothing of it is touched. */
  private static Step untold(ObservedMachine machine) {
    return new Step.Rest(
        Conclusion.synced(
            Verdict.no(
                Reason.Starting,
                "machine "
                    + machine.id()
                    + " does not carry the mark of this Instance, and the provider has just started"
                    + " and not read all Instances yet, one of which may own it; wait")),
        new Wait.Pause(SOON));
  }

  /** The named machine is shown and left alone; only a person can tell whose it shall be. */
  static Step disputed(ObservedMachine machine, String problem) {
    Failure failure = new Failure.InvalidConfiguration(CloudWords.ours(problem));
    return failed(
        Conclusion.of(
                Verdict.no(Reason.Unavailable, failure.words().text()),
                Verdict.yes(Reason.ReconcileSuccess))
            .showing(machine.facts()),
        OBSERVE_FAILED,
        CANNOT_OBSERVE,
        failure);
  }

  /** The end of a pass in which the cloud did not show anything; Ready stays as it was. */
  private static Step failed(String what, String event, Failure failure) {
    return failed(Conclusion.SILENT, what, event, failure);
  }

  /**
   * The end of a pass in which the cloud did not do something.
   *
   * @param seen what is said of the machine nevertheless
   */
  static Step.Rest failed(Conclusion seen, String what, String event, Failure failure) {
    return new Step.Rest(
        seen.but(unsynced(what, failure)).and(warning(what, event, failure)), Wait.after(failure));
  }

  static Verdict unsynced(String what, Failure failure) {
    return Verdict.no(Reason.of(failure), what + ": " + failure.words() + nextTry(failure));
  }

  /** The same of a creation: when a refused offer is asked for again stands in the status. */
  static Verdict uncreated(String what, Failure failure) {
    return failure.ofThisOffer()
        ? Verdict.no(Reason.of(failure), what + ": " + failure.words())
        : unsynced(what, failure);
  }

  /** In words that do not change while it lasts, so that the status is not written at each try. */
  private static String nextTry(Failure failure) {
    return failure.patience().isPresent()
        ? " (next try when the cloud allows it, within 5 minutes)"
        : " (next try within a minute)";
  }

  static Notice warning(String what, String event, Failure failure) {
    return Notice.warning(event, what + ": " + failure.words());
  }
}
