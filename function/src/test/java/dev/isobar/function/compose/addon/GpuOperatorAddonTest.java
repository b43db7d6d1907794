package dev.isobar.function.compose.addon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.ManagementCluster;
import dev.isobar.function.compose.Manifest;
import org.junit.jupiter.api.Test;

/** The values of the GPU Operator's chart. */
final class GpuOperatorAddonTest {
  private static final String GPUS =
      "pools: [{name: g, machineType: g2.a100.2, replicas: 1, gpu: {partitioning: {none: {}}}}]";

  private static Tree migManager(ManagementCluster cluster) {
    String values =
        Tree.of(cluster.composed("addon.gpu-operator"))
            .at("spec", "helmCharts")
            .items()
            .getFirst()
            .at("values")
            .text()
            .orElseThrow();
    return Tree.of(Manifest.of(values)).at("migManager");
  }

  @Test
  void nodesAreRebootedForMigOnlyWhereTheSettingsSaySo() {
    ManagementCluster cluster = ManagementCluster.with(GPUS);
    assertThat(migManager(cluster).at("env").exists()).isFalse();
    cluster.settings("gpuOperator: {migReboot: true}");
    assertThat(migManager(cluster).at("env").plain())
        .isEqualTo(Manifest.plain("[{name: WITH_REBOOT, value: 'true'}]"));
  }
}
