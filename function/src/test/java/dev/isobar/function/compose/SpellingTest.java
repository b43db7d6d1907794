package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.naming.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nodes are not replaced because somebody wrote the same in other words. */
final class SpellingTest {
  private static String pool(String more) {
    return "pools: [{name: a, machineType: m1.large, replicas: 1, " + more + "}]\n";
  }

  record Row(String reason, String one, String other) {}

  static Stream<Row> rows() {
    return Stream.of(
        new Row("root disk", pool("rootDisk: {size: 50Gi}"), pool("rootDisk: {size: 51200Mi}")),
        new Row("fraction", pool("rootDisk: {size: 51.5Gi}"), pool("rootDisk: {size: 52736Mi}")),
        new Row(
            "disk",
            pool("disks: [{name: a, size: 1Ti, mountPath: /a}]"),
            pool("disks: [{name: a, size: 1024Gi, mountPath: /a}]")),
        new Row(
            "memory of the system",
            pool("kubelet: {reservedMemory: 1Gi}"),
            pool("kubelet: {reservedMemory: 1024Mi}")),
        new Row(
            "CPU of the system",
            pool("kubelet: {reservedCpu: '2'}"),
            pool("kubelet: {reservedCpu: 2000m}")),
        new Row(
            "order of taints",
            pool("taints: [{key: a, effect: NoSchedule}, {key: b, effect: NoExecute}]"),
            pool("taints: [{key: b, effect: NoExecute}, {key: a, effect: NoSchedule}]")),
        new Row(
            "order of time servers",
            "nodes: {timeServers: [a.example.org, b.example.org]}",
            "nodes: {timeServers: [b.example.org, a.example.org]}"),
        new Row(
            "order of mirrors",
            "nodes: {registryMirrors: [{registry: a.org, endpoints: ['https://m']}, {registry:"
                + " b.org, endpoints: ['https://m']}]}",
            "nodes: {registryMirrors: [{registry: b.org, endpoints: ['https://m']}, {registry:"
                + " a.org, endpoints: ['https://m']}]}"),
        new Row(
            "order of names",
            "controlPlane: {certificateNames: [a.example.org, b.example.org]}",
            "controlPlane: {certificateNames: [b.example.org, a.example.org]}"),
        new Row(
            "order of namespaces",
            "security: {podSecurity: {exemptNamespaces: [a, b]}}",
            "security: {podSecurity: {exemptNamespaces: [b, a]}}"),
        new Row("a default", "{}", "controlPlane: {etcd: {quota: 4096Mi}}"),
        new Row(
            "quota", "controlPlane: {etcd: {quota: 8Gi}}", "controlPlane: {etcd: {quota: 8192Mi}}"),
        new Row(
            "etcd's disk",
            "controlPlane: {etcd: {disk: {size: 20Gi}}}",
            "controlPlane: {etcd: {disk: {size: 20480Mi}}}"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void doesNotMatter(Row row) {
    assertThat(names(ManagementCluster.with(row.one)))
        .as(row.reason)
        .isEqualTo(names(ManagementCluster.with(row.other)));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void mayBeChangedInAClusterThatExists(Row row) {
    ManagementCluster cluster = ManagementCluster.with(row.one);
    cluster.settle();
    List<String> before = names(cluster);
    assertThat(names(cluster.claim(row.other))).as(row.reason).isEqualTo(before);
  }

  private static List<String> names(ManagementCluster cluster) {
    return Stream.concat(
            cluster.keys().stream(),
            Tree.of(cluster.composed("control-plane"))
                .at("metadata", "annotations", "isobar.dev/content-hash")
                .text()
                .stream())
        .toList();
  }

  @Test
  void whatOrderMeansSomethingIsKept() {
    String disks =
        "disks: [{name: %s, size: 1Gi, mountPath: /a}, {name: %s, size: 1Gi, mountPath: /b}]";
    assertThat(names(ManagementCluster.with(pool(disks.formatted("a", "b")))))
        .isNotEqualTo(names(ManagementCluster.with(pool(disks.formatted("b", "a")))));
  }

  /** What earlier releases named after the claim's own words goes on under its name. */
  @Test
  void namesOfEarlierReleasesStay() {
    String machines =
        "{\"image\":{\"name\":\"kube-1.35.2\"},\"machineTypes\":[\"m1.large\"],"
            + "\"rootDisk\":{\"size\":\"51200Mi\"}}";
    String hash = Names.digest(machines, 8);
    String key = "pool.a.machines." + hash;
    ManagementCluster cluster = ManagementCluster.with(pool("rootDisk: {size: 51200Mi}"));
    assertThat(cluster.keys()).doesNotContain(key);
    cluster.settle();
    cluster.copied("pool.a.machines.", key);
    assertThat(cluster.keys()).contains(key);
    assertThat(
            Tree.of(cluster.composed("pool.a"))
                .at("spec", "template", "spec")
                .at("infrastructureRef", "name")
                .text())
        .hasValueSatisfying(name -> assertThat(name).endsWith(hash));
  }

  @Test
  void howNodesAreDrainedReplacesNone() {
    ManagementCluster cluster = ManagementCluster.with(pool("rootDisk: {size: 51200Mi}"));
    cluster.settle();
    List<String> before = new ArrayList<>(names(cluster));
    before.remove("sessions");
    assertThat(names(cluster.claim("nodes: {waitForSessions: false}"))).isEqualTo(before);
  }

  /** It was part of the names of what is written on nodes. */
  @Test
  void nodesThatWereMadeWithoutWaitingStay() {
    String hash = Names.digest("{\"version\":\"1.35.2\",\"waitForSessions\":false}", 8);
    String key = "pool.a.bootstrap." + hash;
    ManagementCluster cluster =
        ManagementCluster.with(pool("labels: {}") + "nodes: {waitForSessions: false}");
    assertThat(cluster.keys()).doesNotContain(key);
    cluster.settle();
    cluster.copied("pool.a.bootstrap.", key);
    assertThat(cluster.keys()).contains(key);
  }
}
