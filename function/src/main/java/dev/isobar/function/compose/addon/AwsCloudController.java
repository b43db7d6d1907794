package dev.isobar.function.compose.addon;

import dev.isobar.apis.tree.Fields;
import dev.isobar.function.compose.plan.AddonName;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.sveltos.Addon;
import dev.isobar.function.compose.sveltos.HealthGate;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * AWS's cloud controller: nodes are not ready before it ran, and Services of type LoadBalancer come
 * from it. It acts with the instance profile of the control plane's machines.
 */
final class AwsCloudController {
  /**
   * Images by Kubernetes minor; the chart knows of one alone. A release is not enough: 1.36 has
   * some, and registry.k8s.io no image of them.
   *
   * @see <a
   *     href="https://github.com/kubernetes/k8s.io/blob/main/registry.k8s.io/images/k8s-staging-provider-aws/images.yaml">what
   *     is there</a>
   */
  private static final SortedMap<Integer, String> RELEASES =
      new TreeMap<>(
          Map.of(31, "v1.31.9", 32, "v1.32.8", 33, "v1.33.4", 34, "v1.34.3", 35, "v1.35.2"));

  private AwsCloudController() {}

  static Addon of(ClusterPlan plan) {
    return Addon.chart(
            AddonName.CLOUD_CONTROLLER.text(),
            Charts.chart("aws-cloud-controller-manager", plan),
            values(plan))
        .keeping("args", "hostNetworking")
        .gated(
            HealthGate.daemonSet(
                "cloud-controller", "kube-system", "k8s-app", "aws-cloud-controller-manager"))
        .staying();
  }

  /** The release for a minor; the nearest one there is. */
  private static String release(int minor) {
    int nearest = Math.clamp(minor, RELEASES.firstKey(), RELEASES.lastKey());
    return RELEASES.getOrDefault(nearest, "");
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
        .set("image", Fields.with("tag", release(plan.versions().lowest().minor())))
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
