package dev.isobar.apis.generate;

import dev.isobar.apis.grammar.Grammar;
import dev.isobar.apis.schema.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A kind that a cluster is taught, and the ways to teach it.
 *
 * @param type record with the components spec and, mostly, status
 */
record Kind(String group, String name, Class<? extends Record> type) {
  static final String VERSION = "v1alpha1";

  String plural() {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith("s") ? lower : lower + "s";
  }

  /** The name of its definition. */
  String fullName() {
    return plural() + "." + group;
  }

  String apiVersion() {
    return group + "/" + VERSION;
  }

  /** The same kind under another name. */
  Kind named(String other) {
    return new Kind(group, other, type);
  }

  /** A custom resource definition for an object of parts: mostly spec and status. */
  Map<String, Object> crd(String scope, Map<String, String> labels, List<String> categories) {
    Map<String, Object> properties = objectProperties();
    parts().forEach((part, schema) -> properties.put(part, schema));
    Map<String, Object> version = new LinkedHashMap<>(Map.of("name", VERSION));
    version.put("served", true);
    version.put("storage", true);
    List<Map<String, Object>> columns = columns();
    if (!columns.isEmpty()) {
      version.put("additionalPrinterColumns", columns);
    }
    if (parts().containsKey("status")) {
      version.put("subresources", Map.of("status", Map.of()));
    }
    List<String> required =
        parts().keySet().stream().filter(part -> !part.equals("status")).toList();
    version.put("schema", Map.of("openAPIV3Schema", root(properties, required)));
    return crd(scope, labels, categories, version);
  }

  /** A custom resource definition for an object without spec: the input of a function. */
  Map<String, Object> inputCrd() {
    Map<String, Object> properties = objectProperties();
    Map<String, Object> schema = Schema.SPEC.of(type);
    ((Map<?, ?>) schema.get("properties"))
        .forEach((field, value) -> properties.put(String.valueOf(field), value));
    Map<String, Object> version = new LinkedHashMap<>(Map.of("name", VERSION));
    version.put("served", true);
    version.put("storage", true);
    version.put("schema", Map.of("openAPIV3Schema", root(properties, List.of())));
    return crd("Namespaced", Map.of(), List.of("crossplane"), version);
  }

  private Map<String, Object> crd(
      String scope,
      Map<String, String> labels,
      List<String> categories,
      Map<String, Object> version) {
    Map<String, Object> names = names(List.of());
    names.put("singular", name.toLowerCase(Locale.ROOT));
    names.put("listKind", name + "List");
    names.put("categories", categories);
    Map<String, Object> metadata = new LinkedHashMap<>(Map.of("name", fullName()));
    if (!labels.isEmpty()) {
      metadata.put("labels", labels);
    }
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("group", group);
    spec.put("names", names);
    spec.put("scope", scope);
    spec.put("versions", List.of(version));
    return document("apiextensions.k8s.io/v1", "CustomResourceDefinition", metadata, spec);
  }

  /** The composite with claims, as core's version 1 of definitions has it. */
  Map<String, Object> claimableXrd(Kind claim, List<String> shortNames) {
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("group", group);
    spec.put("scope", "LegacyCluster");
    Map<String, Object> names = names(List.of());
    names.put("categories", List.of("isobar"));
    spec.put("names", names);
    Map<String, Object> claimNames = claim.names(shortNames);
    claimNames.put("categories", List.of("isobar"));
    spec.put("claimNames", claimNames);
    spec.put("defaultCompositionRef", Map.of("name", fullName()));
    spec.put("defaultCompositeDeletePolicy", "Background");
    spec.put("versions", List.of(xrdVersion()));
    return xrd("v1", spec);
  }

  /** The composite that lives in the namespace of whoever asks for it. */
  Map<String, Object> namespacedXrd(List<String> shortNames) {
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("group", group);
    spec.put("scope", "Namespaced");
    Map<String, Object> names = names(shortNames);
    names.put("categories", List.of("isobar"));
    spec.put("names", names);
    spec.put("defaultCompositionRef", Map.of("name", fullName()));
    spec.put("versions", List.of(xrdVersion()));
    return xrd("v2", spec);
  }

  private Map<String, Object> xrd(String version, Map<String, Object> spec) {
    return document(
        "apiextensions.crossplane.io/" + version,
        "CompositeResourceDefinition",
        Map.of("name", fullName()),
        spec);
  }

  private Map<String, Object> xrdVersion() {
    Map<String, Object> version = new LinkedHashMap<>(Map.of("name", VERSION));
    version.put("served", true);
    version.put("referenceable", true);
    version.put("additionalPrinterColumns", columns());
    version.put("schema", Map.of("openAPIV3Schema", root(parts(), List.of("spec"))));
    return version;
  }

  /** The schemas of spec and status. */
  private Map<String, Object> parts() {
    Map<String, Object> parts = new LinkedHashMap<>();
    for (Grammar.Field part : Grammar.of(type).fields()) {
      Class<? extends Record> content = part.component().getType().asSubclass(Record.class);
      parts.put(
          part.name(), (part.name().equals("status") ? Schema.STATUS : Schema.SPEC).of(content));
    }
    return parts;
  }

  private Map<String, Object> root(Map<String, Object> properties, List<String> required) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("description", Grammar.of(type).doc());
    root.put("type", "object");
    root.put("properties", properties);
    if (!required.isEmpty()) {
      root.put("required", required);
    }
    return root;
  }

  private static Map<String, Object> objectProperties() {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("apiVersion", Map.of("type", "string"));
    properties.put("kind", Map.of("type", "string"));
    properties.put("metadata", Map.of("type", "object"));
    return properties;
  }

  private Map<String, Object> names(List<String> shortNames) {
    Map<String, Object> names = new LinkedHashMap<>();
    names.put("kind", name);
    names.put("plural", plural());
    if (!shortNames.isEmpty()) {
      names.put("shortNames", shortNames);
    }
    return names;
  }

  private List<Map<String, Object>> columns() {
    List<Map<String, Object>> columns = new ArrayList<>();
    for (Column column : Stream.of(type.getAnnotationsByType(Column.class)).toList()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("name", column.name());
      entry.put("type", column.type());
      entry.put("jsonPath", column.path());
      if (column.priority() != 0) {
        entry.put("priority", column.priority());
      }
      columns.add(entry);
    }
    return columns;
  }

  private static Map<String, Object> document(
      String apiVersion, String kind, Map<String, ?> metadata, Map<String, Object> spec) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("apiVersion", apiVersion);
    document.put("kind", kind);
    document.put("metadata", metadata);
    document.put("spec", spec);
    return document;
  }
}
