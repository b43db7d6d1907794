package dev.isobar.function.compose.naming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Content hashes are taken of this text, so it may never change. */
final class CanonicalTest {
  record Row(String reason, Object value, String text) {}

  static Stream<Row> rows() {
    return Stream.of(
        new Row(
            "fields in the order of their names", backwards(), "{\"a\":1,\"b\":{\"c\":2,\"d\":3}}"),
        new Row(
            "lists in their own order, null kept",
            Arrays.asList("b", "a", null, true),
            "[\"b\",\"a\",null,true]"),
        new Row("whole numbers however they come", List.of(2, 2L, 2.0), "[2,2,2]"),
        new Row("a fraction", 2.5, "2.5"),
        new Row("beyond what a double counts exactly", (double) (1L << 53), "9.007199254740992E15"),
        new Row("what JSON escapes", "q\"\\\n\t\r\u0001", "\"q\\\"\\\\\\n\\t\\r\\u0001\""),
        new Row("beyond ASCII as it is", "Ökologie", "\"Ökologie\""),
        new Row("nothing in it", Map.of("a", List.of(), "b", Map.of()), "{\"a\":[],\"b\":{}}"));
  }

  private static Map<String, Object> backwards() {
    var inner = new LinkedHashMap<String, Object>();
    inner.put("d", 3);
    inner.put("c", 2);
    var outer = new LinkedHashMap<String, Object>();
    outer.put("b", inner);
    outer.put("a", 1);
    return outer;
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isOneTextForOneValue(Row row) {
    assertThat(Canonical.json(row.value)).as(row.reason).isEqualTo(row.text);
  }

  @Test
  void hashesAreTheFirstDigitsOfTheTextsSha256() {
    assertThat(Canonical.hash(Map.of("a", 1L)))
        .as("printf '{\"a\":1}' | sha256sum")
        .isEqualTo("015abd7f");
  }

  @Test
  void refusesWhatHasNoText() {
    assertThatThrownBy(() -> Canonical.json(List.of(Instant.EPOCH)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no canonical text for a java.time.Instant");
  }
}
