package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the API server and etcd read and write on machines of the control plane. */
final class ControlPlaneFilesTest {
  record Row(String reason, String claim, String sentence) {}

  static Stream<Row> disks() {
    return Stream.of(
        new Row(
            "a disk smaller than its database",
            "controlPlane: {etcd: {disk: {size: 2Gi}, quota: 8Gi}}",
            "spec.controlPlane.etcd.disk.size: 2Gi does not hold a database of 8Gi and its log, and"
                + " etcd stops when its disk is full; set it to at least 9Gi, or the quota to at"
                + " most 1Gi"),
        new Row(
            "a disk smaller than the usual database",
            "controlPlane: {etcd: {disk: {size: 1Gi}}}",
            "spec.controlPlane.etcd.disk.size: 1Gi does not hold a database of 4Gi and its log, and"
                + " etcd stops when its disk is full; set it to at least 5Gi"));
  }

  static Stream<Row> flags() {
    return Stream.of(
        nowhere("token-auth-file", "remove it and use spec.security.oidc"),
        nowhere(
            "audit-policy-file",
            "remove it: with audit-log-path, who did what to which object is logged"),
        nowhere(
            "audit-webhook-config-file",
            "remove it and set audit-log-path to /var/log/kubernetes/audit.log, or to - for the"
                + " pod's log"),
        nowhere("kubelet-certificate-authority", "remove it, or name one of /etc/kubernetes/pki"),
        nowhere("egress-selector-config-file", "remove it"),
        nowhere("tls-sni-cert-key", "remove it and use spec.controlPlane.certificateNames"),
        nowhere("a-file-of-a-later-release-file", "remove it"),
        log("/etc/passwd"),
        log("/var/log/kubernetes"),
        log("/var/log/kubernetes/../audit.log"),
        log("audit.log"));
  }

  private static Row flag(String name, String value, String says) {
    return new Row(
        name,
        "controlPlane: {apiServerFlags: {%s: '%s'}}".formatted(name, value),
        "spec.controlPlane.apiServerFlags[" + name + "]: " + says);
  }

  private static Row nowhere(String name, String remedy) {
    return flag(
        name,
        "/etc/passwd",
        "names a file that nothing puts on the machines, and the API server would not start; "
            + remedy);
  }

  private static Row log(String path) {
    return flag(
        "audit-log-path",
        path,
        "is not in the one folder the API server may write to, so the log would be lost; set it to"
            + " /var/log/kubernetes/audit.log, or to - for the pod's log");
  }

  @ParameterizedTest
  @MethodSource({"disks", "flags"})
  void isRefused(Row row) {
    assertThat(ManagementCluster.with(row.claim).refusals())
        .as(row.reason)
        .containsExactly(row.sentence);
  }

  static Stream<Row> good() {
    return Stream.of(
        new Row(
            "files that are there",
            "controlPlane: {apiServerFlags: {audit-log-path: /var/log/kubernetes/audit/a.log,"
                + " kubelet-certificate-authority: /etc/kubernetes/pki/ca.crt}}",
            ""),
        new Row("a disk that holds its database", "controlPlane: {etcd: {disk: {size: 5Gi}}}", ""));
  }

  @ParameterizedTest
  @MethodSource("good")
  void isTaken(Row row) {
    assertThat(ManagementCluster.with(row.claim).refusals()).as(row.reason).isEmpty();
  }

  @Test
  void filesOfAnImageThatAreInUseAreKept() {
    ManagementCluster cluster = ManagementCluster.with("{}");
    cluster.settle();
    String flags = "{extraArgs: [{name: audit-policy-file, value: /etc/own}]}";
    cluster.observed(
        "control-plane",
        "spec: {kubeadmConfigSpec: {clusterConfiguration: {apiServer: " + flags + "}}}");
    cluster.claim("controlPlane: {apiServerFlags: {audit-policy-file: /etc/own}}");
    assertThat(cluster.refusals()).isEmpty();
    cluster.claim("controlPlane: {apiServerFlags: {audit-policy-file: /etc/other}}");
    assertThat(cluster.refusals()).hasSize(1);
  }

  @Test
  void aDiskInUseIsKept() {
    ManagementCluster cluster = ManagementCluster.with("controlPlane: {etcd: {disk: {size: 9Gi}}}");
    cluster.settle();
    String template =
        cluster.composed().resources().keySet().stream()
            .filter(key -> key.startsWith("control-plane.machines."))
            .findFirst()
            .orElseThrow();
    cluster.observed(
        template, "spec: {template: {spec: {additionalBlockDevices: [{name: etcd, sizeGiB: 3}]}}}");
    assertThat(cluster.claim("controlPlane: {etcd: {disk: {size: 3Gi}}}").refusals()).isEmpty();
    assertThat(cluster.claim("controlPlane: {etcd: {disk: {size: 2Gi}}}").refusals()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"v: '2',''", "audit-log-path: '-',''", "audit-log-path: LOGS/a.log,LOGS"})
  void logsAreWrittenToTheMachine(String flags, String folder) {
    String logs = "/var/log/kubernetes";
    String claim = "controlPlane: {apiServerFlags: {" + flags.replace("LOGS", logs) + "}}";
    Tree volumes =
        Tree.of(ManagementCluster.with(claim).composed("control-plane"))
            .at("spec", "kubeadmConfigSpec", "clusterConfiguration")
            .at("apiServer", "extraVolumes");
    String writable =
        volumes.items().stream()
            .filter(volume -> !volume.at("readOnly").truth().orElse(false))
            .flatMap(volume -> volume.at("hostPath").text().stream())
            .collect(Collectors.joining());
    assertThat(writable).isEqualTo(folder.replace("LOGS", logs));
  }
}
