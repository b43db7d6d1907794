package dev.isobar.function.compose.addon;

import dev.isobar.apis.tree.Fields;
import dev.isobar.function.compose.plan.AddonName;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.sveltos.Addon;
import dev.isobar.function.compose.sveltos.HealthGate;
import java.util.Optional;
import java.util.SortedMap;

/** Certificates of ACME and other issuers, for Gateways too where there are any. */
final class CertManagerAddon {
  private CertManagerAddon() {}

  static Optional<Addon> of(ClusterPlan plan) {
    return plan.spec().addons().certManager()
        ? Optional.of(
            Addon.chart(
                    AddonName.CERT_MANAGER.text(), Charts.chart("cert-manager", plan), values(plan))
                .keeping("crds")
                .after(GatewayApiAddon.before(plan))
                .gated(
                    HealthGate.deployment(
                        "cert-manager-webhook",
                        "cert-manager",
                        "app.kubernetes.io/name",
                        "webhook")))
        : Optional.empty();
  }

  private static SortedMap<String, Object> values(ClusterPlan plan) {
    Fields values = Fields.with("crds", Fields.with("enabled", true).set("keep", true));
    if (plan.spec().addons().gatewayApi()) {
      values.set(
          "config",
          Fields.with("apiVersion", "controller.config.cert-manager.io/v1alpha1")
              .set("kind", "ControllerConfiguration")
              .set("gatewayAPI", Fields.with("enabled", true)));
    }
    return values.map();
  }
}
