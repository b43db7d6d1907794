package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.plan.Marks;
import dev.isobar.function.contract.Answer;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An accelerator has nodes of several kinds where these are fewer than nodes that are alike. */
final class WorkspaceKindsTest {
  /** Three nodes of two GPUs when all are alike, two when one has no whole GPU. */
  private static final String CLAIM =
      """
      quota: {gpus: 2}
      accelerators:
      - name: slices
        machineTypes: [g2b.a100.2]
        nodes: {min: %d, max: %d}
        partitioning: {mig: {demand: [%s]}}
      jupyterhub:
        profiles:
        - {name: small, accelerator: slices, gpuMemory: 10Gi, cpu: 2, memory: 8Gi, image: a, placeholders: 1}
        - {name: whole, accelerator: slices, gpuMemory: 80Gi, cpu: 2, memory: 8Gi, image: a}
      """;

  private static final String BOTH = "{memory: 80Gi, count: 1}, {memory: 10Gi, count: 21}";
  private static final String FIRST = "pool.ml-training.slices";
  private static final String SECOND = "pool.ml-training.slices.2";
  private static final String SLICE = "nvidia.com/mig-1g.10gb";
  private static final String LIMITS = "cluster.x-k8s.io/cluster-api-autoscaler-node-group-";

  private static WorkspaceScene scene(int min, int max, String demand) {
    return WorkspaceScene.of(WorkspaceScene.HUB).claim(CLAIM.formatted(min, max, demand));
  }

  /** The pools of an answer with their limits and what each of their nodes offers. */
  private static String pools(Answer.Composed answer) {
    var pools = new TreeMap<String, String>();
    for (Tree pool : Tree.of(answer.status()).at("pools").items()) {
      pools.put(
          pool.at("name").text().orElse("").replace("ml-training.", ""),
          pool.at("min").whole().orElse(-1L)
              + "-"
              + pool.at("max").whole().orElse(-1L)
              + " "
              + pool.at("resources").plain());
    }
    return pools.toString().replace("nvidia.com/", "");
  }

  private static final String TWO_KINDS =
      "{slices=0-1 {mig-1g.10gb=14}, slices.2=0-1 {gpu=1, mig-1g.10gb=7}}";

