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

  /** After a failure: as long as the cloud asks for, else slower each time. */
  static Wait after(Failure failure) {
    return failure.patience().<Wait>map(Pause::new).orElseGet(Backoff::new);
  }
}
