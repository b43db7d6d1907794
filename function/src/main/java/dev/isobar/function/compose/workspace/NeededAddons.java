package dev.isobar.function.compose.workspace;

import dev.isobar.apis.workspace.HubIngress;
import dev.isobar.apis.workspace.JupyterHub;
import dev.isobar.apis.workspace.QueueingScheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a workspace needs of its cluster that the cluster's claim does not bring. Somebody may have
 * brought it otherwise, so nothing is refused for it; it is told where something does not work.
 */
public final class NeededAddons {
  private NeededAddons() {}

  /** What keeps add-ons from being deployed when it is not there, in words; empty when nothing. */
  public static Optional<String> missing(WorkspacePlan plan) {
    List<String> missing = new ArrayList<>();
    if (plan.spec().scheduler().flatMap(QueueingScheduler::kueue).isPresent()
        && !plan.cluster().addons().kueue()) {
      missing.add("spec.scheduler.kueue needs Kueue, which spec.addons.kueue" + brings(plan));
    }
    if (plan.spec().jupyterhub().flatMap(JupyterHub::gateway).isPresent()
        && !plan.cluster().addons().gatewayApi()) {
      missing.add(
          "spec.jupyterhub.gateway needs the kinds of the Gateway API, which spec.addons.gatewayApi"
              + brings(plan));
    }
    return joined(missing);
  }

  /** What keeps a hub that works from having its certificate, in words; empty when nothing. */
  public static Optional<String> uncertified(WorkspacePlan plan) {
    boolean brought =
        plan.cluster().addons().certManager() || !plan.cluster().addons().extra().isEmpty();
    return plan.spec()
        .jupyterhub()
        .flatMap(JupyterHub::ingress)
        .flatMap(HubIngress::clusterIssuer)
        .filter(_ -> !brought)
        .map(issuer ->
            "its certificate of ClusterIssuer "
                + issuer
                + " needs cert-manager, which spec.addons.certManager"
                + brings(plan));
  }

  private static String brings(WorkspacePlan plan) {
    return " of PlatformCluster "
        + plan.clusterId().claim()
        + " brings, unless the cluster has it otherwise";
  }

  private static Optional<String> joined(List<String> words) {
    return words.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", words));
  }
}
