package dev.isobar.function.compose.addon;

import dev.isobar.apis.compute.WorkloadCredentials;
import dev.isobar.apis.platform.SharedVolumes.Manila;
import dev.isobar.apis.platform.SharedVolumes.Protocol;
import dev.isobar.apis.platform.Volumes.Reclaim;
import dev.isobar.apis.schema.Cidr;
import dev.isobar.apis.tree.Fields;
import dev.isobar.function.compose.plan.AddonName;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.sveltos.Addon;
import dev.isobar.function.compose.sveltos.HealthGate;
import dev.isobar.function.compose.text.Yaml;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Shares of OpenStack Manila as volumes. Its driver takes credentials by keys of its own, so a
 * template, which Sveltos alone fills in, reads them out of clouds.yaml.
 */
final class ManilaAddon {
  private static final String SECRET = "manila-credentials";
  private static final String NAMESPACE = "kube-system";
  private static final String IDENTIFIER = "Shares";

  /** Keys of the driver's Secret by those of {@code auth} in clouds.yaml. */
  private static final SortedMap<String, String> KEYS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("auth_url", "os-authURL"),
              Map.entry("application_credential_id", "os-applicationCredentialID"),
              Map.entry("application_credential_name", "os-applicationCredentialName"),
              Map.entry("application_credential_secret", "os-applicationCredentialSecret"),
              Map.entry("user_id", "os-userID"),
              Map.entry("username", "os-userName"),
              Map.entry("password", "os-password"),
              Map.entry("domain_id", "os-domainID"),
              Map.entry("domain_name", "os-domainName"),
              Map.entry("user_domain_id", "os-userDomainID"),
              Map.entry("user_domain_name", "os-userDomainName"),
              Map.entry("project_id", "os-projectID"),
              Map.entry("project_name", "os-projectName"),
              Map.entry("project_domain_id", "os-projectDomainID"),
              Map.entry("project_domain_name", "os-projectDomainName")));

  private static final String BEGIN =
      """
      {{- $data := (getResource "%1$s").data -}}
      {{- if not (index $data "clouds.yaml") }}{{ fail "the Cloud's workload credentials have no key clouds.yaml" }}{{ end -}}
      {{- $cloud := dig "clouds" %2$s dict (index $data "clouds.yaml" | b64dec | fromYaml) -}}
      {{- $auth := dig "auth" dict $cloud -}}
      {{- if not (hasKey $auth "auth_url") }}{{ fail "clouds.yaml of the Cloud's workload credentials has no auth_url" }}{{ end -}}
      apiVersion: v1
      kind: Secret
      metadata:
        name: %3$s
        namespace: %4$s
      type: Opaque
      data:
        os-region: "%5$s"
      {{- if index $data "cacert" }}
        os-certAuthority: {{ index $data "cacert" | quote }}
      {{- end }}
      """;

  private static final String ENTRY =
      """
      {{- with get $auth "%s" }}
        %s: {{ . | toString | b64enc | quote }}
      {{- end }}
      """;

  private ManilaAddon() {}

  static Addon of(
      ClusterPlan plan, Reclaim reclaim, Manila shares, WorkloadCredentials credentials) {
    var source =
        new Addon.SecretSource(
            IDENTIFIER, credentials.secretRef().namespace(), credentials.secretRef().name());
    SortedMap<String, Object> objects = new TreeMap<>();
    objects.put("secret.yaml", secret(plan, credentials));
    objects.put("storage-class.yaml", Yaml.write(storageClass(plan, reclaim, shares)));
    return Addon.chart(
            AddonName.SHARED_VOLUMES.text(),
            Charts.chart("openstack-manila-csi", plan),
            values(plan, shares.protocol()))
        .keeping("csimanila.clusterID", "driverName", "shareProtocols")
        .with(objects, source)
        .after(List.of(AddonName.CLOUD_CONTROLLER.text(), AddonName.SHARE_DRIVER.text()))
        .gated(HealthGate.daemonSet("shared-volumes", NAMESPACE, "app", "openstack-manila-csi"))
        .staying();
  }

  private static String secret(ClusterPlan plan, WorkloadCredentials credentials) {
    String region = plan.controlPlane().region();
    var text =
        new StringBuilder(
            BEGIN.formatted(
                IDENTIFIER,
                quoted(credentials.cloudName()),
                SECRET,
                NAMESPACE,
                CloudConfig.encoded(region)));
    KEYS.forEach((from, to) -> text.append(ENTRY.formatted(from, to)));
    return text.toString();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static SortedMap<String, Object> values(ClusterPlan plan, Protocol protocol) {
    Fields everywhere = Fields.with("tolerations", Tolerations.everything());
    return Fields.with("shareProtocols", List.of(protocol(protocol)))
        .set("csimanila", Fields.with("clusterID", plan.id().cluster()))
        .set("nodeplugin", everywhere)
        .set(
            "controllerplugin",
            Fields.with("nodeSelector", Map.of("node-role.kubernetes.io/control-plane", ""))
                .set("tolerations", List.of(Tolerations.controlPlane())))
        .map();
  }

  /** Where the driver of a protocol listens on its node. */
  private static SortedMap<String, Object> protocol(Protocol protocol) {
    String folder =
        switch (protocol) {
          case NFS -> "/var/lib/kubelet/plugins/csi-nfsplugin";
          case CephFS -> "/var/lib/kubelet/plugins/cephfs.csi.ceph.com";
        };
    return Fields.with("protocolSelector", selector(protocol))
        .set("fsGroupPolicy", "None")
        .set("fwdNodePluginEndpoint", Fields.with("dir", folder).set("sockFile", "csi.sock"))
        .map();
  }

  private static String selector(Protocol protocol) {
    return switch (protocol) {
      case NFS -> "NFS";
      case CephFS -> "CEPHFS";
    };
  }

  private static SortedMap<String, Object> storageClass(
      ClusterPlan plan, Reclaim reclaim, Manila shares) {
    Fields parameters =
        Fields.with("type", shares.type()).set("shareNetworkID", shares.shareNetwork());
    for (String stage : List.of("provisioner", "controller-expand", "node-stage", "node-publish")) {
      parameters
          .set("csi.storage.k8s.io/" + stage + "-secret-name", SECRET)
          .set("csi.storage.k8s.io/" + stage + "-secret-namespace", NAMESPACE);
    }
    boolean ceph = shares.protocol() == Protocol.CephFS;
    if (ceph) {
      parameters.set("cephfs-mounter", "kernel");
    } else {
      parameters.set("nfs-shareClient", clients(plan, shares));
    }
    return Fields.with("apiVersion", "storage.k8s.io/v1")
        .set("kind", "StorageClass")
        .set("metadata", Fields.with("name", ShareAddons.STORAGE_CLASS))
        .set("provisioner", (ceph ? "cephfs" : "nfs") + ".manila.csi.openstack.org")
        .set("parameters", parameters)
        .set("reclaimPolicy", reclaim.name())
        .set("allowVolumeExpansion", true)
        .set("volumeBindingMode", "Immediate")
        .map();
  }

  private static String clients(ClusterPlan plan, Manila shares) {
    List<Cidr> clients =
        shares.clients().isEmpty() ? List.of(plan.spec().network().nodeCidr()) : shares.clients();
    return clients.stream().map(Cidr::text).collect(Collectors.joining(","));
  }
}
