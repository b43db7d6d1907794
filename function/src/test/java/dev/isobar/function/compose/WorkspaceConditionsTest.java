package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.function.contract.Answer;
import dev.isobar.function.contract.Condition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of a workspace, and that it is what the documentation lists. */
final class WorkspaceConditionsTest {
  private static final String HUB = "eo-lab-f4bd8-ml-training-jupyterhub-";

  /**
   * A situation and what is said of it.
   *
   * @param told type and reason of one condition
   */
  record Row(String reason, Answer answer, String told) {
    @Override
    public String toString() {
      return reason;
    }
  }

  private static WorkspaceScene settled() {
    WorkspaceScene scene = WorkspaceScene.of(WorkspaceScene.HUB);
    scene.settle();
    return scene;
  }

  private static WorkspaceScene paused() {
    WorkspaceScene scene = settled();
    scene.cluster().observed("cluster", "spec: {paused: true}");
    return scene;
  }

  private static WorkspaceScene withHub(String status) {
    WorkspaceScene scene = settled();
    String profile =
        scene
            .observed()
            .get("addon.ml-training.jupyterhub")
            .at("metadata", "name")
            .text()
            .orElse("");
    assertThat(profile).startsWith(HUB);
    scene.cluster().summary(profile, "status: {featureSummaries: [" + status + "]}");
    return scene;
  }

  private static WorkspaceScene withPool(String status) {
    WorkspaceScene scene = settled();
    scene.reported("pool.ml-training.slices", status);
    return scene;
  }

