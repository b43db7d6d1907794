package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.contract.Answer;
import dev.isobar.function.contract.Ready;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * When the composite and its resources are ready; a change that nobody has looked at takes nothing
 * back.
 */
final class ReadinessTest {
  private static final String BREAKER =
      "{type: Responsive, status: 'False', reason: WatchCircuitOpen, message: Too many}";

  private static final String CLAIM =
      """
      pools:
      - {name: a, machineType: m1.large, replicas: 2}
      - {name: z, machineType: m1.large, autoscale: {min: 2, max: 4}, zones: [az1, az2]}
      """;

  private static ManagementCluster settled() {
    ManagementCluster cluster = ManagementCluster.with(CLAIM);
    cluster.settle();
    return cluster;
  }

  private static List<String> unready(Answer.Composed composed) {
    return composed.resources().entrySet().stream()
        .filter(entry -> entry.getValue().ready() != Ready.TRUE)
        .map(entry -> entry.getKey())
        .toList();
  }

  @Test
  void nothingIsReadyBeforeItExists() {
    Answer.Composed composed = ManagementCluster.with(CLAIM).composed();
    assertThat(unready(composed)).hasSameSizeAs(composed.resources().keySet());
    assertThat(composed.ready()).isEqualTo(Ready.FALSE);
    assertThat(composed.ttl()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void existenceIsEnoughForTemplatesOnly() {
    ManagementCluster cluster = ManagementCluster.with(CLAIM);
    cluster.reconcile();
    assertThat(unready(cluster.composed()))
        .containsExactly(
            "addon.cloud-controller",
            "addon.cni",
            "addon.metrics-server",
            "addon.volumes",
            "cluster",
            "control-plane",
            "infrastructure",
            "pool.a",
            "pool.z.in.az1",
            "pool.z.in.az2");
  }

  @Test
  void aSettledClusterIsReadyAndAskedForSeldom() {
    Answer.Composed composed = settled().composed();
    assertThat(unready(composed)).isEmpty();
    assertThat(composed.ready()).isEqualTo(Ready.TRUE);
    assertThat(composed.ttl()).isEqualTo(Duration.ofMinutes(10));
  }

  /** A change that core drops is found when it asks next. */
  @Test
  void aSettledClusterIsAskedForSoonerWhileCoreDropsChanges() {
    Answer.Composed composed = settled().coreSays(BREAKER).composed();
    assertThat(composed.ready()).isEqualTo(Ready.TRUE);
    assertThat(composed.ttl()).isEqualTo(Duration.ofSeconds(30));
    assertThat(composed.status().get("message")).isEqualTo("the cluster is ready");
  }

  @Test
  void aClusterOnItsWayExplainsThatCoreDropsChanges() {
    ManagementCluster cluster = ManagementCluster.with(CLAIM);
    cluster.reconcile();
    assertThat(cluster.coreSays(BREAKER).composed().status().get("message"))
        .isEqualTo(
            "networks and load balancer are being made; Crossplane looks only now and then,"
                + " because too much changed at once (condition Responsive)");
  }

  /** The address of the API goes into the spec of the Cluster, whose status then lags behind. */
  @Test
  void theNetworkStandsWhileClusterApiLooksAgain() {
    ManagementCluster cluster = ManagementCluster.with(CLAIM);
    cluster.reconcile();
    cluster.reported(
        "cluster", "status: {conditions: [" + of("InfrastructureReady", "True", 1) + "]}");
    cluster.reconcile();
    String machines = "ControlPlaneReady=FALSE/Provisioning";
    assertThat(ConditionsTest.conditions(cluster.composed().conditions())).contains(machines);
    cluster.reported("cluster", "metadata: {generation: 9}");
    assertThat(ConditionsTest.conditions(cluster.composed().conditions())).contains(machines);
  }

  /** Whatever was last seen of the control plane. */
  @Test
  void anApiThatClusterApiDoesNotReachAnyMoreIsTold() {
    ManagementCluster cluster = settled();
    cluster.reported("cluster", probe("Remote connection not established yet"));
    assertThat(cluster.composed().ready()).as("before it ever did").isEqualTo(Ready.TRUE);
    cluster.withoutSummary("eo-lab-f4bd8-metrics-server");
    cluster.reported("cluster", probe("Remote connection probe failed, probe last succeeded at T"));
    Answer.Composed composed = cluster.composed();
    assertThat(composed.ready()).isEqualTo(Ready.FALSE);
    assertThat(composed.status())
        .containsEntry("stage", "Degraded")
        .containsEntry(
            "message",
            "the Kubernetes API cannot be reached: Remote connection probe failed, probe last"
                + " succeeded at T; the platform team must see to the load balancer and the control"
                + " plane machines");
    assertThat(composed.status().get("addons"))
        .asString()
        .contains("waits until the Kubernetes API is reached again, name=metrics-server");
  }

  private static String probe(String message) {
    return "status: {conditions: ["
        + of("InfrastructureReady", "True", 9)
        + ", {type: RemoteConnectionProbe, status: 'False', reason: ProbeFailed, message: '"
        + message
        + "'}]}";
  }

  private static String of(String type, String status, int generation) {
    return "{type: %s, status: '%s', reason: R, message: m, observedGeneration: %d}"
        .formatted(type, status, generation);
  }

  private static String conditions(String... conditions) {
    return "{metadata: {generation: 9}, status: {conditions: ["
        + String.join(", ", conditions)
        + "]}}";
  }

  record Row(String reason, String key, String reported, String unready, Ready ready) {}

  static Stream<Row> rows() {
    return Stream.of(
        new Row(
            "the control plane's controller has not looked at the change yet",
            "control-plane",
            conditions(of("Available", "True", 1), of("RollingOut", "False", 9)),
            "[]",
            Ready.TRUE),
        new Row(
            "nor has that of nodes",
            "pool.a",
            conditions(of("Available", "True", 1), of("RollingOut", "False", 9)),
            "[]",
            Ready.TRUE),
        new Row(
            "it has, and says no",
            "pool.a",
            conditions(of("Available", "False", 9), of("RollingOut", "False", 9)),
            "[pool.a]",
            Ready.FALSE),
        new Row(
            "one zone is enough to be missed",
            "pool.z.in.az2",
            "status: {readyReplicas: 0, availableReplicas: 0, conditions: ["
                + of("Available", "False", 1)
                + "]}",
            "[pool.z.in.az2]",
            Ready.FALSE),
        new Row(
            "the autoscaler asks for more than there is: no fault",
            "pool.z.in.az1",
            "{spec: {replicas: 2}, status: {availableReplicas: 1, conditions: ["
                + of("Available", "False", 1)
                + ", "
                + of("RollingOut", "False", 1)
                + "]}}",
            "[]",
            Ready.TRUE),
        new Row(
            "no infrastructure: Cluster and infrastructure",
            "cluster",
            conditions(of("InfrastructureReady", "False", 9)),
            "[cluster, infrastructure]",
            Ready.FALSE),
        new Row(
            "no API: Cluster and control plane",
            "control-plane",
            conditions(of("Available", "False", 9), of("RollingOut", "False", 9)),
            "[cluster, control-plane]",
            Ready.FALSE));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void followsWhatControllersSay(Row row) {
    Answer.Composed composed = settled().reported(row.key, row.reported).composed();
    assertThat(unready(composed)).as(row.reason).hasToString(row.unready);
    assertThat(composed.ready()).as(row.reason).isEqualTo(row.ready);
  }

  @Test
  void theClusterThatWasNeverReadyIsNotReadyForWantOfNews() {
    ManagementCluster cluster = ManagementCluster.with(CLAIM);
    cluster.reconcile();
    new Controllers(cluster).work();
    cluster.reported("control-plane", conditions(of("Available", "True", 1)));
    assertThat(cluster.composed().ready()).isEqualTo(Ready.FALSE);
  }

  @Test
  void anAddonIsReadyWhenItIsDeployedAsItShallBe() {
    ManagementCluster cluster = settled();
    cluster.withoutSummary("eo-lab-f4bd8-cni");
    assertThat(unready(cluster.composed())).containsExactly("addon.cni");
    assertThat(cluster.composed().ready())
        .as("an add-on on its way takes nothing from a cluster that works")
        .isEqualTo(Ready.TRUE);
  }

  private static String nodes(int wanted, int there, String... conditions) {
    return "{spec: {replicas: %1$d}, status: {replicas: %1$d, upToDateReplicas: %1$d, readyReplicas: %2$d, availableReplicas: %2$d, conditions: [%3$s]}}"
        .formatted(wanted, there, String.join(", ", conditions));
  }

  private static String pool(Answer.Composed composed) {
    Tree pool = Tree.of(composed.status()).at("pools").items().getFirst();
    return pool.at("state").text().orElse("")
        + ", "
        + composed.status().get("stage")
        + ", "
        + composed.ready()
        + ": "
        + pool.at("message").text().orElse("");
  }

  @Test
  void aPoolThatGrowsIsNotDegradedAndOneThatLostANodeIs() {
    String lacking = of("Available", "False", 2);
    ManagementCluster cluster = settled();
    cluster.claim(CLAIM.replace("replicas: 2", "replicas: 5")).reconcile();
    assertThat(pool(cluster.reconcile()))
        .as("nobody has looked")
        .isEqualTo("Ready, Ready, TRUE: 3 of 5 nodes are coming");
    cluster.reported("pool.a", nodes(5, 2, lacking));
    assertThat(pool(cluster.reconcile()))
        .isEqualTo("Coming, Changing, TRUE: 3 of 5 nodes are coming");
    cluster.reported("pool.a", nodes(5, 4, lacking));
    assertThat(pool(cluster.reconcile()))
        .isEqualTo("Coming, Changing, TRUE: 1 of 5 nodes is coming");
    cluster.reported("pool.a", nodes(5, 3, lacking));
    assertThat(pool(cluster.reconcile())).as("one went").isEqualTo("Degraded, Degraded, FALSE: m");
    assertThat(pool(cluster.reconcile())).as("it is still missing").startsWith("Degraded, ");
    cluster.reported("pool.a", nodes(5, 4, lacking));
    assertThat(pool(cluster.reconcile())).as("as is another").startsWith("Degraded, ");
    cluster.reported("pool.a", nodes(5, 5, of("Available", "True", 2)));
    assertThat(pool(cluster.reconcile())).isEqualTo("Ready, Ready, TRUE: ");
  }

  record Autoscaled(String reason, int wanted, int there, String pool) {}

  static Stream<Autoscaled> autoscaled() {
    String machine = "Machine a: kubelet stopped";
    return Stream.of(
        new Autoscaled("as many as asked for", 4, 4, "Ready, Ready, TRUE: "),
        new Autoscaled("it grows", 6, 4, "Ready, Ready, TRUE: 2 of 6 nodes are coming; " + machine),
        new Autoscaled(
            "as it should", 6, 5, "Ready, Ready, TRUE: 1 of 6 nodes is coming; " + machine),
        new Autoscaled("one is given up before it came", 5, 5, "Ready, Ready, TRUE: "),
        new Autoscaled("one went", 5, 4, "Degraded, Degraded, FALSE: " + machine),
        new Autoscaled("it is still missing", 5, 4, "Degraded, Degraded, FALSE: " + machine),
        new Autoscaled("it is back", 5, 5, "Ready, Ready, TRUE: "),
        new Autoscaled("it shrinks", 3, 3, "Ready, Ready, TRUE: "));
  }

  /** The rows follow one another. */
  @Test
  void anAutoscaledPoolIsDegradedOnlyWhenItLosesNodes() {
    ManagementCluster cluster =
        ManagementCluster.with(CLAIM.replace("replicas: 2", "autoscale: {min: 1, max: 9}"));
    cluster.settle();
    autoscaled()
        .forEach(row -> {
          String ready = row.there < row.wanted ? "False" : "True";
          cluster.reported(
              "pool.a",
              nodes(
                  row.wanted,
                  row.there,
                  of("Available", ready, 9),
                  of("RollingOut", "False", 9),
                  of("MachinesReady", ready, 9)
                      .replace("message: m", "message: 'Machine a: kubelet stopped'")));
          assertThat(pool(cluster.reconcile())).as(row.reason).isEqualTo(row.pool);
        });
  }

  record Addons(String reason, String claim, String cloud, String summary, Ready ready) {}

  static Stream<Addons> addons() {
    String failed = "{featureSummaries: [{featureID: Helm, status: Failed, failureMessage: gone}]}";
    return Stream.of(
        new Addons("all deployed", "{}", "{}", "{}", Ready.TRUE),
        new Addons(
            "one is on its way for the first time",
            "{}",
            "{}",
            "{featureSummaries: []}",
            Ready.FALSE),
        new Addons("one failed", "{}", "{}", failed, Ready.FALSE),
        new Addons(
            "those that make nodes ready cannot come, and there are no nodes to tell it",
            "pools: []",
            "workloadCredentials: null",
            "{}",
            Ready.FALSE));
  }

  @ParameterizedTest
  @MethodSource("addons")
  void noClusterIsReadyBeforeItsAddonsAreDeployed(Addons row) {
    ManagementCluster cluster = ManagementCluster.with(CLAIM).claim(row.claim).cloud(row.cloud);
    cluster.reconcile();
    new Controllers(cluster).work();
    // The autoscaler comes once there is a cluster.
    cluster.reconcile();
    new Controllers(cluster).work();
    cluster.summary("eo-lab-f4bd8-metrics-server", "status: " + row.summary);
    Answer.Composed composed = cluster.reconcile();
    assertThat(composed.ready()).as(row.reason).isEqualTo(row.ready);
    assertThat(cluster.composed().ready())
        .as(row.reason + ", and so it stays")
        .isEqualTo(row.ready);
  }

  @Test
  void aChangeOfNodesDoesNotMakeTheClusterUnready() {
    ManagementCluster cluster = settled();
    cluster.claim(CLAIM.replace("replicas: 2}", "replicas: 2, labels: {x: y}}"));
    assertThat(cluster.reconcile().ready()).as("core is told to apply").isEqualTo(Ready.TRUE);
    assertThat(cluster.reconcile().ready()).as("nobody has looked yet").isEqualTo(Ready.TRUE);
    new Controllers(cluster).work();
    assertThat(cluster.reconcile().ready()).as("done").isEqualTo(Ready.TRUE);
  }
}
