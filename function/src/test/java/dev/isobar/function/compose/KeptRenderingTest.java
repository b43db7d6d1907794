package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What an earlier release of the function wrote on machines stays as it is until the user changes
 * something that ends up on them.
 */
final class KeptRenderingTest {
  private static final String POOLS =
      """
      pools:
      - {name: a, machineType: m1.large, replicas: 1}
      - {name: g, machineType: g2.a100.2, replicas: 1, gpu: {partitioning: {none: {}}}}
      """;

  /** A cluster whose objects an earlier release wrote, in its own way. */
  private static ManagementCluster old() {
    ManagementCluster cluster = ManagementCluster.with(POOLS);
    cluster.settle();
    cluster.observed(
        "control-plane", "spec: {kubeadmConfigSpec: {verbosity: 3, files: [{path: /old}]}}");
    cluster
        .observed()
        .forEach((key, object) -> {
          if (Retention.isTemplate(object)) {
            cluster.observed(key, "spec: {template: {spec: {written: by an earlier release}}}");
          }
        });
    return cluster;
  }

  private static String config(ManagementCluster cluster) {
    return String.valueOf(
        Tree.of(cluster.composed("control-plane")).at("spec", "kubeadmConfigSpec").plain());
  }

  @Test
  void isEmittedAsItWasObserved() {
    ManagementCluster cluster = old();
    Map<String, Tree> before = cluster.observed();
    assertThat(cluster.keys()).isEqualTo(List.copyOf(before.keySet()));
    before.forEach((key, object) -> {
      Tree now = Tree.of(cluster.composed(key));
      if (Retention.isTemplate(object)) {
        assertThat(now.at("spec").plain()).as(key).isEqualTo(object.at("spec").plain());
        assertThat(now.at("metadata", "generation").exists()).isFalse();
        assertThat(now.at("status").exists()).isFalse();
      }
    });
    assertThat(config(cluster)).contains("verbosity=3", "path=/old");
  }

  @Test
  void survivesSettings() {
    ManagementCluster cluster =
        old().settings("defaults: {timeServers: [ntp.example.org], registryMirrors: []}");
    assertThat(config(cluster)).contains("verbosity=3").doesNotContain("ntp");
    assertThat(cluster.keys()).isEqualTo(List.copyOf(cluster.observed().keySet()));
  }

  record Change(String reason, String claim, String renewed) {}

  static Stream<Change> changes() {
    return Stream.of(
        new Change(
            "of the API server", "controlPlane: {apiServerFlags: {v: '4'}}", "control-plane"),
        new Change(
            "of all nodes",
            "nodes: {kubelet: {maxPods: 60}}",
            "a.bootstrap control-plane g.bootstrap"),
        new Change(
            "of the control plane's machines",
            "controlPlane: {machineType: m1.small}",
            "control-plane.machines"),
        new Change(
            "of one pool",
            POOLS.replace("replicas: 1}\n-", "replicas: 1, labels: {x: y}}\n-"),
            "a.bootstrap"),
        new Change(
            "of the version",
            "version: 1.35.3",
            "a.bootstrap a.machines control-plane control-plane.machines g.bootstrap g.machines"));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void isRenewedWithTheUsersChange(Change row) {
    ManagementCluster cluster =
        old()
            .cloud("images: [{kubernetes: 1.35.2, name: x}, {kubernetes: 1.35.3, name: y}]")
            .claim(row.claim);
    cluster.settle();
    var renewed = new TreeSet<String>();
    cluster
        .observed()
        .forEach((key, object) -> {
          boolean config = object.at("spec", "kubeadmConfigSpec").exists();
          boolean old =
              String.valueOf(object.plain()).contains(config ? "verbosity" : "earlier release");
          if (!old && (config || Retention.isTemplate(object))) {
            renewed.add(key.replaceAll("^pool\\.", "").replaceAll("\\.[0-9a-f]{8}$", ""));
          }
        });
    assertThat(String.join(" ", renewed)).as(row.reason).isEqualTo(row.renewed);
  }

  record Switch(String reason, String from, String to, String before, String after) {}

  static Stream<Switch> switches() {
    return Stream.of(
        new Switch(
            "to the second",
            "v1beta1",
            "v1beta2",
            "{flavor: m1.large, ports: [{trunk: true, disablePortSecurity: true}]}",
            "{flavor: {filter: {name: m1.large}}, ports: [{trunk: true, enablePortSecurity:"
                + " false}]}"),
        new Switch(
            "by id", "v1beta1", "v1beta2", "{flavor: null, flavorID: f1}", "{flavor: {id: f1}}"),
        new Switch(
            "back to the first",
            "v1beta2",
            "v1beta1",
            "{flavor: {filter: {name: m1.large}}, ports: [{enablePortSecurity: false}]}",
            "{flavor: m1.large, ports: [{disablePortSecurity: true}]}"),
        new Switch(
            "back, by id",
            "v1beta2",
            "v1beta1",
            "{flavor: {filter: null, id: f1}}",
            "{flavorID: f1}"));
  }

  @ParameterizedTest
  @MethodSource("switches")
  void aSwitchOfTheApiVersionConvertsTemplatesAndPlansNoneAnew(Switch row) {
    ManagementCluster cluster =
        ManagementCluster.with("pools: [{name: a, machineType: m1.large, replicas: 1}]")
            .settings("openStackApiVersion: " + row.from);
    cluster.settle();
    var before = cluster.keys();
    String key =
        before.stream().filter(one -> one.startsWith("pool.a.machines.")).findFirst().orElseThrow();
    cluster.observed(key, "spec: {template: {spec: " + row.before + "}}");
    cluster.cloud("sshKey: another");
    cluster.settings("openStackApiVersion: " + row.to);
    assertThat(cluster.keys()).as(row.reason).isEqualTo(before);
    Tree now = Tree.of(cluster.composed(key));
    assertThat(now.at("apiVersion").text()).contains("infrastructure.cluster.x-k8s.io/" + row.to);
    assertThat(now.at("spec", "template", "spec").plain())
        .as(row.reason)
        .isEqualTo(
            Manifest.plain(
                "{image: {filter: {name: kube-1.35.2}}, sshKeyName: platform, "
                    + row.after.substring(1)));
    String smaller = "pools: [{name: a, machineType: m1.small, replicas: 1}]";
    assertThat(Tree.of(cluster.claim(smaller).composed(key)).at("apiVersion").text())
        .as("those that a rollout still needs too")
        .contains("infrastructure.cluster.x-k8s.io/" + row.to);
  }

  @Test
  void choicesThatAnEarlierReleaseDidNotWriteDownAreNotHeldAgainstTheClaim() {
    ManagementCluster cluster = ManagementCluster.with("{}");
    cluster.settle();
    cluster.observed(
        "cluster",
        "metadata: {annotations: {isobar.dev/fixed: \"cloud=wekeo\\nnetwork.cni=Cilium\"}}");
    assertThat(cluster.refusals()).isEmpty();
    assertThat(cluster.claim("network: {cni: Calico}").refusals())
        .containsExactly(
            "spec.network.cni: cannot be changed from Cilium to Calico; set it back, or make a new"
                + " cluster and move the work there");
  }
}
