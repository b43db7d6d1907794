package dev.isobar.function.wire;

/**
 * What one call was about, for logs and metrics; nothing of it is secret.
 *
 * @param kind the composite's kind; empty unless it is one that this function composes, so that
 *     callers cannot make up new ones
 * @param namespace empty for a cluster-scoped composite
 * @param composed how many composed resources are desired, those of other steps included
 * @param reason why the request was refused, empty when it was not
 * @param bytes how long the answer is
 */
public record CallSummary(
    String kind,
    String namespace,
    String name,
    String tag,
    int composed,
    int warnings,
    int normals,
    String reason,
    int bytes) {
  /** Whether the answer holds a fatal result. */
  public boolean refused() {
    return !reason.isEmpty();
  }
}
