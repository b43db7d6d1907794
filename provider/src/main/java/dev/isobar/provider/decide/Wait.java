package dev.isobar.provider.decide;

import dev.isobar.provider.external.Failure;
import java.time.Duration;

/** When an object is looked at next, unless it changes before. */
public sealed interface Wait {
  /** Never. */
  record ForChange() implements Wait {}

  /** Soon, and later each time that follows at once: 1 s, 2 s, 4 s ... 60 s. */
  record Backoff() implements Wait {}

  /**
   * Soon, and later each time that follows at once: 1 s, 2 s, 4 s, 8 s, 10 s, 10 s ... Something
   * moves; what {@link Backoff} slowed down is quick again.
   */
  record Moving() implements Wait {}

  /** After this time, which is known; what slowed down is quick again. */
  record Pause(Duration length) implements Wait {}

  /** After this time, because nothing moves; news may overtake it. */
  record Poll(Duration length) implements Wait {}

  /** The longest that a cloud is left alone because it asks for it. */
  Duration LONGEST = Duration.ofMinutes(5);

  /** A cloud that says less asks for nothing. */
  Duration SHORTEST = Duration.ofSeconds(1);

  /**
   * After a failure: as long as the cloud asks for, within bounds, because an answer may come from
   * anybody on the way; else slower each time.
   */
  static Wait after(Failure failure) {
    return failure
        .patience()
        .filter(asked -> asked.compareTo(SHORTEST) >= 0)
        .<Wait>map(asked -> new Pause(asked.compareTo(LONGEST) > 0 ? LONGEST : asked))
        .orElseGet(Backoff::new);
  }
}
