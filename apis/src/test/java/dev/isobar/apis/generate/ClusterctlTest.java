package dev.isobar.apis.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What clusterctl asks of a provider's files.
 *
 * @see <a
 *     href="https://cluster-api.sigs.k8s.io/developer/providers/contracts/clusterctl">clusterctl
 *     Provider Contract</a>
 */
final class ClusterctlTest {
  private static final YAMLMapper YAML = new YAMLMapper();

  /** Tests run in the folder of their module. */
  private static final Path CHECKOUT = Path.of("").toAbsolutePath().getParent();

  private static final Path BRIDGE = CHECKOUT.resolve("package/capi-bridge");
  private static final String PROVIDER = "cluster.x-k8s.io/provider";
  private static final String INFRASTRUCTURE = "infrastructure-isobar";

  /** The first version of a POM that is not its parent's. */
  private static final Pattern VERSION =
      Pattern.compile("<artifactId>isobar[^<]*</artifactId>\\s*<version>([0-9]+)\\.([0-9]+)\\.");

  private static JsonNode read(Path file) throws IOException {
    return YAML.readTree(Files.readString(file));
  }

  /** Contracts by release series, as in {@code 0.1}. */
  private static Map<String, String> series() throws IOException {
    JsonNode metadata = read(BRIDGE.resolve("metadata.yaml"));
    assertThat(metadata.path("apiVersion").asText())
        .isEqualTo("clusterctl.cluster.x-k8s.io/v1alpha3");
    assertThat(metadata.path("kind").asText()).isEqualTo("Metadata");
    Map<String, String> series = new TreeMap<>();
    for (JsonNode one : metadata.path("releaseSeries")) {
      String name = one.path("major").asInt() + "." + one.path("minor").asInt();
      assertThat(series.put(name, one.path("contract").asText())).as("%s twice", name).isNull();
    }
    return series;
  }

  private static String release() throws IOException {
    Matcher version = VERSION.matcher(Files.readString(CHECKOUT.resolve("pom.xml")));
    assertThat(version.find()).isTrue();
    return version.group(1) + "." + version.group(2);
  }

  @Test
  void theReleaseInTheMakingHasASeries() throws IOException {
    assertThat(series()).containsKey(release());
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpumachines", "gpumachinetemplates"})
  void theKindsFulfilTheContractOfTheRelease(String kind) throws IOException {
    JsonNode definition = read(CHECKOUT.resolve("apis/" + kind + "/crd.yaml"));
    JsonNode labels = definition.path("metadata").path("labels");
    assertThat(labels.path("cluster.x-k8s.io/" + series().get(release())).asText())
        .as("the version of the CRD that fulfils it")
        .isEqualTo(definition.path("spec").path("versions").path(0).path("name").asText());
    assertThat(labels.path(PROVIDER).asText()).isEqualTo(INFRASTRUCTURE);
  }

  @Test
  void everyComponentIsMarkedAsTheProviders() throws IOException {
    JsonNode bridge = read(BRIDGE.resolve("kustomization.yaml"));
    assertThat(bridge.path("labels").path(0).path("pairs").path(PROVIDER).asText())
        .isEqualTo(INFRASTRUCTURE);
  }

  /** clusterctl puts variables in their place, and fails where one is not known. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "package/capi-bridge/provider.yaml",
        "apis/gpumachines/crd.yaml",
        "apis/gpumachinetemplates/crd.yaml"
      })
  void noTextLooksLikeAVariable(String file) throws IOException {
    assertThat(Files.readString(CHECKOUT.resolve(file))).doesNotContain("${");
  }
}
