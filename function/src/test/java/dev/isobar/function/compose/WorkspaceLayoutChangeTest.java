package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.contract.Answer;
import dev.isobar.function.contract.Condition;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** While nodes are held back or replaced, a hub asks for what those offer that are there. */
final class WorkspaceLayoutChangeTest {
  private static final String POOL = "pool.ml-training.slices";
  private static final Pattern NAME = Pattern.compile("mig-[0-9a-f]{8}");

  private static final String CLAIM =
      """
      quota: {gpus: %1$d}
      accelerators: [{name: slices, machineTypes: [%2$s], nodes: {min: %3$d, max: %3$d}, partitioning: {mig: {layout: {%4$s}}}}]
      jupyterhub:
        profiles: [{name: small, accelerator: slices, gpuMemory: %5$s, cpu: 4, memory: 32Gi, image: a, placeholders: 1}]
      """;

  private static final String OLD = "nvidia.com/mig-3g.40gb";
  private static final String NEW = "nvidia.com/mig-2g.20gb";
  private static final String LATER = "asks for " + OLD + " until nodes with " + NEW + " are there";
  private static final String KEPT =
      "nodes keep their present GPU layout until the GPU Operator has the new one, LAYOUT with ";

  private static WorkspaceScene settled(String machine, int nodes) {
    WorkspaceScene scene =
        WorkspaceScene.of(WorkspaceScene.HUB)
            .claim(CLAIM.formatted(8, machine, nodes, "3g.40gb: 2", "40Gi"));
    scene.settle();
    return scene;
  }

  /** The GPU Operator has the new layout, and the nodes are asked for. */
  private static void asked(WorkspaceScene scene) {
    scene.round();
    scene.round();
  }

  private static void replaced(WorkspaceScene scene, int nodes, int upToDate) {
    scene.reported(
        POOL,
        """
        status:
          replicas: %1$d
          readyReplicas: %1$d
          upToDateReplicas: %2$d
          conditions:
          - {type: Available, status: 'True'}
          - {type: RollingOut, status: '%3$s'}
        """
            .formatted(nodes, upToDate, upToDate == nodes ? "False" : "True"));
  }

  /** What the first kind of servers asks for, whether one can come up, and what is said of it. */
  private static String told(Answer.Composed answer) {
    Tree server = Tree.of(answer.status()).at("profiles").items().getFirst();
    return server.at("resource").text().orElse("nothing")
        + (server.at("schedulable").truth().orElse(false) ? ", can" : ", cannot")
        + ": "
        + unnamed(server.at("message").text().orElse(""));
  }

  private static String unnamed(String text) {
    return NAME.matcher(text).replaceAll("LAYOUT");
  }

  private static String quota(WorkspaceScene scene) {
    return Tree.of(scene.composed("addon.ml-training.namespace.config"))
        .at("data", "workspace.yaml")
        .text()
        .orElse("");
  }

  private static String freePlaces(WorkspaceScene scene) {
    return Tree.of(scene.composed("addon.ml-training.free-places.config"))
        .at("data", "free-places.yaml")
        .text()
        .orElse("");
  }

  private static String pools(Answer.Composed answer) {
    return answer.conditions().stream()
        .filter(one -> one.type().equals("PoolsReady"))
        .map(Condition::message)
        .map(WorkspaceLayoutChangeTest::unnamed)
        .findFirst()
        .orElse("");
  }

