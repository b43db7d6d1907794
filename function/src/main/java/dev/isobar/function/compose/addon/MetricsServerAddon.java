package dev.isobar.function.compose.addon;

import dev.isobar.apis.tree.Fields;
import dev.isobar.function.compose.plan.AddonName;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.sveltos.Addon;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Metrics for {@code kubectl top} and horizontal autoscaling. */
final class MetricsServerAddon {
  private MetricsServerAddon() {}

  static Optional<Addon> of(ClusterPlan plan) {
    return plan.spec().addons().metricsServer()
        ? Optional.of(
            Addon.chart(
                    AddonName.METRICS_SERVER.text(), Charts.chart("metrics-server", plan), values())
                .after(AddonList.afterNetwork(plan)))
        : Optional.empty();
  }

  /** kubeadm's kubelets serve certificates that nobody signed, so they cannot be verified. */
  private static SortedMap<String, Object> values() {
    return Fields.with("args", List.of("--kubelet-insecure-tls"))
        .set("podDisruptionBudget", Fields.with("enabled", true).set("maxUnavailable", 1))
        .map();
  }
}
