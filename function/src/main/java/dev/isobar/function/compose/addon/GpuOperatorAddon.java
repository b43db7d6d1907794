package dev.isobar.function.compose.addon;

import dev.isobar.apis.tree.Fields;
import dev.isobar.function.compose.gpu.GpuConfigs;
import dev.isobar.function.compose.plan.AddonName;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.Marks;
import dev.isobar.function.compose.plan.NodeMarks;
import dev.isobar.function.compose.sveltos.Addon;
import dev.isobar.function.compose.sveltos.HealthGate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * The GPU Operator, one release per cluster, with the layouts of all pools. The names of its
 * ConfigMaps are fixed; their entries are named by content, and nodes choose theirs by label.
 */
final class GpuOperatorAddon {
  private static final HealthGate POLICY =
      new HealthGate(
          "gpu-operator",
          "nvidia.com",
          "v1",
          "ClusterPolicy",
          Optional.empty(),
          Map.of(),
          "has(resource.status) && has(resource.status.state) && resource.status.state =="
              + " \"ready\"");

  private GpuOperatorAddon() {}

  static Addon of(ClusterPlan plan, GpuConfigs configs, Collection<NodeMarks.Mark> taints) {
    return Addon.chart(
            AddonName.GPU_OPERATOR.text(),
            Charts.chart("gpu-operator", plan),
            values(plan, configs, taints))
        .keeping(kept(configs))
        .after(AddonList.afterNetwork(plan))
        .gated(POLICY);
  }

  private static String[] kept(GpuConfigs configs) {
    Stream<String> always =
        Stream.of(
            "daemonsets.tolerations",
            "devicePlugin.config",
            "driver.enabled",
            "driver.version",
            "mig",
            "migManager.config",
            "node-feature-discovery.worker.tolerations",
            Addon.SWITCH + "devicePlugin.enabled");
    Stream<String> slices =
        configs.divides() ? Stream.of(Addon.SWITCH + "migManager.enabled") : Stream.empty();
    return Stream.concat(always, slices).toArray(String[]::new);
  }

  private static SortedMap<String, Object> values(
      ClusterPlan plan, GpuConfigs configs, Collection<NodeMarks.Mark> taints) {
    List<SortedMap<String, Object>> everyGpuNode =
        Tolerations.all(
            List.of(Tolerations.exists(Marks.GPU_TAINT), Tolerations.exists(Marks.NOT_READY_TAINT)),
            taints);
    List<SortedMap<String, Object>> everyNode =
        Tolerations.all(
            List.of(
                Tolerations.controlPlane(),
                Tolerations.exists(Marks.GPU_TAINT),
                Tolerations.exists(Marks.NOT_READY_TAINT)),
            taints);
    Fields migConfig =
        Fields.with("create", true)
            .set("name", "isobar-mig")
            .set("default", "all-disabled")
            .set("data", Map.of("config.yaml", configs.mig()));
    Fields values =
        Fields.with("mig", Fields.with("strategy", configs.migStrategy()))
            .set("migManager", migManager(plan, migConfig))
            .set("daemonsets", Fields.with("tolerations", everyGpuNode))
            .set(
                "node-feature-discovery",
                Fields.with("worker", Fields.with("tolerations", everyNode)))
            .set(
                "dcgmExporter",
                Fields.with(
                    "serviceMonitor", Fields.with("enabled", plan.spec().addons().monitoring())))
            .set("driver", driver(plan));
    if (plan.managed()) {
      values.set("toolkit", Fields.with("enabled", false));
    }
    if (!configs.devicePlugin().isEmpty()) {
      values.set("devicePlugin", sharing(configs));
    }
    return values.map();
  }

  /** Images of EKS have driver and container toolkit, and nodeadm tells containerd of them. */
  private static Fields driver(ClusterPlan plan) {
    var settings = plan.spec().addons().gpuOperator();
    return Fields.with("enabled", !settings.driverPreinstalled() && !plan.managed())
        .set("version", settings.driverVersion());
  }

  private static Fields migManager(ClusterPlan plan, Fields config) {
    Fields manager = Fields.with("config", config);
    if (plan.settings().gpuOperator().migReboot()) {
      manager.set("env", List.of(Map.of("name", "WITH_REBOOT", "value", "true")));
    }
    return manager;
  }

  private static Fields sharing(GpuConfigs configs) {
    return Fields.with(
        "config",
        Fields.with("create", true)
            .set("name", "isobar-sharing")
            .set("default", configs.unshared())
            .set("data", configs.devicePlugin()));
  }
}
