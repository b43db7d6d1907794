package dev.isobar.function.compose.addon;

import dev.isobar.apis.platform.Volumes;
import dev.isobar.apis.tree.Fields;
import dev.isobar.function.compose.plan.AddonName;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.sveltos.Addon;
import dev.isobar.function.compose.sveltos.HealthGate;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * EBS volumes, encrypted, with a default storage class that waits for the pod: a volume is of one
 * zone. The controller acts with the instance profile of the control plane's machines, and on EKS,
 * where there are none, with what the Cloud says of it.
 */
final class EbsVolumes {
  private static final String USUAL_TYPE = "gp3";
  private static final int CONTROLLERS = 2;

  private EbsVolumes() {}

  static Addon of(ClusterPlan plan) {
    List<String> before = plan.managed() ? List.of() : List.of(AddonName.CLOUD_CONTROLLER.text());
    return Addon.chart(
            AddonName.VOLUMES.text(), Charts.chart("aws-ebs-csi-driver", plan), values(plan))
        .keeping("controller.k8sTagClusterId", "controller.region")
        .after(before)
        .gated(
            HealthGate.daemonSet(
                "volumes", "kube-system", "app.kubernetes.io/name", "aws-ebs-csi-driver"))
        .staying();
  }

  private static SortedMap<String, Object> values(ClusterPlan plan) {
    Fields controller =
        Fields.with("region", plan.controlPlane().region())
            .set("k8sTagClusterId", plan.id().cluster());
    if (plan.managed()) {
      controller
          .set("replicaCount", CONTROLLERS)
          .set("serviceAccount", plan.cloud().volumesRole().map(EbsVolumes::assuming));
    } else {
      controller
          .set("replicaCount", Math.min(CONTROLLERS, plan.spec().controlPlane().replicas()))
          .set("nodeSelector", Map.of("node-role.kubernetes.io/control-plane", ""))
          .set("tolerations", List.of(Tolerations.controlPlane()));
    }
    return Fields.with("controller", controller)
        .set("node", Fields.with("tolerateAllTaints", true).set("enableWindows", false))
        .set("storageClasses", List.of(storageClass(plan.spec().addons().volumes())))
        .map();
  }

  private static Fields assuming(String role) {
    return Fields.with("annotations", Map.of("eks.amazonaws.com/role-arn", role));
  }

  private static SortedMap<String, Object> storageClass(Volumes volumes) {
    return Fields.with("name", "ebs")
        .set("annotations", Map.of("storageclass.kubernetes.io/is-default-class", "true"))
        .set(
            "parameters",
            Fields.with("encrypted", "true").set("type", volumes.type().orElse(USUAL_TYPE)))
        .set("reclaimPolicy", volumes.reclaim().name())
        .set("allowVolumeExpansion", true)
        .set("volumeBindingMode", "WaitForFirstConsumer")
        .map();
  }
}
