package dev.isobar.it.manifests;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names of metrics: those that sources export, and those that an expression of PromQL asks for. */
final class MetricNames {
  /**
   * A call that makes a metric or writes a sample: its verb, its first text, and whether that is
   * only how the name begins.
   */
  private static final Pattern MADE =
      Pattern.compile(
          "\\b(tally|counter|gauge|sample|spread|histogram)\\(\\s*(?:\\w+,\\s*)?"
              + "\"([a-z0-9_]+)\"(\\s*\\+)?");

  private static final Pattern NO_NAMES =
      Pattern.compile("\\{[^}]*}|\\[[^]]*]|\\b(?:by|without|on|ignoring) *\\([^)]*\\)");

  private static final Pattern NAME =
      Pattern.compile("(?<![\\w.])(?!(?:and|or|unless|bool)\\b)([a-z_:][a-z0-9_:]*)\\b(?! *\\()");

  private static final Pattern LABELS =
      Pattern.compile("\\{(?<chosen>[^}]*)}|\\b(?:by|without|on|ignoring) *\\((?<named>[^)]*)\\)");

  private MetricNames() {}

  /** The names of samples that a source makes, those of parts of a histogram included. */
  static Set<String> exportedBy(String source) {
    Set<String> beginnings =
        MADE.matcher(source)
            .results()
            .filter(made -> made.group(3) != null)
            .map(made -> made.group(2))
            .collect(Collectors.toSet());
    beginnings.add("");
    return MADE.matcher(source)
        .results()
        .filter(made -> made.group(3) == null)
        .flatMap(made ->
            beginnings.stream().flatMap(begin -> samples(made.group(1), begin + made.group(2))))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The names that an expression asks for. */
  static Set<String> askedFor(String expression) {
    // Texts go first: they may hold braces.
    String bare = NO_NAMES.matcher(withoutTexts(expression)).replaceAll("");
    Matcher name = NAME.matcher(bare);
    return name.results().map(one -> one.group(1)).collect(Collectors.toCollection(TreeSet::new));
  }

  /** The labels by which an expression chooses or groups. */
  static Set<String> labelsOf(String expression) {
    return LABELS
        .matcher(withoutTexts(expression))
        .results()
        .map(found -> found.group("chosen") != null ? found.group("chosen") : found.group("named"))
        .flatMap(labels -> Stream.of(labels.split(",", -1)))
        .map(label -> label.replaceAll("[=!~]+$", "").strip())
        .filter(label -> !label.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String withoutTexts(String expression) {
    return expression.replaceAll("\"[^\"]*\"", "");
  }

  private static Stream<String> samples(String verb, String name) {
    return switch (verb) {
      case "spread", "histogram" -> Stream.of(name + "_bucket", name + "_sum", name + "_count");
      default -> Stream.of(name);
    };
  }
}
