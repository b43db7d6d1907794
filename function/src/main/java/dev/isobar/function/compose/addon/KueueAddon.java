package dev.isobar.function.compose.addon;

import dev.isobar.apis.tree.Fields;
import dev.isobar.function.compose.plan.AddonName;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.sveltos.Addon;
import dev.isobar.function.compose.sveltos.HealthGate;
import java.util.Optional;

/** Queues for batch work and notebooks; its quotas are the team's own objects. */
final class KueueAddon {
  private KueueAddon() {}

  static Optional<Addon> of(ClusterPlan plan) {
    return plan.spec().addons().kueue()
        ? Optional.of(
            Addon.chart(
                    AddonName.KUEUE.text(),
                    Charts.chart("kueue", plan),
                    Fields.with("kubernetesClusterDomain", plan.spec().network().serviceDomain())
                        .map())
                .keeping("kubernetesClusterDomain")
                .after(AddonList.afterNetwork(plan))
                .gated(
                    HealthGate.deployment(
                        "kueue", "kueue-system", "control-plane", "controller-manager")))
        : Optional.empty();
  }
}
