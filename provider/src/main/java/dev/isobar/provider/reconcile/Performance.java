package dev.isobar.provider.reconcile;

import dev.isobar.provider.decide.Situation;
import dev.isobar.provider.decide.Wait;
import java.util.Optional;

/** What came of a step. */
sealed interface Performance {
  /** It was done, or what it did instead is in the situation. */
  record Done(Situation situation) implements Performance {}

  /**
   * The object was changed by somebody else, is gone, or cannot be stored: the pass is over.
   *
   * @param problem why it cannot be stored, which its user should know
   */
  record Ended(Wait until, Optional<String> problem) implements Performance {
    /** Nothing that a user should know. */
    Ended(Wait until) {
      this(until, Optional.empty());
    }
  }
}
