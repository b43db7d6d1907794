package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.ec2.Ec2Lab;
import dev.isobar.function.compose.ec2.EksLab;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who sees to what a cluster leaves in its cloud, and what the status tells of it. */
final class CleanupObjectTest {
  private static final String CONFIG =
      "providerConfigRef: {kind: ClusterProviderConfig, name: wekeo}";

  @Test
  void aCloudWithCredentialsHasItDone() {
    assertThat(ManagementCluster.with("{}").cloud(CONFIG).composed("cleanup"))
        .isEqualTo(
            Manifest.plain(
                """
                apiVersion: compute.isobar.dev/v1alpha1
                kind: ClusterCleanup
                metadata:
                  name: eo-lab-f4bd8
                  namespace: eo4eu
                  labels: {isobar.dev/cluster: eo-lab-f4bd8, cluster.x-k8s.io/cluster-name: eo-lab-f4bd8}
                spec:
                  cluster: eo-lab-f4bd8
                  controlPlaneRef: {kind: KubeadmControlPlane, name: eo-lab-f4bd8-cp}
                  providerConfigRef: {kind: ClusterProviderConfig, name: wekeo}
                  volumes: Keep
                """));
  }

  @Test
  void theClaimDecidesAboutVolumes() {
    Tree cleanup =
        Tree.of(
            ManagementCluster.with("addons: {volumes: {afterCluster: Delete}}")
                .cloud(CONFIG)
                .composed("cleanup"));
    assertThat(cleanup.at("spec", "volumes").text()).contains("Delete");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                                                          | ''                                                       | nobody has looked yet
          {type: Ready, status: 'True', reason: Watching, message: nothing is kept}   | nothing is kept                                          | what the provider says
          {type: Ready, status: 'False', reason: Throttled, message: later}           | not known now (Throttled): later                         | it could not look
          {type: Synced, status: 'True', reason: Other, message: words}               | ''                                                       | another condition says nothing of it
          """)
  void theStatusForetellsIt(String condition, String told, String why) {
    ManagementCluster cluster = ManagementCluster.with("{}").cloud(CONFIG);
    cluster.reconcile();
    if (!condition.isEmpty()) {
      cluster.reported("cleanup", "status: {conditions: [" + condition + "]}");
    }
    assertThat(foretold(cluster)).as(why).isEqualTo(told);
  }

  record Left(String reason, ManagementCluster cluster, String told) {}

  static Stream<Left> left() {
    String left =
        "%s that the cluster made are left where they are, because Cloud wekeo has no"
            + " spec.providerConfigRef with which to remove them: delete its %s";
    String amazon = left.formatted("volumes", "claims for volumes first, where they shall go");
    String without = "providerConfigRef: null\nclusterApi: {gpuMachines: Native}";
    return Stream.of(
        new Left(
            "Cluster API knows nothing of what is in a network of OpenStack",
            ManagementCluster.with("{}").cloud("providerConfigRef: null"),
            left.formatted(
                "load balancers and volumes",
                "Services of type LoadBalancer first, or its network cannot go")),
        new Left(
            "its provider for AWS removes load balancers",
            Ec2Lab.with("{}").cloud(without),
            amazon),
        new Left("those of EKS too", EksLab.with("{}").cloud(without), amazon));
  }

  @ParameterizedTest
  @MethodSource("left")
  void aCloudWithoutCredentialsLeavesItAndSaysSo(Left row) {
    assertThat(row.cluster.keys()).as(row.reason).doesNotContain("cleanup");
    assertThat(foretold(row.cluster)).as(row.reason).isEqualTo(row.told);
  }

  @ParameterizedTest
  @CsvSource({
    "ClusterProviderConfig, one for all namespaces",
    "ProviderConfig, one of the claim's namespace"
  })
  void aCloudThatLosesItsCredentialsLeavesTheOneThatIsThere(String kind, String why) {
    ManagementCluster cluster =
        ManagementCluster.with("addons: {volumes: {afterCluster: Delete}}")
            .cloud("providerConfigRef: {kind: " + kind + ", name: wekeo}");
    cluster.reconcile();
    cluster.reported(
        "cleanup",
        "status: {conditions: [{type: Ready, status: 'True', reason: Watching, message: 1 load"
            + " balancer is deleted}]}");
    cluster.cloud("providerConfigRef: null").claim("addons: {volumes: {afterCluster: Keep}}");
    assertThat(foretold(cluster))
        .as("before the provider has looked again")
        .isEqualTo(
            "not known yet: provider-isobar has not looked since spec.addons.volumes.afterCluster"
                + " became Keep");
    assertThat(Tree.of(cluster.composed("cleanup")).at("spec").plain())
        .as(why)
        .isEqualTo(
            Manifest.plain(
                """
                cluster: eo-lab-f4bd8
                controlPlaneRef: {kind: KubeadmControlPlane, name: eo-lab-f4bd8-cp}
                providerConfigRef: {kind: %s, name: wekeo}
                volumes: Keep
                """
                    .formatted(kind)));
    cluster.observed("cleanup", "spec: {volumes: Keep}");
    assertThat(foretold(cluster)).as(why).isEqualTo("1 load balancer is deleted");
    cluster.reported(
        "cleanup",
        "metadata: {generation: 2}\nstatus: {conditions: [{type: Ready, status: 'True',"
            + " observedGeneration: 1, message: of before}]}");
    assertThat(foretold(cluster))
        .as("of another config")
        .isEqualTo(
            "not known yet: provider-isobar has not looked since the ClusterCleanup was changed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                          | nothing of the machines changes
          ', rootDisk: {size: 300Gi}' | they are made anew
          """)
  void norDoesItHoldUpAClaimWithGpuMachines(String change, String why) {
    String pools =
        "pools: [{name: g, machineType: g2.a100.2, replicas: 1, gpu: {partitioning: {mig: {layout:"
            + " {1g.10gb: 7}}}}%s}]";
    ManagementCluster cluster =
        ManagementCluster.with(pools.formatted(""))
            .cloud("providerConfigRef: {kind: ProviderConfig, name: team}")
            .claim("addons: {volumes: {afterCluster: Delete}}");
    cluster.settle();
    cluster
        .cloud("providerConfigRef: null")
        .claim("addons: {volumes: {afterCluster: Keep}}")
        .claim(pools.formatted(change));
    assertThat(Tree.of(cluster.composed("cleanup")).at("spec", "volumes").text())
        .as(why)
        .contains("Keep");
    assertThat(
            cluster.composed().resources().values().stream()
                .map(resource -> Tree.of(resource.object()))
                .filter(
                    one -> one.at("kind").text().filter("GpuMachineTemplate"::equals).isPresent())
                .map(one -> one.at("spec", "template", "spec", "providerConfigRef"))
                .flatMap(one -> Stream.of(one.at("kind"), one.at("name")))
                .map(field -> field.text().orElse(""))
                .distinct())
        .as(why)
        .containsExactly("ProviderConfig", "team");
  }

  @Test
  void aPausedClusterMustGoOnBeforeItCanGo() {
    ManagementCluster cluster = ManagementCluster.with("paused: true").cloud(CONFIG);
    cluster.reconcile();
    String first =
        "spec.paused must be false before the claim is deleted, because Cluster API deletes nothing"
            + " of a paused cluster";
    assertThat(foretold(cluster)).isEqualTo(first);
    cluster.reported(
        "cleanup",
        "status: {conditions: [{type: Ready, status: 'True', reason: Watching, message: when the"
            + " cluster is deleted}]}");
    assertThat(foretold(cluster)).isEqualTo(first + "; then when the cluster is deleted");
  }

  private static String foretold(ManagementCluster cluster) {
    return Tree.of(cluster.composed().status()).at("whenDeleted").text().orElse("");
  }
}
