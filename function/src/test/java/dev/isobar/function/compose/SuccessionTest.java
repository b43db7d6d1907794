package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.contract.Answer;
import dev.isobar.function.contract.Ready;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Working nodes of a pool whose zones change go only when those that follow are there. */
final class SuccessionTest {
  private static final String MIN = "cluster.x-k8s.io/cluster-api-autoscaler-node-group-min-size";
  private static final String MAX = "cluster.x-k8s.io/cluster-api-autoscaler-node-group-max-size";

  private static String pool(String type, String rest) {
    return "pools: [{name: a, machineType: " + type + ", " + rest + "}]";
  }

  private static ManagementCluster settled(String claim) {
    ManagementCluster cluster = ManagementCluster.with(claim).cloud("zones: [az1, az2, az3]");
    cluster.settle();
    return cluster;
  }

  /** The MachineDeployments that shall have nodes. */
  private static List<String> nodes(ManagementCluster cluster) {
    return cluster.keys().stream()
        .filter(key -> key.startsWith("pool.") && !key.matches(".*\\.[0-9a-f]{8}"))
        .filter(key -> !key.endsWith(".health"))
        .filter(key -> !emptied(cluster, key))
        .toList();
  }

  private static boolean emptied(ManagementCluster cluster, String key) {
    Tree replicas = Tree.of(cluster.composed(key)).at("spec", "replicas");
    return replicas.whole().filter(count -> count == 0).isPresent();
  }

  private static String message(Answer.Composed composed) {
    return Tree.of(composed.status())
        .at("pools")
        .items()
        .getFirst()
        .at("message")
        .text()
        .orElse("");
  }

  record Row(String reason, String before, String after, String meanwhile, String finallyThere) {}

