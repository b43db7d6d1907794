package dev.isobar.function.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class StructRenderingTest {
  record Merged(String reason, Map<String, ?> earlier, Map<String, ?> ours, Map<String, ?> both) {
    @Override
    public String toString() {
      return reason;
    }
  }

  static List<Merged> merges() {
    return List.of(
        new Merged("nothing was there", Map.of(), Map.of("a", 1L), Map.of("a", 1L)),
        new Merged("other fields stay", Map.of("b", 2L), Map.of("a", 1L), Map.of("a", 1L, "b", 2L)),
        new Merged("ours wins", Map.of("a", "theirs"), Map.of("a", "ours"), Map.of("a", "ours")),
        new Merged(
            "objects merge at every depth",
            Map.of("metadata", Map.of("labels", Map.of("team", "x", "pool", "theirs"))),
            Map.of("metadata", Map.of("labels", Map.of("pool", "ours"), "name", "n")),
            Map.of("metadata", Map.of("labels", Map.of("team", "x", "pool", "ours"), "name", "n"))),
        new Merged(
            "lists are replaced, their elements have no names",
            Map.of("zones", List.of("az1", "az2")),
            Map.of("zones", List.of("az3")),
            Map.of("zones", List.of("az3"))),
        new Merged(
            "an object replaces what is none",
            Map.of("a", "text"),
            Map.of("a", Map.of("b", 1L)),
            Map.of("a", Map.of("b", 1L))),
        new Merged(
            "an empty object of ours takes nothing away",
            Map.of("spec", Map.of("a", 1L)),
            Map.of("spec", Map.of()),
            Map.of("spec", Map.of("a", 1L))));
  }

  @ParameterizedTest
  @MethodSource("merges")
  void putsOursOverTheirs(Merged row) {
    assertThat(
            StructTree.of(StructRendering.over(StructRendering.render(row.earlier), row.ours))
                .plain())
        .as(row.reason)
        .isEqualTo(row.both);
  }

  record Refused(String reason, Object value, String problem) {
    @Override
    public String toString() {
      return reason;
    }
  }

  static List<Refused> refusals() {
    return List.of(
        new Refused(
            "a double would change it", (1L << 53) + 1, "cannot render 9007199254740993 exactly"),
        new Refused("so would the other end", -(1L << 53) - 1, "exactly"),
        new Refused("whose absolute value is negative", Long.MIN_VALUE, "exactly"),
        new Refused("JSON has none", Double.NaN, "JSON has no such number"),
        new Refused("JSON has none either", Double.NEGATIVE_INFINITY, "JSON has no such number"),
        new Refused("fields are named by strings", Map.of(1, 2), "named by other than a string"),
        new Refused(
            "an optional must be settled before",
            Optional.of(1),
            "cannot render a java.util.Optional"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusesWhatJsonCannotHold(Refused row) {
    assertThatThrownBy(() -> StructRendering.render(Map.of("field", List.of(row.value))))
        .as(row.reason)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(row.problem);
  }
}
