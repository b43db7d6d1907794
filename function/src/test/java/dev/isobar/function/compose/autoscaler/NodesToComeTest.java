package dev.isobar.function.compose.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.ManagementCluster;
import dev.isobar.function.compose.Manifest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Pools without nodes, as the cluster autoscaler sees them. */
final class NodesToComeTest {
  private static final String POOL = "pool.p";
  private static final Map<String, String> LARGE =
      Map.of("cpu", "8", "memory", "32Gi", "ephemeral-storage", "40Gi", "pods", "110");
  private static final Map<String, String> A100 =
      Map.of("cpu", "32", "memory", "240Gi", "ephemeral-storage", "200Gi", "pods", "110");
  private static final Map<String, String> H100 =
      with(
          Map.of("cpu", "96", "memory", "960Gi", "ephemeral-storage", "400Gi", "pods", "110"),
          "nvidia.com/gpu",
          "8");
  private static final String ZONE = "topology.kubernetes.io/zone";
  private static final Map<String, String> WAIT = Map.of("scaledownunneededtime", "300s");

  /** Given back when no pod asks for anything. */
  private static final String[] IDLE = {
    "scaledownutilizationthreshold", "0.0001", "scaledowngpuutilizationthreshold", "0.0001"
  };

  private static final List<String> GPU = List.of("nvidia.com/gpu=:NoSchedule");

  /**
   * A pool, and what its nodes are taken for.
   *
   * @param template what provider-isobar adds to the machine template, if it does
   */
  record Row(
      String reason,
      String pool,
      String template,
      Map<String, String> capacity,
      Map<String, String> labels,
      List<String> taints) {}

  private static Map<String, String> with(Map<String, String> base, String... more) {
    var all = new TreeMap<>(base);
    for (int i = 0; i < more.length; i += 2) {
      all.put(more[i], more[i + 1]);
    }
    return all;
  }

  private static Map<String, String> labels(String... more) {
    return with(
        Map.of(
            "isobar.dev/pool", "p",
            "kubernetes.io/arch", "amd64",
            "kubernetes.io/os", "linux"),
        more);
  }

  static Stream<Row> rows() {
    String a100 = "machineType: g2.a100.2, gpu: {partitioning: {%s}}";
    return Stream.of(
        new Row("processors only", "machineType: m1.large", "{}", LARGE, labels(), List.of()),
        new Row(
            "a pool's own wait, pods, disk",
            "machineType: m1.large, rootDisk: {size: 100Gi}, kubelet: {maxPods: 60}",
            "{}",
            with(LARGE, "ephemeral-storage", "100Gi", "pods", "60"),
            labels(),
            List.of()),
        new Row(
            "labels and taints",
            "machineType: m1.large, labels: {team: eo}, taints: [{key: batch, effect: NoSchedule},"
                + " {key: team, value: eo, effect: NoExecute}]",
            "{}",
            LARGE,
            labels("team", "eo"),
            List.of("batch=:NoSchedule", "team=eo:NoExecute")),
        new Row(
            "whole GPUs",
            a100.formatted("none: {}"),
            "{}",
            with(A100, "nvidia.com/gpu", "2"),
            labels("cluster-api/accelerator", "A100-80GB"),
            GPU),
        new Row(
            "in one zone, which volumes and pods may ask for",
            a100.formatted("none: {}") + ", zones: [az2]",
            "{}",
            with(A100, "nvidia.com/gpu", "2"),
            labels("cluster-api/accelerator", "A100-80GB", ZONE, "az2"),
            GPU),
        new Row(
            "in one of two zones: nobody knows which",
            a100.formatted("none: {}") + ", zones: [az2, az1]",
            "{}",
            with(A100, "nvidia.com/gpu", "2"),
            labels("cluster-api/accelerator", "A100-80GB"),
            GPU),
        new Row(
            "of a type that one zone alone has",
            "machineType: g3.h100.8, gpu: {partitioning: {none: {}}}",
            "{}",
            H100,
            labels("cluster-api/accelerator", "H100-80GB", ZONE, "az2"),
            GPU),
        new Row(
            "shared GPUs",
            a100.formatted("timeSlicing: {replicas: 4}"),
            "{}",
            with(A100, "nvidia.com/gpu", "8"),
            labels(
                "cluster-api/accelerator",
                "A100-80GB",
                "nvidia.com/device-plugin.config",
                "share-4bc10666"),
            GPU),
        new Row(
            "one kind of slices",
            a100.formatted("mig: {layout: {1g.10gb: 7}}"),
            "{}",
            with(A100, "nvidia.com/mig-1g.10gb", "14"),
            labels("nvidia.com/mig.config", "mig-400a3253"),
            GPU),
        new Row(
            "slices of two kinds, of which the template knows",
            a100.formatted("mig: {layout: {1g.10gb: 3, 2g.20gb: 2}}"),
            "status: {capacity: {nvidia.com/mig-1g.10gb: '6', nvidia.com/mig-2g.20gb: '4', cpu:"
                + " '99'}}",
            with(A100, "nvidia.com/mig-1g.10gb", "6", "nvidia.com/mig-2g.20gb", "4"),
            labels("nvidia.com/mig.config", "mig-bd12f978"),
            GPU));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void areReadAsMeant(Row row) {
    ManagementCluster cluster =
        ManagementCluster.with(
            """
            pools: [{name: p, autoscale: {min: 0, max: 4, scaleDownUnneededTime: 5m}, %s}]
            """
                .formatted(row.pool()));
    Tree deployment = Tree.of(cluster.composed(POOL));
    NodesToCome seen = NodesToCome.of(deployment, Tree.of(Manifest.of(row.template())));

    assertThat(seen)
        .as(row.reason())
        .isEqualTo(
            new NodesToCome(
                0,
                4,
                new TreeMap<>(row.capacity()),
                new TreeMap<>(row.labels()),
                new TreeSet<>(row.taints()),
                new TreeMap<>(row.pool().contains("gpu:") ? with(WAIT, IDLE) : WAIT)));
  }

  /** On a node with this label the autoscaler counts nvidia.com/gpu and nothing else. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          none: {}                              | true  | whole GPUs
          timeSlicing: {replicas: 4}            | true  | shares are called alike
          mig: {layout: {1g.10gb: 7}}           | false | of slices alone cpu and memory count
          mig: {layouts: [{}, {1g.10gb: 7}]}    | true  | beside whole GPUs slices count for nothing
          """)
  void whatIsCountedOfANode(String partitioning, boolean gpus, String reason) {
    String pool =
        "pools: [{name: p, machineType: g2.a100.2, autoscale: {min: 0, max: 4}, gpu: {partitioning:"
            + " {%s}}}]".formatted(partitioning);
    Tree deployment = Tree.of(ManagementCluster.with(pool).composed(POOL));
    assertThat(NodesToCome.of(deployment, Tree.of(Map.of())).labels())
        .as(reason)
        .matches(labels -> labels.containsKey("cluster-api/accelerator") == gpus);
  }

  /** It evicts pods itself, also those that Cluster API would wait for. */
  @Test
  void whoWaitsForNobodyMayLoseAHalfEmptyNode() {
    String pool =
        """
        nodes: {waitForSessions: false}
        pools: [{name: p, machineType: g2.a100.2, autoscale: {min: 0, max: 4}, gpu: {partitioning: {none: {}}}}]
        """;
    Tree deployment = Tree.of(ManagementCluster.with(pool).composed(POOL));
    assertThat(NodesToCome.of(deployment, Tree.of(Map.of())).options()).isEmpty();
  }
}
