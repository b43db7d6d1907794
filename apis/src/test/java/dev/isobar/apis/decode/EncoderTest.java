package dev.isobar.apis.decode;

import static dev.isobar.apis.decode.Written.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.decode.Orchard.Fence;
import dev.isobar.apis.decode.Orchard.Gate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class EncoderTest {
  @Test
  void onlySetLeavesDefaultsOut() {
    assertThat(Encoder.onlySet(DecoderTest.PLAIN)).isEqualTo(Map.of("name", "Eden"));
  }

  @Test
  void onlySetWritesWhatDiffers() {
    assertThat(Encoder.onlySet(DecoderTest.FULL)).isEqualTo(yaml(DecoderTest.FULL_YAML).plain());
  }

  @Test
  void onlySetCanonicalDoesNotDependOnSpelling() {
    String spelled = "{name: Eden, water: %s}";
    assertThat(canonical(spelled.formatted("5120Mi"))).isEqualTo(Map.of("name", "Eden"));
    assertThat(canonical(spelled.formatted("1024Mi")))
        .isEqualTo(Map.of("name", "Eden", "water", "1Gi"));
  }

  private static Map<String, Object> canonical(String garden) {
    return switch (Decoder.of(Orchard.class).decode(yaml(garden), "")) {
      case Decoded.Valid<Orchard>(var read) -> Encoder.onlySetCanonical(read);
      case Decoded.Invalid<Orchard>(var wrong) -> throw new AssertionError(wrong.toString());
    };
  }

  @Test
  void everythingWritesDefaultsButNothingEmpty() {
    assertThat(Encoder.everything(DecoderTest.PLAIN))
        .isEqualTo(
            yaml("""
            name: Eden
            fruit: Apple
            rows: 3
            watered: true
            water: 5Gi
            fence: {height: 120}
            """)
                .plain());
  }

  @Test
  void anOptionalObjectWithoutFieldsIsWrittenEitherWay() {
    Fence fence = new Fence(120, Optional.of(new Gate()));
    assertThat(Encoder.onlySet(fence)).isEqualTo(Map.of("gate", Map.of()));
    assertThat(Encoder.everything(fence)).isEqualTo(Map.of("gate", Map.of(), "height", 120L));
  }

  @Test
  void emptyElementsOfListsStay() {
    assertThat(Encoder.everything(DecoderTest.FULL))
        .containsEntry("layouts", List.of(Map.of("1g", 2L, "2g", 1L), Map.of()));
  }

  @Test
  void fieldsAreSorted() {
    assertThat(Encoder.everything(DecoderTest.FULL).keySet())
        .containsExactly(
            "country",
            "fence",
            "fruit",
            "labels",
            "layouts",
            "name",
            "rows",
            "seeds",
            "seen",
            "trees",
            "values",
            "visitors",
            "water",
            "watered");
  }
}
