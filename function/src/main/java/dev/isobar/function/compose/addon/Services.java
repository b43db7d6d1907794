package dev.isobar.function.compose.addon;

import dev.isobar.apis.platform.Addons.Ingress;
import dev.isobar.apis.tree.Fields;
import dev.isobar.function.compose.plan.AddonName;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.sveltos.Addon;
import dev.isobar.function.compose.sveltos.HealthGate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What most platforms want besides the necessary: metrics, certificates, a way in, monitoring. */
final class Services {
  private Services() {}

  /** kubeadm's kubelets serve certificates that nobody signed, so they cannot be verified. */
  static Optional<Addon> metricsServer(ClusterPlan plan) {
    return only(
            plan.spec().addons().metricsServer(),
            plan,
            "metrics-server",
            AddonName.METRICS_SERVER,
            Fields.with("args", List.of("--kubelet-insecure-tls"))
                .set("podDisruptionBudget", Fields.with("enabled", true).set("maxUnavailable", 1)))
        .map(addon -> addon.after(AddonList.afterNetwork(plan)));
  }

  static Optional<Addon> certManager(ClusterPlan plan) {
    return only(
            plan.spec().addons().certManager(),
            plan,
            "cert-manager",
            AddonName.CERT_MANAGER,
            Fields.with("crds", Fields.with("enabled", true).set("keep", true)))
        .map(addon ->
            addon
                .after(AddonList.afterNetwork(plan))
                .gated(
                    HealthGate.deployment(
                        "cert-manager-webhook",
                        "cert-manager",
                        "app.kubernetes.io/name",
                        "webhook")));
  }

  static Optional<Addon> ingress(ClusterPlan plan) {
    return only(
            plan.spec().addons().ingress() == Ingress.Traefik,
            plan,
            "traefik",
            AddonName.INGRESS,
            Fields.with("deployment", Fields.with("replicas", 2))
                .set("podDisruptionBudget", Fields.with("enabled", true).set("maxUnavailable", 1))
                .set("global", Fields.with("checkNewVersion", false)))
        .map(addon -> addon.after(AddonList.afterNetwork(plan)).upgradingCrds());
  }

  static Optional<Addon> monitoring(ClusterPlan plan) {
    Fields selectors = Fields.none();
    for (String kind : List.of("serviceMonitor", "podMonitor", "rule", "probe", "scrapeConfig")) {
      selectors.set(kind + "SelectorNilUsesHelmValues", false);
    }
    boolean volumes = plan.cloud().lendsRights();
    if (volumes) {
      Fields claim =
          Fields.with("accessModes", List.of("ReadWriteOnce"))
              .set("resources", Fields.with("requests", Fields.with("storage", "50Gi")));
      selectors.set("storageSpec", Fields.with("volumeClaimTemplate", Fields.with("spec", claim)));
    }
    // kubeadm serves the metrics of these on the loopback interface only.
    Fields unreachable = Fields.with("enabled", false);
    List<String> before = new ArrayList<>(AddonList.afterNetwork(plan));
    if (volumes) {
      before.add(AddonName.VOLUMES.text());
    }
    return only(
            plan.spec().addons().monitoring(),
            plan,
            "kube-prometheus-stack",
            AddonName.MONITORING,
            Fields.with("prometheus", Fields.with("prometheusSpec", selectors))
                .set("kubeControllerManager", unreachable)
                .set("kubeScheduler", unreachable)
                .set("kubeProxy", unreachable)
                .set("kubeEtcd", unreachable))
        .map(addon -> addon.after(before).upgradingCrds());
  }

  private static Optional<Addon> only(
      boolean wanted, ClusterPlan plan, String chart, AddonName name, Fields values) {
    return wanted
        ? Optional.of(Addon.chart(name.text(), Charts.chart(chart, plan.settings()), values.map()))
        : Optional.empty();
  }
}
