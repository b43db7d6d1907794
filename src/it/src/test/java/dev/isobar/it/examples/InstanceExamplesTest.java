package dev.isobar.it.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.ClusterProviderConfigSpec;
import dev.isobar.apis.compute.InstanceSpec;
import dev.isobar.apis.decode.Decoded;
import dev.isobar.apis.decode.Decoder;
import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.yaml.Manifest;
import dev.isobar.cli.yaml.ManifestParsing;
import dev.isobar.it.architecture.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples without a claim are what the provider reads, field by field. */
final class InstanceExamplesTest {
  private static final Path FOLDER = Checkout.here().root().resolve("examples/instances");

  static List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(FOLDER)) {
      return all.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyFieldIsKnown(Path file) throws IOException {
    List<Manifest> manifests = ManifestParsing.parse(file.toString(), Files.readString(file));
    assertThat(manifests).isNotEmpty();
    for (Manifest manifest : manifests) {
      Tree object = Tree.of(manifest.object());
      Decoded<?> decoded =
          switch (object.at("kind").text().orElse("")) {
            case "Instance" -> Decoder.of(InstanceSpec.class).decode(object.at("spec"), "spec");
            case "ClusterProviderConfig" ->
                Decoder.of(ClusterProviderConfigSpec.class).decode(object.at("spec"), "spec");
            default -> throw new AssertionError("a kind without a decoder in " + file);
          };
      assertThat(decoded).as("%s", object.at("metadata", "name")).isInstanceOf(Decoded.Valid.class);
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void theReadmeTellsOfIt(Path file) throws IOException {
    assertThat(Files.readString(FOLDER.resolve("README.md")))
        .contains("`" + file.getFileName() + "`");
  }
}
