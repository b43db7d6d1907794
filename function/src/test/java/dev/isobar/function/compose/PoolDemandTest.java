package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pools that say what is needed, and have their layouts chosen. */
final class PoolDemandTest {
  private static final String POOL =
      "pools: [{name: s, machineType: g2.a100.2, autoscale: {min: 0, max: %d}, gpu: {partitioning:"
          + " {%s}}}]";

  private static String demand(int most, String demand) {
    return POOL.formatted(most, "mig: {demand: [" + demand + "]}");
  }

  private static String layout(String layout) {
    return POOL.formatted(4, "mig: {layout: {" + layout + "}}");
  }

  private static final String TEN = "{memory: 10Gi, count: 10}";

  private static ManagementCluster settled(String claim) {
    ManagementCluster cluster = ManagementCluster.with(claim);
    cluster.settle();
    return cluster;
  }

  private static List<String> templates(ManagementCluster cluster) {
    return cluster.keys().stream()
        .filter(key -> key.startsWith("pool.s.") && key.matches(".*\\.[0-9a-f]{8}"))
        .toList();
  }

  private static String mark(ManagementCluster cluster) {
    return Tree.of(cluster.composed("pool.s"))
        .at("metadata", "annotations", "isobar.dev/gpu-demand")
        .text()
        .orElse("");
  }

  private static Object machines(ManagementCluster cluster) {
    Tree machine = Tree.of(cluster.composed("pool.s")).at("spec", "template", "spec");
    return List.of(
        machine.at("bootstrap", "configRef", "name").text().orElseThrow(),
        machine.at("infrastructureRef", "name").text().orElseThrow());
  }

  record Same(String reason, String demand, String written) {}

  static Stream<Same> same() {
    return Stream.of(
        new Same("slices", TEN, "mig: {layout: {1g.10gb: 7}}"),
        new Same("whole GPUs", "{memory: 80Gi, count: 3}", "none: {}"),
        new Same(
            "both",
            "{memory: 80Gi, count: 1}, {profile: 1g.10gb, count: 3}",
            "mig: {layouts: [{}, {1g.10gb: 7}]}"));
  }

  /**
   * So a user who takes over the layout that was chosen, or gives it up for a demand that it
   * serves, replaces no node; and a golden test of layouts holds these hashes too.
   */
  @ParameterizedTest
  @MethodSource
  void same(Same row) {
    ManagementCluster asked = ManagementCluster.with(demand(4, row.demand));
    ManagementCluster written = ManagementCluster.with(POOL.formatted(4, row.written));
    assertThat(templates(asked)).as(row.reason).isEqualTo(templates(written));
    assertThat(mark(written)).isEmpty();
    assertThat(mark(asked)).matches("[0-9a-f]{8}\\.(mig-[0-9a-f]{8}|whole)");
  }

  @Test
  void theStatusShowsWhatWasChosen() {
    var pool =
        Tree.of(
                ManagementCluster.with(demand(4, TEN + ", {profile: 3g.40gb, count: 1}"))
                    .composed()
                    .status())
            .at("pools")
            .items()
            .getFirst();
    assertThat(pool.at("planned").plain())
        .hasToString(
            "{demand=[{asked=10Gi, count=10, resource=nvidia.com/mig-1g.10gb}, {asked=3g.40gb,"
                + " count=1, resource=nvidia.com/mig-3g.40gb}], layouts=[{1g.10gb=4, 3g.40gb=1},"
                + " {1g.10gb=7}], nodes=1, wastedComputeSlices=0, wastedMemorySlices=1}");
    assertThat(pool.at("resources").plain())
        .hasToString("{nvidia.com/mig-1g.10gb=11, nvidia.com/mig-3g.40gb=1}");
  }

  @Test
  void anotherDemandThatIsServedReplacesNoNode() {
    ManagementCluster cluster = settled(demand(4, TEN));
    Object before = machines(cluster);
    String mark = mark(cluster);
    cluster.claim(demand(4, "{memory: 8Gi, count: 40}"));
    cluster.settle();
    assertThat(machines(cluster)).isEqualTo(before);
    assertThat(mark(cluster)).as("but it is remembered").isNotEqualTo(mark);
    cluster.claim(layout("1g.10gb: 7"));
    cluster.settle();
    assertThat(machines(cluster)).as("and so may be written out").isEqualTo(before);
  }

