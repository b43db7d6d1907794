package dev.isobar.function.contract;

import java.util.Optional;
import java.util.SortedMap;

/**
 * Objects of the cluster that core shall hand in, and watch.
 *
 * @param name the key under which they arrive
 * @param namespace where to look; empty for a cluster-scoped object by name, or for all namespaces
 */
public record Requirement(
    String name, String apiVersion, String kind, Selection selection, Optional<String> namespace) {
  /** Which objects of the kind. */
  public sealed interface Selection {
    /** The object of this name. */
    record ByName(String name) implements Selection {}

    /** All objects that carry these labels. */
    record ByLabels(SortedMap<String, String> labels) implements Selection {}
  }
}
