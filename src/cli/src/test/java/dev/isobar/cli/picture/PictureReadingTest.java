package dev.isobar.cli.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.GpuProduct;
import dev.isobar.function.compose.gpu.geometry.GpuModels;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class PictureReadingTest {
  private static final String DEPLOYMENT =
      """
      kind: MachineDeployment
      metadata: {name: lab-cut, labels: {isobar.dev/pool: cut}}
      spec: {template: {spec: {bootstrap: {configRef: {name: new}}}}}
      """;

  private static String template(String name, String layout) {
    return """
    kind: KubeadmConfigTemplate
    metadata:
      name: %s
      labels: {isobar.dev/pool: cut}
      annotations:
        isobar.dev/gpu-config: '{"mig":[{"devices":"all","mig-devices":{%s},"mig-enabled":true}]}'
    """
        .formatted(name, layout);
  }

  @Test
  void whatNodesAreToldGoesBeforeTheClaim() {
    Planned planned = Plans.of(Plans.CLUSTER, template("new", "\"1g.10gb\":7"), DEPLOYMENT);
    List<PicturedNode> nodes =
        PictureReading.read(List.of(planned)).getFirst().pools().getFirst().nodes();
    assertThat(nodes).hasSize(1);
    assertThat(nodes.getFirst().note()).isEmpty();
    assertThat(PictureText.words(nodes.getFirst().rows().getFirst())).isEqualTo("7 × 1g.10gb");
    assertThat(nodes.getFirst().waste())
        .isEqualTo("2 of 16 memory slices of a node are in no slice");
  }

  @Test
  void nodesThatAreReplacedAreDrawnWithThoseThatCome() {
    Planned planned =
        Plans.of(
            Plans.CLUSTER.replace("machineType: g2.a100.2", "layout: mig-bd12f978"),
            template("old", "\"1g.10gb\":3,\"2g.20gb\":2"),
            template("new", "\"1g.10gb\":7"),
            DEPLOYMENT);
    PicturedPool pool = PictureReading.read(List.of(planned)).getFirst().pools().getFirst();
    assertThat(pool.nodes().stream().map(PicturedNode::note))
        .containsExactly("nodes that go", "nodes that come");
  }

  @Test
  void aLayoutThatWaitsForTheOperatorIsNext() {
    Planned planned =
        Plans.of(
            Plans.CLUSTER.replace("machineType: g2.a100.2", "layout: mig-bd12f978"),
            template("later", "\"1g.10gb\":7"),
            template("new", "\"1g.10gb\":3,\"2g.20gb\":2"),
            DEPLOYMENT);
    PicturedPool pool = PictureReading.read(List.of(planned)).getFirst().pools().getFirst();
    assertThat(pool.nodes().stream().map(PicturedNode::note)).containsExactly("now", "next");
  }

  /** Even of the name of a known product: what the Cloud says is what the function planned with. */
  @Test
  void productsOfTheCloudAreDrawnAsItDescribesThem() {
    var profile =
        new GpuProduct.Profile("1g.99gb", 3, List.of(0, 3), Optional.empty(), 0, Optional.empty());
    GpuModels models =
        GpuModels.of("wekeo", List.of(new GpuProduct("A100-80GB", 2, 6, 0, 1, List.of(profile))));
    String cluster =
        Plans.CLUSTER.replace("SOMETHING-99GB", "A100-80GB").replace("99gb: 2", "99gb: 1");
    assertThat(odd(Plans.of(models, cluster)))
        .isEqualTo(
            new GpuRow.Sliced(
                2,
                6,
                List.of(
                    new PicturedSlice("1g.99gb", "nvidia.com/mig-1g.99gb", 0, 3, 1, List.of()))));
    assertThat(odd(Plans.of(cluster)))
        .as("of a profile that nobody knows")
        .isEqualTo(new GpuRow.Unplaced(new TreeMap<>(Map.of("1g.99gb", 1))));
  }

  private static GpuRow.Division odd(Planned planned) {
    return PictureReading.read(List.of(planned))
        .getFirst()
        .pools()
        .getLast()
        .nodes()
        .getFirst()
        .rows()
        .getFirst()
        .division();
  }

  @Test
  void aStatusThatIsNoneHasNoPicture() {
    assertThat(
            PictureReading.read(
                List.of(
                    Plans.of("{kind: XPlatformCluster, status: {pools: 2}}"),
                    Plans.of("{kind: XGpuWorkspace}"))))
        .containsExactly(Picture.EMPTY, Picture.EMPTY);
  }
}
