package dev.isobar.function.compose.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.isobar.function.compose.naming.Canonical;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class YamlTest {
  private static final ObjectMapper YAML = new YAMLMapper();
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void looksLikeWrittenByHand() {
    var value =
        Map.of(
            "name", "all-1g.10gb",
            "1g.10gb", 7,
            "list",
                List.of(
                    Map.of("b", 1, "a", true),
                    List.of("x", List.of()),
                    Map.of("m", Map.of("n", 1))),
            "none", Map.of(),
            "quoted", "a: b",
            "yes", "no",
            "script", "first: line\n\n  second\n",
            "open", "one\ntwo");
    assertThat(Yaml.write(value))
        .isEqualTo(
            """
            "1g.10gb": 7
            list:
              - a: true
                b: 1
              -
                - x
                - []
              - m:
                  "n": 1
            name: all-1g.10gb
            none: {}
            open: |-
              one
              two
            quoted: "a: b"
            script: |
              first: line

                second
            "yes": "no"
            """);
  }

  static List<Object> hardValues() {
    return Arrays.asList(
        "",
        " ",
        "~",
        "null",
        "True",
        "y",
        "1.10",
        "0x1f",
        "1e3",
        "12:30:45",
        "2026-08-07",
        "<<",
        "=",
        "- a",
        "a #b",
        "a: b",
        "#a",
        "&a",
        "*a",
        "!a",
        "%a",
        "@a",
        "`a",
        "{a}",
        "{{ a }}",
        "[a]",
        "\"a\"",
        "'a'",
        "a\\b",
        "---",
        "...",
        "a\tb",
        "a\rb",
        "a\r\nb",
        "\n",
        "a\n",
        "a\n\n",
        "\na",
        " a\nb",
        "\ta\nb",
        "a\n  \nb",
        "a \nb\n",
        "a\n\tb\n",
        "a\n\n\n  b",
        "--- |\nx\n",
        "ä\nö",
        "\u0000",
        "\u007f\u0085\u2028\u2029\ufeff",
        "naïve ☃ 🎈",
        0L,
        -1L,
        1.5,
        true,
        null,
        Map.of(),
        List.of());
  }

  @ParameterizedTest
  @MethodSource("hardValues")
  void isReadBackAsItself(Object value) throws JsonProcessingException {
    var list = new ArrayList<>();
    list.add(value);
    var map = new TreeMap<String, Object>();
    map.put("key", value);
    map.put(String.valueOf(value), list);
    map.put("deep", Map.of("deeper", Arrays.asList(map.get("key"), List.of(list))));
    assertReadBack(value);
    assertReadBack(list);
    assertReadBack(map);
  }

  @Test
  void nestedValuesAreReadBackAsThemselves() throws JsonProcessingException {
    for (long seed = 0; seed < 300; seed++) {
      assertReadBack(any(new Random(seed), 3));
    }
  }

  private static Object any(Random random, int depth) {
    var words = hardValues();
    int choice = random.nextInt(depth == 0 ? 1 : 3);
    if (choice == 0) {
      return words.get(random.nextInt(words.size()));
    }
    var list = new ArrayList<>();
    var map = new TreeMap<String, Object>();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(any(random, depth - 1));
      map.put(String.valueOf(words.get(random.nextInt(words.size()))), any(random, depth - 1));
    }
    return choice == 1 ? list : map;
  }

  private static void assertReadBack(Object value) throws JsonProcessingException {
    String text = Yaml.write(value);
    assertThat(YAML.readTree(text)).as(text).isEqualTo(JSON.readTree(Canonical.json(value)));
  }
}
