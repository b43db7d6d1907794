package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A template stays for as long as machines of a rollout may still be made from it. */
final class RetentionTest {
  private static final String SLICES =
      "pools: [{name: g, machineType: g2.a100.2, replicas: 2, gpu: {partitioning: {mig: {layout:"
          + " {%s}}}}}]";

  private static ManagementCluster settled(String claim) {
    ManagementCluster cluster = ManagementCluster.with(claim);
    cluster.settle();
    return cluster;
  }

  private static List<String> templates(ManagementCluster cluster, String start) {
    return cluster.keys().stream()
        .filter(key -> key.startsWith(start) && key.matches(".*\\.[0-9a-f]{8}"))
        .toList();
  }

  /** What Cluster API says, and when the template that is wanted now was made. */
  record Row(String reason, String status, String made, boolean kept) {
    Row(String reason, String conditions, boolean kept) {
      this(reason, "conditions: " + conditions, "null", kept);
    }
  }

  private static String done(String turned) {
    return "conditions: [{type: RollingOut, status: 'False', observedGeneration: 2,"
        + " lastTransitionTime: '%s'}]".formatted(turned);
  }

  static Stream<Row> rows() {
    return Stream.of(
        new Row("nobody has looked yet", "null", true),
        new Row("it rolls", "[{type: RollingOut, status: 'True', observedGeneration: 2}]", true),
        new Row("unknown", "[{type: RollingOut, status: Unknown, observedGeneration: 2}]", true),
        new Row(
            "done, but of the generation before",
            "[{type: RollingOut, status: 'False', observedGeneration: 1}]",
            true),
        new Row("done", "[{type: RollingOut, status: 'False', observedGeneration: 2}]", false),
        new Row(
            "done since the new template is there",
            done("2026-11-27T04:09:01Z"),
            "'2026-11-27T04:09:00Z'",
            false),
        new Row(
            "what it says is of before: no machine was compared with the new template yet",
            done("2026-11-27T04:08:59Z"),
            "'2026-11-27T04:09:00Z'",
            true),
        new Row(
            "nobody can tell which of the two was first",
            done("2026-11-27T04:09:00Z"),
            "'2026-11-27T04:09:00Z'",
            true),
        new Row(
            "what it says is of before, but there is no machine to replace",
            done("2026-11-27T04:08:59Z") + ", replicas: 0",
            "'2026-11-27T04:09:00Z'",
            false));
  }

