package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.decode.Mistake;
import dev.isobar.function.Seeds;
import dev.isobar.function.contract.Answer;
import dev.isobar.function.contract.Condition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Conditions, stage and message of every situation; conditions and reasons are a closed list. */
final class ConditionsTest {
  /** InfrastructureReady may also repeat the reason of the Cloud's own Ready. */
  static final List<String> CLOSED_LIST =
      List.of(
          "Accepted=TRUE/Valid",
          "Accepted=TRUE/ManagementCidrsUnknown",
          "Accepted=FALSE/InvalidConfiguration",
          "CloudResolved=TRUE/Resolved",
          "CloudResolved=TRUE/CloudNotReady",
          "CloudResolved=TRUE/Incomplete",
          "InfrastructureReady=TRUE/Provisioned",
          "InfrastructureReady=TRUE/AllowedCidrsIgnored",
          "InfrastructureReady=FALSE/Provisioning",
          "InfrastructureReady=FALSE/CloudNotReady",
          "InfrastructureReady=FALSE/Degraded",
          "ControlPlaneReady=TRUE/Available",
          "ControlPlaneReady=TRUE/Weakened",
          "ControlPlaneReady=FALSE/WaitingForInfrastructure",
          "ControlPlaneReady=FALSE/Provisioning",
          "ControlPlaneReady=FALSE/Degraded",
          "PoolsReady=TRUE/Available",
          "PoolsReady=TRUE/NoPools",
          "PoolsReady=FALSE/WaitingForControlPlane",
          "PoolsReady=FALSE/Provisioning",
          "PoolsReady=FALSE/Degraded",
          "AddonsReady=TRUE/Deployed",
          "AddonsReady=FALSE/WaitingForControlPlane",
          "AddonsReady=FALSE/WaitingForSveltos",
          "AddonsReady=FALSE/Deploying",
          "AddonsReady=FALSE/Failed",
          "AddonsReady=FALSE/WorkloadCredentialsMissing",
          "GpuReady=TRUE/Available",
          "GpuReady=TRUE/NoGpuPools",
          "GpuReady=FALSE/WaitingForControlPlane",
          "GpuReady=FALSE/WaitingForGpuOperator",
          "GpuReady=FALSE/Provisioning",
          "GpuReady=FALSE/Degraded",
          "Upgrading=FALSE/LeftBehind",
          "Upgrading=FALSE/RaisedByCloud",
          "Upgrading=FALSE/UpToDate",
          "Upgrading=TRUE/ControlPlane",
          "Upgrading=TRUE/Pools",
          "Upgrading=TRUE/WaitingForPools");

  static final String CLAIM =
      """
      version: "1.34"
      pools:
      - {name: a, machineType: m1.large, replicas: 2}
      - {name: g, machineType: g2.a100.2, autoscale: {min: 0, max: 2}, gpu: {partitioning: {none: {}}}}
      """;

  private static final String NEW =
      "Accepted=TRUE/Valid CloudResolved=TRUE/Resolved InfrastructureReady=FALSE/Provisioning"
          + " ControlPlaneReady=FALSE/WaitingForInfrastructure"
          + " PoolsReady=FALSE/WaitingForControlPlane AddonsReady=FALSE/WaitingForControlPlane"
          + " GpuReady=FALSE/WaitingForControlPlane Upgrading=FALSE/UpToDate";

  static final String SETTLED =
      "Accepted=TRUE/Valid CloudResolved=TRUE/Resolved InfrastructureReady=TRUE/Provisioned"
          + " ControlPlaneReady=TRUE/Available PoolsReady=TRUE/Available AddonsReady=TRUE/Deployed"
          + " GpuReady=TRUE/Available Upgrading=FALSE/UpToDate";

  private static final String REFUSED =
      "conditions: [{type: Ready, status: 'False', reason: %s, message: Keystone says 401}]";

  static ManagementCluster settled() {
    return settled(CLAIM);
  }

  static ManagementCluster settled(String claim) {
    return atRest(ManagementCluster.with(claim));
  }

  private static ManagementCluster begun() {
    ManagementCluster cluster = ManagementCluster.with(CLAIM);
    cluster.reconcile();
    return cluster;
  }

  /** Everything but the nodes is there. */
  private static ManagementCluster young() {
    return settled().reported("pool.a", "status: null").reported("pool.g", "status: null");
  }

  static String broken(String type, String message) {
    return "status: {conditions: [{type: %s, status: 'False', message: %s}]}"
        .formatted(type, message);
  }

  static String changed(String from, String... changes) {
    String list = from;
    for (String change : changes) {
      list = list.replaceAll(change.substring(0, change.indexOf('=')) + "=\\S+", change);
    }
    return list;
  }

  record Row(
      String reason, ManagementCluster cluster, String conditions, String stage, String message) {}

