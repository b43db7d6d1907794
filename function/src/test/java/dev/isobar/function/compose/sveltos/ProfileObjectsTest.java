package dev.isobar.function.compose.sveltos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.ManagementCluster;
import dev.isobar.function.compose.Manifest;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole objects, with the fields of Sveltos 1.12. */
final class ProfileObjectsTest {
  private static final String OBJECT =
      """
      apiVersion: config.projectsveltos.io/v1beta1
      kind: ClusterProfile
      metadata:
        name: eo-lab-f4bd8-mine
        labels: {isobar.dev/cluster: eo-lab-f4bd8, isobar.dev/addon: mine}
      spec:
        clusterRefs: [{apiVersion: cluster.x-k8s.io/v1beta2, kind: Cluster, namespace: eo4eu, name: eo-lab-f4bd8}]
        dependsOn: [eo-lab-f4bd8-cni]
      """;

  private static final String RELEASE =
      """
      spec:
        helmCharts:
        - repositoryURL: https://charts.example.org
          repositoryName: isobar-4d5d5d5c
          chartName: isobar-4d5d5d5c/app
          chartVersion: 1.2.3
          releaseName: mine
          releaseNamespace: tools
      """;

  private static ManagementCluster with(String addon) {
    String namespace = addon.startsWith("chart") ? "namespace: tools, " : "";
    return ManagementCluster.with("addons: {extra: [{name: mine, " + namespace + addon + "}]}");
  }

  private static String chart(String values) {
    return "chart: {repository: 'https://charts.example.org', name: app, version: 1.2.3, values: "
        + values
        + "}";
  }

  record Row(String reason, String addon, String spec, String config) {}

  static Stream<Row> rows() {
    String from =
        "        valuesFrom: [{kind: ConfigMap, namespace: eo4eu, name:"
            + " eo-lab-f4bd8-mine-config}]\n";
    String inline = "    values: |\n      a:\n        b: 1\n";
    return Stream.of(
        new Row("a chart", chart("{}"), RELEASE, ""),
        new Row("values", chart("{a: {b: 1}}"), RELEASE + inline, ""),
        new Row(
            "values that look like a template would be rendered, twice, so they go elsewhere",
            chart("{a: '{{ .Release.Name }}'}"),
            RELEASE + from.substring(4),
            "values.yaml: |\n  a: \"{{ .Release.Name }}\"\n"),
        new Row(
            "an OCI registry names the chart alone",
            chart("{}").replace("https://charts.example.org", "oci://charts.example.org"),
            RELEASE
                .replace("https://charts.example.org", "oci://charts.example.org")
                .replace("isobar-4d5d5d5c/app", "app")
                .replace("isobar-4d5d5d5c", "isobar-7d80d67b"),
            ""),
        new Row(
            "manifests, taken literally",
            "manifests: \"apiVersion: v1\\nkind: ConfigMap\\nmetadata: {name: a}\\ndata: {a: '{{ b"
                + " }}'}\\n\"",
            "spec: {policyRefs: [{kind: ConfigMap, namespace: eo4eu, name:"
                + " eo-lab-f4bd8-mine-config}]}",
            "manifests.yaml: |\n"
                + "  apiVersion: v1\n"
                + "  kind: ConfigMap\n"
                + "  metadata: {name: a}\n"
                + "  data: {a: '{{ b }}'}\n"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void areWhatSveltosDeploys(Row row) {
    ManagementCluster cluster = with(row.addon);
    assertThat(cluster.composed("addon.mine"))
        .as(row.reason)
        .isEqualTo(Tree.of(Manifest.merged(Manifest.of(OBJECT), row.spec)).plain());
    if (row.config.isEmpty()) {
      assertThat(cluster.keys()).doesNotContain("addon.mine.config");
      return;
    }
    assertThat(cluster.composed("addon.mine.config"))
        .as("without the annotation that would make it a template")
        .isEqualTo(
            Manifest.plain(
                """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: eo-lab-f4bd8-mine-config
                  namespace: eo4eu
                  labels: {isobar.dev/cluster: eo-lab-f4bd8, isobar.dev/addon: mine}
                data:
                """
                    + row.config.indent(2)));
  }

  @Test
  void aNamespacedCompositeStaysInItsNamespace() {
    ManagementCluster cluster =
        ManagementCluster.with("pools: [{name: a, machineType: m1.large, replicas: 1}]")
            .namespaced("eo4eu", "eo-lab");
    Tree profile = Tree.of(cluster.composed("addon.cni"));
    assertThat(profile.at("kind").text()).contains("Profile");
    cluster
        .keys()
        .forEach(key ->
            assertThat(Tree.of(cluster.composed(key)).at("metadata", "namespace").text())
                .as(key)
                .contains("eo4eu"));
    assertThat(profile.at("metadata", "name").text())
        .as("same names in both flavours")
        .isEqualTo(
            Tree.of(ManagementCluster.with("{}").composed("addon.cni"))
                .at("metadata", "name")
                .text());
  }

  @Test
  void repositoriesHaveANameForEachAddress() {
    ManagementCluster cluster =
        ManagementCluster.with("addons: {monitoring: true, certManager: true, ingress: Traefik}");
    Map<String, String> names = new HashMap<>();
    for (String key : cluster.keys()) {
      for (Tree release : Tree.of(cluster.composed(key)).at("spec", "helmCharts").items()) {
        String address = release.at("repositoryURL").text().orElseThrow();
        String name = release.at("repositoryName").text().orElseThrow();
        assertThat(names.merge(address, name, (one, _) -> one)).as(address).isEqualTo(name);
      }
    }
    assertThat(names.values()).hasSize(6).doesNotHaveDuplicates();
  }
}
