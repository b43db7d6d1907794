package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.decode.Mistake;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.contract.Answer;
import dev.isobar.function.contract.Composition;
import dev.isobar.function.contract.Request;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an API server refuses of a composite's metadata; who renders without one has none. */
final class MetadataRefusalsTest {
  record Row(String reason, String metadata, String sentence) {}

  private static final String QUOTES = "; put it in quotes so that it is a string";

  private static final String KEY =
      "is not a valid key; write NAME or DOMAIN/NAME, the name of letters, digits, dashes, dots and"
          + " underscores, at most 63";

  static Stream<Row> rows() {
    return Stream.of(
        new Row("a number for a name", "{name: 12}", "name: is a number, not a string" + QUOTES),
        new Row(
            "a truth for a namespace",
            "{name: a, namespace: true}",
            "namespace: is true or false, not a string" + QUOTES),
        new Row(
            "an object for a name",
            "{name: {a: b}}",
            "name: is an object, not a string; write a string"),
        new Row(
            "a number for a label",
            "{name: a, labels: {team: 7}}",
            "labels[team]: is a number, not a string" + QUOTES),
        new Row(
            "a truth for an annotation",
            "{name: a, annotations: {note: true}}",
            "annotations[note]: is true or false, not a string" + QUOTES),
        new Row(
            "a blank in a label",
            "{name: a, labels: {team: 'earth observation'}}",
            "labels[team]: is not a valid value; write letters, digits, dashes, dots and"
                + " underscores, at most 63, with a letter or digit at both ends"),
        new Row("a label without a name", "{name: a, labels: {'a/': b}}", "labels[a/]: " + KEY),
        new Row(
            "a domain with two dots", "{name: a, labels: {'a..b/c': d}}", "labels[a..b/c]: " + KEY),
        new Row(
            "a blank in the key of an annotation",
            "{name: a, annotations: {'a b': c}}",
            "annotations[a b]: " + KEY),
        new Row(
            "labels in a list",
            "{name: a, labels: [a]}",
            "labels: is a list, not an object; write a name and a value on each line"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isRefused(Row row) {
    for (Composition composition :
        List.of(new PlatformClusterComposition(), new GpuWorkspaceComposition())) {
      assertThat(refusals(composition, row.metadata))
          .as(row.reason)
          .containsExactly("metadata." + row.sentence);
    }
  }

  private static List<String> refusals(Composition composition, String metadata) {
    Map<String, Object> composite =
        Manifest.of(
            "{metadata: " + metadata + ", spec: {claimRef: {namespace: eo4eu, name: eo-lab}}}");
    Request request = new Request(Tree.of(composite), new TreeMap<>(), Map.of(), Tree.absent());
    return composition.compose(request) instanceof Answer.Rejected rejected
        ? rejected.mistakes().stream().map(Mistake::sentence).toList()
        : List.of();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{name: a, labels: {a: ''}}",
        "{name: a, labels: {a: null}, annotations: null}",
        "{name: a, annotations: {kubectl.kubernetes.io/last-applied-configuration: '{\"a\": 1}'}}",
        "{name: a, annotations: {Example.org/Note: 'free text, {}'}}",
        "{name: a, labels: {crossplane.io/claim-name: 'whatever core makes of it, at length'}}",
        "{name: a, managedFields: [{manager: x}], generation: 3, tomorrow: {a: 1}, finalizers: [a]}"
      })
  void whatAnApiServerSendsIsTaken(String metadata) {
    assertThat(refusals(new PlatformClusterComposition(), metadata))
        .noneMatch(sentence -> sentence.startsWith("metadata."));
  }
}
