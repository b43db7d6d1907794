package dev.isobar.function.compose.plan;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.naming.Names;
import java.util.Optional;

/**
 * Whose cluster it is and what it is called.
 *
 * @param namespace the claim's namespace, where all objects of the cluster live
 * @param claim the claim's name
 * @param cluster the Cluster's permanent name
 * @param namespaced whether the composite is namespaced, so that it may compose only within its
 *     namespace
 */
public record ClusterId(String namespace, String claim, String cluster, boolean namespaced) {
  /** The identity of a composite; nothing when it is cluster-scoped and bound to no claim. */
  public static Optional<ClusterId> of(Tree composite) {
    Optional<String> own = composite.at("metadata", "namespace").text();
    Tree claim = composite.at("spec", "claimRef");
    Optional<String> namespace = own.or(() -> claim.at("namespace").text());
    Optional<String> name =
        own.isPresent() ? composite.at("metadata", "name").text() : claim.at("name").text();
    return namespace.flatMap(space ->
        name.map(
            called -> new ClusterId(space, called, Names.cluster(space, called), own.isPresent())));
  }
}
