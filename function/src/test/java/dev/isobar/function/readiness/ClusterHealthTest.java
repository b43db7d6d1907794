package dev.isobar.function.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.Manifest;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The conditions are those of Cluster API's contract v1beta2. */
final class ClusterHealthTest {
  record Row(String reason, String object, Health health) {}

  private static Health working() {
    return new Health.Working();
  }

  private static Health coming(String message) {
    return new Health.Coming(message);
  }

  private static Health failing(String message) {
    return new Health.Failing(message);
  }

  private static Tree tree(String yaml) {
    return yaml.isEmpty() ? Tree.absent() : Tree.of(Manifest.of(yaml));
  }

  private static String conditions(String conditions) {
    return "{metadata: {generation: 2}, status: {conditions: [" + conditions + "]}}";
  }

  static Stream<Row> clusters() {
    String made = "networks and load balancer are being made";
    return Stream.of(
        new Row("not there", "", coming("the Cluster is being created")),
        new Row("nobody has looked", "metadata: {generation: 1}", coming(made)),
        new Row(
            "ready",
            conditions("{type: InfrastructureReady, status: 'True', observedGeneration: 2}"),
            working()),
        new Row(
            "ready, but before the last change",
            conditions("{type: InfrastructureReady, status: 'True', observedGeneration: 1}"),
            new Health.Stale()),
        new Row(
            "being made, with a reason",
            conditions("{type: InfrastructureReady, status: 'False', message: waits for a router}"),
            coming("waits for a router")),
        new Row(
            "being made, without one",
            conditions("{type: InfrastructureReady, status: Unknown, message: ''}"),
            coming(made)),
        new Row(
            "was made, and nobody can tell how it is",
            "status: {initialization: {infrastructureProvisioned: true}, conditions: [{type:"
                + " InfrastructureReady, status: Unknown, message: m}]}",
            new Health.Stale()),
        new Row(
            "being deleted",
            "metadata: {deletionTimestamp: '2026-01-01T00:00:00Z'}",
            failing("the Cluster is being deleted")),
        new Row(
            "was made, and is broken",
            """
            status:
              initialization: {infrastructureProvisioned: true}
              conditions: [{type: InfrastructureReady, status: 'False', message: "* router is gone:\\n  * 409\\n"}]
            """,
            failing("router is gone: 409")),
        new Row(
            "an older Cluster API tells only that it was made once",
            "status: {initialization: {infrastructureProvisioned: true}}",
            working()));
  }

  @ParameterizedTest
  @MethodSource("clusters")
  void infrastructure(Row row) {
    assertThat(ClusterHealth.infrastructure(tree(row.object))).as(row.reason).isEqualTo(row.health);
  }

  record Head(String reason, boolean stood, String object, Health health) {}

  static Stream<Head> controlPlanes() {
    String first = "the first control plane machine is being made";
    String broken =
        """
        status:
          initialization: {controlPlaneInitialized: true}
          conditions: [{type: Available, status: 'False', message: etcd has no quorum}]
        """;
    return Stream.of(
        new Head("not there", false, "", coming("the control plane is being created")),
        new Head("nobody has looked", false, "spec: {replicas: 3}", coming(first)),
        new Head(
            "available",
            true,
            conditions("{type: Available, status: 'True', observedGeneration: 2}"),
            working()),
        new Head(
            "available for the first time",
            false,
            conditions("{type: Available, status: 'True', observedGeneration: 2}"),
            working()),
        new Head(
            "available, but before the last change",
            true,
            conditions("{type: Available, status: 'True', observedGeneration: 1}"),
            new Health.Stale()),
        new Head(
            "on its way",
            false,
            conditions(
                "{type: Available, status: 'False', message: Control plane not yet initialized}"),
            coming("Control plane not yet initialized")),
        new Head(
            "its first machine is there, and its servers have not been looked at yet",
            false,
            broken,
            coming("etcd has no quorum")),
        new Head(
            "was there, and etcd has no majority", true, broken, failing("etcd has no quorum")));
  }

  @ParameterizedTest
  @MethodSource("controlPlanes")
  void controlPlane(Head row) {
    assertThat(ClusterHealth.controlPlane(tree(row.object), row.stood))
        .as(row.reason)
        .isEqualTo(row.health);
  }

  record Nodes(String reason, Integer fewest, boolean lost, String object, Health health) {}

  private static String nodes(int wanted, int there, String... conditions) {
    return "{metadata: {generation: 2}, spec: {replicas: %d}, status: {availableReplicas: %d, conditions: [%s]}}"
        .formatted(wanted, there, String.join(", ", conditions));
  }

