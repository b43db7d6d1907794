package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said on the way to another version, until the last node that matters has followed. */
final class UpgradeProgressTest {
  private static final String IMAGES =
      "images: [{kubernetes: 1.34.6, name: a}, {kubernetes: 1.35.2, name: b}, {kubernetes: 1.36.1,"
          + " name: c}]";
  private static final String A = "{name: a, machineType: m1.large, replicas: 2}";
  private static final String B = "{name: b, machineType: m1.large, replicas: 1}";
  private static final String STUCK =
      "conditions: [{type: MachinesReady, status: 'False', message: 'Machine x: no kubelet'}]";
  private static final String AT_34 = "versions: [{version: v1.34.6, replicas: 2}]";
  private static final String NONE = "versions: null";

  private static ManagementCluster running(String... pools) {
    ManagementCluster cluster =
        ManagementCluster.with("version: 1.34.6\npools: [%s]".formatted(String.join(", ", pools)))
            .cloud(IMAGES);
    cluster.settle();
    return cluster;
  }

  @Test
  void aControlPlaneThatIsStuckIsNamedThoughMoreIsAskedFor() {
    ManagementCluster cluster = running(A).claim("version: 1.35.2");
    cluster.reconcile();
    cluster.reported("control-plane", "status: {" + AT_34 + ", " + STUCK + "}");
    String brought =
        "TRUE ControlPlane: the control plane is brought to 1.35.2; not ready: Machine x: no"
            + " kubelet";
    assertThat(upgrading(cluster)).isEqualTo(brought);
    assertThat(upgrading(cluster.claim("version: '1.36'")))
        .isEqualTo(brought + "; the step to 1.36 begins after that");
  }

  @Test
  void aPoolThatIsStuckIsNamedThoughMoreIsAskedFor() {
    ManagementCluster cluster = running(A).claim("version: 1.35.2");
    cluster.settle();
    cluster.reported("pool.a", "status: {" + AT_34 + ", " + STUCK + "}");
    String brought = "pool a is brought to 1.35.2; not ready: Machine x: no kubelet";
    assertThat(upgrading(cluster)).isEqualTo("TRUE Pools: " + brought);
    assertThat(upgrading(cluster.claim("version: '1.36'")))
        .isEqualTo(
            "TRUE WaitingForPools: the step to 1.36 begins when all nodes run 1.35.2; " + brought);
  }

  @Test
  void aPoolThatLeavesIsNamedUntilItIsEmpty() {
    ManagementCluster cluster = running(A, B);
    cluster.claim("version: 1.35.2\npools: [%s]".formatted(A)).settle();
    String leaving = "pool b is being emptied: 1 node is still there";
    cluster.copied("pool.a", "pool.b").observed("pool.b", LEAVING);
    assertThat(upgrading(cluster)).isEqualTo("FALSE UpToDate: what stays runs 1.35.2; " + leaving);
    assertThat(upgrading(cluster.claim("version: '1.36'")))
        .isEqualTo(
            "TRUE WaitingForPools: the step to 1.36 begins when all nodes run 1.35.2; " + leaving);
  }

  private static final String LEAVING =
      """
      metadata: {labels: {isobar.dev/pool: b}}
      spec: {replicas: 0, template: {spec: {version: v1.34.6}}}
      status: {replicas: 1, versions: [{version: v1.34.6, replicas: 1}], conditions: null}
      """;

  /** Cluster API 1.13 does not say what machines run, but that they are being replaced. */
  @Test
  void anUpgradeEndsWithItsRollout() {
    ManagementCluster cluster = running(A).claim("version: 1.35.2");
    cluster.settle();
    String brought = "TRUE Pools: pool a is brought to 1.35.2";
    cluster.reported("pool.a", "status: {" + AT_34 + "}").reconcile();
    assertThat(upgrading(cluster)).isEqualTo(brought);
    cluster.reported("pool.a", "status: {" + NONE + ", " + rolls("True") + "}").reconcile();
    assertThat(upgrading(cluster)).isEqualTo(brought);
    cluster.reported("pool.a", "status: {" + rolls("False") + "}").reconcile();
    assertThat(upgrading(cluster)).isEqualTo("FALSE UpToDate: everything runs 1.35.2");
    cluster.reported("pool.a", "status: {" + rolls("True") + "}");
    assertThat(upgrading(cluster))
        .as("nodes are replaced for another reason")
        .isEqualTo("FALSE UpToDate: everything runs 1.35.2");
  }

  private static String rolls(String status) {
    return "conditions: [{type: RollingOut, status: '" + status + "'}]";
  }

  /** Their workspace was set to the version before what they are made from was gone. */
  @Test
  void nodesThatAreBeingReplacedAreNotLeftBehind() {
    ManagementCluster cluster = running().claim("version: 1.35.2");
    cluster.settle();
    cluster.workspaces(
        List.of(
            Tree.of(
                Manifest.of(
                    """
                    metadata: {namespace: eo4eu, name: ml}
                    spec: {clusterRef: {name: eo-lab}, accelerators: [{name: big, machineTypes: [g9.gone]}]}
                    """))),
        List.of(
            Tree.of(
                Manifest.of(
                    """
                    kind: MachineDeployment
                    metadata: {labels: {isobar.dev/workspace: ml, isobar.dev/pool: ml.big}}
                    spec: {template: {spec: {version: v1.35.2}}}
                    status: {replicas: 2, versions: [{version: v1.34.6, replicas: 1}, {version: v1.35.2, replicas: 1}]}
                    """))));
    assertThat(upgrading(cluster)).isEqualTo("TRUE Pools: nodes of workspace ml still run 1.34.6");
  }

  private static String upgrading(ManagementCluster cluster) {
    var condition = cluster.composed().conditions().getLast();
    assertThat(condition.type()).isEqualTo("Upgrading");
    return condition.status() + " " + condition.reason() + ": " + condition.message();
  }
}
