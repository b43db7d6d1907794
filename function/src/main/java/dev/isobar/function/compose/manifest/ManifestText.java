package dev.isobar.function.compose.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Looks at manifests: whether each document of the stream is an object with apiVersion and kind.
 */
public final class ManifestText {
  private ManifestText() {}

  /** What is wrong; empty when nothing is. */
  public static Optional<String> problem(String text) {
    try {
      return ofDocuments(documents(text));
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

  private static Optional<String> ofDocuments(List<Node> documents) {
    if (documents.isEmpty()) {
      return Optional.of("holds no object");
    }
    for (int i = 0; i < documents.size(); i++) {
      Optional<String> problem = ofDocument(documents.get(i));
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

  private static boolean has(MappingNode object, String name) {
    return object.getValue().stream()
        .anyMatch(field ->
            field.getKeyNode() instanceof ScalarNode key
                && key.getValue().equals(name)
                && field.getValueNode() instanceof ScalarNode value
                && value.getTag().equals(Tag.STR)
                && !value.getValue().isEmpty());
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
