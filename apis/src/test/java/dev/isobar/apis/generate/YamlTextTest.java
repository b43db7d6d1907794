package dev.isobar.apis.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class YamlTextTest {
  @Test
  void readsWell() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("plain", "a sentence, with `marks`.");
    document.put("quoted", "a: b");
    document.put("number", 3L);
    document.put("empty", List.of());
    document.put("nothing", Map.of());
    document.put("list", List.of("x", Map.of("deep", List.of(true))));
    document.put("long", "word ".repeat(25).strip());
    assertThat(YamlText.of(document))
        .isEqualTo(
            """
            plain: a sentence, with `marks`.
            quoted: 'a: b'
            number: 3
            empty: []
            nothing: {}
            list:
            - x
            - deep:
              - true
            long: >-
              word word word word word word word word word word word word word word word word word word word word word
              word word word word
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a",
        "a ",
        " a",
        "a:",
        "a: b",
        "a:b",
        "a #b",
        "a#b",
        "#a",
        "true",
        "No",
        "null",
        "~",
        "1.35",
        "1e3",
        "0x1",
        "-",
        "- a",
        "?",
        "* a",
        "&a",
        "!a",
        "|",
        ">",
        "%",
        "@a",
        "`a`",
        "{a}",
        "[a]",
        "a, b",
        "'",
        "\"",
        "it's",
        "^(a|b)$",
        "\\s",
        "2026-01-01",
        ".5",
        ".inf",
        ".spec.x[?(@.type=='Ready')]",
        "=",
        "<<",
        "oidc:",
        "~a",
        "ä"
      })
  void stringsStayStrings(String string) throws JsonProcessingException {
    String yaml = YamlText.of(Map.of("key", string, "list", List.of(string)));
    assertThat(new YAMLMapper().readValue(yaml, Object.class))
        .isEqualTo(Map.of("key", string, "list", List.of(string)));
  }
}
