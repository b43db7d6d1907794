package dev.isobar.e2e.schema;

import dev.isobar.cli.input.Flavour;
import dev.isobar.cli.yaml.Plain;
import dev.isobar.testbed.kubernetes.Reference;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object that an example shows.
 *
 * @param story the folder of the example
 * @param origin the file it is in, or {@code rendered}
 */
public record ExampleObject(
    String story, String origin, Flavour flavour, Map<String, @Nullable Object> object) {
  /** The origin of what no file has. */
  static final String RENDERED = "rendered";

  /** Written by the API server alone; who sends them asks for more than acceptance. */
  private static final List<String> SERVERS_OWN =
      List.of(
          "uid",
          "resourceVersion",
          "generation",
          "creationTimestamp",
          "managedFields",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          // Of objects that do not exist here.
          "ownerReferences");

  /** The object as somebody could send it. */
  Map<String, @Nullable Object> sendable() {
    var copy = Plain.copy(object);
    var metadata = Plain.copy(copy.get("metadata"));
    SERVERS_OWN.forEach(metadata::remove);
    copy.put("metadata", metadata);
    return copy;
  }

  String namespace() {
    return Reference.of(object).namespace();
  }

  @Override
  public String toString() {
    return story + ", " + origin + ": " + Reference.of(object);
  }
}
