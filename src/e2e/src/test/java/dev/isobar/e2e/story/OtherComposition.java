package dev.isobar.e2e.story;

import dev.isobar.cli.yaml.ManifestParsing;
import dev.isobar.cli.yaml.Plain;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.plane.ControlPlane;
import dev.isobar.testbed.plane.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A Composition beside the delivered one, for the claims that name it.
 *
 * @param name of the Composition
 */
public record OtherComposition(String name) {
  private static final Kind REVISIONS =
      new Kind("apiextensions.crossplane.io/v1", "CompositionRevision");

  /** One of PlatformClusters. */
  public static OtherComposition make(
      ControlPlane plane, String name, Consumer<Map<String, @Nullable Object>> change) {
    return make(plane, Project.CLUSTERS, name, change);
  }

  /**
   * Makes it of the delivered one, with its step changed, and waits until it can be used.
   *
   * @param kinds the plural of the kind that it is for
   */
  public static OtherComposition make(
      ControlPlane plane,
      String kinds,
      String name,
      Consumer<Map<String, @Nullable Object>> change) {
    var composition = delivered(plane, kinds);
    composition.put("metadata", Map.of("name", name));
    var spec = Plain.copy(composition.get("spec"));
    if (!(spec.get("pipeline") instanceof List<?> steps)) {
      throw new AssertionError("the Composition has no pipeline");
    }
    var step = Plain.copy(steps.getFirst());
    change.accept(step);
    spec.put("pipeline", List.of(step));
    composition.put("spec", spec);
    var _ = plane.kubernetes().apply(composition);
    var _ =
        Await.PATIENT.until(
            "the Composition " + name + " has a valid pipeline",
            () ->
                plane
                    .kubernetes()
                    .list(REVISIONS, "", Map.of("crossplane.io/composition-name", name)),
            all -> all.stream().anyMatch(Conditions.is("ValidPipeline", "True")));
    return new OtherComposition(name);
  }

  /** Has the spec of an object name it. */
  public void choose(ControlPlane plane, Map<String, @Nullable Object> spec) {
    Map<String, String> reference = Map.of("name", name);
    switch (plane.options().flavour()) {
      case CLAIMS -> spec.put("compositionRef", reference);
      case NAMESPACED -> spec.put("crossplane", Map.of("compositionRef", reference));
    }
  }

  private static Map<String, @Nullable Object> delivered(ControlPlane plane, String kinds) {
    Path file = plane.project().apis(kinds, plane.options().flavour()).resolve("composition.yaml");
    try {
      return Plain.copy(
          ManifestParsing.parse("composition", Files.readString(file)).getFirst().object());
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + file, unreadable);
    }
  }
}