  @Test
  void aLayoutThatIsWrittenIsKeptWhenItBecomesADemand() {
    ManagementCluster cluster = settled(layout("1g.10gb: 4, 3g.40gb: 1"));
    Object before = machines(cluster);
    cluster.claim(demand(4, TEN));
    cluster.settle();
    assertThat(machines(cluster)).as("two nodes of it serve ten").isEqualTo(before);
    cluster.claim(demand(1, TEN));
    cluster.settle();
    assertThat(machines(cluster)).as("but one does not").isNotEqualTo(before);
  }

  @Test
  void aDemandThatIsNotServedMovesOnceTheOperatorHasTheEntry() {
    ManagementCluster cluster = settled(demand(4, TEN));
    Object before = machines(cluster);
    cluster.claim(demand(4, TEN + ", {memory: 40Gi, count: 2}")).reconcile();
    assertThat(machines(cluster)).as("the entry is on its way").isEqualTo(before);
    cluster.reconcile();
    assertThat(machines(cluster)).as("still").isEqualTo(before);
    cluster.settle();
    Object after = machines(cluster);
    assertThat(after).as("in place").isNotEqualTo(before);
    cluster.settle();
    assertThat(machines(cluster)).as("at rest").isEqualTo(after);
  }

  @Test
  void whatACloudSaysOfAModelMovesNothing() {
    ManagementCluster cluster = settled(demand(4, TEN));
    Object before = machines(cluster);
    cluster.cloud(
        """
        gpuModels:
        - name: A100-80GB
          computeSlices: 4
          memorySlices: 4
          profiles:
          - {name: 2g.40gb, memorySlices: 2, starts: [0, 2]}
          - {name: 4g.80gb, memorySlices: 4, starts: [0]}
        """);
    assertThat(cluster.refusals()).singleElement().asString().contains("the layout in use");
    cluster.claim(demand(4, "{memory: 40Gi, count: 2}")).settle();
    assertThat(machines(cluster)).as("the user asks for something else").isNotEqualTo(before);
  }

  private static final String DESCRIBED =
      """
      gpuModels:
      - name: RTX-PRO-5000-48GB
        computeSlices: 2
        memorySlices: 6
        profiles: [%s]
      """;

  private static ManagementCluster ofAnotherProduct() {
    return ManagementCluster.with(
            "pools: [{name: s, machineType: x5, replicas: 1, gpu: {partitioning: {mig: {demand:"
                + " [{memory: 20Gi, count: 3}]}}}}]")
        .cloud(
            """
            machineTypes:
            - {name: m1.large, cpu: 8, memory: 32Gi, disk: 40Gi}
            - {name: x5, cpu: 8, memory: 32Gi, disk: 40Gi, gpu: {model: RTX-PRO-5000-48GB, count: 2}}
            """);
  }

  @Test
  void productsOfTheCloudAreDivided() {
    ManagementCluster cluster = ofAnotherProduct();
    assertThat(cluster.refusals())
        .singleElement()
        .asString()
        .contains("describe the model in spec.gpuModels of the Cloud");
    cluster.cloud(DESCRIBED.formatted("{name: 1g.24gb, memorySlices: 3, starts: [0, 3]}"));
    assertThat(Tree.of(cluster.composed().status()).at("pools").items().getFirst().at("resources"))
        .extracting(Tree::plain)
        .hasToString("{nvidia.com/mig-1g.24gb=4}");
  }

  @Test
  void productsThatAreDescribedWronglyAreRefused() {
    ManagementCluster cluster = ofAnotherProduct();
    cluster.cloud(DESCRIBED.formatted("{name: 3g.48gb, memorySlices: 6, starts: [0]}"));
    assertThat(cluster.refusals())
        .containsExactly(
            "Cloud wekeo: spec.gpuModels[0].profiles[0].name: the profile takes 3 compute slices,"
                + " and a GPU has 2; the platform team must correct it, or the GPU's own number");
  }

  @Test
  void moreThanThePoolMayHaveIsRefused() {
    assertThat(ManagementCluster.with(demand(2, "{memory: 10Gi, count: 29}")).refusals())
        .containsExactly(
            "spec.pools[0].gpu.partitioning.mig.demand: needs 3 nodes, and there may be 2; allow 3,"
                + " or ask for less: 2 have 28 nvidia.com/mig-1g.10gb");
    String parked =
        demand(1, "{memory: 10Gi, count: 29}")
            .replace("autoscale: {min: 0, max: 1}", "replicas: 0");
    assertThat(ManagementCluster.with(parked).refusals())
        .as("a pool without nodes is only parked")
        .isEmpty();
  }
}