  static Stream<Row> situations() {
    return Stream.of(
        new Row("at rest", settled().ask(), "Accepted=TRUE/Valid"),
        new Row("its cluster too", settled().ask(), "ClusterResolved=TRUE/Resolved"),
        new Row("its nodes too", settled().ask(), "PoolsReady=TRUE/Available"),
        new Row("its hub too", settled().ask(), "WorkspaceReady=TRUE/Available"),
        new Row(
            "a mistake",
            settled().claim("quota: {storage: 1Gi}").ask(),
            "Accepted=FALSE/InvalidConfiguration"),
        new Row(
            "a cluster that is not ready",
            WorkspaceScene.of(WorkspaceScene.HUB).clusterSays("Ready", "False").ask(),
            "ClusterResolved=TRUE/ClusterNotReady"),
        new Row("a cluster that is paused", paused().ask(), "ClusterResolved=TRUE/ClusterPaused"),
        new Row(
            "a cluster without a control plane",
            WorkspaceScene.in(ManagementCluster.with("{}"), WorkspaceScene.HUB).ask(),
            "ClusterResolved=FALSE/WaitingForControlPlane"),
        new Row(
            "a new one",
            WorkspaceScene.of(WorkspaceScene.HUB).ask(),
            "PoolsReady=FALSE/WaitingForGpuOperator"),
        new Row(
            "no nodes of its own",
            WorkspaceScene.of("clusterRef: {name: eo-lab}").ask(),
            "PoolsReady=TRUE/NoPools"),
        new Row(
            "nodes on their way",
            withPool(
                    "{spec: {replicas: 2}, status: {readyReplicas: 0, availableReplicas: 0,"
                        + " conditions: [{type: Available, status: 'False', message: ''}]}}")
                .ask(),
            "PoolsReady=FALSE/Provisioning"),
        new Row(
            "a pool that somebody deletes",
            withPool("metadata: {deletionTimestamp: '2026-03-01T00:00:00Z'}").ask(),
            "PoolsReady=FALSE/Degraded"),
        new Row(
            "a pool that somebody paused",
            withPool("metadata: {annotations: {cluster.x-k8s.io/paused: ''}}").ask(),
            "PoolsReady=TRUE/Paused"),
        new Row(
            "a pool that somebody paused before its nodes were there",
            withPool(
                    "{metadata: {annotations: {cluster.x-k8s.io/paused: ''}}, spec: {replicas: 2},"
                        + " status: {readyReplicas: 0, availableReplicas: 0, conditions: [{type:"
                        + " Available, status: 'False', message: ''}]}}")
                .ask(),
            "PoolsReady=FALSE/Paused"),
        new Row(
            "a hub for nobody",
            WorkspaceScene.of(WorkspaceScene.HUB)
                .claim("jupyterhub: {users: {allowed: []}}")
                .settle(),
            "WorkspaceReady=TRUE/NobodyAllowed"),
        new Row(
            "a trial",
            WorkspaceScene.of(WorkspaceScene.HUB)
                .claim("jupyterhub: {auth: {oidc: null, dummy: {passwordRef: {name: a, key: b}}}}")
                .settle(),
            "WorkspaceReady=TRUE/TrialLogin"),
        new Row(
            "Sveltos that has not looked",
            WorkspaceScene.of(WorkspaceScene.HUB).ask(),
            "WorkspaceReady=FALSE/WaitingForSveltos"),
        new Row(
            "a chart on its way",
            withHub("{featureID: Helm, status: Provisioning}").ask(),
            "WorkspaceReady=FALSE/Deploying"),
        new Row(
            "a chart that fails",
            withHub("{featureID: Helm, status: Failed, failureMessage: no such host}").ask(),
            "WorkspaceReady=FALSE/Failed"),
        new Row(
            "an API that is not up",
            WorkspaceScene.of(WorkspaceScene.HUB).withoutApi().ask(),
            "WorkspaceReady=FALSE/WaitingForControlPlane"));
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | scheduler: {kueue: {clusterQueue: gpus}} | no kind LocalQueue; spec.scheduler.kueue"
            + " needs Kueue, which spec.addons.kueue of PlatformCluster eo-lab brings, unless the"
            + " cluster has it otherwise",
        "addons: {kueue: true} | scheduler: {kueue: {clusterQueue: gpus}} | no kind LocalQueue",
        "{} | jupyterhub: {ingress: null, gateway: {name: main, namespace: gateways}} | no kind"
            + " LocalQueue; spec.jupyterhub.gateway needs the kinds of the Gateway API, which"
            + " spec.addons.gatewayApi of PlatformCluster eo-lab brings, unless the cluster has it"
            + " otherwise",
        "{} | {} | no kind LocalQueue"
      })
  void whatTheClusterLacksIsToldWhereSomethingFails(String cluster, String overlay, String ending) {
    ManagementCluster management = ManagementCluster.with(cluster);
    management.settle();
    WorkspaceScene scene = WorkspaceScene.in(management, WorkspaceScene.HUB).claim(overlay);
    scene.settle();
    scene
        .cluster()
        .summary(
            scene
                .observed()
                .get("addon.ml-training.namespace")
                .at("metadata", "name")
                .text()
                .orElse(""),
            "status: {featureSummaries: [{featureID: Resources, status: Failed, failureMessage: no"
                + " kind LocalQueue}]}");
    assertThat(said(scene)).endsWith(ending);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | the hub works; its certificate of ClusterIssuer acme needs cert-manager, which"
            + " spec.addons.certManager of PlatformCluster eo-lab brings, unless the cluster has it"
            + " otherwise",
        "addons: {certManager: true} | the hub works"
      })
  void whatACertificateNeedsIsTold(String cluster, String message) {
    ManagementCluster management = ManagementCluster.with(cluster);
    management.settle();
    WorkspaceScene scene =
        WorkspaceScene.in(management, WorkspaceScene.HUB)
            .claim("jupyterhub: {ingress: {clusterIssuer: acme}}");
    scene.settle();
    assertThat(said(scene)).isEqualTo(message);
  }

  private static String said(WorkspaceScene scene) {
    return scene.composed().conditions().stream()
        .filter(one -> one.type().equals("WorkspaceReady"))
        .map(Condition::message)
        .findFirst()
        .orElse("");
  }

  private static List<String> told(Answer answer) {
    List<Condition> conditions =
        switch (answer) {
          case Answer.Composed composed -> composed.conditions();
          case Answer.Rejected rejected -> rejected.conditions();
          case Answer.Unresolved _ -> List.of();
        };
    return conditions.stream()
        .map(one -> one.type() + "=" + one.status() + "/" + one.reason())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("situations")
  void situationsAreTold(Row row) {
    assertThat(told(row.answer())).contains(row.told());
  }

  @Test
  void theListIsThatOfTheDocumentation() throws IOException {
    List<String> lines =
        Files.readAllLines(Path.of("..", "src", "site", "markdown", "conditions.md"));
    List<String> listed = new ArrayList<>();
    String type = "";
    for (String line :
        lines.subList(lines.indexOf("## Of a GpuWorkspace"), lines.indexOf("## Results"))) {
      String[] cells = line.split("\\|");
      if (cells.length > 3 && cells[2].strip().matches("True|False")) {
        type = cells[1].isBlank() ? type : cells[1].strip();
        String status = cells[2].strip().equals("True") ? "TRUE" : "FALSE";
        listed.add(type + "=" + status + "/" + cells[3].strip());
      }
    }
    var all = new TreeSet<String>();
    situations().forEach(row -> all.add(row.told()));
    assertThat(new TreeSet<>(listed)).isEqualTo(all);
    assertThat(listed).hasSameSizeAs(all);
  }
}
