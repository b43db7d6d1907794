package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.contract.Answer;
import dev.isobar.function.contract.Condition;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** GPU nodes are said to have what they have, and GPUs to be as planned once all nodes are. */
final class LayoutChangeTest {
  private static final String OPERATOR = "eo-lab-f4bd8-gpu-operator";
  private static final String POOL =
      "pools: [{name: s, machineType: g2.a100.2, %s, gpu: {partitioning: {mig: {layout: {%s}}}}}]";
  private static final String SEVEN = "mig-400a3253 {nvidia.com/mig-1g.10gb=14}";
  private static final String TWO = "mig-2dab552e {nvidia.com/mig-3g.40gb=4}";
  private static final String NEW = "mig-2dab552e with nvidia.com/mig-3g.40gb: 4";

  private ManagementCluster cluster = ManagementCluster.with("pools: []");

  @BeforeEach
  void twoNodesOfSevenSlicesPerGpu() {
    cluster = ManagementCluster.with(POOL.formatted("replicas: 2", "1g.10gb: 7"));
    cluster.settle();
    cluster.reported("pool.s", "status: {observedGeneration: 1}");
  }

  @Test
  void nodesWithGpusHaveTheirTimeThoughThoseThatComeHaveNone() {
    assertThat(drain()).as("with GPUs").isEqualTo(86_400);
    cluster.claim("pools: [{name: s, machineType: m1.large, replicas: 2}]");
    assertThat(drain()).as("as long as nodes with GPUs may be there").isEqualTo(86_400);
    cluster.reconcile();
    cluster.reported(
        "pool.s",
        "status: {observedGeneration: 2, replicas: 2, upToDateReplicas: 1, readyReplicas: 2,"
            + " availableReplicas: 2, conditions: [{type: RollingOut, status: 'True'}, {type:"
            + " Available, status: 'True'}]}");
    assertThat(drain()).as("while they are replaced").isEqualTo(86_400);
    assertThat(pool(cluster.composed()).at("message").text())
        .contains(
            "1 of 2 nodes is as planned, the others are replaced one by one, and those have GPUs");
    cluster.settle();
    assertThat(drain()).as("afterwards").isEqualTo(300);
  }

  @Test
  void aPoolThatLeavesInBetweenKeepsWhatItsNodesNeed() {
    cluster.claim(POOL.formatted("replicas: 2", "3g.40gb: 2")).reconcile();
    cluster.reported(
        "pool.s",
        "status: {observedGeneration: 2, replicas: 2, upToDateReplicas: 1, conditions: [{type:"
            + " RollingOut, status: 'True'}]}");
    cluster.reconcile();
    List<String> all = ofNodes();
    assertThat(layouts()).contains("mig-400a3253", "mig-2dab552e");
    cluster.claim("pools: []");
    assertThat(ofNodes()).as("templates while nodes are drained").isEqualTo(all);
    assertThat(layouts()).as("and layouts").contains("mig-400a3253", "mig-2dab552e");
    cluster.settle();
    assertThat(ofNodes()).as("afterwards").isEmpty();
  }

  /** Of the GPU Operator. */
  private String layouts() {
    return String.valueOf(Tree.of(cluster.composed("addon.gpu-operator")).plain());
  }

  private List<String> ofNodes() {
    return cluster.keys().stream().filter(key -> key.matches("pool\\.s\\.(m|b).*")).toList();
  }

  private long drain() {
    return Tree.of(cluster.composed("pool.s"))
        .at("spec", "template", "spec")
        .at("deletion", "nodeDrainTimeoutSeconds")
        .whole()
        .orElseThrow();
  }

  private static Tree pool(Answer.Composed answer) {
    return Tree.of(answer.status()).at("pools").items().getFirst();
  }

  /** Layout and resources, how many nodes are as planned, and what is said of it. */
  private static String told(Answer.Composed answer) {
    Tree pool = pool(answer);
    return pool.at("layout").text().orElse("none")
        + " "
        + pool.at("resources").plain()
        + ", "
        + pool.at("upToDate").whole().orElse(0L)
        + ": "
        + pool.at("message").text().orElse("");
  }

  private static String gpuReady(Answer.Composed answer) {
    return answer.conditions().stream()
        .filter(condition -> condition.type().equals("GpuReady"))
        .map(LayoutChangeTest::inWords)
        .findFirst()
        .orElse("");
  }

  private static String inWords(Condition condition) {
    return condition.status() + " " + condition.reason() + ": " + condition.message();
  }

