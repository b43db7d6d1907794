package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Somebody deleted the Cluster of a claim that lives. */
final class DeletedClusterTest {
  private static final String GOING = "metadata: {deletionTimestamp: '2026-01-02T00:00:00Z'}";
  private static final String SLICES = "pool.ml-training.slices";

  @Test
  void whatHasGoneComesAgainWhenTheClusterHasGone() {
    ManagementCluster cluster = ConditionsTest.settled();
    List<String> all = cluster.keys();
    cluster.reported("cluster", GOING);
    assertThat(cluster.keys()).as("while all is there").isEqualTo(all);
    cluster.deleted("pool.a").deleted("pool.a.health").reported("control-plane", GOING);
    assertThat(cluster.keys())
        .as("while the Cluster is there, of what goes as well")
        .isEqualTo(
            all.stream()
                .filter(key -> !List.of("pool.a", "pool.a.health", "control-plane").contains(key))
                .toList());
    assertThat(cluster.composed().status()).containsEntry("stage", "Deleting");
    cluster.deleted("control-plane").deleted("cluster");
    cluster.settle();
    assertThat(cluster.keys()).as("afterwards").isEqualTo(all);
    assertThat(cluster.composed().status()).containsEntry("stage", "Ready");
  }

  @Test
  void whatKeepsItsNetworkIsTold() {
    ManagementCluster cluster = ConditionsTest.settled();
    cluster.reported("cluster", GOING);
    assertThat(message(cluster)).as("nothing").endsWith("without what ran in it");
    cluster.reported("cleanup", "status: {counts: {loadBalancers: 2}}");
    assertThat(message(cluster))
        .isEqualTo(
            "the Cluster eo-lab-f4bd8 is being deleted, though not by its claim; it is made anew"
                + " once it is gone, without what ran in it; load balancers of its Services hold"
                + " its network (2 of them), until the platform team deletes ClusterCleanup"
                + " eo-lab-f4bd8 too, which treats volumes as spec.addons.volumes.afterCluster says"
                + " (Keep)");
    cluster.reported("cleanup", GOING);
    cluster.reported(
        "cleanup", "status: {conditions: [{type: Ready, status: 'False', message: words}]}");
    assertThat(message(cluster)).endsWith("ran in it; its ClusterCleanup: words");
    assertThat(cluster.keys()).as("it is still seen").contains("cleanup");
    assertThat(message(cluster.cloud("providerConfigRef: null").deleted("cleanup")))
        .endsWith("if there are any, until somebody deletes them in the cloud");
    assertThat(message(cluster.claim("paused: true")))
        .endsWith("Cluster API deletes nothing of it until spec.paused is set to false");
  }

  private static String message(ManagementCluster cluster) {
    return String.valueOf(cluster.composed().status().get("message"));
  }

  @Test
  void norDoNodesOfWorkspacesComeBefore() {
    ManagementCluster cluster = ManagementCluster.with("{}");
    cluster.settle();
    WorkspaceScene scene = WorkspaceScene.in(cluster, WorkspaceScene.HUB);
    scene.settle();
    assertThat(scene.composed().resources()).containsKey(SLICES);
    cluster.reported("cluster", GOING);
    assertThat(scene.composed().resources()).as("which are there").containsKey(SLICES);
    scene.deleted(SLICES);
    assertThat(scene.composed().resources()).as("which have gone").doesNotContainKey(SLICES);
  }

  record Row(String reason, String metadata, List<String> finalizers) {}

  static Stream<Row> finalizers() {
    String deleted = "deletionTimestamp: '2026-01-02T00:00:00Z', finalizers: [%s]";
    String own = "cluster.cluster.x-k8s.io";
    return Stream.of(
        new Row("it lives", "finalizers: []", List.of(own)),
        new Row("Cluster API is not done", deleted.formatted(own + ", another"), List.of(own)),
        new Row(
            "another holds it, and none may be added", deleted.formatted("another"), List.of()));
  }

  @ParameterizedTest
  @MethodSource("finalizers")
  void aFinalizerIsNotAddedToWhatIsDeleted(Row row) {
    ManagementCluster cluster = ConditionsTest.settled();
    cluster.observed("cluster", "metadata: {" + row.metadata + "}");
    Tree metadata = Tree.of(cluster.composed("cluster")).at("metadata");
    assertThat(
            metadata.at("finalizers").items().stream().flatMap(one -> one.text().stream()).toList())
        .as(row.reason)
        .isEqualTo(row.finalizers);
  }
}
