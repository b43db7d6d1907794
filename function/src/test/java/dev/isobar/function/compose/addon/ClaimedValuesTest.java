package dev.isobar.function.compose.addon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.ManagementCluster;
import dev.isobar.function.compose.Manifest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values of a claim for Isobar's own add-ons. */
final class ClaimedValuesTest {
  record Row(String reason, String values, String expected) {}

  static Stream<Row> rows() {
    return Stream.of(
        new Row(
            "objects are merged",
            "{podDisruptionBudget: {maxUnavailable: 2}, replicas: 2}",
            "{args: [--kubelet-insecure-tls], podDisruptionBudget: {enabled: true, maxUnavailable:"
                + " 2}, replicas: 2}"),
        new Row(
            "lists are replaced",
            "{args: []}",
            "{args: [], podDisruptionBudget: {enabled: true, maxUnavailable: 1}}"),
        new Row(
            "null removes what the chart has",
            "{podDisruptionBudget: null}",
            "{args: [--kubelet-insecure-tls], podDisruptionBudget: null}"),
        new Row(
            "an object in place of something else",
            "{args: {a: b}}",
            "{args: {a: b}, podDisruptionBudget: {enabled: true, maxUnavailable: 1}}"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void areLaidOverIsobars(Row row) {
    ManagementCluster cluster =
        ManagementCluster.with("addons: {values: {metrics-server: " + row.values + "}}");
    assertThat(ServiceAddonsTest.values(cluster, "metrics-server").plain())
        .as(row.reason)
        .isEqualTo(Tree.of(Manifest.of(row.expected)).plain());
  }

  record Refused(String reason, String claim, String expected) {}

  private static final String KEPT =
      " is for Isobar alone to set, because add-on %s would not work otherwise; remove it, or look"
          + " for a field of the claim that says what you mean";

  static Stream<Refused> refused() {
    return Stream.of(
        new Refused(
            "a slip",
            "{values: {metric-server: {}}}",
            "spec.addons.values[metric-server]: there is no add-on of Isobar of this name; did you"
                + " mean metrics-server?"),
        new Refused(
            "one of the claim's own",
            "{values: {mine: {}}, extra: [{name: mine, manifests: '{apiVersion: v1, kind:"
                + " Namespace, metadata: {name: a}}'}]}",
            "spec.addons.values[mine]: there is no add-on of Isobar of this name; write the values"
                + " of your own add-on in spec.addons.extra[0].chart.values"),
        new Refused(
            "of a workspace",
            "{values: {jupyterhub: {}}}",
            "spec.addons.values[jupyterhub]: there is no add-on of Isobar of this name; there are"
                + " backup, cert-manager, cloud-controller, cni, external-dns, gateway-api,"
                + " gpu-operator, ingress, kueue, metrics-server, monitoring,"
                + " node-problem-detector, share-driver, shared-volumes and volumes"),
        new Refused(
            "switched off",
            "{values: {kueue: {}}}",
            "spec.addons.values[kueue]: add-on kueue is not installed in this cluster; switch it"
                + " on, or remove its values"),
        new Refused(
            "no object",
            "{values: {cni: true}}",
            "spec.addons.values[cni]: is no object; write the values of the add-on's chart below"
                + " it"),
        new Refused(
            "what it cannot work without",
            "{values: {cni: {ipam: {mode: cluster-pool}}}}",
            "spec.addons.values[cni].ipam:" + KEPT.formatted("cni")),
        off("cni", "agent", "{values: {cni: {agent: false}}}"),
        off("cni", "operator.enabled", "{values: {cni: {operator: {enabled: false}}}}"),
        new Refused(
            "the same, by removing what it is in",
            "{values: {volumes: {csi: null}}}",
            "spec.addons.values[volumes].csi:" + KEPT.formatted("volumes")),
        new Refused(
            "a template in what workspaces read",
            "{values: {gpu-operator: {a: '{{ b }}'}}}",
            "spec.addons.values[gpu-operator]: has \"{{\" in it, and then workspaces could not"
                + " read what is set; write it without"));
  }

  private static Refused off(String addon, String path, String values) {
    return new Refused(
        path + " of " + addon,
        values,
        "spec.addons.values["
            + addon
            + "]."
            + path
            + ": switches off what add-on "
            + addon
            + " does not work without; remove it");
  }

  /** It may have come there otherwise. */
  @Test
  void whatIsSwitchedOffOfAClusterThatStandsIsTheTeamsOwnAffair() {
    ManagementCluster cluster = ManagementCluster.with("{}");
    cluster.settle();
    assertThat(cluster.claim("addons: {values: {cni: {operator: {enabled: false}}}}").refusals())
        .isEmpty();
  }

  record Operator(String reason, String partitioning, String values, List<String> refused) {}

  static Stream<Operator> operators() {
    String slices = "{mig: {layout: {1g.10gb: 7}}}";
    String off =
        "spec.addons.values[gpu-operator].%s.enabled: switches off what add-on gpu-operator does"
            + " not work without; remove it";
    return Stream.of(
        new Operator(
            "nothing makes the slices",
            slices,
            "migManager: {enabled: false}",
            List.of(off.formatted("migManager"))),
        new Operator("there are none", "{none: {}}", "migManager: {enabled: false}", List.of()),
        new Operator(
            "nothing offers GPUs",
            "{none: {}}",
            "devicePlugin: {enabled: false}",
            List.of(off.formatted("devicePlugin"))),
        new Operator("as it is", slices, "devicePlugin: {enabled: true}", List.of()));
  }

  @ParameterizedTest
  @MethodSource("operators")
  void whatGpusNeedStaysOn(Operator row) {
    assertThat(
            ManagementCluster.with(
                    """
                    addons: {values: {gpu-operator: {%s}}}
                    pools: [{name: g, machineType: g2.a100.2, replicas: 1, gpu: {partitioning: %s}}]
                    """
                        .formatted(row.values, row.partitioning))
                .refusals())
        .as(row.reason)
        .isEqualTo(row.refused);
  }

  @ParameterizedTest
  @MethodSource("refused")
  void areRefused(Refused row) {
    assertThat(ManagementCluster.with("addons: " + row.claim).refusals())
        .as(row.reason)
        .containsExactly(row.expected);
  }

  /** The GPU Operator comes and goes with pools, and a claim need not follow it. */
  @Test
  void ofTheGpuOperatorMayStayWithoutIt() {
    String values = "addons: {values: {gpu-operator: {dcgmExporter: {enablePodLabels: true}}}}";
    assertThat(ManagementCluster.with(values).refusals()).isEmpty();
    assertThat(
            ServiceAddonsTest.values(
                    ManagementCluster.with(ServiceAddonsTest.GPUS + values), "gpu-operator")
                .at("dcgmExporter")
                .plain())
        .isEqualTo(Manifest.plain("{enablePodLabels: true, serviceMonitor: {enabled: false}}"));
  }

  /** They would be rendered with the objects, or be taken for one. */
  @Test
  void withBracesAreKeptApartFromObjects() {
    ManagementCluster cluster =
        ManagementCluster.with(ServiceAddonsTest.SERVICES)
            .claim("addons: {values: {monitoring: {a: '{{ $labels.x }}'}}}");
    Tree spec = ServiceAddonsTest.spec(cluster, "monitoring");
    assertThat(spec.at("policyRefs").items().getFirst().at("name").text())
        .contains("eo-lab-f4bd8-monitoring-config");
    Tree release = spec.at("helmCharts").items().getFirst();
    assertThat(release.at("values").exists()).isFalse();
    assertThat(release.at("valuesFrom").items().getFirst().at("name").text())
        .contains("eo-lab-f4bd8-monitoring-values");
    Tree values = Tree.of(cluster.composed("addon.monitoring.values"));
    assertThat(values.at("metadata", "annotations").exists()).isFalse();
    assertThat(values.at("data", "values.yaml").text().orElse("")).contains("{{ $labels.x }}");
    assertThat(Tree.of(cluster.composed("addon.monitoring.config")).at("data").fields())
        .doesNotContain("values.yaml");
  }
}
