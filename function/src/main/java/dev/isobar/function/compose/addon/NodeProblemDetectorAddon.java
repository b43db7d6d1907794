package dev.isobar.function.compose.addon;

import dev.isobar.apis.tree.Fields;
import dev.isobar.function.compose.naming.Canonical;
import dev.isobar.function.compose.plan.AddonName;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.sveltos.Addon;
import dev.isobar.function.compose.sveltos.HealthGate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Tells trouble that kernels report as conditions and events of their nodes. NVIDIA's driver
 * reports errors of GPUs as XIDs: each becomes an event, and those after which a GPU works only
 * once it is reset or its node restarted become condition {@code GpuFailure}.
 *
 * @see <a href="https://docs.nvidia.com/deploy/xid-errors/">XID errors</a>
 */
final class NodeProblemDetectorAddon {
  private static final String NAME = "node-problem-detector";
  private static final String GPU_MONITOR = "nvidia-xid-monitor.json";
  private static final String XID = "NVRM: Xid \\(PCI:[^)]*\\): ";

  /** XIDs that end the work of a GPU, and what they mean. */
  private record Fatal(String reason, String xids) {}

  private static final List<Fatal> FATAL =
      List.of(
          new Fatal("GpuMemoryError", "(48|64|95)"),
          new Fatal("GpuNvLinkError", "74"),
          new Fatal("GpuFellOffTheBus", "79"),
          new Fatal("GpuFirmwareError", "(119|120)"));

  private NodeProblemDetectorAddon() {}

  static Optional<Addon> of(ClusterPlan plan) {
    return plan.spec().addons().nodeProblemDetector()
        ? Optional.of(
            Addon.chart(AddonName.NODE_PROBLEM_DETECTOR.text(), Charts.chart(NAME, plan), values())
                .after(AddonList.afterNetwork(plan))
                .gated(HealthGate.daemonSet(NAME, "kube-system", "app.kubernetes.io/name", NAME)))
        : Optional.empty();
  }

  private static SortedMap<String, Object> values() {
    Fields settings =
        Fields.with("custom_monitor_definitions", Map.of(GPU_MONITOR, Canonical.json(gpuMonitor())))
            .set(
                "log_monitors",
                List.of(
                    "/config/kernel-monitor.json",
                    "/config/readonly-monitor.json",
                    "/custom-config/" + GPU_MONITOR));
    return Fields.with("settings", settings).set("tolerations", Tolerations.everything()).map();
  }

  /** In the form of config/kernel-monitor.json of node-problem-detector 1.35. */
  private static SortedMap<String, Object> gpuMonitor() {
    List<Object> rules = new ArrayList<>();
    rules.add(
        Fields.with("type", "temporary")
            .set("reason", "NvidiaXid")
            .set("pattern", XID + "\\d+,.*")
            .map());
    for (Fatal fatal : FATAL) {
      rules.add(
          Fields.with("type", "permanent")
              .set("condition", "GpuFailure")
              .set("reason", fatal.reason())
              .set("pattern", XID + fatal.xids() + ",.*")
              .map());
    }
    return Fields.with("plugin", "kmsg")
        .set("logPath", "/dev/kmsg")
        .set("lookback", "5m")
        .set("bufferSize", 10)
        .set("source", "nvidia-xid-monitor")
        .set("metricsReporting", true)
        .set(
            "conditions",
            List.of(
                Fields.with("type", "GpuFailure")
                    .set("reason", "GpusWork")
                    .set("message", "no GPU has reported an error that it cannot get over")
                    .map()))
        .set("rules", rules)
        .map();
  }
}
