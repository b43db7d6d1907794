package dev.isobar.apis.generate;

import dev.isobar.apis.grammar.Bounds;
import dev.isobar.apis.grammar.Form;
import dev.isobar.apis.grammar.Grammar;
import dev.isobar.apis.grammar.Grammar.Field;
import dev.isobar.apis.grammar.Grammar.Presence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes structural schemas (Kubernetes' dialect of OpenAPI) of records.
 *
 * <p>A status is written by programs, which a limit can only stop from saying what is wrong: its
 * schema has no defaults, no rules over several fields and no limits but those a field states.
 */
enum Schema {
  SPEC,
  STATUS;

  /** The schema of an object. */
  Map<String, Object> of(Class<? extends Record> type) {
    return object(type, Grammar.of(type).doc(), true);
  }

  /**
   * The schema of a record.
   *
   * @param traceable whether the API server can tell which old object a new one was, which rules
   *     about changes need
   */
  private Map<String, Object> object(Class<? extends Record> type, String doc, boolean traceable) {
    Grammar grammar = Grammar.of(type);
    Map<String, Object> schema = typed("object", doc);
    rules(schema, Cel.ofObject(grammar));
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    for (Field field : grammar.fields()) {
      if (field.instead().isPresent() && !traceable) {
        throw new IllegalArgumentException(
            field.component() + " cannot be fixed inside an atomic list");
      }
      properties.put(field.name(), field(field, traceable));
      if (field.presence() == Presence.REQUIRED) {
        required.add(field.name());
      }
    }
    if (!properties.isEmpty()) {
      schema.put("properties", properties);
    }
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    return schema;
  }

  private Map<String, Object> field(Field field, boolean traceable) {
    Map<String, Object> schema = value(field.form(), field.doc(), traceable);
    Map<String, Object> ordered = new LinkedHashMap<>();
    for (String first : List.of("description", "type", "format", "enum")) {
      Optional.ofNullable(schema.remove(first)).ifPresent(value -> ordered.put(first, value));
    }
    if (this == SPEC) {
      field.standard().ifPresent(standard -> ordered.put("default", standard));
    }
    List<Map<String, Object>> rules = new ArrayList<>(Cel.ofField(field));
    if (schema.remove("x-kubernetes-validations") instanceof List<?> inner) {
      inner.forEach(rule -> rules.add(asRule(rule)));
    }
    rules(ordered, rules);
    ordered.putAll(schema);
    return ordered;
  }

  @SuppressWarnings("unchecked") // Cel made it
  private static Map<String, Object> asRule(Object rule) {
    return (Map<String, Object>) rule;
  }

  private void rules(Map<String, Object> schema, List<Map<String, Object>> rules) {
    if (this == SPEC && !rules.isEmpty()) {
      schema.put("x-kubernetes-validations", rules);
    }
  }

  private Map<String, Object> value(Form form, String doc, boolean traceable) {
    return switch (form) {
      case Form.Text text -> text(text.length(), text.shape(), doc);
      case Form.TextRecord text -> text(text.length(), Optional.of(text.shape()), doc);
      case Form.Choice choice -> {
        Map<String, Object> schema = typed("string", doc);
        schema.put("enum", choice.names());
        yield schema;
      }
      case Form.Whole whole -> whole(whole, doc);
      case Form.Truth _ -> typed("boolean", doc);
      case Form.Listing list -> list(list, doc, traceable);
      case Form.Mapping map -> {
        Map<String, Object> schema = typed("object", doc);
        limits(schema, map.entries(), "minProperties", "maxProperties");
        schema.put("additionalProperties", value(map.value(), "", traceable));
        yield schema;
      }
      case Form.Anything _ -> {
        Map<String, Object> schema = typed("object", doc);
        schema.put("x-kubernetes-preserve-unknown-fields", true);
        yield schema;
      }
      case Form.Structure structure ->
          object(
              structure.type(),
              doc.isEmpty() ? Grammar.of(structure.type()).doc() : doc,
              traceable);
    };
  }

  private Map<String, Object> text(Bounds length, Optional<Form.Shape> shape, String doc) {
    Map<String, Object> schema = typed("string", doc);
    Bounds limits = this == SPEC ? length.orAtMost(Form.USUAL_LENGTH) : length;
    limits(schema, limits, "minLength", "maxLength");
    shape.ifPresent(pattern -> schema.put("pattern", "^(" + pattern.pattern() + ")$"));
    return schema;
  }

  private static Map<String, Object> whole(Form.Whole whole, String doc) {
    Map<String, Object> schema = typed("integer", doc);
    schema.put("format", whole.wide() ? "int64" : "int32");
    Bounds bounds = whole.bounds();
    boolean low = whole.wide() ? bounds.hasMin() : bounds.min() != Integer.MIN_VALUE;
    boolean high = whole.wide() ? bounds.hasMax() : bounds.max() != Integer.MAX_VALUE;
    if (low) {
      schema.put("minimum", bounds.min());
    }
    if (high) {
      schema.put("maximum", bounds.max());
    }
    return schema;
  }

  private Map<String, Object> list(Form.Listing list, String doc, boolean traceable) {
    Map<String, Object> schema = typed("array", doc);
    limits(schema, list.items(), "minItems", "maxItems");
    boolean map = list.key().isPresent();
    schema.put("x-kubernetes-list-type", map ? "map" : list.distinct() ? "set" : "atomic");
    list.key().ifPresent(key -> schema.put("x-kubernetes-list-map-keys", List.of(key)));
    schema.put("items", value(list.element(), "", traceable && map));
    return schema;
  }

  private static void limits(Map<String, Object> schema, Bounds bounds, String min, String max) {
    if (bounds.hasMin()) {
      schema.put(min, bounds.min());
    }
    if (bounds.hasMax()) {
      schema.put(max, bounds.max());
    }
  }

  private static Map<String, Object> typed(String type, String doc) {
    Map<String, Object> schema = new LinkedHashMap<>();
    if (!doc.isEmpty()) {
      schema.put("description", doc);
    }
    schema.put("type", type);
    return schema;
  }
}