  /** Sveltos brings the GPU Operator to what it shall be. */
  private void delivered() {
    Tree profile = Tree.of(cluster.composed("addon.gpu-operator"));
    cluster.summarySpec(OPERATOR, SveltosDefaults.filledIn(profile.at("spec")));
  }

  private void reported(int generation, int upToDate, String rolls) {
    cluster.reported(
        "pool.s",
        """
        status:
          observedGeneration: %1$d
          replicas: 2
          readyReplicas: 2
          upToDateReplicas: %2$d
          conditions:
          - {type: Available, status: 'True', observedGeneration: %1$d}
          - {type: RollingOut, status: '%3$s', observedGeneration: %1$d}
        """
            .formatted(generation, upToDate, rolls));
  }

  @Test
  void whatNodesHaveIsToldUntilAllHaveWhatWasPlanned() {
    cluster.claim(POOL.formatted("replicas: 2", "3g.40gb: 2"));
    Answer.Composed held = cluster.reconcile();
    assertThat(told(held))
        .as("the operator does not have the entry yet")
        .isEqualTo(
            SEVEN
                + ", 0: nodes keep their present GPU layout until the GPU Operator has the new one,"
                + " "
                + NEW);
    assertThat(held.status()).containsEntry("stage", "Changing");
    assertThat(gpuReady(held))
        .isEqualTo("FALSE WaitingForGpuOperator: GPU Operator: is being updated");

    delivered();
    String none = "0 of 2 nodes are as planned (" + NEW + "), the others are replaced one by one";
    for (String look : new String[] {"it has, and nodes are asked for", "nobody has looked"}) {
      Answer.Composed asked = cluster.reconcile();
      assertThat(told(asked)).as(look).isEqualTo(SEVEN + ", 0: " + none);
      assertThat(gpuReady(asked)).as(look).isEqualTo("FALSE Provisioning: GPU pool s: " + none);
      assertThat(asked.status()).as(look).containsEntry("stage", "Changing");
    }

    reported(2, 1, "True");
    assertThat(told(cluster.reconcile()))
        .as("half of them")
        .isEqualTo(SEVEN + ", 1: " + none.replace("0 of 2 nodes are", "1 of 2 nodes is"));
    assertThat(gpuReady(cluster.composed())).startsWith("FALSE Provisioning: GPU pool s: 1 of 2");

    reported(2, 2, "False");
    assertThat(told(cluster.reconcile())).as("all of them").isEqualTo(TWO + ", 2: ");
    delivered();
    assertThat(gpuReady(cluster.composed()))
        .isEqualTo("TRUE Available: all GPU pools offer what was planned");
  }

  /** The autoscaler changes the object as a change of layout does, but not what nodes have. */
  @Test
  void aChangeOfTheirNumberIsNoReplacement() {
    reported(1, 2, "False");
    cluster.claim(POOL.formatted("autoscale: {min: 0, max: 4}", "1g.10gb: 7"));
    cluster.reconcile();
    cluster.reported("pool.s", "{metadata: {generation: 9}, spec: {replicas: 3}}");
    Answer.Composed grows = cluster.composed();
    assertThat(told(grows)).isEqualTo(SEVEN + ", 2: 1 of 3 nodes is coming");
    assertThat(gpuReady(grows)).startsWith("TRUE Available: ");
    reported(9, 2, "False");
    cluster.reported("pool.s", "status: {replicas: 3}");
    assertThat(gpuReady(cluster.composed()))
        .as("nobody has said yet that the third is as planned")
        .startsWith("TRUE Available: ");
  }

  @Test
  void nodesWithoutGpusOfferNoneUntilTheyAreReplaced() {
    String slices = "gpu: {partitioning: {mig: {layout: {1g.10gb: 7}}}}";
    String other = "{name: t, machineType: g2.a100.2, replicas: 1, " + slices + "}";
    String pools = "pools: [{name: a, machineType: %s, replicas: 2%s}, " + other + "]";
    cluster = ManagementCluster.with(pools.formatted("m1.large", ""));
    cluster.settle();
    cluster.claim(pools.formatted("g2.a100.2", ", " + slices));
    Answer.Composed asked = cluster.reconcile();
    String none =
        "0 of 2 nodes are as planned (mig-400a3253 with nvidia.com/mig-1g.10gb: 14), the others"
            + " are replaced one by one";
    assertThat(told(asked)).isEqualTo("none null, 0: " + none);
    assertThat(pool(asked).at("gpuModel").exists()).isFalse();
    assertThat(gpuReady(asked)).isEqualTo("FALSE Provisioning: GPU pool a: " + none);
    cluster.settle();
    assertThat(told(cluster.composed())).isEqualTo(SEVEN + ", 2: ");
  }
}
