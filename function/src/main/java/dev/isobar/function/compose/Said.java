package dev.isobar.function.compose;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.readiness.ObservedCondition;
import java.util.Optional;

/**
 * What a composite said of itself when it was last composed. When a reconcile fails, because the
 * function does not answer or an object cannot be applied, core overwrites its conditions; only the
 * other fields of its status are still what they were.
 *
 * @see <a
 *     href="https://github.com/crossplane/crossplane/blob/v2.4.0/internal/controller/apiextensions/composite/reconciler.go#L792">core's
 *     words</a>
 */
final class Said {
  private static final String OVERWRITTEN = "FatalError";

  private Said() {}

  /** A condition; empty when it was never said, or is lost. */
  static Optional<ObservedCondition> of(Tree composite, String type) {
    return ObservedCondition.of(composite, type).filter(said -> !lost(said));
  }

  /** Whether the condition was said once, and is lost. */
  static boolean lost(Tree composite, String type) {
    return ObservedCondition.of(composite, type).filter(Said::lost).isPresent();
  }

  /** Whether everything held; the stage outlives the conditions. */
  static boolean rested(Tree composite) {
    return composite.at("status", "stage").text().filter("Ready"::equals).isPresent();
  }

  private static boolean lost(ObservedCondition said) {
    return said.reason().equals(OVERWRITTEN);
  }
}
