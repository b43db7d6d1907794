package dev.isobar.cli.yaml;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
 * Parses one file of YAML or JSON into its objects.
 *
 * <p>Strict where Kubernetes is lax: a key that stands twice is refused. Anchors, aliases and merge
 * keys work. Documents without content are left out, and a {@code List}, as {@code kubectl get}
 * writes it, stands for its items.
 */
public final class ManifestParsing {
  /**
   * Far above any dump of a cluster, far below what would fill the memory by aliases of aliases.
   */
  private static final int NODES = 2_000_000;

  private static final int CODE_POINTS = 256 * 1024 * 1024;

  private final String file;
  private final IdentityHashMap<Node, Boolean> open = new IdentityHashMap<>();
  private int nodes;

  private ManifestParsing(String file) {
    this.file = file;
  }

  /**
   * Parses a text.
   *
   * @param file how messages name the file
   * @throws InputRejected when it is not YAML, holds nothing, or holds something else than objects
   */
  public static List<Manifest> parse(String file, String text) {
    // JSON may be indented with tabs, and has none elsewhere; YAML may not.
    boolean json = file.toLowerCase(Locale.ROOT).endsWith(".json");
    return new ManifestParsing(file).documents(json ? text.replace('\t', ' ') : text);
  }

  private List<Manifest> documents(String text) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(file)
            .setCodePointLimit(CODE_POINTS)
            // All at once: the reader copies its whole buffer for each more that a word is long.
            .setBufferSize(text.length() + 1)
            .setMaxAliasesForCollections(NODES)
            .setAllowNonScalarKeys(true)
            .build();
    var manifests = new ArrayList<Manifest>();
    boolean lists = false;
    try {
      for (Node document : new Compose(settings).composeAllFromString(text)) {
        lists |= add(document, manifests);
      }
    } catch (MarkedYamlEngineException malformed) {
      throw rejected(malformed);
    } catch (YamlEngineException malformed) {
      throw new InputRejected(
          file + ": is no YAML: " + oneLine(String.valueOf(malformed.getMessage())));
    } catch (StackOverflowError _) {
      throw new InputRejected(file + ": nests too deep; flatten it");
    }
    if (manifests.isEmpty() && !lists) {
      throw new InputRejected(file + ": holds no object; remove the file or write one");
    }
    return manifests;
  }

  /** Adds a document's objects; whether it was a list. */
  private boolean add(Node document, List<Manifest> manifests) {
    Object value = value(document);
    if (value == null) {
      return false;
    }
    if (!(document instanceof MappingNode mapping)) {
      throw new InputRejected(
          origin(document)
              + ": is "
              + shape(value)
              + ", not an object; write apiVersion, kind, metadata");
    }
    Optional<SequenceNode> items = items(mapping);
    if (items.isEmpty()) {
      manifests.add(new Manifest(map(mapping), origin(document)));
      return false;
    }
    for (Node item : items.get().getValue()) {
      if (!(item instanceof MappingNode object)) {
        throw new InputRejected(origin(item) + ": the items of a list must be objects");
      }
      manifests.add(new Manifest(map(object), origin(item)));
    }
    return true;
  }

  private static Optional<SequenceNode> items(MappingNode document) {
    boolean list = false;
    SequenceNode items = null;
    for (NodeTuple field : document.getValue()) {
      String name = field.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
      if (name.equals("kind") && field.getValueNode() instanceof ScalarNode kind) {
        list = kind.getValue().endsWith("List");
      } else if (name.equals("items") && field.getValueNode() instanceof SequenceNode sequence) {
        items = sequence;
      }
    }
    return list ? Optional.ofNullable(items) : Optional.empty();
  }

  private @Nullable Object value(Node node) {
    if (++nodes > NODES) {
      throw new InputRejected(
          file + ": stands for more than " + NODES + " values; use fewer aliases");
    }
    return switch (node) {
      case ScalarNode scalar -> scalar(scalar);
      case MappingNode mapping -> map(mapping);
      case SequenceNode sequence -> {
        enter(sequence);
        var items = new ArrayList<@Nullable Object>(sequence.getValue().size());
        sequence.getValue().forEach(item -> items.add(value(item)));
        open.remove(sequence);
        yield items;
      }
      default -> throw new InputRejected(origin(node) + ": is nothing that JSON knows");
    };
  }

  private Map<String, @Nullable Object> map(MappingNode mapping) {
    enter(mapping);
    var fields = new LinkedHashMap<String, @Nullable Object>();
    var merged = new LinkedHashMap<String, @Nullable Object>();
    for (NodeTuple field : mapping.getValue()) {
      if (field.getKeyNode() instanceof ScalarNode key
          && key.isPlain()
          && key.getValue().equals("<<")) {
        merge(field.getValueNode(), merged);
        continue;
      }
      String name = name(field.getKeyNode());
      if (fields.containsKey(name)) {
        throw new InputRejected(
            origin(field.getKeyNode())
                + ": \""
                + name
                + "\" stands here a second time; remove one");
      }
      fields.put(name, value(field.getValueNode()));
    }
    open.remove(mapping);
    merged.forEach(fields::putIfAbsent);
    return fields;
  }

  /** Of several merged mappings the first one wins. */
  private void merge(Node node, Map<String, @Nullable Object> merged) {
    if (node instanceof MappingNode mapping) {
      map(mapping).forEach(merged::putIfAbsent);
      return;
    }
    if (node instanceof SequenceNode sequence
        && sequence.getValue().stream().allMatch(MappingNode.class::isInstance)) {
      sequence.getValue().forEach(mapping -> merge(mapping, merged));
      return;
    }
    throw new InputRejected(origin(node) + ": << merges an object or a list of objects only");
  }

  private String name(Node key) {
    Object name = key instanceof ScalarNode scalar ? scalar(scalar) : null;
    if (name == null) {
      throw new InputRejected(origin(key) + ": a key must be a string");
    }
    return name.toString();
  }

  private @Nullable Object scalar(ScalarNode node) {
    boolean explicit = !node.isResolved();
    if (explicit && !isKnown(node.getTag())) {
      throw new InputRejected(
          origin(node) + ": the tag " + node.getTag() + " means nothing in Kubernetes; remove it");
    }
    if (!node.isPlain() || (explicit && node.getTag().equals(Tag.STR))) {
      return node.getValue();
    }
    try {
      return Scalars.parse(node.getValue());
    } catch (IllegalArgumentException noJson) {
      throw new InputRejected(origin(node) + ": " + noJson.getMessage());
    }
  }

  private static boolean isKnown(Tag tag) {
    return List.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL).contains(tag);
  }

  private void enter(Node node) {
    if (open.put(node, true) != null) {
      throw new InputRejected(origin(node) + ": contains itself by an alias");
    }
  }

  private InputRejected rejected(MarkedYamlEngineException malformed) {
    String where =
        malformed.getProblemMark().or(malformed::getContextMark).map(this::origin).orElse(file);
    String problem = oneLine(String.valueOf(malformed.getProblem()));
    String remedy = problem.contains("TAB") ? "; indent with blanks" : "";
    String begin =
        malformed
            .getContextMark()
            .map(mark -> " (in what begins in line " + (mark.getLine() + 1) + ")")
            .orElse("");
    return new InputRejected(where + ": is no valid YAML: " + problem + begin + remedy);
  }

  private String origin(Node node) {
    return node.getStartMark().map(this::origin).orElse(file);
  }

  private String origin(Mark mark) {
    return file + ":" + (mark.getLine() + 1);
  }

  private static String shape(Object value) {
    return switch (value) {
      case List<?> _ -> "a list";
      case String _ -> "a string";
      case Boolean _ -> "true or false";
      default -> "a number";
    };
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
