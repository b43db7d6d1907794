package dev.isobar.function.compose.gpu.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.GpuProduct;
import dev.isobar.apis.compute.GpuProduct.Profile;
import dev.isobar.apis.decode.Mistake;
import dev.isobar.function.compose.gpu.geometry.GpuModel.Division;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Products that a Cloud describes. */
final class DescribedGpuTest {
  private static Profile profile(String name, int memorySlices, Integer... starts) {
    return new Profile(name, memorySlices, List.of(starts), Optional.empty(), 0, Optional.empty());
  }

  private static GpuProduct product(String name, Profile... profiles) {
    return new GpuProduct(name, 2, 6, 0, 1, List.of(profiles));
  }

  private static GpuModels models(GpuProduct... products) {
    return GpuModels.of("wekeo", List.of(products));
  }

  @Test
  void isDividedAsItIsDescribed() {
    GpuModels models =
        models(
            product(
                "RTX-PRO-5000-48GB",
                profile("2g.48gb", 6, 0),
                profile("1g.24gb+me", 3, 0, 3),
                profile("1g.24gb", 3, 0, 3)));
    assertThat(models.named("RTX-PRO-5000-48GB"))
        .isEqualTo(
            new GpuModel(
                "RTX-PRO-5000-48GB",
                List.of(),
                Optional.of(48),
                new Division.Divisible(
                    new MigGeometry(
                        new MigClass(2, 6, 0, 1),
                        List.of(
                            new MigProfile("1g.24gb", 24, 1, 3, 2, List.of(0, 3), 0, 0),
                            new MigProfile("1g.24gb+me", 24, 1, 3, 2, List.of(0, 3), 0, 1),
                            new MigProfile("2g.48gb", 48, 2, 6, 1, List.of(0), 0, 0)))),
                48));
    assertThat(PlacementOracle.layouts(models.named("RTX-PRO-5000-48GB").geometry().orElseThrow()))
        .containsExactlyInAnyOrder(
            "", "1g.24gb*1", "1g.24gb*2", "1g.24gb+me*1", "1g.24gb*1 1g.24gb+me*1", "2g.48gb*1");
    assertThat(models.divisibleLike("RTX-PRO-5000")).startsWith("RTX-PRO-5000-48GB");
    assertThat(models.named("A100-80GB")).isEqualTo(GpuModels.known().named("A100-80GB"));
  }

  @Test
  void comesBeforeWhatIsKnown() {
    GpuModels models = models(product("B300-288GB", profile("2g.251gb", 6, 0)));
    assertThat(models.named("B300-288GB").geometry().orElseThrow().profiles())
        .as("an alias of a known one")
        .hasSize(1);
    assertThat(models.named("B300-269GB").geometry().orElseThrow().profiles()).hasSize(7);
    GpuModels instead = models(product("A100-80GB", profile("2g.80gb", 6, 0)));
    assertThat(instead.withProfile("1g.10gb")).doesNotContain("A100-80GB").contains("A800-80GB");
    assertThat(instead.withProfile("2g.80gb")).containsExactly("A100-80GB");
  }

  record Row(String reason, GpuProduct product, String sentence) {}

  static Stream<Row> mistakes() {
    String who = "; the platform team must correct it";
    return Stream.of(
        new Row(
            "compute is in the name",
            product("X-48GB", profile("3g.48gb", 6, 0)),
            "Cloud wekeo: spec.gpuModels[0].profiles[0].name: the profile takes 3 compute slices,"
                + " and a GPU has 2"
                + who
                + ", or the GPU's own number"),
        new Row(
            "memory",
            product("X-48GB", profile("1g.24gb", 3, 0, 3), profile("2g.48gb", 8, 0)),
            "Cloud wekeo: spec.gpuModels[0].profiles[1].memorySlices: the profile takes 8 memory"
                + " slices, and a GPU has 6"
                + who
                + ", or the GPU's own number"),
        new Row(
            "a start behind the end",
            product("X-48GB", profile("1g.24gb", 3, 0, 4)),
            "Cloud wekeo: spec.gpuModels[0].profiles[0].starts[1]: an instance of 3 memory slices"
                + " cannot begin at 4 of 6"
                + who
                + ": 0 to 3 are possible"),
        new Row(
            "one start twice",
            product("X-48GB", profile("1g.24gb", 3, 3, 3)),
            "Cloud wekeo: spec.gpuModels[0].profiles[0].starts: names a memory slice twice" + who),
        new Row(
            "media engines nobody has",
            product(
                "X-48GB", new Profile("1g.24gb", 3, List.of(0), Optional.of(1), 4, Optional.of(2))),
            "Cloud wekeo: spec.gpuModels[0].profiles[0].mediaEngines: the profile takes 4 media"
                + " engines, and a GPU has 0"
                + who
                + ", or the GPU's own number"));
  }

  @ParameterizedTest
  @MethodSource
  void mistakes(Row row) {
    Division division = models(row.product).named("X-48GB").division();
    assertThat(division).as(row.reason).isInstanceOf(Division.Misdescribed.class);
    List<Mistake> mistakes = ((Division.Misdescribed) division).mistakes();
    assertThat(mistakes.getFirst().sentence()).isEqualTo(row.sentence);
  }
}
