package dev.isobar.e2e.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.input.Flavour;
import dev.isobar.cli.yaml.Manifest;
import dev.isobar.cli.yaml.ManifestParsing;
import dev.isobar.cli.yaml.Plain;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.testbed.controller.Controller;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.kubernetes.Refusal;
import dev.isobar.testbed.plane.ControlPlane;
import dev.isobar.testbed.plane.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every object of every example passes schemas, admission and webhooks of the real APIs, unknown
 * fields included; nothing is stored.
 */
@OnControlPlane
final class SchemasTest {
  private static final Controller[] WITH_WEBHOOKS = {
    Controller.CORE,
    Controller.KUBEADM_BOOTSTRAP,
    Controller.KUBEADM_CONTROL_PLANE,
    Controller.OPENSTACK
  };

  private static final Examples EXAMPLES = new Examples(Project.here().root().resolve("examples"));

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void everyObjectOfEveryExampleIsAccepted(Flavour flavour) {
    Kubernetes kubernetes = plane(flavour).kubernetes();
    List<ExampleObject> examples = EXAMPLES.of(flavour);
    assertThat(examples).as("objects of the examples").hasSizeGreaterThan(20);
    assertThat(stories(examples)).as("folders with an object").isEqualTo(EXAMPLES.names());
    examples.stream()
        .map(ExampleObject::namespace)
        .filter(namespace -> !namespace.isEmpty())
        .distinct()
        .forEach(namespace -> kubernetes.makeNamespace(namespace, Map.of()));
    var refused = new ArrayList<String>();
    for (ExampleObject example : examples) {
      try {
        var _ = kubernetes.dryRun(example.sendable());
      } catch (Refusal refusal) {
        refused.add(example + "\n    " + refusal.getMessage());
      }
    }
    assertThat(refused).as("refused, of %d objects", examples.size()).isEmpty();
  }

  /** What nobody renders is not judged, so whatever a claim's file is called it is found. */
  @ParameterizedTest
  @EnumSource(Flavour.class)
  void everyExampleWithAClaimIsRendered(Flavour flavour) {
    var unrendered = new ArrayList<>(EXAMPLES.names());
    unrendered.removeAll(
        stories(
            EXAMPLES.of(flavour).stream()
                .filter(example -> example.origin().equals(ExampleObject.RENDERED))
                .toList()));
    assertThat(unrendered)
        .as("folders without a claim, and the one of claims that are refused")
        .containsExactly("instances", "refused");
  }

  /** They were created, and of what is created a field that is unknown is dropped. */
  @Test
  void kindsOfThisProjectHaveNoUnknownField() throws IOException {
    Kubernetes kubernetes = plane(Flavour.CLAIMS).kubernetes();
    var refused = new ArrayList<String>();
    for (Path file : Project.here().kinds()) {
      for (Manifest manifest : ManifestParsing.parse(file.toString(), Files.readString(file))) {
        try {
          var _ = kubernetes.dryRun(manifest.object());
        } catch (Refusal refusal) {
          refused.add(file + "\n    " + refusal.getMessage());
        }
      }
    }
    assertThat(refused).isEmpty();
  }

  /** What would an accepted example be worth if everything were accepted? */
  @ParameterizedTest
  @MethodSource("kinds")
  void unknownFieldIsRefused(String kind, ExampleObject example) {
    Kubernetes kubernetes = plane(Flavour.CLAIMS).kubernetes();
    var object = example.sendable();
    String section = object.containsKey("spec") ? "spec" : "metadata";
    var fields = Plain.copy(object.get(section));
    fields.put("unheardOf", "of");
    object.put(section, fields);
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> kubernetes.dryRun(object));
    assertThat(refusal).as("%s with an unknown field", kind).isNotNull();
    assertThat(refusal).hasMessageContaining("unheardOf");
  }

  static Stream<Arguments> kinds() {
    var one = new LinkedHashMap<String, ExampleObject>();
    for (ExampleObject example : EXAMPLES.of(Flavour.CLAIMS)) {
      one.putIfAbsent(Reference.of(example.object()).kind().name(), example);
    }
    return one.entrySet().stream().map(kind -> Arguments.of(kind.getKey(), kind.getValue()));
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void definitionIsEstablishedAndTheCompositionIsValid(Flavour flavour) {
    Kubernetes kubernetes = plane(flavour).kubernetes();
    var conditions = new TreeMap<String, Set<String>>();
    for (String name : List.of("CompositeResourceDefinition", "CompositionRevision")) {
      Kind kind = new Kind("apiextensions.crossplane.io/v1", name);
      for (Tree object : kubernetes.list(kind, "")) {
        for (Tree condition : object.at("status", "conditions").items()) {
          conditions
              .computeIfAbsent(
                  name + " " + condition.at("type").text().orElse(""), _ -> new TreeSet<>())
              .add(condition.at("status").text().orElse(""));
        }
        assertThat(Conditions.find(object, "Established").isPresent() || name.endsWith("Revision"))
            .isTrue();
      }
    }
    Map<String, Set<String>> expected =
        new TreeMap<>(
            Map.of(
                "CompositeResourceDefinition Established", Set.of("True"),
                "CompositionRevision Synced", Set.of("True"),
                "CompositionRevision ValidPipeline", Set.of("True")));
    if (flavour == Flavour.CLAIMS) {
      expected.put("CompositeResourceDefinition Offered", Set.of("True"));
    }
    assertThat(conditions).isEqualTo(expected);
  }

  private static ControlPlane plane(Flavour flavour) {
    return Planes.of(flavour).with(WITH_WEBHOOKS);
  }

  private static List<String> stories(List<ExampleObject> examples) {
    return examples.stream().map(ExampleObject::story).distinct().toList();
  }
}