  @ParameterizedTest(name = "{0} to {1} nodes for {2}: {4}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "0 | 2 | {memory: 80Gi, count: 1}, {memory: 10Gi, count: 21} |"
            + " {slices=0-1 {mig-1g.10gb=14}, slices.2=0-1 {gpu=1, mig-1g.10gb=7}} |"
            + " one node fewer than alike",
        "0 | 5 | {memory: 80Gi, count: 1}, {memory: 10Gi, count: 21} |"
            + " {slices=0-3 {mig-1g.10gb=14}, slices.2=0-2 {gpu=1, mig-1g.10gb=7}} |"
            + " further nodes are shared out",
        "2 | 3 | {memory: 80Gi, count: 1}, {memory: 10Gi, count: 21} |"
            + " {slices=1-2 {mig-1g.10gb=14}, slices.2=1-1 {gpu=1, mig-1g.10gb=7}} |"
            + " one of each is always there",
        "1 | 3 | {memory: 80Gi, count: 1}, {memory: 10Gi, count: 21} |"
            + " {slices=1-3 {gpu=1, mig-1g.10gb=7}} |"
            + " the node that is always there serves everybody",
        "1 | 2 | {memory: 80Gi, count: 1}, {memory: 10Gi, count: 21} |"
            + " {slices=1-1 {mig-1g.10gb=14}, slices.2=0-1 {gpu=1, mig-1g.10gb=7}} |"
            + " but for want of nodes",
        "0 | 4 | {memory: 80Gi, count: 2}, {memory: 10Gi, count: 14} |"
            + " {slices=0-4 {gpu=1, mig-1g.10gb=7}} | as many when they are alike",
      })
  void areWhatTakesFewestNodes(int min, int max, String demand, String pools, String reason) {
    assertThat(pools(scene(min, max, demand).composed())).as(reason).isEqualTo(pools);
  }

  @Test
  void areAPoolEach() {
    WorkspaceScene scene = scene(0, 2, BOTH);
    Answer.Composed answer = scene.settle();
    assertThat(pools(answer)).isEqualTo(TWO_KINDS);
    Tree first = Tree.of(scene.composed(FIRST)).at("metadata", "annotations");
    Tree second = Tree.of(scene.composed(SECOND)).at("metadata", "annotations");
    assertThat(first.at(LIMITS + "max-size").text()).contains("1");
    assertThat(second.at(LIMITS + "max-size").text()).contains("1");
    Optional<String> mark = first.at("isobar.dev/gpu-demand").text();
    assertThat(second.at("isobar.dev/gpu-demand").text()).isEqualTo(mark);
    for (Tree kind : kinds(answer)) {
      String layout = kind.at("layout").text().orElse("none");
      assertThat(mark.orElse("")).as("remembers both").contains(layout);
      assertThat(scene.operatorValues()).as("the Operator has both").contains(layout);
    }
  }

  @Test
  void areToldEach() {
    Answer.Composed answer = scene(0, 2, BOTH).settle();
    Tree accelerator = Tree.of(answer.status()).at("accelerators").items().getFirst();
    assertThat(accelerator.at("inAll").plain())
        .isEqualTo(Manifest.plain("{nvidia.com/gpu: 1, " + SLICE + ": 21}"));
    assertThat(kinds(answer).stream().map(kind -> kind.at("pool").text().orElse("")).toList())
        .containsExactlyInAnyOrder("ml-training.slices", "ml-training.slices.2");
    assertThat(String.valueOf(Tree.of(answer.status()).at("profiles").plain()))
        .contains("schedulable=true")
        .doesNotContain("schedulable=false");
  }

  @Test
  void haveServersWhereverTheyFit() {
    WorkspaceScene scene = scene(0, 2, BOTH);
    scene.settle();
    String[] servers = scene.hubValues().split("- default: ");
    String small = servers[1];
    String whole = servers[2];
    assertThat(small)
        .contains("node_affinity_required", "operator: In", "- ml-training.slices", "slices.2")
        .doesNotContain("node_selector");
    assertThat(whole)
        .contains("node_selector", "isobar.dev/pool: ml-training.slices.2")
        .doesNotContain("node_affinity_required");
    String places =
        Tree.of(scene.composed("addon.ml-training.free-places.config"))
            .at("data", "free-places.yaml")
            .text()
            .orElse("");
    assertThat(places).contains("nodeSelectorTerms", "slices.2").doesNotContain("nodeSelector:\n");
    assertThat(
            Tree.of(scene.composed("addon.ml-training.namespace.config"))
                .at("data", "workspace.yaml")
                .text()
                .orElse(""))
        .as("what two GPUs of the better kind offer, not of both; one place is kept free")
        .contains("requests." + SLICE + ": \"15\"", "requests.nvidia.com/gpu: \"1\"");
  }

  @Test
  void stayWhileTheyServe() {
    WorkspaceScene scene = scene(0, 2, BOTH);
    scene.settle();
    scene.claim(CLAIM.formatted(0, 2, "{memory: 80Gi, count: 1}, {memory: 10Gi, count: 15}"));
    assertThat(pools(scene.settle())).isEqualTo(TWO_KINDS);
  }

  @Test
  void doNotComeOfNodesThatAreAlikeAndServe() {
    WorkspaceScene scene = scene(1, 3, BOTH);
    scene.settle();
    scene.claim(CLAIM.formatted(0, 3, BOTH));
    assertThat(pools(scene.settle())).isEqualTo("{slices=0-3 {gpu=1, mig-1g.10gb=7}}");
  }

  @Test
  void keepTheirPoolWhenAnotherKindGoes() {
    WorkspaceScene scene = scene(0, 2, BOTH);
    scene.settle();
    scene.claim(CLAIM.formatted(0, 2, "{memory: 80Gi, count: 2}, {memory: 10Gi, count: 14}"));
    Answer.Composed answer = scene.settle();
    assertThat(pools(answer)).isEqualTo("{slices.2=0-2 {gpu=1, mig-1g.10gb=7}}");
    assertThat(answer.resources()).doesNotContainKey(FIRST).containsKey(SECOND);
    scene.claim(CLAIM.formatted(0, 2, BOTH));
    assertThat(pools(scene.settle())).isEqualTo(TWO_KINDS);
  }

  /** Two kinds become others, of which the GPU Operator has nothing yet. */
  @Test
  void offerTheAutoscalerWhatTheyHaveWhileTheyAreHeldBack() {
    WorkspaceScene scene = scene(0, 2, BOTH);
    scene.settle();
    List<String> before = List.of(capacity(scene, FIRST), capacity(scene, SECOND));
    scene.claim(
        CLAIM.formatted(
            0, 4, "{memory: 20Gi, count: 18}, {memory: 80Gi, count: 1}, {memory: 10Gi, count: 1}"));
    assertThat(List.of(capacity(scene, FIRST), capacity(scene, SECOND))).isEqualTo(before);
    scene.settle();
    assertThat(List.of(capacity(scene, FIRST), capacity(scene, SECOND))).isNotEqualTo(before);
  }

  private static String capacity(WorkspaceScene scene, String pool) {
    Tree annotations = Tree.of(scene.composed(pool)).at("metadata", "annotations");
    return annotations.fields().stream()
        .filter(key -> key.startsWith("capacity.cluster-autoscaler.kubernetes.io/"))
        .map(key -> key + "=" + annotations.at(key).text().orElse(""))
        .toList()
        .toString();
  }

  @Test
  void areChosenAgainWhenOneIsStillToCome() {
    WorkspaceScene scene = scene(0, 5, BOTH);
    scene.settle();
    String before = pools(scene.composed());
    scene.lost(SECOND);
    assertThat(pools(scene.composed())).isEqualTo(before);
    assertThat(pools(scene.settle())).isEqualTo(before);
    scene.lost(FIRST);
    assertThat(pools(scene.settle())).isEqualTo(before);
  }

  @Test
  void standWhenTheCloudKnowsTheirMachinesNoMore() {
    WorkspaceScene scene = scene(0, 5, BOTH);
    scene.settle();
    Optional<String> gone = Optional.of("Cloud wekeo has no machine type \"g2b.a100.2\"");
    var before =
        Stream.of(FIRST, SECOND)
            .map(key -> Retention.marked(scene.composed(key), Marks.STANDS, gone))
            .toList();
    scene.cluster().cloud("machineTypes: [{name: m1.large, cpu: 8, memory: 32Gi, disk: 40Gi}]");
    assertThat(List.of(scene.composed(FIRST), scene.composed(SECOND)))
        .as("but that they say why")
        .isEqualTo(before);
    assertThat(scene.hubValues()).contains("slices.2");
  }

  private static List<Tree> kinds(Answer.Composed answer) {
    return Tree.of(answer.status()).at("accelerators").items().getFirst().at("kinds").items();
  }
}
