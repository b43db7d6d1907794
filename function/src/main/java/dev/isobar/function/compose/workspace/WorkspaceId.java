package dev.isobar.function.compose.workspace;

import dev.isobar.apis.tree.Tree;
import java.util.Optional;

/**
 * Whose workspace it is and what it is called.
 *
 * @param namespace the claim's namespace, where all its objects live in the management cluster
 * @param claim the claim's name
 * @param kind the composite's kind
 * @param composite the composite's name
 * @param namespaced whether the composite is namespaced
 */
public record WorkspaceId(
    String namespace, String claim, String kind, String composite, boolean namespaced) {
  /** The longest name of a claim, so that what is named after it fits. */
  public static final int LONGEST = 40;

  /** The identity of a composite; nothing when it is cluster-scoped and bound to no claim. */
  public static Optional<WorkspaceId> of(Tree composite) {
    Tree metadata = composite.at("metadata");
    Tree claim = composite.at("spec", "claimRef");
    Optional<String> own = metadata.at("namespace").text();
    Optional<String> namespace = own.or(() -> claim.at("namespace").text());
    Optional<String> name = own.isPresent() ? metadata.at("name").text() : claim.at("name").text();
    return namespace.flatMap(space ->
        name.map(called ->
            new WorkspaceId(
                space,
                called,
                composite.at("kind").text().orElse(""),
                metadata.at("name").text().orElse(""),
                own.isPresent())));
  }

  /**
   * The pool of one of its accelerators. No pool of a cluster has a dot in its name, so that none
   * can take another's.
   */
  public String pool(String accelerator) {
    return pool(claim, accelerator);
  }

  /** The same of a workspace of which only the claim is known. */
  public static String pool(String claim, String accelerator) {
    return claim + "." + accelerator;
  }

  /** One of its add-ons, told apart from those of the cluster in the same way. */
  public String addon(String name) {
    return claim + "." + name;
  }

  /** Its namespace in the cluster, and its Helm release there; permanent. */
  public String inCluster() {
    return "workspace-" + claim;
  }
}