  static Stream<Row> beginnings() {
    return Stream.of(
        new Row(
            "asked for",
            ManagementCluster.with(CLAIM),
            NEW,
            "Waiting",
            "the Cluster is being created"),
        new Row("begun", begun(), NEW, "Provisioning", "networks and load balancer are being made"),
        new Row(
            "no network yet, with Cluster API's words",
            begun().reported("cluster", broken("InfrastructureReady", "waits for a router")),
            NEW,
            "Provisioning",
            CloudWords.MAKING + "waits for a router"),
        new Row(
            "the cloud refuses, which Cluster API's provider does not say",
            begun().discovered(REFUSED.formatted("AuthenticationFailed")),
            changed(
                NEW,
                "CloudResolved=TRUE/CloudNotReady",
                "InfrastructureReady=FALSE/AuthenticationFailed"),
            "Provisioning",
            CloudWords.REFUSES),
        new Row(
            "the cloud gives no reason",
            begun().discovered(REFUSED.formatted("''")),
            changed(
                NEW, "CloudResolved=TRUE/CloudNotReady", "InfrastructureReady=FALSE/CloudNotReady"),
            "Provisioning",
            "Cloud wekeo is known, but reports Keystone says 401; the platform team must act"),
        new Row(
            "network, but no machine",
            begun()
                .reported(
                    "cluster",
                    "status: {conditions: [{type: InfrastructureReady, status: 'True'}]}"),
            changed(
                NEW,
                "InfrastructureReady=TRUE/Provisioned",
                "ControlPlaneReady=FALSE/Provisioning"),
            "Provisioning",
            "the first control plane machine is being made"),
        new Row(
            "nodes and add-ons on their way",
            young()
                .summary("eo-lab-f4bd8-cni", "status: {featureSummaries: []}")
                .summary("eo-lab-f4bd8-gpu-operator", "status: {featureSummaries: []}"),
            changed(
                SETTLED,
                "PoolsReady=FALSE/Provisioning",
                "AddonsReady=FALSE/Deploying",
                "GpuReady=FALSE/WaitingForGpuOperator"),
            "Changing",
            "pool a (also g): its first node is on its way"),
        new Row(
            "nodes on their way",
            young(),
            changed(SETTLED, "PoolsReady=FALSE/Provisioning", "GpuReady=FALSE/Provisioning"),
            "Changing",
            "pool a (also g): its first node is on its way"),
        new Row("settled", settled(), SETTLED, "Ready", "the cluster is ready"),
        new Row(
            "no pools",
            atRest(settled().claim("pools: []")),
            changed(SETTLED, "PoolsReady=TRUE/NoPools", "GpuReady=TRUE/NoGpuPools"),
            "Ready",
            "the cluster is ready"));
  }

  private static ManagementCluster atRest(ManagementCluster cluster) {
    cluster.settle();
    return cluster;
  }

  static Stream<Row> troubles() {
    String lacking = broken("Available", "2 of 5");
    return Stream.of(
        new Row(
            "the network broke",
            settled().reported("cluster", broken("InfrastructureReady", "router is gone")),
            changed(SETTLED, "InfrastructureReady=FALSE/Degraded"),
            "Degraded",
            CloudWords.BROKEN + "router is gone"),
        new Row(
            "the control plane broke",
            settled().reported("control-plane", broken("Available", "no quorum")),
            changed(SETTLED, "ControlPlaneReady=FALSE/Degraded"),
            "Degraded",
            "no quorum"),
        new Row(
            "nodes went away",
            settled().reported("pool.a", broken("Available", "0 of 2")),
            changed(SETTLED, "PoolsReady=FALSE/Degraded"),
            "Degraded",
            "pool a: 0 of 2"),
        new Row(
            "nodes are coming",
            settled().reported("pool.a", "spec: {replicas: 5}").reported("pool.a", lacking),
            changed(SETTLED, "PoolsReady=FALSE/Provisioning"),
            "Changing",
            "pool a: 3 of 5 nodes are coming"),
        new Row(
            "an add-on failed",
            settled()
                .summary(
                    "eo-lab-f4bd8-metrics-server",
                    "status: {featureSummaries: [{featureID: Helm, status: Failed, failureMessage:"
                        + " no chart}]}"),
            changed(SETTLED, "AddonsReady=FALSE/Failed"),
            "Degraded",
            "add-on metrics-server: no chart"),
        new Row(
            "the Cloud never had credentials for clusters",
            ManagementCluster.with(CLAIM).cloud("workloadCredentials: null"),
            changed(NEW, "AddonsReady=FALSE/WorkloadCredentialsMissing"),
            "Waiting",
            "the Cluster is being created"),
        new Row(
            "a settled cluster on a cloud that refuses: it works, and says so",
            settled().discovered(REFUSED.formatted("AuthenticationFailed")),
            changed(SETTLED, "CloudResolved=TRUE/CloudNotReady"),
            "Ready",
            CloudWords.REFUSES),
        new Row(
            "the Cloud lacks what the cluster uses: it goes on, and says so",
            settled().cloud("machineTypes: []"),
            changed(SETTLED, "CloudResolved=TRUE/Incomplete"),
            "Ready",
            "the cluster is ready"),
        new Row(
            "paused",
            settled().claim("paused: true"),
            SETTLED,
            "Paused",
            "paused by spec.paused: nothing is changed until it is set to false"));
  }

