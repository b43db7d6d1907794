package dev.isobar.apis.generate;

import dev.isobar.apis.grammar.Grammar;
import java.util.Collection;
import java.util.Map;

/** The Composition of a composite: one step, whose input explains itself. */
final class PipelineText {
  private PipelineText() {}

  static String of(Kind composite, Kind settings) {
    return """
    apiVersion: apiextensions.crossplane.io/v1
    kind: Composition
    metadata:
      name: %s
    spec:
      compositeTypeRef:
        apiVersion: %s
        kind: %s
      mode: Pipeline
      pipeline:
      - step: isobar
        functionRef:
          name: function-isobar
        input:
          apiVersion: %s
          kind: %s
    """
            .formatted(
                composite.fullName(),
                composite.apiVersion(),
                composite.name(),
                settings.apiVersion(),
                settings.name())
        + settings(Grammar.of(settings.type()), 6);
  }

  /** Every setting with its meaning; those whose default is empty as a comment. */
  private static String settings(Grammar grammar, int indent) {
    StringBuilder text = new StringBuilder();
    String margin = " ".repeat(indent);
    for (Grammar.Field field : grammar.fields()) {
      for (String line : YamlText.wrapped(field.doc(), 100)) {
        text.append(margin).append("# ").append(line).append('\n');
      }
      String value = value(field.standard().orElse("..."));
      boolean comment = field.standard().isEmpty() || value.equals("[]") || value.equals("{}");
      text.append(margin)
          .append(comment ? "# " : "")
          .append(field.name())
          .append(": ")
          .append(value)
          .append('\n');
    }
    return text.toString();
  }

  private static String value(Object standard) {
    return switch (standard) {
      case Collection<?> _ -> "[]";
      case Map<?, ?> _ -> "{}";
      default -> standard.toString();
    };
  }
}