  static Stream<Row> rows() {
    String two = "pool.a.in.az1, pool.a.in.az2";
    return Stream.of(
        new Row(
            "one zone becomes two",
            "replicas: 3",
            "replicas: 3, zones: [az1, az2]",
            "pool.a, " + two,
            two),
        new Row(
            "two become one",
            "replicas: 3, zones: [az1, az2]",
            "replicas: 3, zones: [az1]",
            "pool.a, " + two,
            "pool.a"),
        new Row(
            "one of two is swapped",
            "replicas: 3, zones: [az1, az2]",
            "replicas: 3, zones: [az1, az3]",
            two + ", pool.a.in.az3",
            "pool.a.in.az1, pool.a.in.az3"),
        new Row(
            "one of three is removed, and the others take its nodes",
            "replicas: 3, zones: [az1, az2, az3]",
            "replicas: 3, zones: [az1, az2]",
            two + ", pool.a.in.az3",
            two),
        new Row(
            "an autoscaled one",
            "autoscale: {min: 2, max: 4}",
            "autoscale: {min: 2, max: 4}, zones: [az1, az2]",
            "pool.a, " + two,
            two),
        new Row(
            "an autoscaled one that becomes fixed",
            "autoscale: {min: 2, max: 4}, zones: [az1, az2]",
            "replicas: 2",
            "pool.a, " + two,
            "pool.a"),
        new Row(
            "the only zone is swapped: Cluster API replaces the nodes one by one",
            "replicas: 3, zones: [az1]",
            "replicas: 3, zones: [az2]",
            "pool.a",
            "pool.a"),
        new Row(
            "fixed becomes autoscaled: Cluster API keeps the number within the limits",
            "replicas: 3",
            "autoscale: {min: 2, max: 4}",
            "pool.a",
            "pool.a"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void nothingGoesBeforeItsFollowersAreThere(Row row) {
    ManagementCluster cluster = settled(pool("m1.large", row.before));
    List<String> before = nodes(cluster);
    var machines = before.stream().map(key -> machine(cluster, key)).toList();
    cluster.claim(pool("m1.large", row.after)).reconcile();
    assertThat(String.join(", ", nodes(cluster))).as(row.reason).isEqualTo(row.meanwhile);
    Answer.Composed moving = cluster.reconcile();
    assertThat(String.join(", ", nodes(cluster))).as(row.reason).isEqualTo(row.meanwhile);
    assertThat(moving.ready()).as(row.reason).isEqualTo(Ready.TRUE);
    if (!row.meanwhile.equals(row.finallyThere)) {
      assertThat(message(moving)).as(row.reason).contains("its zones change: the nodes of ");
      for (int i = 0; i < before.size(); i++) {
        assertThat(machine(cluster, before.get(i))).as(row.reason).isEqualTo(machines.get(i));
        assertThat(cluster.keys()).as("and its health check").contains(before.get(i) + ".health");
      }
    }
    cluster.settle();
    assertThat(String.join(", ", nodes(cluster))).as(row.reason).isEqualTo(row.finallyThere);
    assertThat(message(cluster.composed())).as(row.reason).isEmpty();
  }

  private static Object machine(ManagementCluster cluster, String key) {
    return Tree.of(cluster.composed(key)).at("spec", "template").plain();
  }

  @Test
  void oneFollowerIsNotEnough() {
    ManagementCluster cluster = settled(pool("m1.large", "replicas: 4"));
    cluster.claim(pool("m1.large", "replicas: 4, zones: [az1, az2]")).reconcile();
    String there =
        "{spec: {replicas: 2}, status: {replicas: 2, readyReplicas: %1$d, availableReplicas: %1$d,"
            + " conditions: [{type: Available, status: '%2$s', observedGeneration: %3$d}]}}";
    cluster.reported("pool.a.in.az1", there.formatted(2, "True", 1));
    assertThat(nodes(cluster)).contains("pool.a");
    cluster.reported("pool.a.in.az2", there.formatted(1, "False", 1));
    Answer.Composed moving = cluster.reconcile();
    assertThat(nodes(cluster)).contains("pool.a");
    assertThat(message(moving))
        .isEqualTo(
            "1 of 2 nodes is coming; its zones change: the nodes of eo-lab-f4bd8-a stay until those"
                + " that follow are there");
    cluster.reported("pool.a.in.az2", there.formatted(2, "True", 0));
    assertThat(nodes(cluster)).as("of an earlier generation").contains("pool.a");
    cluster.reported("pool.a.in.az2", there.formatted(2, "True", 1));
    assertThat(nodes(cluster)).doesNotContain("pool.a");
  }

  @Test
  void theClusterChangesUntilTheLastOfTheOldNodesHasGone() {
    ManagementCluster cluster = settled(pool("m1.large", "replicas: 4"));
    cluster.claim(pool("m1.large", "replicas: 4, zones: [az1, az2]")).reconcile();
    assertThat(summary(cluster))
        .as("the old stand in for those that come")
        .isEqualTo("Changing 7/7 pool a: its first node is on its way");
    new Controllers(cluster).work();
    String going = "Changing 7/7 pool a: its zones change: the nodes of eo-lab-f4bd8-a go";
    assertThat(summary(cluster)).as("all are there").isEqualTo(going);
    cluster.reconcile();
    assertThat(summary(cluster)).as("the old are drained").isEqualTo(going);
    new Controllers(cluster).work();
    cluster.reconcile();
    assertThat(summary(cluster)).isEqualTo("Ready 7/7 the cluster is ready");
  }

  @Test
  void theClusterChangesWhileNodesMoveFromOneZoneToAnother() {
    ManagementCluster cluster = settled(pool("m1.large", "replicas: 4, zones: [az1]"));
    cluster.claim(pool("m1.large", "replicas: 4, zones: [az2]"));
    assertThat(summary(cluster)).isEqualTo("Changing 7/7 nodes are being replaced one by one");
    cluster.settle();
    assertThat(summary(cluster)).isEqualTo("Ready 7/7 the cluster is ready");
  }

  private static String summary(ManagementCluster cluster) {
    var status = cluster.composed().status();
    return status.get("stage") + " " + status.get("nodes") + " " + status.get("message");
  }

  @Test
  void autoscaledFollowersBeginWithAsManyNodesAsThereAre() {
    ManagementCluster cluster = settled(pool("m1.large", "autoscale: {min: 1, max: 10}"));
    cluster.reported("pool.a", "{spec: {replicas: 5}, status: {readyReplicas: 5}}");
    cluster.claim(pool("m1.large", "autoscale: {min: 1, max: 10}, zones: [az1, az2]"));
    for (String look : List.of("before they exist", "and after")) {
      assertThat(limits(cluster, "pool.a.in.az1")).as(look).isEqualTo("3 5");
      assertThat(limits(cluster, "pool.a.in.az2")).as(look).isEqualTo("2 5");
      assertThat(limits(cluster, "pool.a")).as("no more grow there").isEqualTo("1 5");
      assertThat(Tree.of(cluster.composed("pool.a")).at("spec", "replicas").exists())
          .as("the number is the autoscaler's")
          .isFalse();
      cluster.reconcile();
    }
    cluster.settle();
    assertThat(limits(cluster, "pool.a.in.az1")).isEqualTo("1 5");
    assertThat(limits(cluster, "pool.a.in.az2")).isEqualTo("0 5");
  }

  private static String limits(ManagementCluster cluster, String key) {
    Tree annotations = Tree.of(cluster.composed(key)).at("metadata", "annotations");
    return annotations.at(MIN).text().orElse("") + " " + annotations.at(MAX).text().orElse("");
  }

  @Test
  void templatesStayWithTheNodesThatComeFromThem() {
    ManagementCluster cluster = settled(pool("m1.large", "replicas: 2"));
    List<String> templates =
        cluster.keys().stream().filter(key -> key.matches("pool\\.a\\..*[0-9a-f]{8}")).toList();
    cluster.claim(pool("m1.small", "replicas: 2, zones: [az1, az2], labels: {x: y}")).reconcile();
    cluster.reconcile();
    assertThat(cluster.keys()).containsAll(templates);
    cluster.settle();
    assertThat(cluster.keys()).doesNotContainAnyElementsOf(templates);
  }

  @Test
  void aPoolThatIsRemovedIsEmptiedAtOnce() {
    ManagementCluster cluster = settled(pool("m1.large", "replicas: 2"));
    cluster.claim(pool("m1.large", "replicas: 2, zones: [az1, az2]")).reconcile();
    assertThat(nodes(cluster.claim("pools: []"))).isEmpty();
  }

  @Test
  void aPoolThatIsRemovedWhileItIsPausedIsEmptiedWhenThatEnds() {
    ManagementCluster before = paused("autoscale: {min: 1, max: 3}");
    before.claim("pools: []").reconcile();
    assertThat(emptied(before, "pool.a")).isTrue();
    before.claim("paused: false");
    ManagementCluster together = paused("autoscale: {min: 1, max: 3}");
    together.claim("{paused: false, pools: []}");
    for (ManagementCluster cluster : List.of(before, together)) {
      assertThat(emptied(cluster, "pool.a")).isTrue();
      assertThat(pause(cluster, "pool.a"))
          .as("Cluster API gives no machine back of one that is paused")
          .isEmpty();
      cluster.settle();
      assertThat(cluster.keys()).doesNotContain("pool.a");
    }
  }

  @Test
  void nodesThatOnlyStayForNowArePausedWithTheOthers() {
    ManagementCluster cluster = paused("autoscale: {min: 2, max: 4}");
    cluster.claim(pool("m1.large", "autoscale: {min: 2, max: 4}, zones: [az1, az2]")).reconcile();
    for (String key : List.of("pool.a", "pool.a.in.az1", "pool.a.in.az2")) {
      assertThat(pause(cluster, key)).as(key).isEqualTo("true");
    }
    cluster.claim("paused: false");
    for (String key : List.of("pool.a", "pool.a.in.az1", "pool.a.in.az2")) {
      assertThat(pause(cluster, key)).as(key).isEmpty();
    }
  }

  private static ManagementCluster paused(String rest) {
    ManagementCluster cluster = settled(pool("m1.large", rest)).claim("paused: true");
    cluster.reconcile();
    assertThat(pause(cluster, "pool.a")).isEqualTo("true");
    return cluster;
  }

  private static String pause(ManagementCluster cluster, String key) {
    return Tree.of(cluster.composed(key))
        .at("metadata", "annotations", "cluster.x-k8s.io/paused")
        .text()
        .orElse("");
  }

  @Test
  void scarceMachinesAreGivenBackBeforeOthersAreAskedFor() {
    String scarce =
        "machineTypes: [{name: m1.large, cpu: 8, memory: 32Gi, disk: 40Gi, scarce: true}]";
    ManagementCluster cluster =
        settled(pool("m1.large", "replicas: 3, zones: [az1, az2, az3]")).cloud(scarce);
    cluster.claim(pool("m1.large", "replicas: 3, zones: [az1, az2]"));
    assertThat(nodes(cluster)).containsExactly("pool.a.in.az1", "pool.a.in.az2");
    cluster.settle();
    assertThat(cluster.claim(pool("m1.large", "replicas: 3, zones: [az1]")).refusals())
        .containsExactly(
            "spec.pools[0].zones: nodes would have to come in other zones before the present ones"
                + " go, and the Cloud calls their machines scarce, so none is asked for before one"
                + " is given back; nothing is changed; set it back; make another pool in the zones"
                + " you want, and remove this one when its work has moved");
  }
}
