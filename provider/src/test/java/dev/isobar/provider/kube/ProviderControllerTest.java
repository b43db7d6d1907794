package dev.isobar.provider.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.CloudSpec;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.decide.Pace;
import dev.isobar.provider.kube.api.FakeKubernetes;
import dev.isobar.provider.kube.api.KubernetesKind;
import dev.isobar.provider.operate.Meters;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All controllers over a way into a cloud that is a fault of ours. */
final class ProviderControllerTest {
  private static final String ERRORS = "controller_runtime_reconcile_errors_total";
  private static final Map<String, Object> CONFIG =
      Map.of("kind", "ClusterProviderConfig", "name", "lab");
  private static final ProviderSettings SETTINGS =
      new ProviderSettings(
          Pace.USUAL,
          Duration.ofMinutes(10),
          200,
          16,
          "crossplane-system",
          Optional.empty(),
          Optional.empty(),
          false,
          Optional.empty(),
          Optional.empty());

  private final Meters meters = new Meters();

  private static void put(FakeKubernetes kubernetes) {
    kubernetes.put(
        KubernetesKind.CLUSTER_PROVIDER_CONFIG,
        new ObjectKey("", "lab"),
        Map.of(
            "spec",
            Map.of(
                "provider", "EC2",
                "region", "eu-central-1",
                "credentials", Map.of("source", "InjectedIdentity"))));
    kubernetes.put(
        KubernetesKind.CLOUD,
        new ObjectKey("", "lab"),
        Map.of(
            "spec",
            Map.of(
                "provider",
                "EC2",
                "region",
                "eu-central-1",
                "providerConfigRef",
                CONFIG,
                "clusterApi",
                Map.of("identityRef", Map.of("kind", "AWSClusterRoleIdentity", "name", "lab")))));
    kubernetes.put(
        KubernetesKind.CLUSTER_CLEANUP,
        new ObjectKey("eo4eu", "eo-lab"),
        Map.of(
            "spec",
            Map.of(
                "cluster",
                "eo-lab",
                "controlPlaneRef",
                Map.of("kind", "KubeadmControlPlane", "name", "eo-lab"),
                "providerConfigRef",
                CONFIG,
                "volumes",
                "Delete")));
    kubernetes.put(
        KubernetesKind.INSTANCE,
        new ObjectKey("eo4eu", "one"),
        Map.of(
            "spec",
            Map.of(
                "providerConfigRef",
                CONFIG,
                "forProvider",
                Map.of("machineType", Map.of("name", "small"), "image", Map.of("id", "ubuntu")))));
  }

  private List<String> errors() {
    return meters.text().lines().filter(line -> line.startsWith(ERRORS)).toList();
  }

  private List<String> without() {
    return errors().stream()
        .filter(line -> line.endsWith("} 0"))
        .map(line -> line.replaceAll(".*controller=\"([^\"]+)\".*", "$1"))
        .toList();
  }

  /** An alert is made of them, and a first fault is no rise of what was not there before. */
  @Test
  void everyControllerCountsFaultsOfOursFromZeroOn(@TempDir Path folder)
      throws InterruptedException {
    try (var kubernetes = new FakeKubernetes(folder);
        var controller =
            new ProviderController(
                kubernetes.objects(),
                Map.of(
                    CloudSpec.Provider.EC2,
                    _ -> {
                      throw new IllegalStateException("of a test");
                    }),
                SETTINGS,
                InstantSource.system(),
                meters)) {
      assertThat(errors()).as("before anything is done").hasSize(6);
      assertThat(without()).as("all at zero").hasSize(6);
      put(kubernetes);
      controller.start();
      controller.discover();
      controller.cleanUp();
      Instant end = Instant.now().plusSeconds(30);
      while (without().size() > 2 && Instant.now().isBefore(end)) {
        Thread.sleep(Duration.ofMillis(50));
      }
      assertThat(without())
          .as("those that work on nothing here")
          .containsExactly(QueueMeters.GPU_MACHINES, QueueMeters.GPU_MACHINE_TEMPLATES);
    }
  }
}
