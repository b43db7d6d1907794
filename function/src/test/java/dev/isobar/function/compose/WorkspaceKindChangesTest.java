package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.plan.Marks;
import dev.isobar.function.contract.Answer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kinds of nodes that go leave no server without a node, and pools keep their names. */
final class WorkspaceKindChangesTest {
  private static final String CLAIM =
      """
      accelerators:
      - name: slices
        machineTypes: [%s]
        nodes: {min: %d, max: %d}
        partitioning: {mig: {%s}}
      jupyterhub:
        profiles:
        - {name: small, accelerator: slices, gpuMemory: 10Gi, cpu: 2, memory: 8Gi, image: a}
        - {name: whole, accelerator: slices, gpuMemory: 80Gi, cpu: 2, memory: 8Gi, image: a}
      """;

  /** Two kinds: slices alone in the first pool, and slices beside a whole GPU in the second. */
  private static final String TWO = "demand: [{memory: 80Gi, count: 1}, {memory: 10Gi, count: 21}]";

  /** One kind, of other slices beside a whole GPU: the first pool is divided anew. */
  private static final String ONE = "demand: [{memory: 80Gi, count: 2}, {memory: 20Gi, count: 6}]";

  /** Servers that need none of the GPUs. */
  private static final String PLAIN =
      "jupyterhub: {profiles: [{name: plain, cpu: 2, memory: 8Gi, image: a}]}";

  private static final String PLENTY = "g2b.a100.2";
  private static final String SCARCE = "g2.a100.2";
  private static final String FIRST = "pool.ml-training.slices";
  private static final String SECOND = "pool.ml-training.slices.2";

  private static String claim(String machine, int min, int max, String mig) {
    return CLAIM.formatted(machine, min, max, mig);
  }

  private static WorkspaceScene settled(String machine, int min, int max, String mig) {
    WorkspaceScene scene =
        WorkspaceScene.of(WorkspaceScene.HUB).claim(claim(machine, min, max, mig));
    scene.settle();
    return scene;
  }

  /** The GPU Operator has the new layout, and the nodes are asked for. */
  private static void asked(WorkspaceScene scene) {
    scene.round();
    scene.round();
  }

  private static void nodes(
      WorkspaceScene scene, String pool, int ready, int upToDate, String why) {
    scene.reported(
        pool,
        """
        spec: {replicas: %1$d}
        status:
          replicas: %1$d
          readyReplicas: %1$d
          upToDateReplicas: %2$d
          conditions:
          - {type: Available, status: 'True'}
          - {type: RollingOut, status: '%3$s'}
          - {type: MachinesReady, status: '%4$s', message: '%5$s'}
        """
            .formatted(
                ready,
                upToDate,
                upToDate == ready ? "False" : "True",
                why.isEmpty() ? "True" : "False",
                why));
  }

  private static Tree pool(Answer.Composed answer, String name) {
    return Tree.of(answer.status()).at("pools").items().stream()
        .filter(pool -> pool.at("name").text().filter(name::equals).isPresent())
        .findFirst()
        .orElse(Tree.absent());
  }

  private static String state(Answer.Composed answer) {
    Tree pool = pool(answer, "ml-training.slices.2");
    return pool.at("state").text().orElse("none") + ": " + pool.at("message").text().orElse("");
  }

  private static String message(Answer.Composed answer) {
    return Tree.of(answer.status()).at("message").text().orElse("");
  }

  private static Tree accelerator(Answer.Composed answer) {
    return Tree.of(answer.status()).at("accelerators").items().getFirst();
  }

  private static String whole(WorkspaceScene scene) {
    return scene.hubValues().split("- default: ")[2];
  }

  private static Optional<Long> replicas(WorkspaceScene scene) {
    return Tree.of(scene.composed(SECOND)).at("spec", "replicas").whole();
  }

  private static Optional<String> most(WorkspaceScene scene) {
    return Tree.of(scene.composed(SECOND))
        .at("metadata", "annotations", Marks.AUTOSCALER + "max-size")
        .text();
  }

