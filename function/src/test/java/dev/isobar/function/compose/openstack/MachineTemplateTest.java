package dev.isobar.function.compose.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.function.compose.ManagementCluster;
import dev.isobar.function.compose.Manifest;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The fields are those of cluster-api-provider-openstack 0.14 (v1beta1) and 0.15 (v1beta2). */
final class MachineTemplateTest {
  private static final String CLAIM =
      """
      controlPlane: {rootDisk: {size: 50Gi, type: ssd}, etcd: {disk: {size: 20000Mi, type: nvme}}, serverGroup: apart}
      pools:
      - name: a
        machineType: m1.small
        replicas: 1
        disks: [{name: scratch, size: 100Gi, mountPath: /scratch}]
      """;

  private static final String HEAD =
      """
      image: {filter: {name: kube-1.35.2}}
      sshKeyName: platform
      rootVolume: {sizeGiB: 50, type: ssd}
      serverGroup: {filter: {name: apart}}
      additionalBlockDevices:
      - {name: etcd, sizeGiB: 20, storage: {type: Volume, volume: {type: nvme}}}
      """;

  private static final String POOL =
      """
      image: {filter: {name: kube-1.35.2}}
      sshKeyName: platform
      additionalBlockDevices:
      - {name: scratch, sizeGiB: 100, storage: {type: Volume}}
      """;

  record Row(String reason, String version, String key, String labels, String spec) {}

  static Stream<Row> rows() {
    return Stream.of(
        new Row(
            "control plane",
            "v1beta1",
            "control-plane.machines.",
            "{}",
            HEAD + "flavor: m1.large\n"),
        new Row(
            "control plane, next version: a flavor is an object",
            "v1beta2",
            "control-plane.machines.",
            "{}",
            HEAD + "flavor: {filter: {name: m1.large}}\n"),
        new Row(
            "pool",
            "v1beta1",
            "pool.a.machines.",
            "{isobar.dev/pool: a}",
            POOL + "flavor: m1.small\n"),
        new Row(
            "pool, next version",
            "v1beta2",
            "pool.a.machines.",
            "{isobar.dev/pool: a}",
            POOL + "flavor: {filter: {name: m1.small}}\n"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isAsItsProviderHasIt(Row row) {
    ManagementCluster cluster =
        ManagementCluster.with(CLAIM).settings("openStackApiVersion: " + row.version);
    String key =
        cluster.keys().stream().filter(one -> one.startsWith(row.key)).findFirst().orElseThrow();
    String hash = key.substring(row.key.length());
    String part = row.key.startsWith("pool") ? "a" : "cp";
    Object expected =
        Manifest.plain(
            """
            apiVersion: infrastructure.cluster.x-k8s.io/%s
            kind: OpenStackMachineTemplate
            metadata:
              name: eo-lab-f4bd8-%s-%s
              namespace: eo4eu
              annotations: {isobar.dev/architecture: amd64}
            spec:
              template:
                spec:
            """
                    .formatted(row.version, part, hash)
                + row.spec.indent(6));
    var labels =
        Manifest.merged(
            Manifest.of(
                "{isobar.dev/cluster: eo-lab-f4bd8, cluster.x-k8s.io/cluster-name: eo-lab-f4bd8}"),
            row.labels);
    var object = Manifest.object(expected);
    object.computeIfPresent(
        "metadata",
        (_, metadata) -> Manifest.merged(Manifest.object(metadata), Map.of("labels", labels)));
    assertThat(cluster.composed(key)).as(row.reason).isEqualTo(object);
  }
}
