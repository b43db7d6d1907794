package dev.isobar.cli.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.cli.call.Yaml;
import dev.isobar.cli.yaml.ManifestParsing;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which settings count. */
final class StepInputsTest {
  private static final String SETTINGS =
      "{apiVersion: isobar.fn.crossplane.io/v1alpha1, kind: Settings, from: paths}";

  private static String composition(String steps) {
    return """
    apiVersion: apiextensions.crossplane.io/v1
    kind: Composition
    metadata: {name: x}
    spec:
      compositeTypeRef: {kind: XPlatformCluster}
      pipeline: %s
    """
        .formatted(steps);
  }

  private static StepInputs found(String settings, String composition) {
    return StepInputs.found(
        settings.isEmpty() ? List.of() : ManifestParsing.parse("settings.yaml", settings),
        List.copyOf(ManifestParsing.parse("composition.yaml", composition)));
  }

  @Test
  void aCompositionWithoutInputLeavesThemToTheirFile() {
    assertThat(found(SETTINGS, composition("[{step: a}]")).of("XPlatformCluster"))
        .contains(Yaml.map(SETTINGS));
  }

  @Test
  void anInputCountsForItsKind() {
    StepInputs inputs =
        found("", composition("[{step: a, input: {from: composition}}, {step: b}]"));
    assertThat(inputs.of("XPlatformCluster")).contains(Map.of("from", "composition"));
    assertThat(inputs.of("XGpuWorkspace")).isEmpty();
  }

  @Test
  void onlyOneOfBothMayBe() {
    assertThatThrownBy(() -> found(SETTINGS, composition("[{step: a, input: {from: here}}]")))
        .hasMessage(
            "settings.yaml:1: is a Settings beside the input of Composition x in"
                + " composition.yaml:1; keep one, or give --settings");
  }
}
