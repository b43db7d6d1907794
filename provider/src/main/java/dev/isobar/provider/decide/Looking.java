package dev.isobar.provider.decide;

import dev.isobar.provider.external.Failure;
import java.util.Optional;

/** Looking at the cloud, and what is said when that fails. */
final class Looking {
  private Looking() {}

  static Optional<Step> untilSeen(Situation situation) {
    return switch (situation.view()) {
      case View.Unseen() -> Optional.of(new Step.Observe());
      case View.Unconnected(var failure) ->
          Optional.of(failed("connect failed", "CannotConnectToProvider", failure));
      case View.Unanswered(var failure) ->
          Optional.of(failed("observe failed", "CannotObserveExternalResource", failure));
      case View.Seen _ -> Optional.empty();
    };
  }

  /** The end of a pass in which the cloud did not do something; Ready stays as it was. */
  static Step failed(String what, String event, Failure failure) {
    return new Step.Rest(
        Conclusion.synced(unsynced(what, failure)).and(warning(what, event, failure)),
        Wait.after(failure));
  }

  static Verdict unsynced(String what, Failure failure) {
    return Verdict.no(Reason.of(failure), what + ": " + failure.words() + nextTry(failure));
  }

  /** In words that do not change while it lasts, so that the status is not written at each try. */
  private static String nextTry(Failure failure) {
    if (failure.ofThisOffer()) {
      return ""; // status.refusedOffers has the times
    }
    return failure.patience().isPresent()
        ? " (next try when the cloud allows it, within 5 minutes)"
        : " (next try within a minute)";
  }

  static Notice warning(String what, String event, Failure failure) {
    return Notice.warning(event, what + ": " + failure.words());
  }
}
