package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.plan.Marks;
import dev.isobar.function.contract.Condition;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nodes are not asked for before what they need is in place; what exists is never taken away. */
final class CreationGatesTest {
  private static final String OPERATOR = "eo-lab-f4bd8-gpu-operator";
  private static final String WHOLE =
      "{name: w, machineType: g2.a100.2, replicas: 1, gpu: {partitioning: {none: {}}}}";
  private static final String SLICES =
      "{name: s, machineType: g2.a100.2, replicas: 1, gpu: {partitioning: {mig: {layout: {1g.10gb:"
          + " 7}}}}}";
  private static final String CPU = "{name: a, machineType: m1.large, replicas: 2}";
  private static final String ZONES =
      "{name: z, machineType: m1.large, replicas: 2, zones: [az1, az2]}";

  private static List<String> nodes(ManagementCluster cluster) {
    return cluster.keys().stream()
        .filter(key -> key.startsWith("pool.") && !key.matches(".*\\.[0-9a-f]{8}"))
        .toList();
  }

  private static String message(ManagementCluster cluster, String type) {
    return cluster.composed().conditions().stream()
        .filter(condition -> condition.type().equals(type))
        .map(Condition::message)
        .findFirst()
        .orElse("");
  }

  @Test
  void aNewClusterHasNone() {
    assertThat(nodes(ManagementCluster.with("pools: [" + SLICES + ", " + ZONES + "]")))
        .containsExactly(
            "pool.s",
            "pool.s.health",
            "pool.z.in.az1",
            "pool.z.in.az1.health",
            "pool.z.in.az2",
            "pool.z.in.az2.health");
  }

  @Test
  void slicesWaitUntilARunningGpuOperatorHasTheirEntry() {
    ManagementCluster cluster = ManagementCluster.with("pools: [" + WHOLE + "]");
    cluster.settle();
    cluster.claim("pools: [" + WHOLE + ", " + SLICES + "]");
    var answer = cluster.reconcile();
    assertThat(nodes(cluster)).containsExactly("pool.w", "pool.w.health");
    assertThat(answer.resources().keySet())
        .as("templates and the entry are there already")
        .anyMatch(key -> key.startsWith("pool.s.bootstrap."))
        .anyMatch(key -> key.startsWith("pool.s.machines."));
    assertThat(message(cluster, "PoolsReady"))
        .isEqualTo("pool s: waits until the GPU Operator has its configuration");

    cluster.summary(
        OPERATOR, "status: {featureSummaries: [{featureID: Helm, status: Provisioned}]}");
    assertThat(nodes(cluster)).as("Provisioned of the spec before").hasSize(2);

    new Controllers(cluster).work();
    assertThat(nodes(cluster)).contains("pool.s", "pool.s.health");
    cluster.settle();
    cluster.summary(OPERATOR, "status: {featureSummaries: [{featureID: Helm, status: Failed}]}");
    assertThat(nodes(cluster)).as("never taken away again").contains("pool.s", "pool.s.health");
  }

  @Test
  void wholeGpusNeedNoEntry() {
    ManagementCluster cluster = ManagementCluster.with("pools: [" + SLICES + "]");
    cluster.settle();
    cluster.withoutSummary(OPERATOR).claim("pools: [" + SLICES + ", " + WHOLE + "]");
    assertThat(nodes(cluster)).contains("pool.w");
  }

  @Test
  void newPoolsWaitForAControlPlaneThatRolls() {
    ManagementCluster cluster = ManagementCluster.with("{version: '1.34', pools: [" + CPU + "]}");
    cluster.settle();
    cluster.claim("{version: '1.35', pools: [" + CPU + ", " + ZONES + "]}").reconcile();
    assertThat(nodes(cluster)).containsExactly("pool.a", "pool.a.health");
    assertThat(message(cluster, "PoolsReady"))
        .isEqualTo("pool z: waits until the control plane runs 1.35.2");
    cluster.settle();
    assertThat(nodes(cluster)).contains("pool.z.in.az1", "pool.z.in.az2");
  }

  record Wish(String reason, String before, String after) {}

  static Stream<Wish> wishes() {
    return Stream.of(
        new Wish("labels", CPU, CPU.replace("replicas: 2", "replicas: 2, labels: {x: y}")),
        new Wish("machine type", CPU, CPU.replace("m1.large", "m1.small")),
        new Wish("layout", SLICES, SLICES.replace("1g.10gb: 7", "3g.40gb: 2")));
  }

  @ParameterizedTest
  @MethodSource("wishes")
  void nodesAreReplacedOnceForAnUpgradeAndWhatElseIsWished(Wish row) {
    ManagementCluster cluster =
        ManagementCluster.with("{version: '1.34', pools: [" + row.before + "]}");
    cluster.settle();
    String pool = row.before.equals(CPU) ? "pool.a" : "pool.s";
    Object before = machines(cluster, pool);
    cluster.claim("{version: '1.35', pools: [" + row.after + "]}").reconcile();
    assertThat(machines(cluster, pool)).as(row.reason).isEqualTo(before);
    assertThat(poolMessage(cluster, pool.substring(5)))
        .as(row.reason)
        .contains("nodes change once the control plane runs 1.35.2");
    cluster.settle();
    assertThat(machines(cluster, pool)).as(row.reason).isNotEqualTo(before);
  }

