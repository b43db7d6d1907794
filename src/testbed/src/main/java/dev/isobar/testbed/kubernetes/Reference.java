package dev.isobar.testbed.kubernetes;

import dev.isobar.apis.tree.Tree;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which object is meant.
 *
 * @param namespace empty for a cluster-scoped kind
 */
public record Reference(Kind kind, String namespace, String name) {
  /** The reference of an object. */
  public static Reference of(Map<String, ? extends @Nullable Object> object) {
    return of(Tree.of(object));
  }

  /** The reference of an object. */
  public static Reference of(Tree object) {
    return new Reference(
        new Kind(text(object.at("apiVersion")), text(object.at("kind"))),
        text(object.at("metadata", "namespace")),
        text(object.at("metadata", "name")));
  }

  private static String text(Tree tree) {
    return tree.text().orElse("");
  }

  @Override
  public String toString() {
    return kind.name() + " " + (namespace.isEmpty() ? "" : namespace + "/") + name;
  }
}
