package dev.isobar.provider.kube.clusterapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.kube.api.FakeKubernetes;
import dev.isobar.provider.kube.api.KubernetesKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an autoscaler learns of machines that do not exist yet. */
final class TemplateUpkeepTest {
  private static final ObjectKey KEY = new ObjectKey("eo4eu", "lab-gpu");

  private static void template(FakeKubernetes kubernetes, Map<String, String> annotations) {
    Map<String, Object> spec =
        Map.of(
            "providerConfigRef", Map.of("kind", "ClusterProviderConfig", "name", "wekeo"),
            "machineTypes", List.of("gpu.a100"),
            "image", Map.of("id", "image-1"),
            "expectedResources", Map.of("nvidia.com/mig-1g.10gb", 14));
    kubernetes.put(
        KubernetesKind.GPU_MACHINE_TEMPLATE,
        KEY,
        Map.of(
            "metadata",
            Map.of("annotations", annotations),
            "spec",
            Map.of("template", Map.of("spec", spec))));
  }

  private static Map<String, Object> told(FakeKubernetes kubernetes, Map<String, Object> wanted)
      throws InterruptedException {
    Instant end = Instant.now().plusSeconds(30);
    while (!status(kubernetes).equals(wanted) && Instant.now().isBefore(end)) {
      Thread.sleep(Duration.ofMillis(50));
    }
    return status(kubernetes);
  }

  private static Object plain(FakeKubernetes kubernetes) {
    return Tree.of(kubernetes.object(KubernetesKind.GPU_MACHINE_TEMPLATE, KEY))
        .at("status")
        .plain();
  }

  private static Map<String, Object> status(FakeKubernetes kubernetes) {
    return plain(kubernetes) instanceof Map<?, ?> map ? MachineScene.cast(map) : Map.of();
  }

  @Test
  void whatAMachineWillOfferIsToldAndToldAgainWhenItIsLostOrDiffers(@TempDir Path folder)
      throws InterruptedException {
    Map<String, Object> capacity = Map.of("nvidia.com/mig-1g.10gb", "14");
    try (var kubernetes = new FakeKubernetes(folder);
        var machines =
            new GpuMachines(
                kubernetes.cluster().objects(),
                Optional.empty(),
                _ -> Optional.empty(),
                InstantSource.system(),
                new WatchFilterTest.Deaf(),
                new WatchFilterTest.Deaf())) {
      template(kubernetes, Map.of());
      machines.start();
      Map<String, Object> bare = Map.of("capacity", capacity);
      assertThat(told(kubernetes, bare)).isEqualTo(bare);
      template(kubernetes, Map.of());
      assertThat(told(kubernetes, bare)).as("a backup has no status").isEqualTo(bare);
      template(kubernetes, Map.of("isobar.dev/architecture", "arm64"));
      Map<String, Object> whole =
          Map.of(
              "capacity",
              capacity,
              "nodeInfo",
              Map.of("architecture", "arm64", "operatingSystem", "linux"));
      assertThat(told(kubernetes, whole)).as("somebody names it later").isEqualTo(whole);
    }
  }
}
