package dev.isobar.packaging.xpkg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.packaging.CannotPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a small checkout of its own; what the real one holds is looked at in src/it. */
final class PackageContentsTest {
  @TempDir Path root;

  @Test
  void functionsShowWhatTheyTake() throws IOException {
    write("package/function/crossplane.yaml", "# a comment\nkind: Function\n");
    write("package/function/input/settings.yaml", "# made\n# so\nkind: Input\n");
    assertThat(packageYaml(PackageKind.FUNCTION_ISOBAR))
        .isEqualTo(
            """
            kind: Function
            ---
            kind: Input
            """);
  }

  @Test
  void providersBringEveryKindButThoseOfClusterApi() throws IOException {
    write("package/provider/crossplane.yaml", "kind: Provider\n");
    write("apis/machines/crd.yaml", "spec:\n  group: infrastructure.isobar.dev\n");
    write("apis/clouds/crd.yaml", "# made\n---\nspec:\n  group: compute.isobar.dev\n");
    write("apis/areas/crd.yaml", "spec:\n  group: other.isobar.dev\n");
    write("apis/composites/definition.yaml", "kind: Definition\n");
    assertThat(packageYaml(PackageKind.PROVIDER_ISOBAR))
        .isEqualTo(
            """
            kind: Provider
            ---
            spec:
              group: other.isobar.dev
            ---
            spec:
              group: compute.isobar.dev
            """);
  }

  @Test
  void configurationsNameWhatTheyNeedAsCoreWill() throws IOException {
    write(
        "package/configuration/crossplane.yaml",
        "package: ${home}/function-isobar\nversion: \"${compatible}\"\n");
    write("package/configuration/activation.yaml", "kind: Policy\n");
    write("apis/a/definition.yaml", "kind: A\n");
    write("apis/a/composition.yaml", "functionRef:\n  name: function-isobar\nkind: Composition\n");
    write("apis/a/namespaced/definition.yaml", "kind: Other\n");
    assertThat(packageYaml(PackageKind.CONFIGURATION_ISOBAR))
        .isEqualTo(
            """
            package: example.org/acme/function-isobar
            version: ">=v1.2.3, <v2.0.0-0"
            ---
            kind: A
            ---
            functionRef:
              name: acme-function-isobar
            kind: Composition
            ---
            kind: Policy
            """);
  }

  @Test
  void theNamespacedFlavourHasItsOwnDefinitions() throws IOException {
    write("package/configuration-namespaced/crossplane.yaml", "kind: Configuration\n");
    write("package/configuration/activation.yaml", "kind: Policy\n");
    write("apis/a/definition.yaml", "kind: A\n");
    write("apis/a/namespaced/definition.yaml", "kind: Other\n");
    write("apis/a/namespaced/composition.yaml", "kind: Composition\n");
    assertThat(packageYaml(PackageKind.CONFIGURATION_ISOBAR_NAMESPACED))
        .isEqualTo(
            """
            kind: Configuration
            ---
            kind: Other
            ---
            kind: Composition
            ---
            kind: Policy
            """);
  }

  @Test
  void examplesAreClaimsOrWholeFolders() throws IOException {
    write("examples/openstack-gpu-lab/claim.yaml", "kind: PlatformCluster\n");
    write("examples/openstack-gpu-lab/expected.yaml", "kind: Cluster\n");
    write("examples/gpu-workspace/claim.yaml", "kind: GpuWorkspace\n");
    write("examples/instances/b.yaml", "kind: B\n");
    write("examples/instances/a.yaml", "kind: A\n");
    assertThat(contents().examples(PackageKind.CONFIGURATION_ISOBAR))
        .isEqualTo("kind: PlatformCluster\n---\nkind: GpuWorkspace\n");
    assertThat(contents().examples(PackageKind.PROVIDER_ISOBAR))
        .isEqualTo("kind: A\n---\nkind: B\n");
    assertThat(contents().examples(PackageKind.FUNCTION_ISOBAR)).isEmpty();
  }

  @Test
  void refusesPlaceholdersItDoesNotKnow() throws IOException {
    write("package/function/crossplane.yaml", "version: ${versoin}\n");
    Files.createDirectories(root.resolve("package/function/input"));
    assertThatThrownBy(() -> packageYaml(PackageKind.FUNCTION_ISOBAR))
        .isInstanceOf(CannotPackage.class)
        .hasMessage("package metadata has a placeholder that nothing is known of: ${versoin}");
  }

  private String packageYaml(PackageKind kind) throws IOException {
    return contents().packageYaml(kind);
  }

  private PackageContents contents() {
    return new PackageContents(
        root, new Version("v1.2.3"), new Organisation("example.org", "acme"));
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
