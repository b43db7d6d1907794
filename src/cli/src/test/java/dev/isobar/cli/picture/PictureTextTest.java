package dev.isobar.cli.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PictureTextTest {
  private static PicturedPool kind(String pool, int most, int ready, OfferedResource... offers) {
    return new PicturedPool(
        "slices",
        pool,
        false,
        Optional.of("g2.a100.2"),
        Optional.of("A100-80GB"),
        2,
        new PicturedPool.Count(0, most, ready, ready),
        List.of(),
        List.of(offers),
        Optional.empty());
  }

  @Test
  void kindsOfNodesAreToldApartAndTogether() {
    var first =
        kind("lab.slices", 2, 1, new OfferedResource("mig-1g.10gb", 14, 28, List.of("small")));
    var second =
        kind(
            "lab.slices.2",
            1,
            0,
            new OfferedResource("gpu", 1, 1, List.of()),
            new OfferedResource("mig-1g.10gb", 7, 7, List.of("small")));
    assertThat(PictureText.lines(new Picture(List.of(first, second), List.of())))
        .containsExactly(
            "  slices: pool lab.slices, 0 to 2 nodes, 1 ready, 2 \u00d7 A100-80GB each, on"
                + " g2.a100.2",
            "    mig-1g.10gb: 14 a node, 28 in all, for small",
            "  slices: pool lab.slices.2, 0 to 1 node, 0 ready, 2 \u00d7 A100-80GB, on g2.a100.2",
            "    gpu: 1 a node, 1 in all",
            "    mig-1g.10gb: 7 a node, 7 in all, for small",
            "  slices together: 0 to 3 nodes, 1 ready, gpu: 1 in all, mig-1g.10gb: 35 in all");
  }

  @Test
  void nodesThatAreAlikeAreToldOnce() {
    assertThat(PictureText.lines(new Picture(List.of(kind("lab.slices", 2, 1)), List.of())))
        .containsExactly("  slices: 0 to 2 nodes, 1 ready, 2 \u00d7 A100-80GB each, on g2.a100.2");
  }
}
