package dev.isobar.function.compose.addon;

import dev.isobar.apis.platform.Prometheus;
import dev.isobar.apis.platform.SecretKey;
import dev.isobar.apis.tree.Fields;
import dev.isobar.function.compose.plan.AddonName;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.sveltos.Addon;
import dev.isobar.function.compose.sveltos.SecretCopy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Prometheus, Alertmanager and Grafana. Whatever monitors, rules and dashboards there are in the
 * cluster are taken up, whoever made them; the other add-ons are measured, and GPUs have a
 * dashboard of ours.
 */
final class MonitoringAddon {
  private static final String NAMESPACE = "monitoring";
  private static final String RECEIVERS = "alertmanager-receivers";

  private MonitoringAddon() {}

  static Optional<Addon> of(ClusterPlan plan, boolean gpus) {
    return plan.spec().addons().monitoring() ? Optional.of(addon(plan, gpus)) : Optional.empty();
  }

  private static Addon addon(ClusterPlan plan, boolean gpus) {
    List<String> before = new ArrayList<>(AddonList.afterNetwork(plan));
    if (plan.cloud().lendsRights()) {
      before.add(AddonName.VOLUMES.text());
    }
    Addon addon =
        Addon.chart(
                AddonName.MONITORING.text(),
                Charts.chart("kube-prometheus-stack", plan),
                values(plan))
            .after(before)
            .upgradingCrds();
    Addon shown = gpus ? addon.with(GpuDashboard.object(NAMESPACE)) : addon;
    return receivers(plan)
        .map(secret -> shown.with(secret).keeping("alertmanager.alertmanagerSpec.configSecret"))
        .orElse(shown);
  }

  private static Optional<SecretCopy> receivers(ClusterPlan plan) {
    return plan.spec()
        .addons()
        .alertmanager()
        .configSecretRef()
        .map(key ->
            SecretCopy.of(source(plan, key), NAMESPACE, RECEIVERS, "alertmanager.yaml", key.key()));
  }

  private static Addon.SecretSource source(ClusterPlan plan, SecretKey key) {
    return new Addon.SecretSource("Receivers", plan.id().namespace(), key.name());
  }

  private static SortedMap<String, Object> values(ClusterPlan plan) {
    // kubeadm serves the metrics of these on the loopback interface only.
    Fields unreachable = Fields.with("enabled", false);
    Fields values =
        Fields.with(
                "prometheus",
                Fields.with("prometheusSpec", prometheus(plan))
                    .setUnlessEmpty(
                        "additionalPodMonitors", AddonMonitors.of(plan.spec().addons())))
            .set("kubeControllerManager", unreachable)
            .set("kubeScheduler", unreachable)
            .set("kubeProxy", unreachable)
            .set("kubeEtcd", unreachable);
    receivers(plan)
        .ifPresent(secret ->
            values.set(
                "alertmanager",
                Fields.with(
                    "alertmanagerSpec",
                    Fields.with("useExistingSecret", true).set("configSecret", secret.name()))));
    return values.map();
  }

  private static Fields prometheus(ClusterPlan plan) {
    Prometheus kept = plan.spec().addons().prometheus();
    Fields spec = Fields.with("retention", kept.retention().map(span -> span.seconds() + "s"));
    for (String kind : List.of("serviceMonitor", "podMonitor", "rule", "probe", "scrapeConfig")) {
      spec.set(kind + "SelectorNilUsesHelmValues", false);
    }
    if (plan.cloud().lendsRights()) {
      Fields claim =
          Fields.with("accessModes", List.of("ReadWriteOnce"))
              .set("storageClassName", kept.storageClass())
              .set(
                  "resources",
                  Fields.with("requests", Fields.with("storage", kept.storage().text())));
      spec.set("storageSpec", Fields.with("volumeClaimTemplate", Fields.with("spec", claim)));
    }
    return spec;
  }
}
