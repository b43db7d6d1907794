package dev.isobar.provider.kube.clusterapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.kube.api.ApiObject;
import dev.isobar.provider.kube.api.FakeKubernetes;
import dev.isobar.provider.kube.api.KubernetesKind;
import dev.isobar.provider.queue.Workers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WatchFilterTest {
  private static final String LABEL = "cluster.x-k8s.io/watch-filter";
  private static final ObjectKey MARKED = new ObjectKey("eo4eu", "marked");
  private static final ObjectKey OTHER = new ObjectKey("eo4eu", "other");

  /** Nobody counts what is worked on. */
  static class Deaf implements Workers.Listener {
    @Override
    public void added() {}

    @Override
    public void begun(Duration waited) {}

    @Override
    public void ended(Duration worked) {}

    @Override
    public void retried() {}

    @Override
    public void failed() {}
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', true, without a filter all are acted on",
    "'', lab, true, whatever they carry",
    "lab, lab, true, it carries the value",
    "lab, Lab, false, labels are compared byte by byte",
    "lab, other, false, it is another's",
    "lab, '', false, nobody marked it"
  })
  void onlyWhatCarriesTheValueIsActedOn(String filter, String label, boolean taken, String why) {
    var object =
        new ApiObject(
            MARKED,
            "uid",
            "1",
            1,
            Instant.EPOCH,
            Optional.empty(),
            label.isEmpty() ? Map.of() : Map.of(LABEL, label),
            Map.of(),
            List.of(),
            Optional.empty(),
            Tree.of(Map.of()));
    var one = new WatchFilter(Optional.of(filter).filter(text -> !text.isEmpty()));
    assertThat(one.takes(object)).as(why).isEqualTo(taken);
  }

  private static Map<String, Object> spec() {
    return Map.of(
        "providerConfigRef", Map.of("kind", "ClusterProviderConfig", "name", "wekeo"),
        "machineTypes", List.of("gpu.a100"),
        "image", Map.of("id", "image-1"),
        "expectedResources", Map.of("nvidia.com/gpu", 2));
  }

  private static void put(FakeKubernetes kubernetes, ObjectKey key, Map<String, Object> labels) {
    Map<String, Object> metadata = Map.of("labels", labels, "generation", 1);
    kubernetes.put(KubernetesKind.GPU_MACHINE, key, Map.of("metadata", metadata, "spec", spec()));
    kubernetes.put(
        KubernetesKind.GPU_MACHINE_TEMPLATE,
        key,
        Map.of("metadata", metadata, "spec", Map.of("template", Map.of("spec", spec()))));
  }

  private static boolean said(FakeKubernetes kubernetes, ObjectKey key) {
    return List.of(KubernetesKind.GPU_MACHINE, KubernetesKind.GPU_MACHINE_TEMPLATE).stream()
        .allMatch(kind -> kubernetes.object(kind, key).containsKey("status"));
  }

  private static void await(FakeKubernetes kubernetes, ObjectKey key) throws InterruptedException {
    Instant end = Instant.now().plusSeconds(30);
    while (!said(kubernetes, key) && Instant.now().isBefore(end)) {
      Thread.sleep(Duration.ofMillis(50));
    }
    assertThat(said(kubernetes, key)).as(key.toString()).isTrue();
  }

  @Test
  void anotherProvidersMachinesAndTemplatesAreNotTouchedUntilTheyAreMarked(@TempDir Path folder)
      throws InterruptedException {
    try (var kubernetes = new FakeKubernetes(folder);
        var machines =
            new GpuMachines(
                kubernetes.cluster().objects(),
                Optional.of("lab"),
                _ -> Optional.empty(),
                InstantSource.system(),
                new Deaf(),
                new Deaf())) {
      put(kubernetes, OTHER, Map.of());
      put(kubernetes, MARKED, Map.of(LABEL, "lab"));
      machines.start();
      await(kubernetes, MARKED);
      assertThat(kubernetes.writes()).noneMatch(write -> write.contains(OTHER.toString()));
      put(kubernetes, OTHER, Map.of(LABEL, "lab"));
      await(kubernetes, OTHER);
    }
  }
}