  static Stream<Nodes> deployments() {
    String available = "{type: Available, status: 'True', observedGeneration: 2}";
    String lacking = "{type: Available, status: 'False', observedGeneration: 2, message: 1 of 2}";
    String machine = "{type: MachinesReady, status: 'False', message: 'Machine a: no capacity'}";
    return Stream.of(
        new Nodes("not there", null, false, "", coming("it is being created")),
        new Nodes(
            "nobody has looked",
            null,
            false,
            "spec: {replicas: 2}",
            coming("its first node is on its way")),
        new Nodes("all nodes there", null, false, conditions(available), working()),
        new Nodes(
            "all nodes there, but before the last change",
            null,
            false,
            conditions(available.replace("2}", "1}")),
            new Health.Stale()),
        new Nodes(
            "none wanted",
            null,
            false,
            "{status: {availableReplicas: 0, conditions: [" + available + "]}}",
            working()),
        new Nodes("the first are on their way", null, false, conditions(lacking), coming("1 of 2")),
        new Nodes(
            "the machines say why",
            null,
            false,
            conditions(lacking + ", " + machine),
            coming("Machine a: no capacity")),
        new Nodes(
            "some went away",
            null,
            true,
            nodes(2, 1, lacking, machine),
            failing("Machine a: no capacity")),
        new Nodes(
            "nothing is said of those that were there",
            null,
            true,
            "spec: {replicas: 2}",
            coming("its first node is on its way")),
        new Nodes("all went away", null, true, nodes(2, 0, lacking), failing("1 of 2")),
        new Nodes("it grows", null, false, nodes(5, 3, lacking), coming("2 of 5 nodes are coming")),
        new Nodes(
            "it grows, and the machines say what they wait for",
            null,
            false,
            nodes(2, 1, lacking, machine),
            coming("1 of 2 nodes is coming: Machine a: no capacity")),
        new Nodes(
            "it grows for the first time",
            null,
            false,
            nodes(2, 0, lacking),
            coming("2 of 2 nodes are coming")),
        new Nodes(
            "it grows, and lost one meanwhile",
            null,
            true,
            nodes(5, 2, lacking),
            failing("1 of 2")),
        new Nodes(
            "it grows, and Cluster API replaces a machine that is not well",
            null,
            false,
            nodes(5, 3, lacking, "{type: Remediating, status: 'True', message: m}"),
            failing("1 of 2")),
        new Nodes(
            "or would, if there were not too many of them",
            null,
            false,
            nodes(5, 3, lacking, "{type: Remediating, status: 'False', message: Machine b}"),
            failing("1 of 2")),
        new Nodes(
            "all of them are well",
            null,
            false,
            nodes(5, 3, lacking, "{type: Remediating, status: 'False', message: ''}"),
            coming("2 of 5 nodes are coming")),
        new Nodes(
            "none is missing, and yet it is not available",
            null,
            false,
            nodes(2, 2, lacking),
            failing("1 of 2")),
        new Nodes(
            "it grows, but Cluster API has not looked yet",
            null,
            false,
            nodes(5, 3, available.replace("2}", "1}")),
            new Health.Stale()),
        new Nodes(
            "autoscaled: the least was raised",
            3,
            false,
            nodes(1, 1, lacking),
            coming("2 of 3 nodes are coming")),
        new Nodes(
            "machines that are well explain nothing",
            null,
            false,
            "{status: {availableReplicas: 1, conditions: ["
                + lacking
                + ", {type: MachinesReady, status: 'True', message: fine}]}}",
            failing("1 of 2")),
        new Nodes(
            "autoscaled: new nodes on their way are no fault",
            1,
            false,
            "{status: {availableReplicas: 1, conditions: [" + lacking + "]}}",
            working()),
        new Nodes("autoscaled from zero", 0, false, conditions(lacking), working()),
        new Nodes(
            "autoscaled: the first are on their way",
            0,
            false,
            nodes(3, 0, lacking),
            coming("3 of 3 nodes are coming")),
        new Nodes("autoscaled: all went away", 0, true, nodes(3, 0, lacking), failing("1 of 2")),
        new Nodes(
            "autoscaled: none comes, for Cluster API finds machines unhealthy",
            0,
            false,
            nodes(3, 0, lacking, "{type: Remediating, status: 'False', message: Machine b}"),
            failing("1 of 2")),
        new Nodes(
            "the only one went away, which counts as available where machines are scarce",
            null,
            true,
            nodes(1, 0, available),
            failing("none of 1 nodes is there")),
        new Nodes(
            "nobody can tell how those that were there are",
            null,
            false,
            nodes(2, 1, "{type: Available, status: Unknown, message: m}"),
            new Health.Stale()),
        new Nodes(
            "it is being deleted",
            0,
            false,
            "metadata: {deletionTimestamp: '2026-01-01T00:00:00Z'}",
            failing("it is being deleted")),
        new Nodes(
            "autoscaled: fewer than the least",
            2,
            true,
            "{status: {availableReplicas: 1, conditions: [" + lacking + "]}}",
            failing("1 of 2")),
        new Nodes(
            "autoscaled: never from existence alone",
            0,
            false,
            "spec: {replicas: 0}",
            coming("its first node is on its way")));
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void deployment(Nodes row) {
    assertThat(
            ClusterHealth.deployment(tree(row.object), Optional.ofNullable(row.fewest), row.lost))
        .as(row.reason)
        .isEqualTo(row.health);
  }

  record Rolling(String reason, String object, boolean rolling) {}

  static Stream<Rolling> rollouts() {
    return Stream.of(
        new Rolling("nobody has looked", "metadata: {generation: 2}", true),
        new Rolling(
            "it rolls",
            conditions("{type: RollingOut, status: 'True', observedGeneration: 2}"),
            true),
        new Rolling(
            "nobody knows",
            conditions("{type: RollingOut, status: Unknown, observedGeneration: 2}"),
            true),
        new Rolling(
            "it does not, or did not before the last change",
            conditions("{type: RollingOut, status: 'False', observedGeneration: 1}"),
            true),
        new Rolling(
            "it does not",
            conditions("{type: RollingOut, status: 'False', observedGeneration: 2}"),
            false));
  }

  @ParameterizedTest
  @MethodSource("rollouts")
  void rolling(Rolling row) {
    assertThat(ClusterHealth.rolling(tree(row.object))).as(row.reason).isEqualTo(row.rolling);
  }
}