  @Test
  void serversAskForWhatNodesHaveUntilOthersAreThere() {
    WorkspaceScene scene = settled("g3.h100.8", 2);
    scene.claim(CLAIM.formatted(8, "g3.h100.8", 2, "2g.20gb: 3", "20Gi"));
    Answer.Composed held = scene.composed();
    assertThat(told(held)).isEqualTo(OLD + ", can: " + LATER + "; " + KEPT + NEW + ": 24");
    assertThat(pools(held))
        .isEqualTo("all accelerators have their nodes; accelerator slices: " + KEPT + NEW + ": 24");
    assertThat(scene.hubValues()).contains(OLD).doesNotContain(NEW);
    assertThat(freePlaces(scene)).contains(OLD).doesNotContain(NEW);
    assertThat(quota(scene))
        .contains("requests." + OLD + ": \"17\"", "requests." + NEW + ": \"24\"");
    Tree accelerator = Tree.of(held.status()).at("accelerators").items().getFirst();
    assertThat(accelerator.at("kinds").items().getFirst().at("perNode").plain())
        .isEqualTo(Manifest.plain(OLD + ": 16"));
    assertThat(accelerator.at("inAll").plain()).isEqualTo(Manifest.plain(OLD + ": 32"));

    asked(scene);
    replaced(scene, 2, 0);
    assertThat(scene.hubValues()).as("none is replaced").contains(OLD).doesNotContain(NEW);
    replaced(scene, 2, 1);
    assertThat(scene.hubValues()).as("one is there").contains(NEW).doesNotContain(OLD);
    assertThat(told(scene.composed())).isEqualTo(NEW + ", can: ");
    assertThat(quota(scene)).as("servers of before still run").contains("requests." + OLD);

    replaced(scene, 2, 2);
    assertThat(quota(scene)).doesNotContain(OLD);
    assertThat(told(scene.composed()))
        .isEqualTo(
            NEW
                + ", can: a node of machine type g3.h100.8 has 24 "
                + NEW
                + ", but processors and memory for 23 such servers");
  }

  @Test
  void aServerThatOnlyNewNodesServeIsToldSo() {
    WorkspaceScene scene = settled("g3.h100.8", 2);
    scene.claim(CLAIM.formatted(8, "g3.h100.8", 2, "7g.80gb: 1", "80Gi"));
    assertThat(scene.hubValues()).as("what it asked for until now stays").contains(OLD);
    scene.claim(
        "jupyterhub: {profiles: [{name: large, accelerator: slices, gpuMemory: 80Gi, cpu: 4,"
            + " memory: 32Gi, image: a}]}");
    String whole = "nvidia.com/mig-7g.80gb";
    assertThat(told(scene.composed()))
        .isEqualTo(
            whole
                + ", cannot: accelerator slices has no node with "
                + whole
                + " yet; "
                + KEPT
                + whole
                + ": 8");
  }

  /** The machines are scarce: the one node is drained for hours before another is asked for. */
  @Test
  void noServerComesUpWhileTheOnlyNodeIsDrained() {
    WorkspaceScene scene = settled("g2.a100.2", 1);
    scene.claim(CLAIM.formatted(8, "g2.a100.2", 1, "2g.20gb: 3", "20Gi"));
    asked(scene);
    replaced(scene, 1, 0);
    assertThat(told(scene.composed()))
        .isEqualTo(
            NEW
                + ", cannot: accelerator slices has one node, which is drained until another comes;"
                + " 0 of 1 nodes are as planned (LAYOUT with "
                + NEW
                + ": 6), the others are replaced one by one");
  }

  @Test
  void nodesOfTheClusterAreFollowedTheSameWay() {
    String pool =
        "pools: [{name: a100, machineTypes: [g2.a100.2], replicas: 2, gpu: {partitioning: {mig:"
            + " {layout: {%s}}}}}]";
    ManagementCluster cluster = ManagementCluster.with(pool.formatted("3g.40gb: 2"));
    cluster.settle();
    WorkspaceScene scene =
        WorkspaceScene.in(cluster, WorkspaceScene.HUB)
            .claim(
                "{accelerators: [{name: slices, poolRef: {name: a100}}], jupyterhub: {profiles:"
                    + " [{name: small, accelerator: slices, gpuMemory: 20Gi, cpu: 4, memory: 32Gi,"
                    + " image: a}]}}");
    assertThat(scene.hubValues()).contains(OLD);
    cluster.claim(pool.formatted("2g.20gb: 3"));
    cluster.reconcile();
    assertThat(scene.hubValues()).contains(OLD).doesNotContain(NEW);
    cluster.settle();
    assertThat(scene.hubValues()).contains(NEW).doesNotContain(OLD);
  }
}
