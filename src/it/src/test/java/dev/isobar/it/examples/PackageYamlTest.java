package dev.isobar.it.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.yaml.Manifest;
import dev.isobar.cli.yaml.ManifestParsing;
import dev.isobar.it.architecture.Checkout;
import dev.isobar.packaging.xpkg.Organisation;
import dev.isobar.packaging.xpkg.PackageContents;
import dev.isobar.packaging.xpkg.PackageKind;
import dev.isobar.packaging.xpkg.Version;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the packages of this checkout hold. */
final class PackageYamlTest {
  private final Checkout checkout = Checkout.here();
  private final PackageContents contents =
      new PackageContents(
          checkout.root(), new Version("v1.2.3"), Organisation.of("example.org/acme"));

  @ParameterizedTest
  @EnumSource(PackageKind.class)
  void everyPackageSaysWhatItIs(PackageKind kind) throws IOException {
    Tree meta = objects(kind).getFirst();
    assertThat(text(meta, "apiVersion")).isEqualTo("meta.pkg.crossplane.io/v1");
    assertThat(text(meta, "metadata", "name")).isEqualTo(kind.title());
    assertThat(meta.at("metadata", "annotations").fields())
        .containsExactly(
            "meta.crossplane.io/description",
            "meta.crossplane.io/iconURI",
            "meta.crossplane.io/license",
            "meta.crossplane.io/maintainer",
            "meta.crossplane.io/readme",
            "meta.crossplane.io/source");
    assertThat(text(meta, "spec", "crossplane", "version"))
        .as("the oldest core that watches what the function asks for")
        .isEqualTo(">=v2.4.0");
    assertThat(
            objects(kind).stream()
                .map(one -> text(one, "kind"))
                .filter(k -> k.equals(text(meta, "kind"))))
        .as("core takes one object of this kind")
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "FUNCTION_ISOBAR, composition, a list without it forbids to compose",
    "PROVIDER_ISOBAR, safe-start, its kinds come when somebody wants them",
  })
  void programsSayWhatTheyCan(PackageKind kind, String capability, String reason)
      throws IOException {
    assertThat(objects(kind).getFirst().at("spec", "capabilities").items())
        .as(reason)
        .extracting(item -> item.text().orElseThrow())
        .containsExactly(capability);
  }

  @Test
  void everyKindIsInThePackageOfWhoServesIt() throws IOException {
    List<String> inPackage =
        objects(PackageKind.PROVIDER_ISOBAR).stream()
            .skip(1)
            .map(one -> text(one, "metadata", "name"))
            .toList();
    List<String> all =
        checkout.files("/crd.yaml").stream()
            .flatMap(file -> parsed(checkout.read(file)))
            .filter(crd -> !text(crd, "spec", "group").equals("infrastructure.isobar.dev"))
            .map(crd -> text(crd, "metadata", "name"))
            .toList();
    assertThat(inPackage).containsExactlyElementsOf(all).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "CONFIGURATION_ISOBAR, xgpuworkspaces, xplatformclusters",
    "CONFIGURATION_ISOBAR_NAMESPACED, gpuworkspaces, platformclusters",
  })
  void configurationsBringTheirFlavour(PackageKind kind, String workspaces, String clusters)
      throws IOException {
    assertThat(
            objects(kind).stream()
                .skip(1)
                .map(one -> text(one, "kind") + " " + text(one, "metadata", "name")))
        .containsExactly(
            "CompositeResourceDefinition " + workspaces + ".platform.isobar.dev",
            "Composition " + workspaces + ".platform.isobar.dev",
            "CompositeResourceDefinition " + clusters + ".platform.isobar.dev",
            "Composition " + clusters + ".platform.isobar.dev",
            "ManagedResourceActivationPolicy isobar");
    assertThat(objects(kind).getFirst().at("spec", "dependsOn").items().stream().map(Tree::plain))
        .asString()
        .contains("package=example.org/acme/function-isobar")
        .contains("package=example.org/acme/provider-isobar")
        .contains("version=>=v1.2.3, <v2.0.0-0");
    assertThat(
            objects(kind).stream()
                .filter(one -> text(one, "kind").equals("Composition"))
                .flatMap(one -> one.at("spec", "pipeline").items().stream())
                .map(step -> text(step, "functionRef", "name")))
        .as("the name that core gives the function that it depends on")
        .containsExactly("acme-function-isobar", "acme-function-isobar");
  }

  @ParameterizedTest
  @EnumSource(PackageKind.class)
  void examplesAreObjects(PackageKind kind) throws IOException {
    String examples = contents.examples(kind);
    if (kind == PackageKind.FUNCTION_ISOBAR) {
      assertThat(examples).as("its examples are those of the configurations").isEmpty();
      return;
    }
    assertThat(parsed(examples)).isNotEmpty();
  }

  private List<Tree> objects(PackageKind kind) throws IOException {
    return parsed(contents.packageYaml(kind)).toList();
  }

  private static Stream<Tree> parsed(String yaml) {
    return ManifestParsing.parse("package.yaml", yaml).stream().map(Manifest::object).map(Tree::of);
  }

  private static String text(Tree object, String... path) {
    Tree there = object;
    for (String field : path) {
      there = there.at(field);
    }
    return there.text().orElseThrow(() -> new AssertionError(List.of(path) + " is no string"));
  }
}
