package dev.isobar.cli.input;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.yaml.InputRejected;
import dev.isobar.cli.yaml.Manifest;
import dev.isobar.cli.yaml.Plain;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The input of the function's step: the installation's settings.
 *
 * <p>A file of settings counts for all composites; without one, each kind of composite has the
 * input of the first step of its Composition.
 */
public final class StepInputs {
  private static final String API_VERSION = "isobar.fn.crossplane.io/v1alpha1";
  private static final String KIND = "Settings";

  private final Optional<Map<String, @Nullable Object>> forAll;
  private final Map<String, Map<String, @Nullable Object>> byKind;

  private StepInputs(
      Optional<Map<String, @Nullable Object>> forAll,
      Map<String, Map<String, @Nullable Object>> byKind) {
    this.forAll = forAll;
    this.byKind = byKind;
  }

  /** The input for composites of a kind; empty when the step has none. */
  public Optional<Map<String, @Nullable Object>> of(String kind) {
    return forAll.or(() -> Optional.ofNullable(byKind.get(kind)));
  }

  /** Whether an object is meant as settings. */
  static boolean isSettings(Manifest manifest) {
    Identity identity = Identity.of(manifest.object());
    return identity.kind().equals(KIND) && identity.group().equals("isobar.fn.crossplane.io");
  }

  /** Whether an object is a Composition. */
  static boolean isComposition(Manifest manifest) {
    Identity identity = Identity.of(manifest.object());
    return identity.kind().equals("Composition")
        && identity.group().equals("apiextensions.crossplane.io");
  }

  /** The settings of one file: an object of kind Settings, or only what would stand in it. */
  static StepInputs parse(List<Manifest> file) {
    if (file.size() != 1) {
      throw new InputRejected(
          file.getLast().origin() + ": holds more than one object; settings are a single one");
    }
    Manifest manifest = file.getFirst();
    Map<String, @Nullable Object> input = Plain.copy(manifest.object());
    if (!input.containsKey("kind") && !input.containsKey("apiVersion")) {
      input.put("apiVersion", API_VERSION);
      input.put("kind", KIND);
    } else if (!isSettings(manifest)) {
      throw new InputRejected(
          manifest.origin()
              + ": is no settings; write apiVersion: "
              + API_VERSION
              + " and kind: "
              + KIND);
    }
    return new StepInputs(Optional.of(input), Map.of());
  }

  /**
   * The settings that stand among the objects: a single object of kind Settings, or the inputs of
   * Compositions, but not both, for only one would count.
   */
  static StepInputs found(List<Manifest> settings, List<Manifest> compositions) {
    if (settings.isEmpty()) {
      return ofCompositions(compositions);
    }
    Manifest first = settings.getFirst();
    if (settings.size() > 1) {
      throw new InputRejected(
          settings.get(1).origin()
              + ": is a second Settings beside "
              + first.origin()
              + "; keep one, or give --settings");
    }
    for (Manifest composition : compositions) {
      if (input(composition).isPresent()) {
        throw new InputRejected(
            first.origin()
                + ": is a Settings beside the input of Composition "
                + Identity.of(composition.object()).name()
                + " in "
                + composition.origin()
                + "; keep one, or give --settings");
      }
    }
    return parse(settings);
  }

  /** The inputs of Compositions. */
  private static StepInputs ofCompositions(List<Manifest> compositions) {
    var byKind = new TreeMap<String, Map<String, @Nullable Object>>();
    var origins = new TreeMap<String, String>();
    for (Manifest composition : compositions) {
      Tree spec = Tree.of(composition.object()).at("spec");
      String kind = spec.at("compositeTypeRef", "kind").text().orElse("");
      String other = origins.put(kind, composition.origin());
      if (other != null) {
        throw new InputRejected(
            composition.origin()
                + ": is a second Composition for "
                + kind
                + " beside "
                + other
                + "; keep one, or give --settings");
      }
      input(composition).ifPresent(input -> byKind.put(kind, input));
    }
    return new StepInputs(Optional.empty(), byKind);
  }

  /** The input of a Composition's first step. */
  private static Optional<Map<String, @Nullable Object>> input(Manifest composition) {
    List<Tree> steps = Tree.of(composition.object()).at("spec", "pipeline").items();
    return !steps.isEmpty() && steps.getFirst().at("input").plain() instanceof Map<?, ?> input
        ? Optional.of(Plain.copy(input))
        : Optional.empty();
  }
}
