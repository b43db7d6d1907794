package dev.isobar.function.compose.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.function.compose.naming.Canonical;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {
  @ParameterizedTest
  @MethodSource("dev.isobar.function.compose.text.YamlTest#hardValues")
  void readsWhatCanonicalWrites(Object value) {
    var map = new TreeMap<String, Object>();
    map.put("key", value);
    map.put("list", Arrays.asList(value, Map.of("a", List.of())));
    assertThat(Json.read(Canonical.json(map)).plain()).isEqualTo(map);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        " [ 1 , 2 ] | [1,2]",
        "\"\\u00e4\\/\\b\" | \"ä/\\u0008\"",
        "1e2 | 100",
        "-0.5 | -0.5",
        "[123456789012345678901234567890] | [1.2345678901234568E29]",
        "{\"a\":1,\"a\":2} | {\"a\":2}",
      })
  void readsWhatOthersWrite(String text, String canonical) {
    assertThat(Canonical.json(Json.read(text).plain())).isEqualTo(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[",
        "[1,]",
        "{\"a\"}",
        "{\"a\":}",
        "{a:1}",
        "01",
        "+1",
        "1.",
        ".5",
        "- 1",
        "nul",
        "truer",
        "\"a",
        "\"\\x\"",
        "\"\\u12\"",
        "\"a\nb\"",
        "[1] 2",
        "'a'",
        "NaN",
        "[1 2]",
        "{\"a\":1,}"
      })
  void anythingElseIsAbsent(String text) {
    assertThat(Json.read(text).exists()).isFalse();
  }

  @Test
  void depthIsLimited() {
    assertThat(Json.read("[".repeat(60) + "]".repeat(60)).exists()).isTrue();
    assertThat(Json.read("[".repeat(100_000)).exists()).isFalse();
  }
}
