package dev.isobar.function.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.Manifest;
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

  record Head(String reason, boolean stood, String object, String cluster, Health health) {
    Head(String reason, boolean stood, String object, Health health) {
      this(reason, stood, object, "", health);
    }
  }

  private static String probe(String status, String message) {
    return conditions(
        "{type: RemoteConnectionProbe, status: '%s', message: '%s', observedGeneration: 1}"
            .formatted(status, message));
  }

  static Stream<Head> connections() {
    String works = conditions("{type: Available, status: 'True', observedGeneration: 2}");
    String up =
        "status: {initialization: {controlPlaneInitialized: true}, conditions: [{type: Available,"
            + " status: %s, message: m}]}";
    String joins =
        up.formatted("'False'")
            .replace("conditions: [", "conditions: [{type: %s, status: 'True'}, ");
    String act = "; the platform team must see to the load balancer and the control plane machines";
    return Stream.of(
        new Head("it is reached", true, works, probe("True", ""), working()),
        new Head("nobody can tell", true, works, probe("Unknown", "m"), working()),
        new Head(
            "it is reached no more, so nobody knows how it is",
            true,
            up.formatted("Unknown"),
            probe("False", "Remote connection probe failed"),
            failing("the Kubernetes API cannot be reached: Remote connection probe failed" + act)),
        new Head(
            "what it said last does not count",
            true,
            up.formatted("'True'"),
            probe("False", ""),
            failing("the Kubernetes API cannot be reached" + act)),
        new Head(
            "but what is known to be wrong does, and comes first",
            true,
            up.formatted("'False'"),
            probe("False", "no route"),
            failing("m; besides, the Kubernetes API cannot be reached: no route" + act)),
        new Head(
            "something is wrong with it, and it is reached",
            true,
            up.formatted("'False'"),
            probe("True", ""),
            failing("m")),
        new Head(
            "a machine joins, and etcd has not counted it yet",
            true,
            joins.formatted("ScalingUp"),
            probe("True", ""),
            new Health.Stale()),
        new Head(
            "a machine takes the place of another",
            true,
            joins.formatted("RollingOut"),
            probe("True", ""),
            new Health.Stale()),
        new Head(
            "a machine joins, and the API answers no more",
            true,
            joins.formatted("ScalingUp"),
            probe("False", ""),
            failing("the Kubernetes API cannot be reached" + act)),
        new Head(
            "its second machine joins before it was ever said to work",
            false,
            joins.formatted("ScalingUp"),
            probe("True", ""),
            coming("m")),
        new Head(
            "it works, and Cluster API has not reached it before",
            false,
            works,
            probe("False", "Remote connection not established yet"),
            coming("Cluster API has not reached the Kubernetes API yet")));
  }

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
  @MethodSource({"controlPlanes", "connections"})
  void controlPlane(Head row) {
    assertThat(ClusterHealth.controlPlane(tree(row.object), tree(row.cluster), row.stood))
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