  @Test
  void nodesMoveToANewLayoutOnceTheGpuOperatorHasItsEntry() {
    ManagementCluster cluster = ManagementCluster.with("pools: [" + SLICES + "]");
    cluster.settle();
    Object before = machines(cluster);
    cluster.claim("pools: [" + SLICES.replace("1g.10gb: 7", "3g.40gb: 2") + "]").reconcile();
    assertThat(machines(cluster)).as("the entry is on its way").isEqualTo(before);
    new Controllers(cluster).work();
    assertThat(machines(cluster)).as("the entry is in place").isNotEqualTo(before);
  }

  record Limits(String reason, String before, String gpus) {}

  static Stream<Limits> limits() {
    return Stream.of(
        new Limits(
            "autoscaled already", "autoscale: {min: 1, max: 2}", "nvidia.com/mig-1g.10gb 14"),
        new Limits("it was told nothing, and the node that is there tells it", "replicas: 1", " "));
  }

  @ParameterizedTest
  @MethodSource("limits")
  void theAutoscalerIsToldOfTheMachinesThatItWouldMakeNow(Limits row) {
    String slices = "pools: [" + SLICES + "]";
    ManagementCluster cluster = ManagementCluster.with(slices.replace("replicas: 1", row.before));
    cluster.settle();
    String scaled = slices.replace("replicas: 1", "autoscale: {min: 1, max: 3}");
    cluster.claim(scaled.replace("1g.10gb: 7", "3g.40gb: 2")).reconcile();
    Tree held = Tree.of(cluster.composed("pool.s")).at("metadata", "annotations");
    assertThat(capacity(held)).as(row.reason).isEqualTo(row.gpus);
    assertThat(held.at(Marks.AUTOSCALER + "max-size").text()).as("what is wished").contains("3");
    cluster.settle();
    assertThat(capacity(Tree.of(cluster.composed("pool.s")).at("metadata", "annotations")))
        .isEqualTo("nvidia.com/mig-3g.40gb 4");
  }

  private static String capacity(Tree annotations) {
    return annotations.at(Marks.CAPACITY + "gpu-type").text().orElse("")
        + " "
        + annotations.at(Marks.CAPACITY + "gpu-count").text().orElse("");
  }

  @Test
  void nodesThatComeToHaveSlicesWaitForARunningGpuOperatorToo() {
    String cpu = "{name: s, machineType: m1.large, replicas: 1}";
    ManagementCluster cluster = ManagementCluster.with("pools: [" + WHOLE + ", " + cpu + "]");
    cluster.settle();
    Object before = machines(cluster);
    cluster.claim("pools: [" + WHOLE + ", " + SLICES + "]").reconcile();
    assertThat(machines(cluster)).as("the entry is on its way").isEqualTo(before);
    new Controllers(cluster).work();
    assertThat(machines(cluster)).as("the entry is in place").isNotEqualTo(before);
  }

  record Operator(String reason, String feature, boolean moves) {}

  static Stream<Operator> operators() {
    String unhealthy =
        "failureMessage: \"health check 'gpu-operator' for feature Helm failed: not ready\"";
    return Stream.of(
        new Operator("it works", "status: Provisioned", true),
        new Operator("it has the entry, and is not well", "status: Failed, " + unhealthy, true),
        new Operator(
            "it is looked at again",
            "status: Provisioning, consecutiveFailures: 2, " + unhealthy,
            true),
        new Operator(
            "the entry is on its way", "status: Provisioning, consecutiveFailures: 0", false),
        new Operator("the entry cannot come", "status: Failed, failureMessage: no chart", false));
  }

  @ParameterizedTest
  @MethodSource("operators")
  void aBrokenGpuOperatorDoesNotBlockItsOwnRepair(Operator row) {
    ManagementCluster cluster = ManagementCluster.with("pools: [" + SLICES + "]");
    cluster.settle();
    Object before = machines(cluster);
    String mended = SLICES.replace("1g.10gb: 7", "3g.40gb: 2");
    cluster.claim("pools: [" + mended + ", " + SLICES.replace("name: s", "name: t") + "]");
    cluster.reconcile();
    new Controllers(cluster).work();
    cluster.summary(
        OPERATOR, "status: {featureSummaries: [{featureID: Helm, " + row.feature + "}]}");
    assertThat(!machines(cluster).equals(before)).as(row.reason).isEqualTo(row.moves);
    assertThat(nodes(cluster).contains("pool.t")).as(row.reason).isEqualTo(row.moves);
    assertThat(poolMessage(cluster, "s"))
        .as(row.reason)
        .isEqualTo(
            row.moves
                ? "0 of 1 nodes are as planned (mig-2dab552e with nvidia.com/mig-3g.40gb: 4), the"
                    + " others are replaced one by one"
                : "nodes keep their present GPU layout until the GPU Operator has the new one,"
                    + " mig-2dab552e with nvidia.com/mig-3g.40gb: 4");
  }

  private static String poolMessage(ManagementCluster cluster, String pool) {
    return Tree.of(cluster.composed().status()).at("pools").items().stream()
        .filter(one -> one.at("name").text().filter(pool::equals).isPresent())
        .flatMap(one -> one.at("message").text().stream())
        .findFirst()
        .orElse("");
  }

  private static Object machines(ManagementCluster cluster) {
    return machines(cluster, "pool.s");
  }

  private static Object machines(ManagementCluster cluster, String pool) {
    Tree machine = Tree.of(cluster.composed(pool)).at("spec", "template", "spec");
    return List.of(machine.at("bootstrap"), machine.at("infrastructureRef"));
  }
}
