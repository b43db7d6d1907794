package dev.isobar.function.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.Manifest;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nodes that are coming, that are lost, and that a rollout gives back, by their conditions. */
final class DeploymentHealthTest {
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
            coming(
                "2 of 3 nodes are coming: the cluster autoscaler asks for 1, and raises that to the"
                    + " minimum when it looks next; one of the platform team's own only if it runs"
                    + " with --enforce-node-group-min-size")),
        new Nodes(
            "autoscaled: the least was raised, and is asked for",
            3,
            false,
            nodes(3, 1, lacking),
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

  static Stream<Nodes> losses() {
    String available = "{type: Available, status: 'True', observedGeneration: 2}";
    String lacking = "{type: Available, status: 'False', observedGeneration: 2, message: 1 of 2}";
    String machine = "{type: MachinesReady, status: 'False', message: 'Machine a: no kubelet'}";
    String rests = "{type: RollingOut, status: 'False', observedGeneration: 2}";
    String rolls = "{type: RollingOut, status: 'True', observedGeneration: 2}";
    return Stream.of(
        new Nodes(
            "autoscaled: one went away, though more than the least are there",
            1,
            true,
            nodes(4, 3, available, rests, machine),
            failing("Machine a: no kubelet")),
        new Nodes(
            "and the machines say nothing",
            1,
            true,
            nodes(4, 3, available, rests),
            failing("1 of 4 nodes is missing")),
        new Nodes(
            "more were asked for meanwhile, and nobody has looked",
            1,
            true,
            nodes(6, 3, available.replace("2}", "1}"), rests.replace("2}", "1}")),
            failing("3 of 6 nodes are missing")),
        new Nodes("it is there again", 1, true, nodes(4, 4, available, rests), working()),
        new Nodes(
            "a rollout gave it back first", 1, true, nodes(4, 3, available, rolls), working()),
        new Nodes(
            "a rollout, but more are missing than it gives back",
            1,
            true,
            nodes(4, 2, lacking, rolls, machine),
            failing("Machine a: no kubelet")),
        new Nodes(
            "one of those that are given back first went away",
            null,
            true,
            nodes(4, 3, available, rests, machine),
            failing("Machine a: no kubelet")),
        new Nodes(
            "one of those that are given back first is coming",
            null,
            false,
            nodes(4, 3, available, rests),
            coming("1 of 4 nodes is coming")),
        new Nodes("it is replaced", null, false, nodes(4, 3, available, rolls), working()),
        new Nodes(
            "autoscaled: the least was raised above what is there and asked for",
            6,
            false,
            nodes(4, 4, available, rests),
            coming(
                "2 of 6 nodes are coming: the cluster autoscaler asks for 4, and raises that to the"
                    + " minimum when it looks next; one of the platform team's own only if it runs"
                    + " with --enforce-node-group-min-size")));
  }

  @ParameterizedTest
  @MethodSource({"deployments", "losses"})
  void deployment(Nodes row) {
    assertThat(
            ClusterHealth.deployment(tree(row.object), Optional.ofNullable(row.fewest), row.lost))
        .as(row.reason)
        .isEqualTo(row.health);
  }
}
