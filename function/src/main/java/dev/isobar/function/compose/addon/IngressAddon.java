package dev.isobar.function.compose.addon;

import dev.isobar.apis.platform.Addons.Ingress;
import dev.isobar.apis.tree.Fields;
import dev.isobar.function.compose.plan.AddonName;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.sveltos.Addon;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The way in for HTTP: Traefik, for Ingresses, and for Routes of the Gateway API where its kinds
 * are there.
 */
final class IngressAddon {
  private IngressAddon() {}

  static Optional<Addon> of(ClusterPlan plan) {
    return plan.spec().addons().ingress() == Ingress.Traefik
        ? Optional.of(
            Addon.chart(AddonName.INGRESS.text(), Charts.chart("traefik", plan), values(plan))
                .after(GatewayApiAddon.before(plan))
                .upgradingCrds())
        : Optional.empty();
  }

  private static SortedMap<String, Object> values(ClusterPlan plan) {
    Fields values =
        Fields.with("deployment", Fields.with("replicas", 2))
            .set("podDisruptionBudget", Fields.with("enabled", true).set("maxUnavailable", 1))
            .set("global", Fields.with("checkNewVersion", false));
    if (plan.spec().addons().gatewayApi()) {
      values
          .set("providers", Fields.with("kubernetesGateway", Fields.with("enabled", true)))
          .set("gateway", Fields.with("listeners", Fields.with("web", listener())));
    }
    return values.map();
  }

  /** Teams have their Routes in namespaces of their own. */
  private static Fields listener() {
    return Fields.with("namespacePolicy", Map.of("from", "All"));
  }
}
