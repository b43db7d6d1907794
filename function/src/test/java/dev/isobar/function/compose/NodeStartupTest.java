package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who judges how long a node takes to join: whoever knows when its machine came to run. */
final class NodeStartupTest {
  private static final String GPU =
      "{name: a, machineType: g2.a100.2, replicas: 2, gpu: {partitioning: {none: {}}}%s}";

  /**
   * Two nodes.
   *
   * @param check seconds that Cluster API gives a node
   * @param machines what provider-isobar is told
   */
  record Row(String reason, String cloud, String pool, String check, String machines) {}

  static Stream<Row> rows() {
    return Stream.of(
        new Row(
            "machines of Cluster API's provider: its clock begins when they run",
            "{}",
            "{name: a, machineType: m1.large, replicas: 2}",
            "1800",
            ""),
        new Row(
            "GPU machines of Cluster API's provider as well",
            "clusterApi: {gpuMachines: Native}",
            GPU.formatted(""),
            "1800",
            ""),
        new Row(
            "our own, for which it would begin when they are asked for",
            "{}",
            GPU.formatted(""),
            "0",
            "1800s"),
        new Row(
            "as the claim has it",
            "{}",
            GPU.formatted(", healthCheck: {startupTimeout: 1h30m}"),
            "0",
            "5400s"),
        new Row(
            "none is replaced", "{}", GPU.formatted(", healthCheck: {enabled: false}"), "", ""));
  }

  private static ManagementCluster cluster(Row row) {
    return ManagementCluster.with("pools: [" + row.pool + "]").cloud(row.cloud);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isJudgedByOneOfTheTwo(Row row) {
    ManagementCluster cluster = cluster(row);
    String check =
        cluster.keys().contains("pool.a.health")
            ? Tree.of(cluster.composed("pool.a.health"))
                .at("spec", "checks", "nodeStartupTimeoutSeconds")
                .whole()
                .map(String::valueOf)
                .orElse("")
            : "";
    String machines =
        Tree.of(cluster.composed("pool.a"))
            .at("spec", "template", "metadata")
            .at("annotations", "isobar.dev/node-startup-timeout")
            .text()
            .orElse("");
    assertThat(check).as(row.reason).isEqualTo(row.check);
    assertThat(machines).as(row.reason).isEqualTo(row.machines);
  }

  /** Cluster API writes annotations of Machines into those there are. */
  @Test
  void anotherTimeRollsNothing() {
    ManagementCluster cluster = ManagementCluster.with("pools: [" + GPU.formatted("") + "]");
    cluster.settle();
    Tree before = Tree.of(cluster.composed("pool.a")).at("spec", "template", "spec");
    String longer = GPU.formatted(", healthCheck: {startupTimeout: 2h}");
    cluster.claim("pools: [" + longer + "]");
    Tree template = Tree.of(cluster.composed("pool.a")).at("spec", "template");
    assertThat(template.at("spec").plain()).isEqualTo(before.plain());
    assertThat(template.at("metadata", "annotations").plain())
        .hasToString("{isobar.dev/node-startup-timeout=7200s}");
  }
}