  @ParameterizedTest
  @CsvSource({PLENTY, SCARCE})
  void staysAsItIsWhileWhatFollowsIsHeldBack(String machine) {
    WorkspaceScene scene = settled(machine, 2, 4, TWO);
    Optional<String> limit = most(scene);
    scene.claim(claim(machine, 2, 4, ONE));
    Answer.Composed held = scene.composed();
    assertThat(replicas(scene)).as("the autoscaler's").isEmpty();
    assertThat(most(scene)).isEqualTo(limit);
    assertThat(whole(scene)).contains("isobar.dev/pool: ml-training.slices.2");
    assertThat(String.valueOf(Tree.of(held.status()).at("profiles").plain()))
        .doesNotContain("schedulable=false");
    assertThat(state(held))
        .isEqualTo("Leaving: goes, but 1 node stays until nodes of those that follow are there");
    assertThat(message(held)).contains("pool ml-training.slices.2 goes, but 1 node stays");
    assertThat(accelerator(held).at("kinds").items()).hasSize(2);
  }

  @Test
  void staysUntilANodeThatFollowsIsReady() {
    WorkspaceScene scene = settled(PLENTY, 2, 4, TWO);
    scene.claim(claim(PLENTY, 2, 4, ONE));
    asked(scene);
    nodes(scene, FIRST, 1, 0, "");
    assertThat(most(scene)).as("but it grows no more").contains("1");
    assertThat(whole(scene)).as("either has whole GPUs").contains("- ml-training.slices.2");
    nodes(scene, FIRST, 2, 1, "");
    assertThat(replicas(scene)).as("one is there").contains(0L);
    assertThat(whole(scene)).contains("isobar.dev/pool: ml-training.slices\n");
  }

  /** The machine of a kind that goes may be the very one that the next needs. */
  @Test
  void givesScarceMachinesBackBeforeOthersAreReady() {
    WorkspaceScene scene = settled(SCARCE, 2, 2, TWO);
    scene.claim(claim(SCARCE, 2, 2, ONE));
    asked(scene);
    scene.reported(
        FIRST,
        "status: {replicas: 2, readyReplicas: 1, upToDateReplicas: 1, conditions: [{type:"
            + " RollingOut, status: 'True'}]}");
    assertThat(replicas(scene)).contains(0L);
  }

  @Test
  void isDrainedAtOnceWhenNothingFollows() {
    WorkspaceScene scene = settled(PLENTY, 2, 3, TWO);
    scene.claim(
        claim(PLENTY, 1, 3, "demand: [{memory: 80Gi, count: 3}, {memory: 10Gi, count: 21}]"));
    assertThat(Tree.of(scene.composed(FIRST)).at("spec", "replicas").whole()).contains(0L);
  }

  @Test
  void whatLacksIsToldOfAllKindsTogether() {
    WorkspaceScene scene = settled(PLENTY, 2, 4, TWO);
    for (String pool : List.of(FIRST, SECOND)) {
      nodes(scene, pool, 0, 0, "");
      scene.reported(pool, "spec: {replicas: 1}");
    }
    Tree accelerator = accelerator(scene.composed());
    assertThat(accelerator.at("wanted").whole()).contains(2L);
    assertThat(accelerator.at("ready").whole()).contains(0L);
    assertThat(accelerator.at("message").text().orElse(""))
        .startsWith("2 of 2 nodes are coming; pool ml-training.slices: ")
        .contains("; pool ml-training.slices.2: ");
  }

