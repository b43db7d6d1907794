package dev.isobar.provider.decide;

import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Picks the next step for an Instance. It is asked again after every step until it says {@link
 * Step.Rest}. Everything that must survive a crash is in the object or in the cloud by the time the
 * next step is picked, so that a pass that ends anywhere is simply begun again.
 */
public final class Decision {
  private Decision() {}

  /**
   * What is said when a step could not be stored in the object.
   *
   * @param why as the API server says
   */
  public static Conclusion unstored(Situation situation, String why) {
    return Showing.unstored(situation, why);
  }

  /** The same situation always gives the same step. */
  public static Step next(Situation situation) {
    return Stream.<Supplier<Optional<Step>>>of(
            () -> Standing.whenPaused(situation),
            () -> Standing.whenPoliciesMakeNoSense(situation),
            () -> Standing.whenOrphaned(situation),
            () -> Standing.whenOnlyAPersonCanTell(situation),
            () -> Looking.untilSeen(situation),
            () -> Making.whatWasBegun(situation),
            () -> Standing.whenClocksDiffer(situation),
            () -> Making.whenMadeTooShortlyAgo(situation),
            () -> Leaving.whenDeleting(situation),
            () -> Keeping.whenThere(situation))
        .map(Supplier::get)
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(() -> Making.whenAbsent(situation));
  }
}
