package dev.isobar.apis.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.apis.tree.Tree.Shape;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Looking never fails: what is missing or of another type is absent. */
final class PlainTreeTest {
  record Row(
      String reason,
      Object value,
      Shape shape,
      Optional<?> text,
      Optional<?> whole,
      Optional<?> truth) {}

  private static final Optional<?> NO = Optional.empty();

  static Stream<Row> rows() {
    return Stream.of(
        new Row("nothing", null, Shape.ABSENT, NO, NO, NO),
        new Row("text", "x", Shape.TEXT, Optional.of("x"), NO, NO),
        new Row("a whole number", 3, Shape.NUMBER, NO, Optional.of(3L), NO),
        new Row("a whole number as protobuf has it", 3.0, Shape.NUMBER, NO, Optional.of(3L), NO),
        new Row("a fraction", 3.5, Shape.NUMBER, NO, NO, NO),
        new Row("beyond what a double counts exactly", 1e300, Shape.NUMBER, NO, NO, NO),
        new Row("not a number", Double.NaN, Shape.NUMBER, NO, NO, NO),
        new Row("a truth", true, Shape.TRUTH, NO, NO, Optional.of(true)),
        new Row("a list", List.of("x"), Shape.LIST, NO, NO, NO),
        new Row("an object", Map.of("a", "x"), Shape.OBJECT, NO, NO, NO));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void tellsWhatStandsThere(Row row) {
    Tree tree = Tree.of(row.value);
    assertThat(tree.shape()).as(row.reason).isEqualTo(row.shape);
    assertThat(tree.text()).as(row.reason).isEqualTo(row.text);
    assertThat(tree.whole()).as(row.reason).isEqualTo(row.whole);
    assertThat(tree.truth()).as(row.reason).isEqualTo(row.truth);
    assertThat(tree.exists()).as(row.reason).isEqualTo(row.shape != Shape.ABSENT);
    assertThat(tree.at("b").at("c", "d", "e").exists()).as(row.reason).isFalse();
  }

  @Test
  void goesDownAPath() {
    Tree tree = Tree.of(Map.of("a", Map.of("b", List.of(Map.of("c", "x")))));
    assertThat(tree.at("a", "b").items().getFirst().at("c").text()).contains("x");
    assertThat(tree.fields()).containsExactly("a");
    assertThat(tree.at("a", "b").fields()).isEmpty();
    assertThat(tree.items()).isEmpty();
  }

  @Test
  void becomesSortedMapsAndLongNumbers() {
    var object = new HashMap<String, Object>();
    object.put("b", Arrays.asList(1, 2.5, null));
    object.put("a", Map.of("d", 1, "c", 2));
    assertThat(Tree.of(object).plain()).hasToString("{a={c=2, d=1}, b=[1, 2.5, null]}");
    assertThat(Tree.of(1).plain()).isEqualTo(1L);
    assertThat(Tree.absent().plain()).isNull();
  }

  @Test
  void everyShapeHasWordsForUsers() {
    List<String> words = new ArrayList<>();
    for (Shape shape : Shape.values()) {
      words.add(shape.words());
    }
    assertThat(words)
        .containsExactly("nothing", "a string", "a number", "true or false", "a list", "an object");
  }

  @Test
  void refusesWhatNoObjectHolds() {
    assertThatThrownBy(() -> Tree.of(Instant.EPOCH).shape())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cannot look into a java.time.Instant");
  }
}
