package dev.isobar.function.compose.addon;

import dev.isobar.apis.platform.SharedVolumes.Protocol;
import dev.isobar.apis.tree.Fields;
import dev.isobar.function.compose.plan.AddonName;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.sveltos.Addon;
import dev.isobar.function.compose.sveltos.HealthGate;
import java.util.Map;
import java.util.SortedMap;

/**
 * What mounts Manila's shares on nodes: a driver of their protocol, to which Manila's own hands
 * over. It is on every node, those of the control plane included, where Manila's controller is.
 */
final class ShareDriverAddon {
  private ShareDriverAddon() {}

  static Addon of(ClusterPlan plan, Protocol protocol) {
    Addon addon =
        switch (protocol) {
          case NFS ->
              Addon.chart(
                      AddonName.SHARE_DRIVER.text(), Charts.chart("csi-driver-nfs", plan), nfs())
                  .gated(
                      HealthGate.daemonSet(
                          "share-driver",
                          "kube-system",
                          "app.kubernetes.io/name",
                          "csi-driver-nfs"));
          case CephFS ->
              Addon.chart(
                      AddonName.SHARE_DRIVER.text(),
                      Charts.chart("ceph-csi-cephfs", plan),
                      cephFs())
                  .gated(
                      HealthGate.daemonSet(
                          "share-driver", "kube-system", "app", "ceph-csi-cephfs"));
        };
    return addon.after(AddonList.afterNetwork(plan)).staying();
  }

  private static SortedMap<String, Object> nfs() {
    return Fields.with(
            "controller",
            Fields.with("runOnControlPlane", true).set("tolerations", Tolerations.everything()))
        .map();
  }

  /** Manila makes the shares, so its own provisioner has nothing to do. */
  private static SortedMap<String, Object> cephFs() {
    return Fields.with("nodeplugin", Fields.with("tolerations", Tolerations.everything()))
        .set(
            "provisioner",
            Fields.with("replicaCount", 1)
                .set("nodeSelector", Map.of("node-role.kubernetes.io/control-plane", ""))
                .set("tolerations", Tolerations.everything()))
        .map();
  }
}
