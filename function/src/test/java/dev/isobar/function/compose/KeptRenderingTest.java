package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.function.tree.Tree;
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

  @Test
  void aSwitchOfTheApiVersionWritesTemplatesAnewUnderTheSameNames() {
    ManagementCluster cluster = ManagementCluster.with(POOLS);
    cluster.settle();
    var before = cluster.keys();
    cluster.settings("openStackApiVersion: v1beta2");
    assertThat(cluster.keys()).isEqualTo(before);
    before.stream()
        .filter(
            key -> key.startsWith("pool.a.machines.") || key.startsWith("control-plane.machines"))
        .forEach(key ->
            assertThat(Tree.of(cluster.composed(key)).at("apiVersion").text())
                .contains("infrastructure.cluster.x-k8s.io/v1beta2"));
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
