package dev.isobar.function.compose.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.ManagementCluster;
import dev.isobar.function.compose.Manifest;
import dev.isobar.function.compose.ec2.EksLab;
import dev.isobar.function.contract.Answer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** When a cluster has an autoscaler, what it is told, and what is said of it. */
final class AutoscalerObjectsTest {
  private static final String SCALED =
      "pools: [{name: general, machineType: m1.large, autoscale: {min: 1, max: 4}}]\n";
  private static final String FIXED =
      "pools: [{name: general, machineType: m1.large, replicas: 1}]\n";
  private static final List<String> ALL =
      List.of("autoscaler", "autoscaler.account", "autoscaler.rights");

  private static List<String> objects(ManagementCluster cluster) {
    return cluster.keys().stream().filter(key -> key.startsWith("autoscaler")).toList();
  }

  private static Tree container(ManagementCluster cluster) {
    return Tree.of(cluster.composed("autoscaler"))
        .at("spec", "template", "spec", "containers")
        .items()
        .getFirst();
  }

  private static List<String> flags(ManagementCluster cluster) {
    return container(cluster).at("args").items().stream()
        .map(flag -> flag.text().orElse(""))
        .toList();
  }

  private static String state(Answer.Composed answer) {
    return Tree.of(answer.status()).at("addons").items().stream()
        .filter(one -> one.at("name").text().filter("cluster-autoscaler"::equals).isPresent())
        .map(one ->
            one.at("version").text().orElse("")
                + " "
                + one.at("state").text().orElse("")
                + one.at("message").text().map(text -> ": " + text).orElse(""))
        .findFirst()
        .orElse("none");
  }

  record Row(
      String reason,
      String claim,
      String settings,
      String workspace,
      String pool,
      boolean expected) {}

