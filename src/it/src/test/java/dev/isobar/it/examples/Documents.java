package dev.isobar.it.examples;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.yaml.Manifest;
import dev.isobar.cli.yaml.ManifestParsing;
import dev.isobar.cli.yaml.Plain;
import dev.isobar.cli.yaml.YamlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Kubernetes objects as plain maps. */
final class Documents {
  private Documents() {}

  static List<Map<String, @Nullable Object>> parse(String yaml) {
    var objects = new ArrayList<Map<String, @Nullable Object>>();
    for (Manifest manifest : ManifestParsing.parse("text", yaml)) {
      objects.add(manifest.object());
    }
    return objects;
  }

  static String text(List<? extends Map<String, ?>> objects) {
    return YamlText.render(objects);
  }

  static String kind(Map<String, ?> object) {
    return Tree.of(object).at("kind").text().orElse("");
  }

  static String name(Map<String, ?> object) {
    return Tree.of(object).at("metadata", "name").text().orElse("");
  }

  static String label(Map<String, ?> object, String label) {
    return Tree.of(object).at("metadata", "labels", label).text().orElse("");
  }

  /**
   * The object with the fields of another one set, as server-side apply sets them: objects merge,
   * all else is replaced.
   */
  static Map<String, @Nullable Object> overlay(
      Map<String, ? extends @Nullable Object> below,
      Map<String, ? extends @Nullable Object> above) {
    Map<String, @Nullable Object> merged = Plain.copy(below);
    above.forEach((field, value) ->
        merged.put(
            field,
            value instanceof Map<?, ?> && merged.get(field) instanceof Map<?, ?>
                ? overlay(Plain.copy(merged.get(field)), Plain.copy(value))
                : value));
    return merged;
  }
}
