package dev.isobar.function.compose.addon;

import dev.isobar.apis.platform.Network;
import dev.isobar.apis.tree.Fields;
import dev.isobar.function.compose.plan.AddonName;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.sveltos.Addon;
import dev.isobar.function.compose.sveltos.HealthGate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The pod network: Cilium or Calico, both as overlays, so that they work on any network of a cloud.
 * EKS has its own, because its API servers reach no overlay.
 */
final class PodNetwork {
  private PodNetwork() {}

  static Optional<Addon> of(ClusterPlan plan) {
    Network network = plan.spec().network();
    if (plan.managed()) {
      return Optional.empty();
    }
    return switch (network.cni()) {
      case Cilium ->
          Optional.of(
              Addon.chart(AddonName.CNI.text(), Charts.chart("cilium", plan), cilium(plan))
                  .keeping(
                      "ipam",
                      "k8s.requireIPv4PodCIDR",
                      "kubeProxyReplacement",
                      Addon.SWITCH + "agent",
                      Addon.SWITCH + "operator.enabled")
                  .gated(HealthGate.daemonSet("cilium", "kube-system", "k8s-app", "cilium"))
                  .staying());
      case Calico ->
          Optional.of(
              Addon.chart(
                      AddonName.CNI.text(), Charts.chart("tigera-operator", plan), calico(network))
                  .keeping(
                      "installation.calicoNetwork.bgp",
                      "installation.calicoNetwork.ipPools",
                      Addon.SWITCH + "installation.enabled")
                  .gated(
                      HealthGate.daemonSet(
                          "calico-node", "calico-system", "k8s-app", "calico-node"))
                  .upgradingCrds()
                  .staying());
      case None -> Optional.empty();
    };
  }

  /** kube-proxy stays: then nothing here depends on the API's address, which is not known yet. */
  private static SortedMap<String, Object> cilium(ClusterPlan plan) {
    int operators = Math.min(2, plan.spec().controlPlane().replicas());
    return Fields.with("ipam", Fields.with("mode", "kubernetes"))
        .set("k8s", Fields.with("requireIPv4PodCIDR", true))
        .set("kubeProxyReplacement", "false")
        .set("operator", Fields.with("replicas", operators))
        .set("hubble", Fields.with("enabled", false))
        .map();
  }

  private static SortedMap<String, Object> calico(Network network) {
    Fields pool =
        Fields.with("cidr", network.podCidr().text())
            .set("encapsulation", "VXLAN")
            .set("natOutgoing", "Enabled")
            .set("nodeSelector", "all()")
            .set("blockSize", 26);
    Fields calicoNetwork =
        Fields.with("bgp", "Disabled")
            .set("nodeAddressAutodetectionV4", Fields.with("kubernetes", "NodeInternalIP"))
            .set("ipPools", List.of(pool.map()));
    return Fields.with("installation", Fields.with("calicoNetwork", calicoNetwork))
        .set("goldmane", Fields.with("enabled", false))
        .set("whisker", Fields.with("enabled", false))
        .set("nodeSelector", Map.of("node-role.kubernetes.io/control-plane", ""))
        .map();
  }
}
