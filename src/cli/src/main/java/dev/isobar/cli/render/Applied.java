package dev.isobar.cli.render;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.input.Composite;
import dev.isobar.cli.input.Flavour;
import dev.isobar.cli.input.Identity;
import dev.isobar.function.compose.naming.Names;
import dev.isobar.function.contract.Ready;
import dev.isobar.function.contract.Resource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A composed resource as core would apply it.
 *
 * @param key its composition resource name
 * @see <a
 *     href="https://github.com/crossplane/crossplane/tree/main/internal/controller/apiextensions/composite">core</a>
 */
public record Applied(String key, Ready ready, Map<String, Object> object) {
  static final String KEY_ANNOTATION = "crossplane.io/composition-resource-name";
  static final String COMPOSITE_LABEL = "crossplane.io/composite";

  static final String CLAIM_NAME_LABEL = "crossplane.io/claim-name";
  static final String CLAIM_NAMESPACE_LABEL = "crossplane.io/claim-namespace";
  private static final List<String> CLAIM_LABELS = List.of(CLAIM_NAME_LABEL, CLAIM_NAMESPACE_LABEL);
  private static final int NAME_LIMIT = 63;
  private static final int SUFFIX = 12;

  /**
   * Applies what the function wants.
   *
   * @param existing the same resource if it exists already, which keeps its name; absent otherwise
   * @throws Unappliable when core would refuse it
   */
  static Applied of(
      Composite composite, Flavour flavour, String key, Resource desired, Tree existing) {
    var object = new TreeMap<>(desired.object());
    Identity identity = Identity.of(object);
    if (identity.kind().isEmpty() || !Tree.of(object).at("apiVersion").exists()) {
      throw new Unappliable("composed resource " + key + " has no apiVersion or no kind");
    }
    TreeMap<String, Object> metadata = map(object.get("metadata"));
    metadata.put("name", name(composite, key, metadata, existing));
    namespace(composite, flavour, identity, key, metadata);
    TreeMap<String, Object> annotations = map(metadata.get("annotations"));
    annotations.put(KEY_ANNOTATION, key);
    metadata.put("annotations", annotations);
    TreeMap<String, Object> labels = map(metadata.get("labels"));
    labels.put(COMPOSITE_LABEL, prefix(composite));
    Tree marks = composite.tree().at("metadata", "labels");
    CLAIM_LABELS.forEach(
        label -> marks.at(label).text().ifPresent(value -> labels.put(label, value)));
    metadata.put("labels", labels);
    metadata.put("ownerReferences", List.of(owner(composite)));
    object.put("metadata", metadata);
    return new Applied(key, desired.ready(), object);
  }

  /** Which object it is. */
  public Identity identity() {
    return Identity.of(object);
  }

  private static void namespace(
      Composite composite,
      Flavour flavour,
      Identity identity,
      String key,
      Map<String, Object> metadata) {
    boolean clusterScoped = ClusterScope.holds(identity.kind());
    if (flavour == Flavour.CLAIMS) {
      if (clusterScoped) {
        metadata.remove("namespace");
      }
      return;
    }
    if (clusterScoped) {
      throw new Unappliable(
          "composed resource "
              + key
              + " is a "
              + identity.kind()
              + ", which is cluster-scoped; a composite in a namespace cannot have it");
    }
    metadata.put("namespace", composite.identity().namespace());
  }

  /**
   * Core keeps the name of what exists, then takes the function's, then makes one that is always
   * the same.
   */
  private static String name(
      Composite composite, String key, Map<String, Object> metadata, Tree existing) {
    var kept = existing.at("metadata", "name").text();
    if (kept.isPresent()) {
      return kept.get();
    }
    if (metadata.get("name") instanceof String given && !given.isEmpty()) {
      return given;
    }
    String prefix =
        metadata.get("generateName") instanceof String given ? given : prefix(composite) + "-";
    int room = NAME_LIMIT - SUFFIX;
    String uid = composite.tree().at("metadata", "uid").text().orElse("");
    return (prefix.length() > room ? prefix.substring(0, room) : prefix)
        + Names.digest(uid + key, SUFFIX);
  }

  /** What core labels a composite's resources with: the name of the outermost composite. */
  static String prefix(Composite composite) {
    return composite
        .tree()
        .at("metadata", "labels", COMPOSITE_LABEL)
        .text()
        .orElseGet(composite::name);
  }

  private static Map<String, Object> owner(Composite composite) {
    Tree tree = composite.tree();
    return Map.of(
        "apiVersion", tree.at("apiVersion").text().orElse(""),
        "kind", composite.identity().kind(),
        "name", composite.name(),
        "uid", tree.at("metadata", "uid").text().orElse(""),
        "controller", true,
        "blockOwnerDeletion", true);
  }

  private static TreeMap<String, Object> map(@Nullable Object value) {
    var copy = new TreeMap<String, Object>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, child) -> copy.put(String.valueOf(name), child));
    }
    return copy;
  }
}
