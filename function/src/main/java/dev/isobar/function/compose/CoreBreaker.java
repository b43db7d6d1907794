package dev.isobar.function.compose;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.readiness.ObservedCondition;

/**
 * Core's circuit breaker. While it is open, core drops most of what it is told of composed
 * resources, of the Cloud and of the claim itself; only what it asks for by itself comes for sure.
 *
 * @see <a
 *     href="https://github.com/crossplane/crossplane/blob/v2.4.0/internal/circuit/token_bucket.go">its
 *     token bucket</a>
 */
final class CoreBreaker {
  /** What is added to what a cluster waits for. */
  static final String EXPLANATION =
      "; Crossplane looks only now and then, because too much changed at once (condition"
          + " Responsive)";

  private CoreBreaker() {}

  /** Whether it was open when core last looked at the composite. */
  static boolean open(Tree composite) {
    return ObservedCondition.of(composite, "Responsive")
        .filter(condition -> condition.status().equals("False"))
        .isPresent();
  }
}
