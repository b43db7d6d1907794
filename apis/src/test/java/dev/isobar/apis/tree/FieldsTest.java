package dev.isobar.apis.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Server-side apply owns what is emitted, so nothing is emitted that was not decided. */
final class FieldsTest {
  record Row(String reason, UnaryOperator<Fields> step, Map<String, Object> expected) {}

  static Stream<Row> rows() {
    return Stream.of(
        new Row("a value", fields -> fields.set("a", "x"), Map.of("a", "x")),
        new Row("nothing", fields -> fields.set("a", null), Map.of()),
        new Row("an empty optional", fields -> fields.set("a", Optional.empty()), Map.of()),
        new Row("a full one", fields -> fields.set("a", Optional.of("x")), Map.of("a", "x")),
        new Row(
            "an object in it",
            fields -> fields.set("a", Fields.with("b", Optional.of(Fields.with("c", true)))),
            Map.of("a", Map.of("b", Map.of("c", true)))),
        new Row("whole numbers are long", fields -> fields.set("a", 1), Map.of("a", 1L)),
        new Row(
            "empty means something in Kubernetes",
            fields -> fields.set("a", List.of()).set("b", Map.of()).set("c", ""),
            Map.of("a", List.of(), "b", Map.of(), "c", "")),
        new Row(
            "unless it does not",
            fields ->
                fields
                    .setUnlessEmpty("a", List.of())
                    .setUnlessEmpty("b", Fields.none())
                    .setUnlessEmpty("c", "")
                    .setUnlessEmpty("d", Optional.empty())
                    .setUnlessEmpty("e", 0),
            Map.of("e", 0L)),
        new Row("the last word counts", fields -> fields.set("a", 1).set("a", 2), Map.of("a", 2L)),
        new Row(
            "but nothing is no word", fields -> fields.set("a", 1).set("a", null), Map.of("a", 1L)),
        new Row(
            "taken away", fields -> fields.set("a", 1).set("b", 2).without("a"), Map.of("b", 2L)),
        new Row("all of a map", fields -> fields.setAll(Map.of("a", 1)), Map.of("a", 1L)));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void areWhatWasDecided(Row row) {
    assertThat(row.step.apply(Fields.none()).map()).as(row.reason).isEqualTo(row.expected);
  }

  @Test
  void areSortedAndCopied() {
    Fields fields = Fields.with("b", 1).set("a", 2);
    var before = fields.map();
    fields.set("c", 3);
    assertThat(before.keySet()).containsExactly("a", "b");
  }
}
