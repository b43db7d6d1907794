package dev.isobar.function.readiness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.Manifest;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ContainmentTest {
  record Row(String reason, String seen, String wanted, boolean holds) {}

  static Stream<Row> rows() {
    return Stream.of(
        new Row("the same", "{a: {b: [1, x]}}", "{a: {b: [1, x]}}", true),
        new Row("what others added", "{a: 1, b: 2}", "{a: 1}", true),
        new Row("what others added to an element", "a: [{b: 1, c: 2}]", "a: [{b: 1}]", true),
        new Row("an element more", "a: [1, 2]", "a: [1]", false),
        new Row("another order", "a: [2, 1]", "a: [1, 2]", false),
        new Row("another text", "a: x", "a: y", false),
        new Row("missing", "{}", "a: x", false),
        new Row("false and nothing are one", "{}", "a: false", true),
        new Row("true and nothing are two", "{}", "a: true", false),
        new Row("an empty text and nothing are one", "{}", "a: ''", true),
        new Row("an empty text and another are two", "a: x", "a: ''", false),
        new Row("no elements and nothing are one", "{}", "a: []", true),
        new Row("no fields and nothing are one", "{}", "a: {}", true),
        new Row("numbers by value", "a: 1.0", "a: 1", true),
        new Row("a number is no text", "a: '1'", "a: 1", false),
        new Row("null wants nothing", "a: 1", "a: null", true));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void seenHasAllThatIsWanted(Row row) {
    assertThat(Containment.holds(Tree.of(Manifest.of(row.seen)), Manifest.of(row.wanted)))
        .as(row.reason)
        .isEqualTo(row.holds);
  }

  @Test
  void refusesWhatIsNoObject() {
    assertThatThrownBy(() -> Containment.holds(Tree.absent(), Instant.EPOCH))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cannot compare a java.time.Instant");
  }
}
