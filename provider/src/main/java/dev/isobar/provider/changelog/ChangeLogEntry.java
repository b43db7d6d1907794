package dev.isobar.provider.changelog;

import dev.isobar.apis.tree.Tree;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;

/**
 * One operation on a machine, with the meaning of Crossplane's change logs v1alpha1.
 *
 * @param at when it ended
 * @param provider name and version
 * @param externalName id of the machine; empty when none was made
 * @param snapshot the Instance directly before, with apiVersion, kind and metadata
 * @param error why it failed; empty when it did not
 * @param details more about the change
 */
public record ChangeLogEntry(
    Instant at,
    String provider,
    Operation operation,
    String externalName,
    Tree snapshot,
    Optional<String> error,
    SortedMap<String, String> details) {
  /** What was done. */
  public enum Operation {
    CREATE,
    UPDATE,
    DELETE
  }
}