  @ParameterizedTest
  @MethodSource({
    "beginnings",
    "troubles",
    "dev.isobar.function.compose.UpgradeSituations#upgrades"
  })
  void tellHowTheClusterIsDoing(Row row) {
    Answer.Composed composed = row.cluster.composed();
    assertThat(String.join(" ", conditions(composed.conditions())))
        .as(row.reason)
        .isEqualTo(row.conditions);
    assertThat(composed.status()).as(row.reason).containsEntry("stage", row.stage);
    assertThat(composed.status()).as(row.reason).containsEntry("message", row.message);
  }

  static List<String> conditions(List<Condition> conditions) {
    return conditions.stream()
        .map(one -> one.type() + "=" + one.status() + "/" + one.reason())
        .toList();
  }

  private static Answer.Rejected refused() {
    return settled().claim("controlPlane: {replicas: 2, machineType: x}").ask()
            instanceof Answer.Rejected rejected
        ? rejected
        : new Answer.Rejected(List.of(), List.of(), List.of());
  }

  @Test
  void aRefusalSaysSoAndLeavesTheOthersWordForWord() {
    Answer.Composed before = settled().composed();
    Answer.Rejected refused = refused();
    assertThat(conditions(refused.conditions()).getFirst())
        .isEqualTo("Accepted=FALSE/InvalidConfiguration");
    assertThat(refused.conditions().getFirst().message())
        .isEqualTo(Mistake.sentences(refused.mistakes()));
    assertThat(refused.conditions().subList(1, refused.conditions().size()))
        .isEqualTo(before.conditions().subList(1, before.conditions().size()));
  }

  @Test
  void everyReasonOfTheListHasASituation() {
    SortedSet<String> told = new TreeSet<>();
    Stream.of(beginnings(), troubles(), UpgradeSituations.upgrades())
        .flatMap(rows -> rows)
        .forEach(row -> told.addAll(conditions(row.cluster.composed().conditions())));
    HalfWorkingTest.halves()
        .forEach(row -> told.addAll(conditions(row.cluster().composed().conditions())));
    told.addAll(conditions(refused().conditions()));
    told.addAll(conditions(HalfWorkingTest.closed().composed().conditions()));
    told.remove("InfrastructureReady=FALSE/AuthenticationFailed");
    assertThat(told).isEqualTo(new TreeSet<>(CLOSED_LIST));
  }

  @Test
  void noOtherReasonIsEverTold() {
    Seeds.each(
        40,
        random -> {
          for (Answer.Composed answer : history(random)) {
            assertThat(CLOSED_LIST).containsAll(conditions(answer.conditions()));
            assertThat(answer.conditions())
                .allSatisfy(one -> assertThat(one.message()).isNotBlank().doesNotContain("\n"));
          }
        });
  }

  /** A cluster that is made, settles, and loses what its controllers said of some objects. */
  private static List<Answer.Composed> history(Random random) {
    Map<String, Object> cloud = new CloudGenerator(random).cloud();
    var cluster = ManagementCluster.with(new ClaimGenerator(random).claim(cloud, 4), cloud);
    List<Answer.Composed> history = new ArrayList<>(List.of(cluster.reconcile()));
    history.add(cluster.settle());
    for (String key : cluster.keys()) {
      if (random.nextInt(3) == 0) {
        String type = key.equals("cluster") ? "InfrastructureReady" : "Available";
        String status = List.of("'True'", "'False'", "Unknown").get(random.nextInt(3));
        cluster.reported(
            key,
            "status: {conditions: [{type: %s, status: %s, observedGeneration: %d}]}"
                .formatted(type, status, random.nextInt(3)));
        history.add(cluster.reconcile());
      }
    }
    return history;
  }

  @Test
  void theListIsThatOfTheDocumentation() throws IOException {
    Path page = Path.of("..", "src", "site", "markdown", "conditions.md");
    List<String> listed = new ArrayList<>();
    String type = "";
    for (String line : Files.readString(page).split("## Of a ")[0].lines().toList()) {
      String[] cells = line.split("\\|");
      if (cells.length > 3 && cells[2].strip().matches("True|False")) {
        type = cells[1].isBlank() ? type : cells[1].strip().split(" ")[0];
        String reason = cells[3].strip().split("[ ,]")[0];
        listed.add(type + "=" + cells[2].strip().toUpperCase(Locale.ROOT) + "/" + reason);
      }
    }
    assertThat(listed.stream().sorted().collect(Collectors.joining("\n")))
        .isEqualTo(CLOSED_LIST.stream().sorted().collect(Collectors.joining("\n")));
  }

  @Test
  void longMessagesAreCut() {
    String words = broken("Available", "x".repeat(2000));
    assertThat(settled().reported("control-plane", words).composed().conditions().get(3).message())
        .hasSize(703)
        .endsWith("x...");
  }
}
