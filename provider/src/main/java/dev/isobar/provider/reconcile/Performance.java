package dev.isobar.provider.reconcile;

import dev.isobar.provider.decide.Situation;
import dev.isobar.provider.decide.Wait;

/** What came of a step. */
sealed interface Performance {
  /** It was done, or what it did instead is in the situation. */
  record Done(Situation situation) implements Performance {}

  /** The object was changed by somebody else, is gone, or cannot be reached: the pass is over. */
  record Ended(Wait until) implements Performance {}
}
