package dev.isobar.apis.generate;

import dev.isobar.apis.grammar.Form;
import dev.isobar.apis.grammar.Grammar;
import dev.isobar.apis.grammar.Grammar.Field;
import dev.isobar.apis.grammar.Grammar.Presence;
import dev.isobar.apis.schema.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The checks of an API as rules of {@code x-kubernetes-validations}. */
final class Cel {
  /** Field names that CEL takes for its own words, which are written with underscores. */
  private static final Set<String> RESERVED =
      Set.of(
          "true",
          "false",
          "null",
          "in",
          "as",
          "break",
          "const",
          "continue",
          "else",
          "for",
          "function",
          "if",
          "import",
          "let",
          "loop",
          "package",
          "namespace",
          "return",
          "var",
          "void",
          "while");

  private Cel() {}

  /** Checks over the fields of a record; {@code self} is the object. */
  static List<Map<String, Object>> ofObject(Grammar grammar) {
    List<Map<String, Object>> rules = new ArrayList<>();
    for (List<String> group : grammar.exactlyOne()) {
      rules.add(rule(exactlyOne(group), "set exactly one of " + String.join(", ", group)));
    }
    grammar.rules().forEach(written -> rules.add(written(written)));
    for (Field field : grammar.fields()) {
      if (field.instead().isPresent() && field.presence() == Presence.OPTIONAL) {
        String now = "has(self." + name(field.name()) + ")";
        String before = "has(oldSelf." + name(field.name()) + ")";
        rules.add(
            field.once()
                ? rule(
                    now + " || !" + before,
                    field.name() + " cannot be removed; " + field.instead().get())
                : rule(
                    now + " == " + before,
                    field.name() + " cannot be added or removed; " + field.instead().get()));
      }
    }
    return rules;
  }

  /** Checks on the value of a field; {@code self} is the value. */
  static List<Map<String, Object>> ofField(Field field) {
    List<Map<String, Object>> rules = new ArrayList<>();
    field.rules().forEach(written -> rules.add(written(written)));
    field
        .instead()
        .ifPresent(instead ->
            rules.add(rule(unchanged(field), field.name() + " cannot be changed; " + instead)));
    return rules;
  }

  /** An empty list or map counts as left out. */
  private static String unchanged(Field field) {
    boolean container =
        field.form() instanceof Form.Listing || field.form() instanceof Form.Mapping;
    return field.once() && container ? "size(oldSelf) == 0 || self == oldSelf" : "self == oldSelf";
  }

  private static String exactlyOne(List<String> group) {
    return group.stream()
            .map(field -> "(has(self." + name(field) + ") ? 1 : 0)")
            .collect(Collectors.joining(" + "))
        + " == 1";
  }

  private static String name(String field) {
    return RESERVED.contains(field) ? "__" + field + "__" : field;
  }

  private static Map<String, Object> written(Rule rule) {
    return rule(rule.cel(), rule.says());
  }

  private static Map<String, Object> rule(String cel, String message) {
    Map<String, Object> rule = new LinkedHashMap<>();
    rule.put("rule", cel);
    rule.put("message", message);
    return rule;
  }
}
