package dev.isobar.cli.input;

import dev.isobar.apis.tree.Tree;
import java.util.Comparator;
import java.util.Map;

/** What tells an object from all others in a cluster; its version does not. */
public record Identity(String group, String kind, String namespace, String name)
    implements Comparable<Identity> {
  private static final Comparator<Identity> ORDER =
      Comparator.comparing(Identity::group)
          .thenComparing(Identity::kind)
          .thenComparing(Identity::namespace)
          .thenComparing(Identity::name);

  /** The identity of an object; what it lacks is empty. */
  public static Identity of(Map<String, ?> object) {
    Tree tree = Tree.of(object);
    String apiVersion = text(tree.at("apiVersion"));
    return new Identity(
        apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "",
        text(tree.at("kind")),
        text(tree.at("metadata", "namespace")),
        text(tree.at("metadata", "name")));
  }

  /** As a person writes it: kind, then namespace and name. */
  public String words() {
    return kind + " " + (namespace.isEmpty() ? "" : namespace + "/") + name;
  }

  @Override
  public int compareTo(Identity other) {
    return ORDER.compare(this, other);
  }

  private static String text(Tree field) {
    return field.text().orElse("");
  }
}