  @Test
  void isToldUntilItsLastNodeIsGone() {
    WorkspaceScene scene = settled(PLENTY, 2, 4, TWO);
    scene.claim(claim(PLENTY, 2, 4, ONE));
    asked(scene);
    scene.round();
    nodes(scene, SECOND, 1, 1, "Node small-1 is being drained: Pod jupyter-ada waits");
    scene.reported(SECOND, "spec: {replicas: 0}");
    Answer.Composed answer = scene.composed();
    String words =
        "is being emptied: 1 node is still there; not ready: Node small-1 is being drained: Pod"
            + " jupyter-ada waits";
    assertThat(state(answer)).isEqualTo("Draining: " + words);
    assertThat(pool(answer, "ml-training.slices.2").at("ready").whole()).contains(1L);
    assertThat(message(answer)).endsWith("pool ml-training.slices.2 " + words);
    assertThat(accelerator(answer).at("draining").whole()).contains(1L);
    assertThat(accelerator(answer).at("message").text())
        .contains("3 nodes ready or going, 1 of them on top of nodes.max until emptied");
    assertThat(accelerator(answer).at("ready").whole()).as("besides").contains(2L);
    assertThat(accelerator(answer).at("kinds").items()).hasSize(1);

    scene.clusterSays("Ready", "False");
    assertThat(message(scene.composed()))
        .as("whatever else there is to say")
        .startsWith("PlatformCluster eo-lab is there, but not ready")
        .endsWith("; besides, pool ml-training.slices.2 " + words);
    assertThat(state(scene.settle())).isEqualTo("none: ");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "'layout: {1g.10gb: 7}' | pool.ml-training.slices | what the first has",
        "'layouts: [{}, {1g.10gb: 7}]' | pool.ml-training.slices.2 | what the second has",
        "'layouts: [{1g.20gb: 4}, {}]' | pool.ml-training.slices | what none has comes to the"
            + " first",
      })
  void aWrittenLayoutIsOfThePoolThatHasIt(String written, String pool, String reason) {
    WorkspaceScene scene = settled(PLENTY, 0, 2, TWO);
    Tree before = Tree.of(scene.composed(pool)).at("spec", "template");
    scene.claim(claim(PLENTY, 0, 2, written));
    scene.claim(PLAIN);
    Answer.Composed answer = scene.settle();
    assertThat(Tree.of(answer.status()).at("pools").items()).as(reason).hasSize(1);
    assertThat(answer.resources()).as(reason).containsKey(pool);
    assertThat(Tree.of(scene.composed(pool)).at("spec", "template").equals(before))
        .as("no node is replaced that is right: %s", reason)
        .isEqualTo(!reason.startsWith("what none has"));
  }

  @Test
  void aPoolThatIsLeftKeepsItsNameWhateverIsWritten() {
    WorkspaceScene scene = settled(PLENTY, 0, 2, TWO);
    nodes(scene, FIRST, 1, 1, "");
    scene.claim(claim(PLENTY, 0, 2, "layouts: [{}, {1g.10gb: 7}]"));
    scene.claim(PLAIN);
    scene.round();
    nodes(scene, FIRST, 1, 1, "");
    scene.reported(FIRST, "spec: {replicas: 0}");
    scene.claim(claim(PLENTY, 0, 2, "layouts: [{1g.20gb: 4}, {}]"));
    scene.claim(PLAIN);
    Answer.Composed answer = scene.composed();
    assertThat(pool(answer, "ml-training.slices").at("state").text()).contains("Draining");
    assertThat(pool(answer, "ml-training.slices.2").at("state").text()).contains("Ready");
  }

  @Test
  void aWrittenLayoutOfTheSecondPoolStandsWithoutItsCloud() {
    WorkspaceScene scene = settled(PLENTY, 0, 2, TWO);
    scene.claim(claim(PLENTY, 0, 2, "layouts: [{}, {1g.10gb: 7}]"));
    scene.claim(PLAIN);
    scene.settle();
    Object before =
        Retention.marked(
            scene.composed(SECOND),
            Marks.STANDS,
            Optional.of("Cloud wekeo has no machine type \"" + PLENTY + "\""));
    scene.cluster().cloud("machineTypes: [{name: m1.large, cpu: 8, memory: 32Gi, disk: 40Gi}]");
    assertThat(scene.composed(SECOND)).as("but that it says why").isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({"true, the layouts are in use", "false, the nodes are still held back"})
  void anotherOrderOfTheDemandReplacesNothing(boolean settled, String reason) {
    WorkspaceScene scene = settled(PLENTY, 0, 2, "layout: {7g.80gb: 1}");
    scene.claim(claim(PLENTY, 0, 2, TWO));
    if (settled) {
      scene.settle();
    } else {
      scene.round();
    }
    Tree before = Tree.of(scene.composed(FIRST)).at("spec");
    scene.claim(
        claim(PLENTY, 0, 2, "demand: [{memory: 10Gi, count: 21}, {memory: 80Gi, count: 1}]"));
    assertThat(Tree.of(scene.composed(FIRST)).at("spec")).as(reason).isEqualTo(before);
    var layouts = scene.composed().resources().keySet();
    scene.claim(claim(PLENTY, 0, 2, TWO));
    assertThat(scene.composed().resources().keySet()).as(reason).isEqualTo(layouts);
  }
}
