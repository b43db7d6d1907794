package dev.isobar.function.compose.addon;

import dev.isobar.apis.compute.WorkloadCredentials;
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
 * OpenStack's cloud controller: nodes are not ready before it ran, and Services of type
 * LoadBalancer come from it. It brings the cloud's credentials into the cluster, for itself and for
 * volumes.
 */
final class CloudController {
  /** The Secret inside the cluster. */
  static final String SECRET = "cloud-config";

  private CloudController() {}

  /** Nothing when the Cloud has no credentials for clusters. */
  static Optional<Addon> of(ClusterPlan plan) {
    return plan.cloud()
        .spec()
        .workloadCredentials()
        .map(credentials ->
            Addon.chart(
                    AddonName.CLOUD_CONTROLLER.text(),
                    Charts.chart("openstack-cloud-controller-manager", plan),
                    values(plan))
                .keeping("cluster", "secret")
                .with(CloudConfig.objects(plan, credentials), source(credentials))
                .gated(
                    HealthGate.daemonSet(
                        "cloud-controller",
                        "kube-system",
                        "app.kubernetes.io/name",
                        "openstack-cloud-controller-manager"))
                .staying());
  }

  private static Addon.SecretSource source(WorkloadCredentials credentials) {
    return new Addon.SecretSource(
        CloudConfig.IDENTIFIER,
        credentials.secretRef().namespace(),
        credentials.secretRef().name());
  }

  private static SortedMap<String, Object> values(ClusterPlan plan) {
    return Fields.with(
            "secret", Fields.with("enabled", true).set("create", false).set("name", SECRET))
        .set("cluster", Fields.with("name", plan.id().cluster()))
        .set("enabledControllers", List.of("cloud-node", "cloud-node-lifecycle", "service"))
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
