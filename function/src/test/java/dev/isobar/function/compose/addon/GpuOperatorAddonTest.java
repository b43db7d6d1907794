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

  private static Tree values(ManagementCluster cluster) {
    String values =
        Tree.of(cluster.composed("addon.gpu-operator"))
            .at("spec", "helmCharts")
            .items()
            .getFirst()
            .at("values")
            .text()
            .orElseThrow();
    return Tree.of(Manifest.of(values));
  }

  @Test
  void nodesAreRebootedForMigOnlyWhereTheSettingsSaySo() {
    ManagementCluster cluster = ManagementCluster.with(GPUS);
    assertThat(values(cluster).at("migManager", "env").exists()).isFalse();
    cluster.settings("gpuOperator: {migReboot: true}");
    assertThat(values(cluster).at("migManager", "env").plain())
        .isEqualTo(Manifest.plain("[{name: WITH_REBOOT, value: 'true'}]"));
  }

  /** What the Operator tells all nodes wins over their own entries. */
  @Test
  void mpsIsNotSpoiltByTheStrategyOfOthers() {
    ManagementCluster cluster = ManagementCluster.with(GPUS);
    assertThat(values(cluster).at("mig", "strategy").plain()).isEqualTo("mixed");
    assertThat(values(cluster).at("devicePlugin").exists()).isFalse();
    cluster.claim(GPUS.replace("none: {}", "mps: {replicas: 4}"));
    assertThat(values(cluster).at("mig", "strategy").plain())
        .as("an empty text, because the chart's own value is single")
        .isEqualTo("");
    assertThat(values(cluster).at("devicePlugin", "config", "default").plain())
        .isEqualTo("mig-mixed");
  }
}
