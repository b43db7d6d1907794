package dev.isobar.provider.decide;

import dev.isobar.apis.compute.InstanceObservation.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * A machine that was there and is not shown any more, though nobody saw it go. Some clouds answer
 * from copies that lag now and then, so one look that does not show it is not believed there: since
 * when it is missing is stored, and it is looked for once more.
 */
final class Missing {
  private Missing() {}

  /** Nobody comes back for a machine whose object is gone, so it is looked for a long while. */
  static Optional<Step> whenDeleting(Situation situation) {
    Managed managed = situation.managed();
    Duration late = situation.pace().late();
    boolean young =
        managed.externalName().isPresent()
            && managed.creation().succeededWithin(late, situation.now())
            && !wasSeenGoing(managed);
    return (young || wasThere(managed)) && !isSure(situation)
        ? lookedFor(
            situation,
            late,
            until -> new Step.Rest(leaving(managed, until).showingNothing(), new Wait.Moving()))
        : Optional.empty();
  }

  /** That it is missing is stored whatever is done next: the status comes to show no machine. */
  static Optional<Step> whenNew(Situation situation) {
    return isDoubtful(situation) && situation.managed().creation().missingSince().isEmpty()
        ? Optional.of(new Step.Miss())
        : Optional.empty();
  }

  /** Another one is made, or this one called lost, only after a second look. */
  static Optional<Step> whenAbsent(Situation situation) {
    Managed managed = situation.managed();
    return isDoubtful(situation) && !managed.creation().uncertain()
        ? lookedFor(
            situation,
            situation.pace().visible(),
            until ->
                new Step.Rest(
                    absent(managed).showingNothing(),
                    new Wait.Pause(Duration.between(situation.now(), until))))
        : Optional.empty();
  }

  /** Whether its machine may be there, though it is not shown. */
  static boolean isDoubtful(Situation situation) {
    return wasThere(situation.managed()) && !isSure(situation);
  }

  /** What is said where no machine is shown: where nothing stores that one is missing, it stays. */
  static Conclusion forgetting(Situation situation, Conclusion said) {
    return isDoubtful(situation) ? said : said.showingNothing();
  }

  private static boolean isSure(Situation situation) {
    return situation.view() instanceof View.Seen seen && seen.sure();
  }

  /** Whether the last that was seen of its machine was that it goes. */
  static boolean wasSeenGoing(Managed managed) {
    return lastSeen(managed).filter(state -> state == State.Terminating).isPresent();
  }

  private static boolean wasThere(Managed managed) {
    return managed.externalName().isPresent()
        && (managed.creation().missingSince().isPresent()
            || lastSeen(managed).filter(state -> state != State.Terminating).isPresent());
  }

  private static Optional<State> lastSeen(Managed managed) {
    return managed
        .status()
        .atProvider()
        .filter(seen -> managed.externalName().filter(seen.id()::equals).isPresent())
        .map(seen -> seen.state());
  }

  private static Optional<Step> lookedFor(
      Situation situation, Duration span, Function<Instant, Step> again) {
    Optional<Instant> since = situation.managed().creation().missingSince();
    return since.isEmpty()
        ? Optional.of(new Step.Miss())
        : since.map(begin -> begin.plus(span)).filter(situation.now()::isBefore).map(again);
  }

  private static Conclusion leaving(Managed managed, Instant until) {
    return Conclusion.of(
        Verdict.no(
            Reason.Deleting, "%s; it is looked for until %s".formatted(words(managed), until)),
        Verdict.yes(Reason.ReconcileSuccess));
  }

  private static Conclusion absent(Managed managed) {
    return Conclusion.of(
        Verdict.no(Reason.Unavailable, "%s; it is looked for once more".formatted(words(managed))),
        Verdict.yes(Reason.ReconcileSuccess));
  }

  /** What is said of it. */
  static String words(Managed managed) {
    return "machine %s is not shown any more, and nobody saw it go"
        .formatted(managed.externalName().orElse(""));
  }
}
