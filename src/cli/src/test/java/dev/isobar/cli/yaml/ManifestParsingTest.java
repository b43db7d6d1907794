package dev.isobar.cli.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ManifestParsingTest {
  record Refused(String reason, String file, String text, String message) {}

  static Stream<Refused> refused() {
    return Stream.of(
        new Refused(
            "nothing at all",
            "a.yaml",
            "",
            "a.yaml: holds no object; remove the file or write one"),
        new Refused(
            "comments only",
            "a.yaml",
            "# nothing\n---\n",
            "a.yaml: holds no object; remove the file or write one"),
        new Refused(
            "a list",
            "a.yaml",
            "\n- a\n",
            "a.yaml:2: is a list, not an object; write apiVersion, kind, metadata"),
        new Refused(
            "a word",
            "a.yaml",
            "hello",
            "a.yaml:1: is a string, not an object; write apiVersion, kind, metadata"),
        new Refused(
            "the second document is wrong",
            "a.yaml",
            "a: 1\n---\n3\n",
            "a.yaml:3: is a number, not an object; write apiVersion, kind, metadata"),
        new Refused(
            "a key twice",
            "a.yaml",
            "a:\n  b: 1\n  c: 2\n  b: 3\n",
            "a.yaml:4: \"b\" stands here a second time; remove one"),
        new Refused(
            "no string for a key", "a.yaml", "? [a]\n: 1\n", "a.yaml:1: a key must be a string"),
        new Refused("no key at all", "a.yaml", "a: 1\n~: 1\n", "a.yaml:2: a key must be a string"),
        new Refused(
            "a tag of another language",
            "a.yaml",
            "a: !!python/none x",
            "a.yaml:1: the tag tag:yaml.org,2002:python/none means nothing in Kubernetes; remove"
                + " it"),
        new Refused(
            "contains itself",
            "a.yaml",
            "a: &x\n  b: *x\n",
            "a.yaml:1: contains itself by an alias"),
        new Refused(
            "no JSON number",
            "a.yaml",
            "a: .nan",
            "a.yaml:1: .nan is no number that JSON knows; quote it if it is a string"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesWithPlaceAndRemedy(Refused row) {
    assertThatThrownBy(() -> ManifestParsing.parse(row.file, row.text))
        .as(row.reason)
        .isInstanceOf(InputRejected.class)
        .hasMessage(row.message);
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void refusesWhatIsNoYaml(Refused row) {
    assertThatThrownBy(() -> ManifestParsing.parse(row.file, row.text))
        .as(row.reason)
        .isInstanceOf(InputRejected.class)
        .hasMessageStartingWith(row.message)
        .hasMessageNotContaining("\n");
  }

  static Stream<Refused> malformed() {
    return Stream.of(
        new Refused(
            "a tab for indentation", "a.yaml", "a:\n\tb: 1\n", "a.yaml:2: is no valid YAML: "),
        new Refused(
            "an open bracket",
            "a.yaml",
            "a: [1,\nb: 2\n",
            "a.yaml:3: is no valid YAML: expected ',' or ']', but got <stream end> (in what begins"
                + " in line 1)"),
        new Refused("an alias of nothing", "a.yaml", "a: *gone\n", "a.yaml:1: is no valid YAML: "),
        new Refused("a control character", "a.yaml", "a: \u0007\n", "a.yaml: is no YAML: "),
        new Refused("JSON that ends early", "a.json", "{\"a\": 1", "a.json:1: is no valid YAML: "),
        new Refused("too deep", "a.yaml", "a: " + "[".repeat(200_000), "a.yaml"));
  }

  @Test
  void tellsHowToIndent() {
    assertThatThrownBy(() -> ManifestParsing.parse("a.yaml", "a:\n\tb: 1\n"))
        .hasMessageEndingWith("; indent with blanks");
  }

  record Read(String reason, String file, String text, List<Map<String, Object>> objects) {}

  static Stream<Read> read() {
    return Stream.of(
        new Read(
            "several documents, some empty",
            "a.yaml",
            "---\n---\na: 1\n---\nb: 2\n---\n",
            List.of(Map.of("a", 1L), Map.of("b", 2L))),
        new Read(
            "quotes make strings",
            "a.yaml",
            "a: \"1.35\"\nb: 'no'\n",
            List.of(Map.of("a", "1.35", "b", "no"))),
        new Read("a tag makes a string", "a.yaml", "a: !!str 1.35\n", List.of(Map.of("a", "1.35"))),
        new Read("keys become strings", "a.yaml", "1: a\n", List.of(Map.of("1", "a"))),
        new Read(
            "anchors",
            "a.yaml",
            "a: &x {b: [1]}\nc: *x\n",
            List.of(Map.of("a", Map.of("b", List.of(1L)), "c", Map.of("b", List.of(1L))))),
        new Read(
            "merge keys, what is written wins",
            "a.yaml",
            "x: &x {a: 1, b: 1}\nz: {<<: [*x, {c: 9, b: 7}], a: 2}\n",
            List.of(Map.of("x", Map.of("a", 1L, "b", 1L), "z", Map.of("a", 2L, "b", 1L, "c", 9L)))),
        new Read(
            "JSON with tabs",
            "a.json",
            "{\n\t\"a\": [true, null]\n}\n",
            List.of(Map.of("a", java.util.Arrays.asList(true, null)))),
        new Read(
            "a List is its items",
            "a.yaml",
            "kind: PodList\nitems:\n- {a: 1}\n- {b: 2}\n",
            List.of(Map.of("a", 1L), Map.of("b", 2L))),
        new Read("an empty List is nothing", "a.yaml", "kind: List\nitems: []\n", List.of()));
  }

  @ParameterizedTest
  @MethodSource("read")
  void readsObjects(Read row) {
    assertThat(ManifestParsing.parse(row.file, row.text))
        .as(row.reason)
        .extracting(Manifest::object)
        .isEqualTo(row.objects);
  }

  @Test
  void knowsWhereEachObjectBegins() {
    assertThat(
            ManifestParsing.parse(
                "d/a.yaml", "# first\na: 1\n---\n\nb: 2\n---\nkind: List\nitems:\n- {c: 3}\n"))
        .extracting(Manifest::origin)
        .containsExactly("d/a.yaml:2", "d/a.yaml:5", "d/a.yaml:9");
  }

  @Test
  void survivesAliasesOfAliases() {
    var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      bomb.append(
          "a%d: &a%d [%s]\n"
              .formatted(
                  i, i, String.join(", ", java.util.Collections.nCopies(10, "*a" + (i - 1)))));
    }
    assertThatThrownBy(() -> ManifestParsing.parse("a.yaml", bomb.toString()))
        .isInstanceOf(InputRejected.class)
        .hasMessageContaining("use fewer aliases");
  }

  /** The reader used to copy all it had for every kilobyte more of a word or comment. */
  @ParameterizedTest
  @ValueSource(strings = {"# %s\na: 1", "a: %s", "a: \"%s\""})
  void readsLongLinesWithoutCopyingThemAgainAndAgain(String form) {
    int length = 1_000_000;
    var thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    String text = form.formatted("x".repeat(length));
    long before = thread.getCurrentThreadAllocatedBytes();
    assertThat(ManifestParsing.parse("a.yaml", text)).hasSize(1);
    assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(100L * length);
  }
}
