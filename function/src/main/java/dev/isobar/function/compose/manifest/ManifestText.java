package dev.isobar.function.compose.manifest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Looks at manifests: whether each document of the stream is an object with apiVersion and kind,
 * and such as Sveltos can apply.
 */
public final class ManifestText {
  /** The key of YAML 1.1 under which other maps are merged into one. */
  private static final String MERGE = "<<";

  private static final int LONGEST = 60;

  private ManifestText() {}

  /** What keeps all of it from being applied; empty when nothing does. */
  public static Optional<String> problem(String text) {
    return look(text, ManifestText::ofDocument);
  }

  /**
   * What keeps one of its objects from being applied as it is written, or can only be an oversight;
   * empty when nothing is.
   */
  public static Optional<String> oversight(String text) {
    return look(text, document -> nameless(document).or(() -> new KeyCount().twice(document)));
  }

  /** What is wrong with the names of its objects, which all have one; empty when nothing is. */
  public static Optional<String> misnamed(String text) {
    return look(text, new ObjectNames()::problem);
  }

  private static Optional<String> look(String text, Function<Node, Optional<String>> problem) {
    try {
      return ofDocuments(documents(text), problem);
    } catch (MarkedYamlEngineException malformed) {
      return Optional.of("is no YAML: " + sentence(malformed));
    } catch (YamlEngineException malformed) {
      return Optional.of("is no YAML: " + oneLine(String.valueOf(malformed.getMessage())));
    } catch (StackOverflowError _) {
      return Optional.of("nests too deep");
    }
  }

  private static List<Node> documents(String text) {
    LoadSettings settings =
        LoadSettings.builder()
            // All at once: the reader copies its whole buffer for each more that a word is long.
            .setBufferSize(text.length() + 1)
            .setAllowNonScalarKeys(true)
            .build();
    var documents = new ArrayList<Node>();
    for (Node document : new Compose(settings).composeAllFromString(tabsOfJson(text))) {
      if (!(document instanceof ScalarNode scalar && scalar.getValue().isEmpty())) {
        documents.add(document);
      }
    }
    return documents;
  }

  /** JSON may be indented with tabs, and has none elsewhere; YAML may not. */
  private static String tabsOfJson(String text) {
    return text.stripLeading().startsWith("{") ? text.replace('\t', ' ') : text;
  }

  private static Optional<String> ofDocuments(
      List<Node> documents, Function<Node, Optional<String>> look) {
    if (documents.isEmpty()) {
      return Optional.of("holds no object");
    }
    for (int i = 0; i < documents.size(); i++) {
      Optional<String> problem = look.apply(documents.get(i));
      if (problem.isPresent()) {
        String which = documents.size() == 1 ? "" : "object " + (i + 1) + " ";
        return Optional.of(which + problem.get());
      }
    }
    return Optional.empty();
  }

  private static Optional<String> ofDocument(Node document) {
    if (!(document instanceof MappingNode object)) {
      return Optional.of("is no object");
    }
    if (!has(object, "apiVersion")) {
      return Optional.of("has no apiVersion");
    }
    return has(object, "kind") ? Optional.empty() : Optional.of("has no kind");
  }

  /** Sveltos applies objects by name, and takes no list apart. */
  private static Optional<String> nameless(Node document) {
    if (!(document instanceof MappingNode object) || merges(object)) {
      return Optional.empty();
    }
    Optional<MappingNode> metadata =
        values(object, "metadata")
            .filter(MappingNode.class::isInstance)
            .map(MappingNode.class::cast)
            .findFirst();
    if (metadata.filter(found -> has(found, "name") || merges(found)).isPresent()) {
      return Optional.empty();
    }
    boolean list =
        values(object, "kind")
            .anyMatch(kind -> kind instanceof ScalarNode word && word.getValue().endsWith("List"));
    return Optional.of(
        list && values(object, "items").findAny().isPresent()
            ? "is a list, which Sveltos does not take apart"
            : metadata.filter(found -> has(found, "generateName")).isPresent()
                ? "has a metadata.generateName, which Sveltos cannot apply, and no metadata.name"
                : "has no metadata.name");
  }

  static Stream<Node> values(MappingNode object, String name) {
    return object.getValue().stream()
        .filter(
            field -> field.getKeyNode() instanceof ScalarNode key && key.getValue().equals(name))
        .map(NodeTuple::getValueNode);
  }

  private static boolean has(MappingNode object, String name) {
    return values(object, name)
        .anyMatch(field ->
            field instanceof ScalarNode value
                && value.getTag().equals(Tag.STR)
                && !value.getValue().isEmpty());
  }

  /** Whether some of its fields stand elsewhere. */
  static boolean merges(MappingNode object) {
    return values(object, MERGE).findAny().isPresent();
  }

  /** Looks for keys that stand twice in a map; each node once, for anchors make a graph of them. */
  private static final class KeyCount {
    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    Optional<String> twice(Node node) {
      if (!seen.add(node)) {
        return Optional.empty();
      }
      return switch (node) {
        case MappingNode map ->
            ofMap(map).or(() -> first(map.getValue().stream().map(NodeTuple::getValueNode)));
        case SequenceNode list -> first(list.getValue().stream());
        default -> Optional.empty();
      };
    }

    private Optional<String> first(Stream<Node> nodes) {
      return nodes.flatMap(node -> twice(node).stream()).findFirst();
    }

    private static Optional<String> ofMap(MappingNode map) {
      var keys = new HashMap<String, ScalarNode>();
      for (NodeTuple field : map.getValue()) {
        if (field.getKeyNode() instanceof ScalarNode key && !key.getValue().equals(MERGE)) {
          ScalarNode before = keys.putIfAbsent(key.getValue(), key);
          if (before != null) {
            return Optional.of(
                "has key \"%s\" in line %s and again in line %s"
                    .formatted(cut(key.getValue()), line(before), line(key)));
          }
        }
      }
      return Optional.empty();
    }

    private static String line(Node node) {
      return node.getStartMark().map(mark -> String.valueOf(mark.getLine() + 1)).orElse("?");
    }

    private static String cut(String key) {
      return key.length() > LONGEST ? key.substring(0, LONGEST) + "..." : key;
    }
  }

  private static String sentence(MarkedYamlEngineException malformed) {
    Optional<Mark> place = malformed.getProblemMark().or(malformed::getContextMark);
    return place.map(mark -> "line " + (mark.getLine() + 1) + ": ").orElse("")
        + oneLine(String.valueOf(malformed.getProblem()));
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
