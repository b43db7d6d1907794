package dev.isobar.function.compose.gpu;

import static dev.isobar.function.compose.gpu.Asks.layout;
import static dev.isobar.function.compose.gpu.Asks.layouts;
import static dev.isobar.function.compose.gpu.Asks.mps;
import static dev.isobar.function.compose.gpu.Asks.none;
import static dev.isobar.function.compose.gpu.Asks.plan;
import static dev.isobar.function.compose.gpu.Asks.timeSlicing;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GpuConfigsTest {
  private static final List<GpuNodeConfig> NODES =
      List.of(
          plan(layout("1g.10gb*3 2g.20gb*2"), "2xA100-80GB").config(),
          plan(layouts("1g.10gb+me*1 1g.10gb*6||3g.40gb*2|"), "4xH100-80GB").config(),
          plan(timeSlicing(4, true), "1xV100-32GB").config(),
          plan(mps(8), "1xL40S-48GB").config(),
          plan(none(), "1xT4-16GB").config());

  /**
   * Node labels carry these names: a change of any rolls every GPU node of its kind, in every
   * cluster.
   */
  @Test
  void namesAreForEver() {
    assertThat(NODES.get(0).mig().orElseThrow().name()).isEqualTo("mig-bd12f978");
    assertThat(NODES.get(1).mig().orElseThrow().name()).isEqualTo("mig-525a1370");
    assertThat(NODES.get(2).sharing().orElseThrow().name()).isEqualTo("share-4bc10666");
    assertThat(NODES.get(3).sharing().orElseThrow().name()).isEqualTo("share-3091a04d");
  }

  @Test
  void migPartedsFile() {
    assertThat(GpuConfigs.of(NODES).mig())
        .isEqualTo(
            """
            mig-configs:
              all-disabled:
                - devices: all
                  mig-enabled: false
              mig-525a1370:
                - devices:
                    - 0
                  mig-devices:
                    "1g.10gb": 6
                    "1g.10gb+me": 1
                  mig-enabled: true
                - devices:
                    - 1
                    - 3
                  mig-enabled: false
                - devices:
                    - 2
                  mig-devices:
                    "3g.40gb": 2
                  mig-enabled: true
              mig-bd12f978:
                - devices: all
                  mig-devices:
                    "1g.10gb": 3
                    "2g.20gb": 2
                  mig-enabled: true
            version: v1
            """);
  }

  @Test
  void devicePluginsFiles() {
    assertThat(GpuConfigs.of(NODES).devicePlugin())
        .hasSize(3)
        .containsEntry(
            NODES.get(2).sharing().orElseThrow().name(),
            """
            flags:
              migStrategy: mixed
            sharing:
              timeSlicing:
                failRequestsGreaterThanOne: true
                resources:
                  - name: nvidia.com/gpu
                    replicas: 4
            version: v1
            """)
        .containsEntry(
            NODES.get(3).sharing().orElseThrow().name(),
            """
            flags:
              migStrategy: none
            sharing:
              mps:
                failRequestsGreaterThanOne: true
                resources:
                  - name: nvidia.com/gpu
                    replicas: 8
            version: v1
            """)
        .containsEntry(
            "mig-mixed",
            """
            flags:
              migStrategy: mixed
            version: v1
            """);
  }

  /** The device plugin refuses MPS under the strategy mixed, whoever set that. */
  @Test
  void nodesSayHowTheyShowSlicesWhereSomeShareThroughMps() {
    GpuConfigs configs = GpuConfigs.of(NODES);
    assertThat(configs.migStrategy()).isEmpty();
    assertThat(configs.unshared()).isEqualTo("mig-mixed");
    GpuConfigs withoutMps = GpuConfigs.of(NODES.subList(0, 3));
    assertThat(withoutMps.migStrategy()).isEqualTo("mixed");
    assertThat(withoutMps.unshared()).isEmpty();
    assertThat(withoutMps.devicePlugin())
        .containsOnlyKeys(NODES.get(2).sharing().orElseThrow().name());
  }

  @Test
  void withoutNodesMigCanStillBeSwitchedOff() {
    assertThat(GpuConfigs.of(List.of()).mig())
        .isEqualTo(
            """
            mig-configs:
              all-disabled:
                - devices: all
                  mig-enabled: false
            version: v1
            """);
    assertThat(GpuConfigs.of(List.of()).devicePlugin()).isEmpty();
  }

  @Test
  void neitherOrderNorRepetitionMatters() {
    var shuffled = new ArrayList<>(NODES);
    shuffled.addAll(NODES);
    Collections.reverse(shuffled);
    assertThat(GpuConfigs.of(shuffled)).isEqualTo(GpuConfigs.of(NODES));
  }

  @Test
  void anAnnotationBringsTheEntriesBack() {
    for (GpuNodeConfig node : NODES) {
      assertThat(GpuNodeConfig.decode(node.encode())).isEqualTo(node);
    }
  }

  @Test
  void theAnnotationIsOneCanonicalLine() {
    assertThat(NODES.get(1).encode())
        .isEqualTo(
            """
            {"mig":[{"devices":[0],"mig-devices":{"1g.10gb":6,"1g.10gb+me":1},"mig-enabled":true},\
            {"devices":[1,3],"mig-enabled":false},\
            {"devices":[2],"mig-devices":{"3g.40gb":2},"mig-enabled":true}]}\
            """);
    assertThat(NODES.get(2).encode())
        .isEqualTo(
            """
            {"sharing":{"timeSlicing":{"failRequestsGreaterThanOne":true,\
            "resources":[{"name":"nvidia.com/gpu","replicas":4}]}}}\
            """);
    assertThat(NODES.get(4).encode()).isEqualTo("{}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{\"mig\":",
        "{\"mig\":[]}",
        "{\"mig\":[{}]}",
        "{\"mig\":[1]}",
        "{\"mig\":[{\"devices\":\"some\",\"mig-enabled\":false}]}",
        "{\"mig\":[{\"devices\":\"all\",\"mig-enabled\":true}]}",
        "{\"mig\":[{\"devices\":\"all\",\"mig-enabled\":true,\"mig-devices\":{\"1g.10gb\":0}}]}",
        "{\"mig\":[{\"devices\":\"all\",\"mig-enabled\":true,\"mig-devices\":{\"1g.10gb\":1.5}}]}",
        "{\"mig\":[{\"devices\":\"all\",\"mig-enabled\":true,\"mig-devices\":{\"1g.10gb\":4294967297}}]}",
        "{\"mig\":[{\"devices\":\"all\",\"mig-enabled\":true,\"mig-devices\":{\"half\":1}}]}",
        "{\"mig\":[{\"devices\":[4294967296],\"mig-enabled\":true,\"mig-devices\":{\"1g.10gb\":1}}]}",
        "{\"mig\":[{\"devices\":\"all\",\"mig-enabled\":false,\"mig-devices\":{\"1g.10gb\":1}}]}",
        "{\"mig\":[{\"devices\":\"all\",\"mig-enabled\":true,\"mig-devices\":{\"1g.10gb\":1},\"more\":1}]}",
        "{\"sharing\":{}}",
        "{\"sharing\":{\"mps\":{\"failRequestsGreaterThanOne\":true,\"resources\":[]}}}",
        "{\"sharing\":{\"mps\":{\"failRequestsGreaterThanOne\":true,"
            + "\"resources\":[{\"name\":\"nvidia.com/gpu\",\"replicas\":1}]}}}",
        "{\"sharing\":{\"mps\":{\"failRequestsGreaterThanOne\":true,"
            + "\"resources\":[{\"name\":\"cpu\",\"replicas\":4}]}}}",
      })
  void whatWeDidNotWriteIsAbsent(String annotation) {
    GpuNodeConfig config = GpuNodeConfig.decode(annotation);
    assertThat(config.mig()).isEmpty();
    assertThat(config.sharing()).isEmpty();
  }
}
