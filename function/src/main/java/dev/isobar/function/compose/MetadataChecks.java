package dev.isobar.function.compose;

import dev.isobar.apis.decode.Mistake;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.plan.LabelSpelling;
import dev.isobar.function.compose.plan.Mistakes;
import java.util.List;
import java.util.Locale;

/**
 * Checks names, labels and annotations of a composite as an API server does, for those who render
 * without one. Whatever else is in metadata is the API server's own, and another release of it may
 * send more.
 */
final class MetadataChecks {
  /** Core writes them, from names that are looked at for themselves. */
  private static final String OF_CORE = "crossplane.io/";

  private static final String QUOTES = "put it in quotes so that it is a string";

  private final Mistakes mistakes = new Mistakes();

  private MetadataChecks() {}

  /** What no API server would have let through; usually nothing. */
  static List<Mistake> mistakes(Tree composite) {
    var checks = new MetadataChecks();
    checks.check(composite);
    return checks.mistakes.all();
  }

  private void check(Tree composite) {
    Tree metadata = composite.at("metadata");
    for (String field : List.of("name", "namespace")) {
      checkText(metadata.at(field), "metadata." + field);
      checkText(composite.at("spec", "claimRef", field), "spec.claimRef." + field);
    }
    checkMap(metadata.at("labels"), "metadata.labels", true);
    checkMap(metadata.at("annotations"), "metadata.annotations", false);
  }

  private void checkText(Tree field, String path) {
    if (!field.exists() || field.shape() == Tree.Shape.TEXT) {
      return;
    }
    boolean quotable = field.shape() == Tree.Shape.NUMBER || field.shape() == Tree.Shape.TRUTH;
    mistakes.add(
        path,
        "is " + field.shape().words() + ", not a string",
        quotable ? QUOTES : "write a string");
  }

  private void checkMap(Tree map, String path, boolean labels) {
    if (map.exists() && map.shape() != Tree.Shape.OBJECT) {
      mistakes.add(
          path,
          "is " + map.shape().words() + ", not an object",
          "write a name and a value on each line");
      return;
    }
    for (String key : map.fields()) {
      if (key.startsWith(OF_CORE)) {
        continue;
      }
      String place = path + "[" + key + "]";
      // The API server looks at keys of annotations as if they were in lower case.
      if (!LabelSpelling.isKey(labels ? key : key.toLowerCase(Locale.ROOT))) {
        mistakes.add(place, "is not a valid key", LabelSpelling.KEY);
      }
      checkText(map.at(key), place);
      if (labels && !LabelSpelling.isValue(map.at(key).text().orElse(""))) {
        mistakes.add(place, "is not a valid value", LabelSpelling.VALUE);
      }
    }
  }
}
