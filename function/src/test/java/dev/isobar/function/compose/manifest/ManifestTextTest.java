package dev.isobar.function.compose.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ManifestTextTest {
  record Row(String reason, String text, String problem) {}

  static Stream<Row> wrong() {
    return Stream.of(
        new Row("nothing", "# later\n---\n---\n", "holds no object"),
        new Row("words", "later, perhaps", "is no object"),
        new Row("a list", "- apiVersion: v1\n  kind: A\n", "is no object"),
        new Row("no version", "a: [1]", "has no apiVersion"),
        new Row("its version in a field", "data: {apiVersion: v1, kind: A}\n", "has no apiVersion"),
        new Row("no kind", "apiVersion: v1\nmetadata: {name: a}\n", "has no kind"),
        new Row("a number for a version", "apiVersion: 1\nkind: A\n", "has no apiVersion"),
        new Row("an empty kind", "apiVersion: v1\nkind:\n", "has no kind"),
        new Row(
            "the second",
            "apiVersion: v1\nkind: A\n---\n# third\n---\nkind: B\n",
            "object 2 has no apiVersion"),
        new Row(
            "a bracket that nothing closes",
            "apiVersion: v1\nkind: A\nmetadata: {name: [\n",
            "is no YAML: line 4: expected the node content, but found '<stream end>'"),
        new Row(
            "a tab before a field",
            "apiVersion: v1\nkind: A\nmetadata:\n\tname: a\n",
            "is no YAML: line 4: found character '\\t(TAB)' that cannot start any token. (Do not"
                + " use \\t(TAB) for indentation)"),
        new Row(
            "a line out of place",
            "apiVersion: v1\nkind: A\nmetadata:\n  name: a\n odd\n",
            "is no YAML: line 5: expected <block end>, but found '<scalar>'"),
        new Row("no end", "[".repeat(100_000), "nests too deep"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void isToldApart(Row row) {
    assertThat(ManifestText.problem(row.text)).as(row.reason).contains(row.problem);
  }

  @Test
  void takesObjectsInEveryStyle() {
    String text =
        """
        # objects
        ---
        "apiVersion": v1
        kind: List
        items:
        - a: |
            --- no marker
            text
        ---  # JSON
        {"apiVersion": "v1",
        "kind": "A"}
        --- # with an anchor
        apiVersion: v1
        kind: A
        data: &data {a: b, c: "{{ d }}"}
        more: *data
        """;
    assertThat(ManifestText.problem(text)).isEmpty();
    assertThat(ManifestText.problem("{\n\t\"apiVersion\": \"v1\",\n\t\"kind\": \"A\"\n}\n"))
        .as("JSON with tabs")
        .isEmpty();
  }
}
