package dev.isobar.function.compose.addon;

import dev.isobar.apis.tree.Fields;
import dev.isobar.function.compose.plan.AddonName;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.sveltos.Addon;
import dev.isobar.function.compose.sveltos.HealthGate;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * AWS's cloud controller: nodes are not ready before it ran, and Services of type LoadBalancer come
 * from it. It acts with the instance profile of the control plane's machines.
 */
final class AwsCloudController {
  private AwsCloudController() {}

  static Addon of(ClusterPlan plan) {
    return Addon.chart(
            AddonName.CLOUD_CONTROLLER.text(),
            Charts.chart(Charts.AWS_CLOUD_CONTROLLER, plan.settings()),
            values(plan))
        .gated(
            HealthGate.daemonSet(
                "cloud-controller", "kube-system", "k8s-app", "aws-cloud-controller-manager"))
        .staying();
  }

  /** It comes before the pod network does, so it has the machines' own. */
  private static SortedMap<String, Object> values(ClusterPlan plan) {
    return Fields.with(
            "args",
            List.of(
                "--v=2",
                "--cloud-provider=aws",
                "--cluster-name=" + plan.id().cluster(),
                "--configure-cloud-routes=false"))
        .set("image", Fields.with("tag", Charts.awsController(plan.versions().lowest().minor())))
        .set("hostNetworking", true)
        .set("nodeSelector", Map.of("node-role.kubernetes.io/control-plane", ""))
        .set(
            "tolerations",
            List.of(
                Tolerations.exists("node.cloudprovider.kubernetes.io/uninitialized"),
                Tolerations.controlPlane(),
                Tolerations.exists("node.kubernetes.io/not-ready")))
        .map();
  }
}
