package dev.isobar.provider.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.CloudSpec;
import dev.isobar.apis.compute.Image;
import dev.isobar.apis.compute.MachineType;
import dev.isobar.apis.decode.Decoded;
import dev.isobar.apis.decode.Decoder;
import dev.isobar.apis.decode.Encoder;
import dev.isobar.apis.tree.Tree;
import dev.isobar.provider.external.ListedImage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Findings in a Cloud: their order, and how much of them. */
final class ShownTest {
  private static MachineType type(String name) {
    return Findings.type(name, 8, "");
  }

  private static List<String> names(List<MachineType> types) {
    return types.stream().map(MachineType::name).toList();
  }

  @Test
  void theCloudsOrderDoesNotMatter() {
    List<MachineType> types = List.of(type("b"), type("c"), type("a"), type("b"));
    assertThat(names(Shown.machineTypes(types, Findings.SPEC))).containsExactly("a", "b", "c");
    assertThat(Shown.zones(List.of("az2", "az1", "az2"))).containsExactly("az1", "az2");
  }

  @ParameterizedTest(name = "{3}")
  @CsvSource({
    "m1, 2048, '', the most that the schema allows",
    "m1, 2049, '', more processors",
    "'', 8, '', no name",
    "g1, 8, A100-80GB x 16, as many GPUs as the schema allows",
    "g1, 8, A100-80GB x 17, more of them",
    "g1, 8, A x 1, a model of one letter"
  })
  void whatTheSchemaRefusesIsLeftOut(String name, int cpus, String gpus, String why) {
    MachineType type = Findings.type(name, cpus, gpus);
    boolean allowed =
        Decoder.of(MachineType.class).decode(Tree.of(Encoder.everything(type)), "type")
            instanceof Decoded.Valid<MachineType>;
    assertThat(Shown.machineTypes(List.of(type), Findings.SPEC).contains(type))
        .as(why)
        .isEqualTo(allowed);
  }

  @Test
  void ofTooManyTypesThoseThatMatterStay() {
    List<MachineType> many = new ArrayList<>();
    IntStream.range(0, 2000).forEach(i -> many.add(type("m%04d".formatted(i))));
    many.add(Findings.type("x.gpu", 8, "A100-80GB x 8"));
    many.add(type("y.spoken"));
    Collections.reverse(many);
    CloudSpec spec = Findings.spec(Map.of("machineTypes", List.of(Map.of("name", "y.spoken"))));
    List<String> shown = names(Shown.machineTypes(many, spec));
    assertThat(shown).hasSize(Shown.MOST_TYPES).contains("x.gpu", "y.spoken").isSorted();
  }

  /** The API server takes 1.5 MB, kubectl's own annotation a quarter of it. */
  @Test
  void theLargestStatusIsFarFromWhatTheApiServerTakes() {
    List<MachineType> many =
        IntStream.range(0, Shown.MOST_TYPES)
            .mapToObj(
                i -> Findings.type("m7i-flex.metal-%04dxl".formatted(i), 192, "A100-80GB x 8"))
            .toList();
    int bytes =
        Shown.machineTypes(many, Findings.SPEC).stream()
            .mapToInt(
                type -> Encoder.everything(type).toString().getBytes(StandardCharsets.UTF_8).length)
            .sum();
    assertThat(bytes).isLessThan(400_000);
  }

  private static ListedImage image(String id, String name, String createdAt) {
    return new ListedImage(id, name, Optional.empty(), createdAt, Map.of());
  }

  @Test
  void theNewestOfEqualImagesIsShownAndTheNewestVersionIsFirst() {
    List<Image> shown =
        Shown.images(
            List.of(
                image("1", "u-kube-v1.9.10", "2026-11-20T10:00:00Z"),
                image("2", "u-kube-v1.35.2", "2026-11-20T10:00:00Z"),
                image("3", "u-kube-v1.35.10", "2026-11-01T10:00:00Z"),
                image("4", "u-kube-v1.35.2-b2", "2026-11-21T10:00:00Z"),
                image("5", "u-kube-v1.35.2-gpu", "2026-11-02T10:00:00Z"),
                image("6", "windows", "2026-11-22T10:00:00Z")));
    assertThat(shown.stream().map(one -> one.kubernetes() + " " + one.id().orElse("")))
        .containsExactly("1.35.10 3", "1.35.2 4", "1.35.2 5", "1.9.10 1");
  }

  @Test
  void ofTooManyImagesTheNewestVersionsStay() {
    List<ListedImage> many =
        IntStream.range(0, 300)
            .mapToObj(i -> image("" + i, "u-kube-v1.30." + i, "2026-11-20T10:00:00Z"))
            .toList();
    List<Image> shown = Shown.images(many);
    assertThat(shown).hasSize(Shown.MOST_IMAGES);
    assertThat(shown.getFirst().kubernetes()).isEqualTo("1.30.299");
    assertThat(shown.getLast().kubernetes()).isEqualTo("1.30.100");
  }
}
