package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.contract.Condition;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nodes of workspaces count in an upgrade of their cluster as those of its pools do. */
final class WorkspaceVersionsTest {
  private static final String IMAGES =
      "images: [{kubernetes: 1.34.6, name: a}, {kubernetes: 1.35.2, name: b}, {kubernetes: 1.36.1,"
          + " name: c}]";

  /** A MachineDeployment of a workspace. */
  private static String nodes(String workspace, String version, String status) {
    return """
    kind: MachineDeployment
    metadata: {labels: {isobar.dev/workspace: %s}}
    spec: {template: {spec: {version: %s}}}
    status: {%s}
    """
        .formatted(workspace, version, status);
  }

  record Row(String reason, List<String> nodes, String upgrading, String next) {}

  static Stream<Row> rows() {
    String at34 = "replicas: 1, versions: [{version: v1.34.6, replicas: 1}]";
    String at35 = "replicas: 1, versions: [{version: v1.35.2, replicas: 1}]";
    String both =
        "replicas: 2, versions: [{version: v1.34.6, replicas: 1}, {version: v1.35.2, replicas: 1}]";
    String done = "FALSE UpToDate: everything runs 1.35.2";
    String begins = "v1.36.1 TRUE ControlPlane: the control plane is brought to 1.36.1";
    String waits =
        "v1.35.2 TRUE WaitingForPools: the step to 1.36 begins when all nodes run 1.35.2; ";
    String one = "nodes of workspace ml still run 1.34.6";
    return Stream.of(
        new Row("there are none", List.of(), done, begins),
        new Row("they have followed", List.of(nodes("ml", "v1.35.2", at35)), done, begins),
        new Row(
            "the last of the old is drained",
            List.of(nodes("ml", "v1.35.2", both)),
            "TRUE Pools: " + one,
            waits + one),
        new Row(
            "a claim is refused, so nothing of it is changed",
            List.of(nodes("ml", "v1.34.6", at34)),
            "TRUE Pools: " + one,
            waits + one),
        new Row(
            "what is there of them has no nodes",
            List.of(nodes("ml", "v1.34.6", "replicas: 0")),
            done,
            begins),
        new Row(
            "Cluster API 1.13 does not say what they run",
            List.of(nodes("ml", "v1.34.6", "replicas: 1")),
            "TRUE Pools: " + one,
            waits + one),
        new Row(
            "of several, in the order of versions and names",
            List.of(
                nodes("ml", "v1.34.6", at34),
                nodes("course", "v1.35.2", both),
                nodes("late", "v1.33.9", "replicas: 1"),
                nodes("done", "v1.35.2", at35)),
            "TRUE Pools: nodes of workspace late still run 1.33.9; nodes of workspaces course, ml"
                + " still run 1.34.6",
            waits
                + "nodes of workspace late still run 1.33.9; nodes of workspaces course, ml still"
                + " run 1.34.6"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void theNextMinorWaitsForNodesOfWorkspaces(Row row) {
    ManagementCluster cluster = ManagementCluster.with("version: 1.34.6").cloud(IMAGES);
    cluster.settle();
    cluster.claim("version: 1.35.2").settle();
    cluster.workspaces(
        List.of(), row.nodes.stream().map(text -> Tree.of(Manifest.of(text))).toList());
    assertThat(upgrading(cluster)).as(row.reason).isEqualTo(row.upgrading);
    cluster.claim("version: '1.36'");
    String version =
        Tree.of(cluster.composed("control-plane")).at("spec", "version").text().orElse("");
    assertThat(version + " " + upgrading(cluster)).as(row.reason).isEqualTo(row.next);
  }

  private static final String GONE =
      "spec.version: workspace ml cannot follow: Cloud wekeo has no machine type \"g9.gone\";"
          + " change or remove its accelerator big, or have the platform team bring the machine"
          + " type back; until then the cluster that exists is left as it is";

  /** A workspace ml with one accelerator. */
  private static String claim(String accelerator) {
    return "{metadata: {namespace: eo4eu, name: ml}, spec: {clusterRef: {name: eo-lab},"
        + " accelerators: [{name: big, "
        + accelerator
        + "}]}}";
  }

  /** Its MachineDeployment. */
  private static Tree pool(String name, String status) {
    return Tree.of(
        Manifest.of(
            nodes("ml", "v1.34.6", status)
                .replace("workspace: ml", "workspace: ml, isobar.dev/pool: " + name)));
  }

  record Follower(
      String reason, String workspace, String pool, String next, List<String> refusals) {
    static Follower held(String reason, String workspace, String pool, String refusal) {
      return new Follower(reason, workspace, pool, "[]", List.of(refusal));
    }

    static Follower free(String reason, String workspace, String pool) {
      return new Follower(reason, workspace, pool, "[1.35.2]", List.of());
    }
  }

  static Stream<Follower> followers() {
    String gone = claim("machineTypes: [g9.gone]");
    return Stream.of(
        Follower.free("it has all it needs", claim("machineTypes: [g3.h100.8]"), "ml.big"),
        Follower.held("its machine type left the Cloud", gone, "ml.big", GONE),
        Follower.held("nodes of a second kind have it, too", gone, "ml.big.2", GONE),
        Follower.held(
            "a fall-back did, without which its claim is refused",
            claim("machineTypes: [g3.h100.8, g9.gone]"),
            "ml.big",
            GONE),
        Follower.held(
            "there is no image for its machines",
            claim("machineTypes: [gh.1]"),
            "ml.big",
            "spec.version: Cloud wekeo has an image for Kubernetes 1.35.2 only for amd64 machines,"
                + " none for machine type gh.1 (arm64, GPUs) of workspace ml; the platform team"
                + " must add images to spec.images of the Cloud"),
        Follower.free("it never came to nodes, as its claim is wrong", gone, "ml.other"),
        Follower.free("it is in another cluster", gone.replace("eo-lab", "other"), "ml.big"),
        Follower.free(
            "it is about to go",
            gone.replace("name: ml}", "name: ml, deletionTimestamp: '2026-02-01T00:00:00Z'}"),
            "ml.big"),
        Follower.free("it uses a pool of the cluster", claim("poolRef: {name: gpu}"), "ml.big"));
  }

  @ParameterizedTest
  @MethodSource("followers")
  void noVersionIsBegunThatAWorkspaceCannotFollow(Follower row) {
    ManagementCluster cluster =
        ManagementCluster.with("version: 1.34.6")
            .discovered(
                "machineTypes: [{name: gh.1, cpu: 8, memory: 32Gi, disk: 40Gi, architecture: arm64,"
                    + " gpu: {model: H100-80GB, count: 1}}]");
    cluster.settle();
    cluster.workspaces(
        List.of(Tree.of(Manifest.of(row.workspace))), List.of(pool(row.pool, "replicas: 0")));
    Object next = cluster.composed().status().getOrDefault("availableUpgrades", List.of());
    assertThat(String.valueOf(next)).as(row.reason).isEqualTo(row.next);
    assertThat(cluster.claim("version: '1.35'").refusals()).as(row.reason).isEqualTo(row.refusals);
  }

  @Test
  void norIsOneWaitedFor() {
    ManagementCluster cluster = ManagementCluster.with("version: 1.34.6").cloud(IMAGES);
    cluster.settle();
    cluster.claim("version: 1.35.2").settle();
    cluster.workspaces(
        List.of(Tree.of(Manifest.of(claim("machineTypes: [g9.gone]")))),
        List.of(pool("ml.big", "replicas: 1, versions: [{version: v1.34.6, replicas: 1}]")));
    assertThat(cluster.refusals()).as("what runs goes on").isEmpty();
    assertThat(cluster.claim("version: '1.36'").refusals()).containsExactly(GONE);
  }

  private static String upgrading(ManagementCluster cluster) {
    Condition condition = cluster.composed().conditions().getLast();
    return condition.status() + " " + condition.reason() + ": " + condition.message();
  }
}
