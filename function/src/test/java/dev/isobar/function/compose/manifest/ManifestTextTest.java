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

  private static final String HEAD = "apiVersion: v1\nkind: A\n";

  static Stream<Row> overseen() {
    return Stream.of(
        new Row("no metadata", HEAD, "has no metadata.name"),
        new Row("no name", HEAD + "metadata: {labels: {name: a}}\n", "has no metadata.name"),
        new Row("an empty name", HEAD + "metadata: {name: ''}\n", "has no metadata.name"),
        new Row("a number for a name", HEAD + "metadata: {name: 1}\n", "has no metadata.name"),
        new Row(
            "a name of somebody's choice",
            HEAD + "metadata: {generateName: a-}\n",
            "has a metadata.generateName, which Sveltos cannot apply, and no metadata.name"),
        new Row(
            "a list of objects",
            "apiVersion: v1\nkind: List\nitems: [{apiVersion: v1}]\n",
            "is a list, which Sveltos does not take apart"),
        new Row(
            "the second",
            HEAD + "metadata: {name: a}\n---\n" + HEAD,
            "object 2 has no metadata.name"),
        new Row(
            "a key of the object",
            HEAD + "metadata: {name: a}\nkind: B\n",
            "has key \"kind\" in line 2 and again in line 4"),
        new Row(
            "a key in a list, in the second object",
            HEAD
                + "metadata: {name: a}\n---\n"
                + HEAD
                + "metadata: {name: b}\nspec:\n- a: 1\n  b: 2\n  a: 3\n",
            "object 2 has key \"a\" in line 9 and again in line 11"),
        new Row(
            "the same key to JSON",
            HEAD + "metadata: {name: a}\ndata:\n  1: a\n  '1': b\n",
            "has key \"1\" in line 5 and again in line 6"),
        new Row(
            "a key of any length",
            HEAD + "metadata: {name: a}\n" + ("k".repeat(99) + ": 1\n").repeat(2),
            "has key \"" + "k".repeat(60) + "...\" in line 4 and again in line 5"));
  }

  @ParameterizedTest
  @MethodSource("overseen")
  void seesWhatWasOverseen(Row row) {
    assertThat(ManifestText.problem(row.text)).as(row.reason).isEmpty();
    assertThat(ManifestText.oversight(row.text)).as(row.reason).contains(row.problem);
  }

  static Stream<Row> misnamed() {
    String a = HEAD + "metadata: {name: a}\n";
    String role = "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: ";
    String taken = ", which the API server does not take";
    return Stream.of(
        new Row("twice", a + "---\n" + a, "object 2 is A a, as is object 1"),
        new Row(
            "twice, once in words",
            a
                + "---\n"
                + HEAD
                + "metadata: {name: b}\n---\n"
                + HEAD
                + "metadata: {name: a, namespace: default}\n",
            "object 3 is A a, as is object 1"),
        new Row(
            "a blank and upper case",
            HEAD + "metadata: {name: A B}\n",
            "has the name \"A B\"" + taken),
        new Row(
            "a blank in a kind of somebody's",
            "apiVersion: example.org/v1\nkind: A\nmetadata: {name: a b}\n",
            "has the name \"a b\"" + taken),
        new Row(
            "too long",
            HEAD + "metadata: {name: " + "a".repeat(254) + "}\n",
            "has the name \"" + "a".repeat(60) + "...\"" + taken),
        new Row("a path", role + "a/b}\n", "has the name \"a/b\"" + taken),
        new Row("the folder above", role + "..}\n", "has the name \"..\"" + taken));
  }

  @ParameterizedTest
  @MethodSource("misnamed")
  void seesNamesThatCannotBe(Row row) {
    assertThat(ManifestText.oversight(row.text)).as(row.reason).isEmpty();
    assertThat(ManifestText.misnamed(row.text)).as(row.reason).contains(row.problem);
  }

  static Stream<Row> wellNamed() {
    String role = "apiVersion: rbac.authorization.k8s.io/v1\nkind: %s\nmetadata: {name: '%s'}\n";
    return Stream.of(
        new Row("roles have free names", role.formatted("Role", "system:A b"), ""),
        new Row(
            "other namespaces, kinds and groups",
            HEAD
                + "metadata: {name: a}\n---\n"
                + HEAD
                + "metadata: {name: a, namespace: b}\n---\n"
                + "apiVersion: v1\nkind: B\nmetadata: {name: a}\n---\n"
                + "apiVersion: b/v1\nkind: A\nmetadata: {name: a}\n",
            ""),
        new Row("of a CRD", HEAD + "metadata: {name: a.b-c.example.org}\n", ""),
        new Row("merged maps", HEAD + "a: &a {name: A B}\nmetadata: {<<: *a}\n", ""),
        new Row(
            "an address",
            "apiVersion: networking.k8s.io/v1\nkind: IPAddress\nmetadata: {name: '2001:db8::1'}\n",
            ""));
  }

  @ParameterizedTest
  @MethodSource({"wellNamed", "graphs"})
  void seesNamesThatCanBe(Row row) {
    assertThat(ManifestText.misnamed(row.text)).as(row.reason).isEmpty();
  }

  static Stream<Row> graphs() {
    var laughs = new StringBuilder(HEAD + "metadata: {name: a}\na0: &a0 {b: 1}\n");
    for (int i = 1; i < 24; i++) {
      laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    return Stream.of(
        new Row("merged maps", HEAD + "a: &a {name: a}\nmetadata: {<<: *a}\n", ""),
        new Row("merged twice", HEAD + "a: &a {c: a}\n<<: *a\n<<: *a\n", ""),
        new Row("maps in maps that double and double", laughs.toString(), ""),
        new Row("a map in itself", HEAD + "metadata: {name: a}\na: &a {b: *a}\n", ""),
        new Row("a list with a name", "apiVersion: v1\nkind: MyList\nmetadata: {name: a}\n", ""));
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void seesNothingInWhatIsMeant(Row row) {
    assertThat(ManifestText.oversight(row.text)).as(row.reason).isEmpty();
  }

  @Test
  void takesObjectsInEveryStyle() {
    String text =
        """
        # objects
        ---
        "apiVersion": v1
        kind: A
        metadata: {name: a}
        items:
        - a: |
            --- no marker
            text
        ---  # JSON
        {"apiVersion": "v1",
        "kind": "A", "metadata": {"name": "b"}}
        --- # with an anchor
        apiVersion: v1
        kind: A
        metadata: {name: c}
        data: &data {a: b, c: "{{ d }}"}
        more: *data
        """;
    assertThat(ManifestText.problem(text)).isEmpty();
    assertThat(ManifestText.oversight(text)).isEmpty();
    assertThat(ManifestText.problem("{\n\t\"apiVersion\": \"v1\",\n\t\"kind\": \"A\"\n}\n"))
        .as("JSON with tabs")
        .isEmpty();
  }
}
