package dev.isobar.function.compose.manifest;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Looks at the names of the objects of one stream: whether the API server takes them, and that no
 * object stands there twice, for the second one would overwrite the first at every look.
 */
final class ObjectNames {
  /** A DNS subdomain, which almost all kinds demand, those of CRDs among them; or an IPAddress. */
  private static final Pattern USUAL =
      Pattern.compile(
          "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*|[0-9a-f:]+");

  /** Kinds of Kubernetes that are named like its own parts: system:node, cluster-admin. */
  private static final Set<String> FREE_GROUPS =
      Set.of("rbac.authorization.k8s.io", "certificates.k8s.io", "apiregistration.k8s.io");

  /** What is between the parts of an object's path in the API. */
  private static final Pattern NO_PATH = Pattern.compile(".*[/%].*|\\.\\.?", Pattern.DOTALL);

  private static final int LONGEST = 253;
  private static final int SHOWN = 60;

  private record Key(String group, String kind, String namespace, String name) {}

  private final Map<Key, Integer> seen = new HashMap<>();
  private int count;

  /** What is wrong with the name of the next object; empty when nothing is. */
  Optional<String> problem(Node document) {
    count++;
    if (!(document instanceof MappingNode object)
        || ManifestText.merges(object)
        || !(value(object, "metadata") instanceof MappingNode metadata)
        || ManifestText.merges(metadata)) {
      return Optional.empty();
    }
    String version = word(object, "apiVersion");
    String group = version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
    String name = word(metadata, "name");
    if (!allowed(group, name)) {
      return Optional.of(
          "has the name \""
              + (name.length() > SHOWN ? name.substring(0, SHOWN) + "..." : name)
              + "\", which the API server does not take");
    }
    String namespace = word(metadata, "namespace");
    var key =
        new Key(group, word(object, "kind"), namespace.isEmpty() ? "default" : namespace, name);
    Integer first = seen.putIfAbsent(key, count);
    return first == null
        ? Optional.empty()
        : Optional.of("is " + key.kind() + " " + name + ", as is object " + first);
  }

  private static boolean allowed(String group, String name) {
    if (name.length() > LONGEST || NO_PATH.matcher(name).matches()) {
      return false;
    }
    boolean ofKubernetes = !group.contains(".") || group.endsWith(".k8s.io");
    return FREE_GROUPS.contains(group)
        || USUAL.matcher(name).matches()
        || (!ofKubernetes && name.chars().noneMatch(Character::isWhitespace));
  }

  private static Node value(MappingNode object, String field) {
    return ManifestText.values(object, field).findFirst().orElse(object);
  }

  private static String word(MappingNode object, String field) {
    return value(object, field) instanceof ScalarNode word ? word.getValue() : "";
  }
}
