package dev.isobar.function.compose.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Looks at manifests as far as lines tell: that each document of the stream is an object with
 * apiVersion and kind. It is no YAML parser, and lets pass what only one would find; it never
 * refuses what is right.
 */
final class ManifestText {
  private static final Pattern MARKER = Pattern.compile("---(\\s.*)?");
  private static final Pattern IDLE = Pattern.compile("\\s*(#.*)?|%.*|\\.\\.\\.\\s*");
  private static final Pattern FIELD =
      Pattern.compile("(\"[^\"]*\"|'[^']*'|[^\\s\"'\\[\\]{}#&*!|>%@`,][^#]*?)\\s*:(\\s.*)?");

  /** What may stand as far left as the fields: elements of a list, ends of brackets. */
  private static final Pattern BESIDE_FIELDS = Pattern.compile("(-(\\s.*)?|[\\]}].*)");

  private ManifestText() {}

  /** What is wrong; empty when nothing is. */
  static Optional<String> problem(String text) {
    List<List<String>> documents = documents(text);
    if (documents.isEmpty()) {
      return Optional.of("holds no object");
    }
    for (int i = 0; i < documents.size(); i++) {
      Optional<String> problem = document(documents.get(i));
      if (problem.isPresent()) {
        String which = documents.size() == 1 ? "" : "object " + (i + 1) + " ";
        return Optional.of(which + problem.get());
      }
    }
    return Optional.empty();
  }

  private static List<List<String>> documents(String text) {
    List<List<String>> documents = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (String line : text.lines().toList()) {
      if (MARKER.matcher(line).matches()) {
        documents.add(lines);
        lines = new ArrayList<>();
        line = line.substring(3);
      }
      if (!IDLE.matcher(line).matches()) {
        lines.add(line);
      }
    }
    documents.add(lines);
    documents.removeIf(List::isEmpty);
    return documents;
  }

  private static Optional<String> document(List<String> lines) {
    String first = lines.getFirst().strip();
    if (first.startsWith("{") && !first.startsWith("{{")) {
      return missing(String.join("\n", lines)::contains);
    }
    int left = indent(lines.getFirst());
    List<String> fields = lines.stream().filter(line -> indent(line) <= left).toList();
    for (String line : fields) {
      String content = line.strip();
      boolean stands = FIELD.matcher(content).matches() || BESIDE_FIELDS.matcher(content).matches();
      if (!stands || first.startsWith("- ")) {
        return Optional.of("is no YAML of an object: \"" + cut(content) + "\"");
      }
    }
    return missing(name -> fields.stream().anyMatch(line -> named(line.strip(), name)));
  }

  private static boolean named(String line, String name) {
    return line.startsWith(name + ":")
        || line.startsWith(name + " ")
        || line.startsWith("\"" + name + "\"")
        || line.startsWith("'" + name + "'");
  }

  private static Optional<String> missing(Predicate<String> has) {
    if (!has.test("apiVersion")) {
      return Optional.of("has no apiVersion");
    }
    return has.test("kind") ? Optional.empty() : Optional.of("has no kind");
  }

  private static int indent(String line) {
    return line.length() - line.stripLeading().length();
  }

  private static String cut(String line) {
    return line.length() > 40 ? line.substring(0, 40) + "…" : line;
  }
}
