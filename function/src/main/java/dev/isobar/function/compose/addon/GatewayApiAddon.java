package dev.isobar.function.compose.addon;

import dev.isobar.apis.tree.Fields;
import dev.isobar.function.compose.plan.AddonName;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.sveltos.Addon;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The kinds of the Gateway API, those of its standard channel; they outlive the add-on. */
final class GatewayApiAddon {
  private GatewayApiAddon() {}

  static Optional<Addon> of(ClusterPlan plan) {
    return plan.spec().addons().gatewayApi()
        ? Optional.of(
            Addon.chart(
                    AddonName.GATEWAY_API.text(),
                    Charts.chart("traefik-crds", plan),
                    Fields.with("traefik", false).set("gatewayAPI", true).map())
                .keeping("traefik", "deleteOnUninstall"))
        : Optional.empty();
  }

  /** What those wait for that need a network, and use these kinds where they are. */
  static List<String> before(ClusterPlan plan) {
    List<String> before = new ArrayList<>(AddonList.afterNetwork(plan));
    if (plan.spec().addons().gatewayApi()) {
      before.add(AddonName.GATEWAY_API.text());
    }
    return List.copyOf(before);
  }
}
