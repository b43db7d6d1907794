package dev.isobar.cli.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class YamlTextTest {
  record Row(String reason, Object value, String text) {}

  static Stream<Row> rows() {
    return Stream.of(
        new Row("plain words stay plain", "Kubeadm", "v: Kubeadm\n"),
        new Row("flags", "--cloud-provider=external", "v: --cloud-provider=external\n"),
        new Row("addresses", "https://10.0.0.1:6443", "v: https://10.0.0.1:6443\n"),
        new Row("looks like a number", "1.35", "v: \"1.35\"\n"),
        new Row("is no number", "1.35.2", "v: 1.35.2\n"),
        new Row("looks like a boolean of YAML 1.1", "on", "v: \"on\"\n"),
        new Row("looks like null", "null", "v: \"null\"\n"),
        new Row("looks like a date", "2026-08-07", "v: \"2026-08-07\"\n"),
        new Row("looks like a time of YAML 1.1", "12:30:45", "v: \"12:30:45\"\n"),
        new Row("looks octal", "0644", "v: \"0644\"\n"),
        new Row("empty", "", "v: \"\"\n"),
        new Row("would begin a comment", "a #b", "v: \"a #b\"\n"),
        new Row("would begin a mapping", "a: b", "v: \"a: b\"\n"),
        new Row("would be an alias", "*a", "v: \"*a\"\n"),
        new Row("ends with a blank", "a ", "v: \"a \"\n"),
        new Row("control characters", "a\u0000b\r", "v: \"a\\u0000b\\r\"\n"),
        new Row("beyond ASCII", "Ökologie 🌍", "v: Ökologie 🌍\n"),
        new Row("whole number", 3L, "v: 3\n"),
        new Row("fraction", 0.5, "v: 0.5\n"),
        new Row("boolean", true, "v: true\n"),
        new Row("null", null, "v: null\n"),
        new Row("no fields", Map.of(), "v: {}\n"),
        new Row("no items", List.of(), "v: []\n"),
        new Row(
            "lists stand under their key",
            List.of("a", List.of("b", "c"), Map.of("d", 1L, "e", List.of(2L))),
            "v:\n- a\n- - b\n  - c\n- d: 1\n  e:\n  - 2\n"),
        new Row("several lines", "a\nb\n", "v: |\n  a\n  b\n"),
        new Row("several lines without an end", "a\n\nb", "v: |-\n  a\n\n  b\n"),
        new Row("several lines with empty ones at the end", "a\n\n", "v: |+\n  a\n\n"),
        new Row("the first line is indented", "  a\nb\n", "v: |2\n    a\n  b\n"),
        new Row("several lines in a list", List.of("a\nb\n"), "v:\n- |\n  a\n  b\n"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void writesValues(Row row) {
    var object = new java.util.HashMap<String, Object>();
    object.put("v", row.value);
    String text = YamlText.render(List.of(object));
    assertThat(text).as(row.reason).isEqualTo("---\n" + row.text);
    assertThat(ManifestParsing.parse("v.yaml", text).getFirst().object())
        .as(row.reason)
        .isEqualTo(object);
  }

  @Test
  void putsWhatNamesAnObjectFirst() {
    Map<String, Object> object =
        Map.of(
            "status",
                Map.of(
                    "conditions",
                    List.of(
                        Map.of("message", "m", "reason", "r", "status", "True", "type", "Ready"))),
            "spec", Map.of("b", 1L, "a", 2L, "name", "nn"),
            "metadata",
                Map.of("labels", Map.of("z", "1", "a", "2"), "namespace", "ns", "name", "nn"),
            "kind", "K",
            "apiVersion", "v1");
    assertThat(YamlText.render(List.of(object, object)))
        .isEqualTo(
            """
            ---
            apiVersion: v1
            kind: K
            metadata:
              name: nn
              namespace: ns
              labels:
                a: "2"
                z: "1"
            spec:
              name: nn
              a: 2
              b: 1
            status:
              conditions:
              - type: Ready
                status: "True"
                reason: r
                message: m
            """
                .repeat(2));
  }

  @Test
  void whatIsWrittenIsReadBack() {
    var random = new java.util.Random(1);
    for (int round = 0; round < 20_000; round++) {
      String text = nastyText(random);
      String other = nastyText(random);
      Map<String, Object> object =
          Map.of("k" + other, text, "l", List.of(text, Map.of("m", text, "o", List.of(other))));
      String yaml = YamlText.render(List.of(object));
      assertThat(ManifestParsing.parse("v.yaml", yaml).getFirst().object())
          .as(yaml)
          .isEqualTo(object);
    }
  }

  /** Made of what means something to YAML. */
  private static String nastyText(java.util.Random random) {
    String signs = "aZ019 \t\n\r:#-?,[]{}&*!|>'\"%@`~._+=<\\\u0000\u0085\u00a0\u2028\ufeffé";
    var text = new StringBuilder();
    int length = random.nextInt(12);
    for (int i = 0; i < length; i++) {
      text.append(random.nextInt(30) == 0 ? "🌍" : signs.charAt(random.nextInt(signs.length())));
    }
    return text.toString();
  }

  @Test
  void writesJsonAsOneList() {
    assertThat(
            JsonText.render(
                List.of(Map.of("kind", "K", "a", Arrays.asList(1L, null, Map.of(), "\"")))))
        .isEqualTo(
            """
            {
              "apiVersion": "v1",
              "kind": "List",
              "items": [
                {
                  "kind": "K",
                  "a": [
                    1,
                    null,
                    {},
                    "\\""
                  ]
                }
              ]
            }
            """);
  }
}
