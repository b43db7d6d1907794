package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.contract.Answer;
import dev.isobar.function.contract.Condition;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Somebody paused the nodes of a workspace, or all of its cluster; it says who must end that. */
final class WorkspacePausesTest {
  private static final String POOL = "pool.ml-training.slices";
  private static final String ANNOTATED = "metadata: {annotations: {cluster.x-k8s.io/paused: ''}}";

  private static final String OBJECT =
      "MachineDeployment eo-lab-f4bd8-ml-training-slices-eca9a of pool ml-training.slices is"
          + " paused, though its claim does not ask for it: Cluster API ";

  private static final String STOPPED =
      OBJECT
          + "leaves it as it is until whoever set its annotation cluster.x-k8s.io/paused removes"
          + " it";

  private static final String UNCHANGED =
      ": neither nodes nor add-ons of the workspace change until ";

  /**
   * A pause, what the status says of it, and of the one kind of servers there is.
   *
   * @param schedulable whether a server can come up
   * @param waits what it waits for; empty for nothing
   */
  record Row(
      String reason, WorkspaceScene scene, String message, boolean schedulable, String waits) {
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

  private static WorkspaceScene withPool(String... overlays) {
    WorkspaceScene scene = settled();
    for (String overlay : overlays) {
      scene.reported(POOL, overlay);
    }
    return scene;
  }

  static Stream<Row> pauses() {
    WorkspaceScene byClaim = settled();
    byClaim.cluster().claim("paused: true").reconcile();
    WorkspaceScene byOthers = settled();
    byOthers.cluster().observed("cluster", "spec: {paused: true}");
    String claimed =
        "PlatformCluster eo-lab is paused"
            + UNCHANGED
            + "its app team sets its spec.paused to false";
    String foreign =
        "Cluster eo-lab-f4bd8 is paused, though PlatformCluster eo-lab does not ask for it"
            + UNCHANGED
            + "whoever set its spec.paused sets it to false";
    String coming =
        "{spec: {replicas: 2}, status: {readyReplicas: 0, availableReplicas: 0, conditions: [{type:"
            + " Available, status: 'False', message: ''}]}}";
    return Stream.of(
        new Row("nodes, of which there are none", withPool(ANNOTATED), STOPPED, false, STOPPED),
        new Row(
            "nodes, of which one is there",
            withPool(
                ANNOTATED,
                "{spec: {replicas: 1}, status: {readyReplicas: 1, availableReplicas: 1}}"),
            STOPPED,
            true,
            ""),
        new Row(
            "nodes, while others were on their way",
            withPool(ANNOTATED, coming),
            STOPPED + "; accelerator slices: 2 of 2 nodes are coming",
            false,
            STOPPED),
        new Row(
            "rollouts alone",
            withPool("spec: {paused: true}", "status: {readyReplicas: 1}"),
            OBJECT
                + "replaces none of its nodes until whoever set its spec.paused sets it to false",
            true,
            ""),
        new Row("the cluster, by its claim", byClaim, claimed, false, claimed),
        new Row("the cluster, by others", byOthers, foreign, false, foreign));
  }

  @ParameterizedTest
  @MethodSource("pauses")
  void isToldWithWhoMustEndIt(Row row) {
    Tree status = Tree.of(row.scene().composed().status());
    assertThat(status.at("stage").text()).contains("Paused");
    assertThat(status.at("message").text()).contains(row.message());
    Tree profile = status.at("profiles").items().getFirst();
    assertThat(profile.at("schedulable").truth()).contains(row.schedulable());
    assertThat(profile.at("message").text().orElse("")).isEqualTo(row.waits());
  }

  /** The loss may be why somebody paused them, and must not be hidden. */
  @Test
  void nodesThatAreMissingAreToldFirst() {
    WorkspaceScene scene = paused();
    scene.reported(
        POOL,
        "status: {readyReplicas: 0, availableReplicas: 0, conditions: [{type: Available, status:"
            + " 'False', message: no machine}]}");
    String told = "accelerator slices: no machine; besides, " + STOPPED;
    Answer.Composed first = scene.round();
    scene.reported(POOL, "metadata: {generation: 99}");
    for (Answer.Composed answer : List.of(first, scene.composed())) {
      assertThat(pools(answer).reason()).isEqualTo("Degraded");
      assertThat(pools(answer).message()).isEqualTo(told);
      assertThat(Tree.of(answer.status()).at("stage").text()).contains("Degraded");
      assertThat(Tree.of(answer.status()).at("message").text()).contains(told);
    }
  }

  @Test
  void poolAndAcceleratorTellItToo() {
    Tree status = Tree.of(withPool(ANNOTATED).composed().status());
    assertThat(status.at("pools").items().getFirst().at("message").text()).contains(STOPPED);
    assertThat(status.at("accelerators").items().getFirst().at("message").text()).contains(STOPPED);
  }

  @Test
  void theAutoscalerIsPausedWithTheCluster() {
    WorkspaceScene scene = settled();
    scene.cluster().claim("paused: true").reconcile();
    assertThat(mark(scene)).isEqualTo("true");
    scene.round();
    scene.cluster().claim("paused: false").reconcile();
    assertThat(mark(scene)).isEmpty();
  }

  private static String mark(WorkspaceScene scene) {
    return Tree.of(scene.composed(POOL))
        .at("metadata", "annotations", "cluster.x-k8s.io/paused")
        .text()
        .orElse("");
  }

  /** Of a fixed number of nodes it is asked whether Cluster API has looked at them. */
  private static WorkspaceScene paused() {
    WorkspaceScene scene =
        WorkspaceScene.of(WorkspaceScene.HUB.replace("{min: 0, max: 4}", "{min: 2, max: 2}"));
    scene.settle();
    scene.reported(POOL, ANNOTATED);
    scene.round();
    return scene;
  }

  /** What stays paused is told in the same words, however often. */
  @Test
  void isToldAgainAsBefore() {
    WorkspaceScene scene = paused();
    scene.reported(POOL, "metadata: {generation: 99}");
    Condition first = pools(scene.round());
    Condition second = pools(scene.composed());
    assertThat(second).isEqualTo(first);
    assertThat(second.message()).isEqualTo(STOPPED);
  }

  @Test
  void isNotToldOnceItHasEnded() {
    WorkspaceScene scene = paused();
    scene.reported(
        POOL, "metadata: {generation: 99, annotations: {cluster.x-k8s.io/paused: null}}");
    Condition told = pools(scene.composed());
    assertThat(told.reason()).isEqualTo("Available");
    assertThat(told.message()).isEqualTo("it is being looked at");
  }

  private static Condition pools(Answer.Composed answer) {
    return answer.conditions().stream()
        .filter(condition -> condition.type().equals("PoolsReady"))
        .findFirst()
        .orElseThrow();
  }
}
