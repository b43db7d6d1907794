package dev.isobar.provider.kube.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.SecretEntry;
import dev.isobar.apis.tree.Tree;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.kube.account.ConfigObject.SecretPlace;
import dev.isobar.provider.kube.api.ApiObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ConfigReadingTest {
  private static ApiObject object(String namespace, Map<String, Object> credentials) {
    Map<String, Object> spec =
        Map.of("provider", "OpenStack", "region", "RegionOne", "credentials", credentials);
    return new ApiObject(
        new ObjectKey(namespace, "cloud"),
        "uid",
        "1",
        1,
        Instant.EPOCH,
        Optional.empty(),
        Map.of(),
        Map.of(),
        List.of(),
        Optional.empty(),
        Tree.of(Map.of("spec", spec)));
  }

  private static Optional<SecretPlace> secret(Optional<ConfigObject> config) {
    return config.orElseThrow().terms().secret();
  }

  @Test
  void oneOfANamespaceReadsSecretsOfItsOwnOnly() {
    Map<String, Object> greedy =
        Map.of("secretRef", Map.of("namespace", "theirs", "name", "cloud", "key", "k"));
    assertThat(secret(ConfigReading.namespaced(object("ours", greedy))))
        .contains(new SecretPlace("ours", new SecretEntry("cloud", "k")));
  }

  @Test
  void oneOfTheClusterReadsWhereItSays() {
    Map<String, Object> credentials =
        Map.of("secretRef", Map.of("namespace", "clouds", "name", "cloud", "key", "k"));
    assertThat(secret(ConfigReading.cluster(object("", credentials))))
        .contains(new SecretPlace("clouds", new SecretEntry("cloud", "k")));
  }

  @Test
  void theIdentityOfThePodNeedsNoSecret() {
    assertThat(secret(ConfigReading.cluster(object("", Map.of("source", "InjectedIdentity")))))
        .isEmpty();
  }

  @Test
  void bothAreCalledByWhatPeopleSee() {
    Map<String, Object> credentials = Map.of("secretRef", Map.of("name", "cloud", "key", "k"));
    assertThat(ConfigReading.namespaced(object("ours", credentials)).orElseThrow().key())
        .hasToString("ProviderConfig ours/cloud");
    assertThat(
            ConfigReading.cluster(object("", Map.of("source", "InjectedIdentity")))
                .orElseThrow()
                .key())
        .hasToString("ClusterProviderConfig cloud");
  }
}
