package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole status, as its readers see it. */
final class StatusReportTest {
  private static final String CLAIM =
      """
      version: "1.34"
      controlPlane: {replicas: 1}
      pools:
      - {name: z, machineType: m1.large, replicas: 3, zones: [az1, az2]}
      - name: g
        machineTypes: [g2.a100.2, g2b.a100.2]
        autoscale: {min: 0, max: 4}
        gpu: {partitioning: {mig: {layout: {1g.10gb: 7}}}}
      addons: {metricsServer: false}
      """;

  @Test
  void ofASettledCluster() {
    ManagementCluster cluster = ManagementCluster.with(CLAIM);
    cluster.settle();
    cluster.reported(
        "pool.g",
        "{spec: {replicas: 3}, status: {readyReplicas: 2, availableReplicas: 2, upToDateReplicas:"
            + " 3}}");
    cluster.reported("pool.z.in.az2", "status: {readyReplicas: 0}");
    assertThat(cluster.composed().status())
        .isEqualTo(
            Manifest.plain(
                """
                stage: Ready
                message: "the cluster is ready; pool z: 1 of 3 nodes is coming, pool g: 1 of 3 nodes is coming"
                clusterName: eo-lab-f4bd8
                version: 1.34.6
                availableUpgrades: [1.35.2]
                endpoint: https://192.0.2.10:6443
                kubeconfigSecretRef: {namespace: eo4eu, name: eo-lab-f4bd8-kubeconfig, key: value}
                nodes: 5/7
                controlPlane: {wanted: 1, ready: 1, upToDate: 1}
                pools:
                - {name: z, state: Ready, wanted: 3, ready: 2, upToDate: 3, version: 1.34.6, machineType: m1.large, message: 1 of 3 nodes is coming}
                - name: g
                  state: Ready
                  message: 1 of 3 nodes is coming
                  wanted: 3
                  ready: 2
                  upToDate: 3
                  version: 1.34.6
                  machineType: g2.a100.2
                  min: 0
                  max: 4
                  gpuModel: A100-80GB
                  gpusPerNode: 2
                  layout: mig-400a3253
                  resources: {nvidia.com/mig-1g.10gb: 14}
                addons:
                - {name: cni, chart: cilium, version: 1.19.6, state: Deployed}
                - {name: cloud-controller, chart: openstack-cloud-controller-manager, version: 2.34.2, state: Deployed}
                - {name: volumes, chart: openstack-cinder-csi, version: 2.34.3, state: Deployed}
                - {name: gpu-operator, chart: gpu-operator, version: v26.3.3, state: Deployed}
                - {name: cluster-autoscaler, version: v1.35.2, state: Deployed}
                """));
  }

  record Full(String reason, String claim, int nodes, String expected) {}

  static Stream<Full> fullPools() {
    return Stream.of(
        new Full("there is room", "autoscale: {min: 0, max: 4}", 3, ""),
        new Full(
            "pods that wait are told nowhere else",
            "autoscale: {min: 0, max: 4}",
            4,
            "has as many nodes as it may, 4: pods that find no place wait"),
        new Full(
            "it holds of all zones together",
            "autoscale: {min: 0, max: 4}, zones: [az1, az2]",
            2,
            "has as many nodes as it may, 4: pods that find no place wait"),
        new Full(
            "it may have fewer now",
            "autoscale: {min: 0, max: 4}",
            5,
            "has 5 nodes and may have 4: the autoscaler adds none, and gives back idle ones"),
        new Full("nobody expects more", "autoscale: {min: 4, max: 4}", 4, ""),
        new Full("it is not the autoscaler's", "replicas: 4", 4, ""));
  }

  @ParameterizedTest
  @MethodSource("fullPools")
  void aPoolThatMayNotGrowSaysSo(Full row) {
    ManagementCluster cluster =
        ManagementCluster.with(
            "pools: [{name: a, machineType: m1.large, %s}]".formatted(row.claim));
    cluster.settle();
    String status =
        "{spec: {replicas: %1$d}, status: {replicas: %1$d, readyReplicas: %1$d, availableReplicas:"
            + " %1$d, upToDateReplicas: %1$d}}";
    cluster.keys().stream()
        .filter(key -> kind(cluster, key).equals("MachineDeployment"))
        .forEach(key -> cluster.reported(key, status.formatted(row.nodes)));
    Tree pool = Tree.of(cluster.composed().status()).at("pools").items().getFirst();
    assertThat(pool.at("message").text().orElse("")).as(row.reason).isEqualTo(row.expected);
  }

  private static String kind(ManagementCluster cluster, String key) {
    return Tree.of(cluster.composed(key)).at("kind").text().orElse("");
  }

  @Test
  void aFixedPoolWantsWhatItsClaimSays() {
    ManagementCluster cluster = ConditionsTest.settled();
    cluster.claim("pools: [{name: a, machineType: m1.large, replicas: 5}]");
    Tree status = Tree.of(cluster.composed().status());
    assertThat(status.at("pools").items().getFirst().at("wanted").plain()).isEqualTo(5L);
    assertThat(status.at("message").text().orElse("")).contains("pool a: 3 of 5 nodes are coming");
  }

  @Test
  void addonsSayHowTheyAre() {
    ManagementCluster cluster =
        ManagementCluster.with(
            "addons: {extra: [{name: mine, manifests: '{apiVersion: v1, kind: X, metadata: {name:"
                + " x}}'}, {name: next, manifests: '{apiVersion: v1, kind: X, metadata: {name:"
                + " x}}', dependsOn: [mine]}]}");
    cluster.settle();
    cluster
        .summary(
            "eo-lab-f4bd8-cni",
            "status: {featureSummaries: [{featureID: Helm, status: Failed, failureMessage: gone}]}")
        .summary(
            "eo-lab-f4bd8-volumes",
            "status: {featureSummaries: [{featureID: Helm, status: Provisioning}]}")
        .summary("eo-lab-f4bd8-mine", "status: {featureSummaries: []}")
        .summary(
            "eo-lab-f4bd8-next",
            "status: {featureSummaries: [], dependencies: ClusterProfile mine is a dependency and"
                + " it is not fully deployed yet}");
    assertThat(Tree.of(cluster.composed().status()).at("addons").plain())
        .isEqualTo(
            Manifest.plain(
                """
                - {name: cni, chart: cilium, version: 1.19.6, state: Failed, message: gone}
                - {name: cloud-controller, chart: openstack-cloud-controller-manager, version: 2.35.0, state: Deployed}
                - {name: volumes, chart: openstack-cinder-csi, version: 2.35.0, state: Deploying, message: is being deployed}
                - {name: metrics-server, chart: metrics-server, version: 3.13.1, state: Deployed}
                - {name: mine, state: Deploying, message: is being deployed}
                - {name: next, state: Waiting, message: 'waits for another add-on: ClusterProfile mine is a dependency and it is not fully deployed yet'}
                """));
  }

  @Test
  void ofANewClusterHasNothingToReachItWith() {
    Tree status = Tree.of(ManagementCluster.with(CLAIM).composed().status());
    assertThat(status.at("endpoint").exists()).isFalse();
    assertThat(status.at("kubeconfigSecretRef").exists()).isFalse();
    assertThat(status.at("nodes").text()).contains("0/4");
  }
}
