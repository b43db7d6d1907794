package dev.isobar.function.compose.addon;

import dev.isobar.apis.platform.Volumes;
import dev.isobar.apis.tree.Fields;
import dev.isobar.function.compose.plan.AddonName;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.sveltos.Addon;
import dev.isobar.function.compose.sveltos.HealthGate;
import dev.isobar.function.compose.text.Yaml;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Cinder volumes, with a default storage class that waits for the pod, so that volume and pod meet.
 */
final class CloudVolumes {
  private CloudVolumes() {}

  /** Nothing when the Cloud has no credentials for clusters. */
  static Optional<Addon> of(ClusterPlan plan) {
    return plan.cloud()
        .spec()
        .workloadCredentials()
        .map(_ ->
            Addon.chart(
                    AddonName.VOLUMES.text(),
                    Charts.chart("openstack-cinder-csi", plan),
                    values(plan))
                .keeping("clusterID", "csi.plugin.volumeMounts", "csi.plugin.volumes", "secret")
                .after(List.of(AddonName.CLOUD_CONTROLLER.text()))
                .gated(
                    HealthGate.daemonSet("volumes", "kube-system", "app", "openstack-cinder-csi"))
                .staying());
  }

  private static SortedMap<String, Object> values(ClusterPlan plan) {
    Fields secret =
        Fields.with("enabled", true)
            .set("create", false)
            .set("name", CloudController.SECRET)
            .set("filename", "cloud.conf");
    // Charts up to 2.32 look for the Secret in /etc/kubernetes, later ones in /etc/config: it is
    // mounted at both.
    Fields plugin =
        Fields.with(
                "volumes", List.of(Fields.with("name", "cacert").set("emptyDir", Map.of()).map()))
            .set("volumeMounts", List.of(mount("/etc/config"), mount("/etc/kubernetes")))
            .set(
                "controllerPlugin",
                Fields.with("nodeSelector", Map.of("node-role.kubernetes.io/control-plane", ""))
                    .set("tolerations", List.of(Tolerations.controlPlane())));
    return Fields.with("secret", secret)
        .set("clusterID", plan.id().cluster())
        .set(
            "csi",
            Fields.with("plugin", plugin).set("provisioner", Fields.with("topology", "false")))
        .set(
            "storageClass",
            Fields.with("enabled", false)
                .set("custom", Yaml.write(storageClass(plan.spec().addons().volumes()))))
        .map();
  }

  private static SortedMap<String, Object> mount(String path) {
    return Fields.with("name", "cloud-config").set("mountPath", path).set("readOnly", true).map();
  }

  private static SortedMap<String, Object> storageClass(Volumes volumes) {
    return Fields.with("apiVersion", "storage.k8s.io/v1")
        .set("kind", "StorageClass")
        .set(
            "metadata",
            Fields.with("name", "cinder")
                .set("annotations", Map.of("storageclass.kubernetes.io/is-default-class", "true")))
        .set("provisioner", "cinder.csi.openstack.org")
        .setUnlessEmpty("parameters", Fields.with("type", volumes.type()))
        .set("reclaimPolicy", volumes.reclaim().name())
        .set("allowVolumeExpansion", true)
        .set("volumeBindingMode", "WaitForFirstConsumer")
        .map();
  }
}
