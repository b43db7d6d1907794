package dev.isobar.function.compose.addon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.ManagementCluster;
import dev.isobar.function.compose.Manifest;
import dev.isobar.function.compose.ec2.Ec2Lab;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Storage class {@code shared}, and the rights with which its volumes are made. */
final class SharedVolumesTest {
  private static final String SECRETS =
      """
        csi.storage.k8s.io/controller-expand-secret-name: manila-credentials
        csi.storage.k8s.io/controller-expand-secret-namespace: kube-system
        csi.storage.k8s.io/node-publish-secret-name: manila-credentials
        csi.storage.k8s.io/node-publish-secret-namespace: kube-system
        csi.storage.k8s.io/node-stage-secret-name: manila-credentials
        csi.storage.k8s.io/node-stage-secret-namespace: kube-system
        csi.storage.k8s.io/provisioner-secret-name: manila-credentials
        csi.storage.k8s.io/provisioner-secret-namespace: kube-system
      """;

  record Row(String reason, String claim, String expected) {}

  static Stream<Row> rows() {
    return Stream.of(
        new Row(
            "NFS, for the cluster's own network",
            "{manila: {type: nfs}}",
            """
            provisioner: nfs.manila.csi.openstack.org
            reclaimPolicy: Delete
            parameters:
              type: nfs
              nfs-shareClient: 10.8.0.0/20
            """),
        new Row(
            "NFS with a network of shares, for whom the claim names",
            "{reclaim: Retain, manila: {type: nfs, shareNetwork:"
                + " 00000000-0000-4000-8000-000000000001, clients: [192.0.2.0/24,"
                + " 198.51.100.0/24]}}",
            """
            provisioner: nfs.manila.csi.openstack.org
            reclaimPolicy: Retain
            parameters:
              type: nfs
              nfs-shareClient: 192.0.2.0/24,198.51.100.0/24
              shareNetworkID: 00000000-0000-4000-8000-000000000001
            """),
        new Row(
            "CephFS",
            "{manila: {type: cephfs, protocol: CephFS}}",
            """
            provisioner: cephfs.manila.csi.openstack.org
            reclaimPolicy: Delete
            parameters:
              type: cephfs
              cephfs-mounter: kernel
            """));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void makesSharesOfManila(Row row) {
    ManagementCluster cluster =
        ManagementCluster.with("addons: {sharedVolumes: " + row.claim + "}");
    String text =
        Tree.of(cluster.composed("addon.shared-volumes.config"))
            .at("data", "storage-class.yaml")
            .text()
            .orElseThrow();
    String all =
        """
        apiVersion: storage.k8s.io/v1
        kind: StorageClass
        metadata: {name: shared}
        allowVolumeExpansion: true
        volumeBindingMode: Immediate
        """;
    assertThat(Tree.of(Manifest.of(text)).plain())
        .as(row.reason)
        .isEqualTo(Tree.of(Manifest.of(all + row.expected + SECRETS)).plain());
  }

  @Test
  void theDriverGetsItsRightsOutOfTheCloudsCredentials() {
    ManagementCluster cluster =
        ManagementCluster.with(ServiceAddonsTest.SHARES)
            .cloud("workloadCredentials: {cloudName: lab}");
    Tree config = Tree.of(cluster.composed("addon.shared-volumes.config"));
    assertThat(config.at("metadata", "annotations", "projectsveltos.io/template").text())
        .contains("true");
    assertThat(config.at("data", "secret.yaml").text().orElse(""))
        .contains(
            "dig \"clouds\" \"lab\" dict (index $data \"clouds.yaml\" | b64dec | fromYaml)",
            "os-region: \"UmVnaW9uT25l\"",
            """
            {{- with get $auth "application_credential_secret" }}
              os-applicationCredentialSecret: {{ . | toString | b64enc | quote }}
            {{- end }}
            """);
    assertThat(ServiceAddonsTest.spec(cluster, "shared-volumes").at("templateResourceRefs").plain())
        .hasToString(
            "[{identifier=Shares, resource={apiVersion=v1, kind=Secret, name=wekeo-workload,"
                + " namespace=clouds}}]");
  }

  /** Nodes with GPUs are tainted, and mount volumes like all others. */
  @Test
  void volumesAreMountedOnEveryNode() {
    ManagementCluster nfs = ManagementCluster.with(ServiceAddonsTest.SHARES);
    Object all = Manifest.plain("[{operator: Exists}]");
    assertThat(
            ServiceAddonsTest.values(nfs, "shared-volumes").at("nodeplugin", "tolerations").plain())
        .isEqualTo(all);
    ManagementCluster ceph =
        ManagementCluster.with("addons: {sharedVolumes: {manila: {type: a, protocol: CephFS}}}");
    assertThat(
            ServiceAddonsTest.values(ceph, "share-driver").at("nodeplugin", "tolerations").plain())
        .isEqualTo(all);
  }

  @Test
  void makesAccessPointsOfEfs() {
    assertThat(
            ServiceAddonsTest.values(Ec2Lab.with(ServiceAddonsTest.FILES), "shared-volumes")
                .plain())
        .isEqualTo(
            Tree.of(
                    Manifest.of(
                        """
                        controller:
                          deleteAccessPointRootDir: true
                          replicaCount: 2
                          nodeSelector: {node-role.kubernetes.io/control-plane: ''}
                          tolerations: [{key: node-role.kubernetes.io/control-plane, operator: Exists, effect: NoSchedule}]
                        storageClasses:
                        - name: shared
                          parameters: {provisioningMode: efs-ap, fileSystemId: fs-0123456789abcdef0, directoryPerms: '700'}
                          reclaimPolicy: Delete
                          volumeBindingMode: Immediate
                        """))
                .plain());
  }
}
