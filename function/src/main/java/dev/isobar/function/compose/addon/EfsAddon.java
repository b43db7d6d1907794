package dev.isobar.function.compose.addon;

import dev.isobar.apis.platform.ControlPlane;
import dev.isobar.apis.platform.SharedVolumes.Efs;
import dev.isobar.apis.platform.Volumes.Reclaim;
import dev.isobar.apis.tree.Fields;
import dev.isobar.function.compose.plan.AddonName;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.sveltos.Addon;
import dev.isobar.function.compose.sveltos.HealthGate;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Access points of a file system of EFS as volumes. The controller acts with the instance profile
 * of the control plane's machines.
 */
final class EfsAddon {
  private EfsAddon() {}

  static Addon of(ClusterPlan plan, Reclaim reclaim, Efs files) {
    return Addon.chart(
            AddonName.SHARED_VOLUMES.text(),
            Charts.chart("aws-efs-csi-driver", plan),
            values(plan, reclaim, files))
        .after(AddonList.afterNetwork(plan))
        .gated(
            HealthGate.daemonSet(
                "shared-volumes", "kube-system", "app.kubernetes.io/name", "aws-efs-csi-driver"))
        .staying();
  }

  private static SortedMap<String, Object> values(ClusterPlan plan, Reclaim reclaim, Efs files) {
    Fields controller = Fields.with("deleteAccessPointRootDir", reclaim == Reclaim.Delete);
    if (plan.spec().controlPlane().kind() == ControlPlane.Kind.Kubeadm) {
      controller
          .set("replicaCount", Math.min(2, plan.spec().controlPlane().replicas()))
          .set("nodeSelector", Map.of("node-role.kubernetes.io/control-plane", ""))
          .set("tolerations", List.of(Tolerations.controlPlane()));
    }
    return Fields.with("controller", controller)
        .set("storageClasses", List.of(storageClass(reclaim, files)))
        .map();
  }

  private static SortedMap<String, Object> storageClass(Reclaim reclaim, Efs files) {
    return Fields.with("name", ShareAddons.STORAGE_CLASS)
        .set(
            "parameters",
            Fields.with("provisioningMode", "efs-ap")
                .set("fileSystemId", files.fileSystem())
                .set("directoryPerms", "700"))
        .set("reclaimPolicy", reclaim.name())
        .set("volumeBindingMode", "Immediate")
        .map();
  }
}
