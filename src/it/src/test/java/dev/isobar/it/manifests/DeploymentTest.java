package dev.isobar.it.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.yaml.ManifestParsing;
import dev.isobar.it.architecture.Checkout;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How core runs the provider, beside what else counts on it. */
final class DeploymentTest {
  private final Checkout checkout = Checkout.here();

  /** A Cloud that says nothing of GPU machines must not need a flag that nobody has set. */
  @Test
  void theProviderMakesTheGpuMachinesThatCloudsAskForByDefault() {
    Tree version =
        only(Path.of("apis/clouds/crd.yaml"), "CustomResourceDefinition")
            .at("spec", "versions")
            .items()
            .getFirst();
    Tree clouds = version.at("schema", "openAPIV3Schema", "properties", "spec", "properties");
    Tree choice = clouds.at("clusterApi", "properties", "gpuMachines");
    assertThat(choice.at("default").text()).contains("Isobar");

    Tree pod = provider().at("spec", "deploymentTemplate", "spec", "template", "spec");
    List<String> arguments =
        pod.at("containers").items().getFirst().at("args").items().stream()
            .flatMap(word -> word.text().stream())
            .toList();
    assertThat(arguments).contains("--enable-cluster-api");
  }

  @Test
  void rightsAreThoseOfItsAccount() {
    String account =
        provider().at("spec", "serviceAccountTemplate", "metadata", "name").text().orElseThrow();
    List<String> bound =
        Stream.of("package/rbac/provider.yaml", "package/capi-bridge/provider.yaml")
            .map(file -> only(Path.of(file), "ClusterRoleBinding"))
            .flatMap(binding -> binding.at("subjects").items().stream())
            .flatMap(subject -> subject.at("name").text().stream())
            .toList();
    assertThat(bound).containsExactly(account, account);
  }

  private Tree provider() {
    return only(Path.of("package/deployment/provider.yaml"), "DeploymentRuntimeConfig");
  }

  /** The one object of a kind in a file. */
  private Tree only(Path file, String kind) {
    List<Tree> objects =
        ManifestParsing.parse(file.toString(), checkout.read(file)).stream()
            .map(manifest -> Tree.of(manifest.object()))
            .filter(object -> object.at("kind").text().filter(kind::equals).isPresent())
            .toList();
    assertThat(objects).as("%s of %s", kind, file).hasSize(1);
    return objects.getFirst();
  }
}
