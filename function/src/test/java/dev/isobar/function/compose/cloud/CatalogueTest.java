package dev.isobar.function.compose.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.Architecture;
import dev.isobar.apis.compute.CloudSpec;
import dev.isobar.apis.compute.CloudStatus;
import dev.isobar.apis.decode.Decoded;
import dev.isobar.apis.decode.Decoder;
import dev.isobar.apis.schema.Size;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.ManagementCluster;
import dev.isobar.function.compose.Manifest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Discovery's findings, overlaid by what the operator says. */
final class CatalogueTest {
  private static Catalogue catalogue(String spec, String status) {
    return new Catalogue(
        "wekeo",
        valid(
            Decoder.of(CloudSpec.class),
            Tree.of(Manifest.merged(Manifest.of(ManagementCluster.CLOUD), spec))),
        valid(Decoder.of(CloudStatus.class).lenient(), Tree.of(Manifest.of(status))));
  }

  private static <T extends Record> T valid(Decoder<T> decoder, Tree tree) {
    return switch (decoder.decode(tree, "cloud")) {
      case Decoded.Valid<T>(T value) -> value;
      case Decoded.Invalid<T>(var mistakes) -> throw new AssertionError(mistakes.toString());
    };
  }

  private static final String FOUND =
      """
      machineTypes:
      - {name: m1.large, cpu: 4, memory: 8Gi, disk: 10Gi, architecture: arm64, zones: [z], scarce: true, gpu: {model: T4-16GB, count: 1}}
      - {name: found, cpu: 1, memory: 1Gi}
      images: [{kubernetes: 1.35.3, name: found}, {kubernetes: 1.35.2, name: hidden}]
      zones: [found]
      """;

  @Test
  void theOperatorsWordGoesFieldByField() {
    Catalogue catalogue = catalogue("machineTypes: [{name: m1.large, cpu: 8}, {name: own}]", FOUND);
    assertThat(catalogue.machineNames()).containsExactly("found", "m1.large", "own");
    Machine machine = catalogue.machine("m1.large").orElseThrow();
    assertThat(machine.cpu()).as("said").contains(8);
    assertThat(machine.memory()).as("found").contains(new Size("8Gi"));
    assertThat(machine.architecture()).isEqualTo(Architecture.arm64);
    assertThat(machine.zones()).containsExactly("z");
    assertThat(machine.scarce()).isTrue();
    assertThat(machine.gpu()).isPresent();
    assertThat(catalogue.machine("own"))
        .as("what nobody knows is left open")
        .contains(
            new Machine(
                "own",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Architecture.amd64,
                Optional.empty(),
                false,
                List.of()));
    assertThat(catalogue.machine("none")).isEmpty();
  }

  @Test
  void theOperatorsZonesReplaceThoseFound() {
    assertThat(catalogue("{}", FOUND).zones()).containsExactly("az1", "az2");
    assertThat(catalogue("zones: []", FOUND).zones()).containsExactly("found");
  }

  record Row(String reason, String version, Architecture architecture, boolean gpu, String image) {}

  static Stream<Row> rows() {
    return Stream.of(
        new Row("any", "1.35.2", Architecture.amd64, false, "kube-1.35.2"),
        new Row("for GPUs", "1.35.2", Architecture.amd64, true, "kube-1.35.2-gpu"),
        new Row("for GPUs, from any", "1.34.6", Architecture.amd64, true, "kube-1.34.6"),
        new Row("found", "1.35.3", Architecture.amd64, false, "found"),
        new Row("of no such architecture", "1.35.2", Architecture.arm64, false, ""),
        new Row("of no such version", "1.30.0", Architecture.amd64, false, ""));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void choosesAnImage(Row row) {
    KubernetesVersion version = KubernetesVersion.parse(row.version).orElseThrow();
    assertThat(
            catalogue("{}", FOUND)
                .image(version, row.architecture, row.gpu)
                .flatMap(pin -> pin.image().name())
                .orElse(""))
        .as(row.reason)
        .isEqualTo(row.image);
  }

  @Test
  void ofTwoImagesForTheSameMachinesTheFirstCounts() {
    KubernetesVersion version = KubernetesVersion.parse("1.35.2").orElseThrow();
    String first = "{kubernetes: 1.35.2, name: first}";
    String second = "{kubernetes: v1.35.2, name: second}";
    for (String images : List.of(first + ", " + second, second + ", " + first)) {
      assertThat(
              catalogue("images: [" + images + "]", FOUND)
                  .image(version, Architecture.amd64, false)
                  .flatMap(pin -> pin.image().name()))
          .contains(images.startsWith(first) ? "first" : "second");
    }
  }

  record Text(String text, String parsed) {}

  static Stream<Text> texts() {
    return Stream.of(
        new Text("1.35.2", "1.35.2 v1.35.2"),
        new Text("v1.35.10", "1.35.10 v1.35.10"),
        new Text("1.35", ""),
        new Text("2.35.1", ""),
        new Text("1.35.2+build", ""),
        new Text("", ""));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void versionsAreExact(Text row) {
    assertThat(
            KubernetesVersion.parse(row.text)
                .map(version -> version.text() + " " + version.tag())
                .orElse(""))
        .isEqualTo(row.parsed);
  }

  @Test
  void versionsAreOrderedByNumber() {
    assertThat(
            catalogue(
                    "images: [{kubernetes: 1.35.10, name: a}, {kubernetes: 1.35.9, name: b},"
                        + " {kubernetes: 1.4.11, name: c}]",
                    "{}")
                .versions(Architecture.amd64))
        .extracting(KubernetesVersion::text)
        .containsExactly("1.4.11", "1.35.9", "1.35.10");
  }
}