  static Stream<Row> rows() {
    String workspace =
        """
        {metadata: {name: w}, spec: {clusterRef: {name: %s}, accelerators: [
          {name: a, nodes: {min: %d, max: 2}}]}}
        """;
    String left =
        "{metadata: {annotations: {cluster.x-k8s.io/cluster-api-autoscaler-node-group-max-size:"
            + " '2'}}}";
    return Stream.of(
        new Row("a pool is autoscaled", SCALED, "{}", "", "", true),
        new Row("no pool is", FIXED, "{}", "", "", false),
        new Row("no pool at all", "{}", "{}", "", "", false),
        new Row("a workspace's is", FIXED, "{}", workspace.formatted("eo-lab", 0), "", true),
        new Row("a workspace's is fixed", FIXED, "{}", workspace.formatted("eo-lab", 2), "", false),
        new Row("in another cluster", FIXED, "{}", workspace.formatted("other", 0), "", false),
        new Row("one that a workspace left is still there", FIXED, "{}", "", left, true),
        new Row("the claim is paused", "paused: true\n" + SCALED, "{}", "", "", false),
        new Row(
            "the claim is paused, a workspace's pool is scaled",
            "paused: true\n" + FIXED,
            "{}",
            workspace.formatted("eo-lab", 0),
            "",
            false),
        new Row("there shall be none", SCALED, "autoscaler: {enabled: false}", "", "", false));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void comesWithTheFirstAutoscaledPool(Row row) {
    ManagementCluster cluster =
        ManagementCluster.with(row.claim())
            .settings(row.settings())
            .workspaces(trees(row.workspace()), trees(row.pool()));

    cluster.settle();

    assertThat(objects(cluster)).as(row.reason()).isEqualTo(row.expected() ? ALL : List.of());
  }

  private static List<Tree> trees(String text) {
    return text.isEmpty() ? List.of() : List.of(Tree.of(Manifest.of(text)));
  }

  @Test
  void waitsForTheCluster() {
    ManagementCluster cluster = ManagementCluster.with(SCALED);

    assertThat(objects(cluster)).as("before there is a kubeconfig").isEmpty();
    assertThat(state(cluster.composed())).isEqualTo("v1.35.2 Waiting: waits for the control plane");

    cluster.settle();

    assertThat(objects(cluster)).isEqualTo(ALL);
    assertThat(state(cluster.composed())).isEqualTo("v1.35.2 Deployed");
  }

  @Test
  void staysWhileTheControlPlaneIsDown() {
    ManagementCluster cluster = ManagementCluster.with(SCALED);
    cluster.settle();

    cluster.reported("control-plane", "status: {initialization: {controlPlaneInitialized: false}}");

    assertThat(objects(cluster)).isEqualTo(ALL);
  }

  /** Of six releases five look at no pause; a pod that comes back is no failure. */
  @Test
  void goesForAPauseAndComesBack() {
    ManagementCluster cluster = ManagementCluster.with(SCALED);
    cluster.settle();

    var _ = cluster.claim("paused: true").reconcile();

    assertThat(objects(cluster)).as("while it is paused").isEmpty();
    assertThat(state(cluster.composed())).as("nor is one listed").isEqualTo("none");

    var _ = cluster.claim("paused: false").reconcile();

    assertThat(objects(cluster)).as("afterwards").isEqualTo(ALL);
    assertThat(state(cluster.composed())).isEqualTo("v1.35.2 Deploying: is being updated");
  }

  @Test
  void oneThatDoesNotRunIsTold() {
    ManagementCluster cluster = ManagementCluster.with(SCALED);
    cluster.settle();

    cluster.reported(
        "autoscaler",
        """
        status:
          conditions:
          - {type: Available, status: "False", reason: MinimumReplicasUnavailable}
          - {type: Progressing, status: "True", reason: NewReplicaSetAvailable}
        """);

    String what =
        "the pod of Deployment eo4eu/eo-lab-f4bd8-autoscaler does not run; the platform team must"
            + " look at it with kubectl";
    assertThat(state(cluster.composed())).isEqualTo("v1.35.2 Failed: " + what);
    assertThat(cluster.composed().conditions())
        .filteredOn(one -> one.type().equals("AddonsReady"))
        .singleElement()
        .satisfies(one -> {
          assertThat(one.reason()).isEqualTo("Failed");
          assertThat(one.message()).isEqualTo("add-on cluster-autoscaler: " + what);
        });
  }

  @Test
  void isToldItsClusterAndNothingElse() {
    ManagementCluster cluster =
        ManagementCluster.with(
            SCALED + "autoscaler: {expander: MostPods, scaleDownUnneededTime: 1h30m}");
    cluster.settle();

    assertThat(flags(cluster))
        .containsExactly(
            "--cloud-provider=clusterapi",
            "--clusterapi-cloud-config-authoritative",
            "--kubeconfig=/etc/isobar/cluster/value",
            "--node-group-auto-discovery=clusterapi:namespace=eo4eu,clusterName=eo-lab-f4bd8",
            "--startup-taint=isobar.dev/gpu-not-ready",
            "--enforce-node-group-min-size=true",
            "--balance-similar-node-groups=true",
            "--balancing-label=isobar.dev/pool",
            "--skip-nodes-with-local-storage=false",
            "--ignore-daemonsets-utilization=true",
            "--expander=most-pods",
            "--scale-down-unneeded-time=5400s",
            "--max-node-provision-time=1800s");
  }

  @Test
  void readsTheTokenOfEksFromAFile() {
    ManagementCluster cluster = EksLab.with(SCALED.replace("m1.large", "m6i.xlarge"));
    cluster.reported("control-plane", "status: {ready: true, initialized: true}");
    var _ = cluster.reconcile();
    cluster.reported("control-plane", "status: {ready: true, initialized: true}");

    assertThat(flags(cluster)).contains("--kubeconfig=/etc/isobar/cluster/relative");
  }

  record Image(String reason, String claim, String settings, String expected) {}

  static Stream<Image> images() {
    String usual = "registry.k8s.io/autoscaling/cluster-autoscaler:";
    return Stream.of(
        new Image("of the cluster's minor", SCALED, "{}", usual + "v1.35.2"),
        new Image(
            "of an older one, the next", "version: '1.34'\n" + SCALED, "{}", usual + "v1.35.2"),
        new Image(
            "from a mirror",
            SCALED,
            "autoscaler: {image: 'registry.example.org:5000/mirror/ca'}",
            "registry.example.org:5000/mirror/ca:v1.35.2"),
        new Image(
            "of the installation's choice",
            SCALED,
            "autoscaler: {releases: [{kubernetes: '1.35', tag: v1.35.9}, {kubernetes: '1.36', tag:"
                + " v1.36.9}]}",
            usual + "v1.35.9"));
  }

  @ParameterizedTest
  @MethodSource("images")
  void runsTheReleaseOfTheClustersVersion(Image row) {
    ManagementCluster cluster = ManagementCluster.with(row.claim()).settings(row.settings());
    cluster.settle();

    assertThat(container(cluster).at("image").text()).as(row.reason()).contains(row.expected());
  }

  @Test
  void isBoundToItsRoleInTheClaimsNamespace() {
    ManagementCluster cluster = ManagementCluster.with(SCALED);
    cluster.settle();

    assertThat(cluster.composed("autoscaler.rights"))
        .isEqualTo(
            Manifest.of(
                """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata:
                  namespace: eo4eu
                  name: eo-lab-f4bd8-autoscaler
                  labels:
                    app.kubernetes.io/instance: eo-lab-f4bd8
                    app.kubernetes.io/name: cluster-autoscaler
                    cluster.x-k8s.io/cluster-name: eo-lab-f4bd8
                    isobar.dev/cluster: eo-lab-f4bd8
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: 'isobar:cluster-autoscaler'}
                subjects:
                - {kind: ServiceAccount, namespace: eo4eu, name: eo-lab-f4bd8-autoscaler}
                """));
  }
}