  /** The templates that are referred to now were made then. */
  private static void wanted(ManagementCluster cluster, String owner, Row row) {
    Tree spec = Tree.of(cluster.composed(owner)).at("spec");
    Stream.of(
            spec.at("template", "spec", "infrastructureRef", "name"),
            spec.at("machineTemplate", "spec", "infrastructureRef", "name"))
        .flatMap(name -> name.text().stream())
        .map(name -> owner + ".machines." + name.substring(name.length() - 8))
        .forEach(key -> cluster.reported(key, "metadata: {creationTimestamp: " + row.made + "}"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void ofAPool(Row row) {
    ManagementCluster cluster =
        settled("pools: [{name: a, machineType: m1.large, replicas: 1}]")
            .claim("pools: [{name: a, machineType: m1.small, replicas: 1, labels: {x: y}}]");
    assertThat(templates(cluster, "pool.a")).as("before core applied anything").hasSize(4);
    cluster.reconcile();
    wanted(cluster, "pool.a", row);
    cluster.reported("pool.a", "status: {" + row.status + "}");
    assertThat(templates(cluster, "pool.a")).as(row.reason).hasSize(row.kept ? 4 : 2);
    assertThat(templates(cluster, "control-plane")).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void ofTheControlPlane(Row row) {
    ManagementCluster cluster =
        settled("pools: [{name: a, machineType: m1.large, replicas: 1}]")
            .claim("controlPlane: {machineType: m1.small}");
    cluster.reconcile();
    wanted(cluster, "control-plane", row);
    cluster.reported("control-plane", "status: {" + row.status + "}");
    assertThat(templates(cluster, "control-plane")).as(row.reason).hasSize(row.kept ? 2 : 1);
    assertThat(templates(cluster, "pool.a")).hasSize(2);
  }

  @Test
  void oneZoneThatStillRollsIsEnough() {
    String pool = "pools: [{name: a, machineType: %s, replicas: 2, zones: [az1, az2]}]";
    ManagementCluster cluster =
        settled(pool.formatted("m1.large")).claim(pool.formatted("m1.small"));
    cluster.reconcile();
    new Controllers(cluster).work();
    assertThat(templates(cluster, "pool.a.machines")).hasSize(1);
    cluster.reported(
        "pool.a.in.az2",
        "status: {conditions: [{type: RollingOut, status: 'True', observedGeneration: 2}]}");
    assertThat(templates(cluster, "pool.a.machines")).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"replicas: 2", "autoscale: {min: 2, max: 4}"})
  void theyGoOnceTheirPoolIsEmpty(String size) {
    String pool = SLICES.formatted("1g.10gb: 7").replace("replicas: 2", size);
    ManagementCluster cluster = settled(pool).claim("pools: []");
    var answer = cluster.reconcile();
    Tree deployment = Tree.of(cluster.composed("pool.g"));
    assertThat(deployment.at("spec", "replicas").whole()).contains(0L);
    assertThat(deployment.at("metadata", "annotations").fields())
        .as("the autoscaler lets go of it")
        .noneMatch(name -> name.contains("autoscaler-node-group"));
    assertThat(templates(cluster, "pool.g")).hasSize(2);
    assertThat(operator(cluster)).as("nodes still drain").contains("\"1g.10gb\": 7");
    assertThat(answer.ttl()).isEqualTo(Duration.ofMinutes(1));
    assertThat(answer.status())
        .containsEntry("stage", "Changing")
        .containsEntry("message", "pool g is being emptied: 2 nodes are still there");

    assertThat(cluster.settle().status()).containsEntry("stage", "Ready");
    assertThat(cluster.keys()).noneMatch(key -> key.startsWith("pool."));
    assertThat(cluster.keys()).doesNotContain("addon.gpu-operator");
  }

  record Going(String reason, String reported, boolean there) {}

  static Stream<Going> goings() {
    return Stream.of(
        new Going("nobody has looked yet", "status: {observedGeneration: 1, replicas: 0}", true),
        new Going("one still drains", "status: {observedGeneration: 2, replicas: 1}", true),
        new Going("it is deleted meanwhile", "metadata: {deletionTimestamp: x}", true),
        new Going("it is empty", "status: {observedGeneration: 2, replicas: 0}", false));
  }

  @ParameterizedTest
  @MethodSource("goings")
  void aPoolGoesWhenItsLastMachineIsGone(Going row) {
    ManagementCluster cluster =
        settled("pools: [{name: a, machineType: m1.large, replicas: 2}]").claim("pools: []");
    cluster.reconcile();
    cluster.reported("pool.a", row.reported);
    assertThat(cluster.keys().contains("pool.a")).as(row.reason).isEqualTo(row.there);
  }

  @Test
  void theGpuOperatorStaysUntilTheLastGpuNodeIsReplacedByOneWithout() {
    ManagementCluster cluster =
        settled(SLICES.formatted("1g.10gb: 7"))
            .claim("pools: [{name: g, machineType: m1.large, replicas: 2}]");
    cluster.reconcile();
    assertThat(operator(cluster)).contains("\"1g.10gb\": 7");
    cluster.settle();
    assertThat(cluster.keys()).doesNotContain("addon.gpu-operator");
  }

  @Test
  void retainedOnesAreEmittedAsTheyAre() {
    ManagementCluster cluster = settled(SLICES.formatted("1g.10gb: 7"));
    String old = templates(cluster, "pool.g.machines").getFirst();
    cluster.observed(old, "spec: {template: {spec: {written: long ago}}}");
    cluster.reported(
        old,
        "metadata: {labels: {foreign: x}, annotations: {foreign: x}, uid: u}\n"
            + "status: {capacity: {}}");
    Tree before = cluster.observed().getOrDefault(old, Tree.absent());
    cluster.claim(SLICES.formatted("3g.40gb: 2"));
    Tree now = Tree.of(cluster.composed(old));
    assertThat(now.at("spec").plain()).isEqualTo(before.at("spec").plain());
    assertThat(now.fields()).containsExactly("apiVersion", "kind", "metadata", "spec");
    assertThat(now.at("metadata").plain())
        .isEqualTo(
            Manifest.plain(
                """
                name: %s
                namespace: eo4eu
                labels: {cluster.x-k8s.io/cluster-name: eo-lab-f4bd8, isobar.dev/cluster: eo-lab-f4bd8, isobar.dev/pool: g}
                annotations: {isobar.dev/architecture: amd64}
                """
                    .formatted(before.at("metadata", "name").text().orElseThrow())));
  }

  @Test
  void theGpuOperatorKeepsTheEntriesOfNodesThatStillLive() {
    ManagementCluster cluster = settled(SLICES.formatted("1g.10gb: 7"));
    String seven = "1g.10gb\\\": 7";
    assertThat(operator(cluster)).contains("\"1g.10gb\": 7");
    cluster.claim(SLICES.formatted("3g.40gb: 2")).reconcile();
    assertThat(operator(cluster)).as(seven).contains("\"1g.10gb\": 7", "\"3g.40gb\": 2");
    cluster.settle();
    assertThat(operator(cluster)).contains("\"3g.40gb\": 2").doesNotContain("1g.10gb");
  }

  @Test
  void theGpuOperatorKeepsTheEntryAnEarlierReleaseNamedInATemplateInUse() {
    ManagementCluster cluster = settled(SLICES.formatted("1g.10gb: 7"));
    String bootstrap = templates(cluster, "pool.g.bootstrap").getFirst();
    cluster.observed(
        bootstrap,
        """
        metadata:
          annotations:
            isobar.dev/gpu-config: '{"mig":[{"devices":"all","mig-devices":{"1g.20gb":4},"mig-enabled":true}]}'
        """);
    assertThat(operator(cluster)).contains("\"1g.20gb\": 4");
  }

  private static String operator(ManagementCluster cluster) {
    return Tree.of(cluster.composed("addon.gpu-operator"))
        .at("spec", "helmCharts")
        .items()
        .getFirst()
        .at("values")
        .text()
        .orElseThrow();
  }

  @Test
  void meanwhileTheClusterIsChangingAndAskedForOften() {
    ManagementCluster cluster =
        settled("pools: [{name: a, machineType: m1.large, replicas: 1}]")
            .claim("pools: [{name: a, machineType: m1.small, replicas: 1}]");
    var answer = cluster.reconcile();
    assertThat(answer.ttl()).isEqualTo(Duration.ofMinutes(1));
    assertThat(answer.status()).containsEntry("stage", "Changing");
    assertThat(answer.status()).containsEntry("message", "nodes are being replaced one by one");
    assertThat(cluster.settle().status()).containsEntry("stage", "Ready");
  }
}
