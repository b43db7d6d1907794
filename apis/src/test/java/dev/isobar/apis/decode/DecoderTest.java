package dev.isobar.apis.decode;

import static dev.isobar.apis.decode.Written.sentences;
import static dev.isobar.apis.decode.Written.valid;
import static dev.isobar.apis.decode.Written.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.decode.Orchard.Fence;
import dev.isobar.apis.decode.Orchard.Fruit;
import dev.isobar.apis.decode.Orchard.Gate;
import dev.isobar.apis.decode.Orchard.Plant;
import dev.isobar.apis.schema.Size;
import dev.isobar.apis.tree.Tree;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class DecoderTest {
  private static final Decoder<Orchard> DECODER = Decoder.of(Orchard.class);

  /** An orchard that only says what it must. */
  static final Orchard PLAIN =
      new Orchard(
          "Eden",
          Fruit.Apple,
          3,
          Optional.empty(),
          true,
          Optional.empty(),
          new Size("5Gi"),
          List.of(),
          List.of(),
          Optional.empty(),
          Map.of(),
          Map.of(),
          new Fence(120, Optional.empty()),
          List.of());

  /** An orchard that says everything. */
  static final Orchard FULL =
      new Orchard(
          "Eden",
          Fruit.Pear,
          7,
          Optional.of(4_000_000_000L),
          false,
          Optional.of("de"),
          new Size("20Gi"),
          List.of("ada", "bob"),
          List.of(
              new Plant("a", Optional.of(3), Optional.empty()),
              new Plant("b", Optional.empty(), Optional.of("1999"))),
          Optional.of(List.of(Map.of("1g", 2, "2g", 1), Map.of())),
          Map.of("x", "", "y", "z"),
          Map.of("deep", Map.of("list", List.of(1L, 2.5, "three", true))),
          new Fence(90, Optional.of(new Gate())),
          List.of(new Plant("c", Optional.of(0), Optional.empty())));

  static final String FULL_YAML =
      """
      name: Eden
      fruit: Pear
      rows: 7
      seeds: 4000000000
      watered: false
      country: de
      water: 20Gi
      visitors: [ada, bob]
      trees: [{tag: a, age: 3}, {tag: b, planted: "1999"}]
      layouts: [{1g: 2, 2g: 1}, {}]
      labels: {x: "", y: z}
      values: {deep: {list: [1, 2.5, three, true]}}
      fence: {height: 90, gate: {}}
      seen: [{tag: c, age: 0}]
      """;

  @Test
  void fillsDefaults() {
    assertThat(valid(DECODER.decode(yaml("name: Eden"), "spec"))).isEqualTo(PLAIN);
  }

  @Test
  void readsEveryForm() {
    assertThat(valid(DECODER.decode(yaml(FULL_YAML), "spec"))).isEqualTo(FULL);
  }

  @Test
  void takesNullForAbsent() {
    assertThat(valid(DECODER.decode(yaml("{name: Eden, seeds: null, rows: null, seen: null}"), "")))
        .isEqualTo(PLAIN);
  }

  @Test
  void takesWholeNumbersAsProtobufCarriesThem() {
    Orchard orchard = valid(DECODER.decode(yaml("{name: Eden, rows: 3.0, seeds: 12.0}"), ""));
    assertThat(orchard.rows()).isEqualTo(3);
    assertThat(orchard.seeds()).contains(12L);
  }

  @Test
  void keepsNullsThatMeanSomethingToHelm() {
    Orchard orchard =
        valid(DECODER.decode(yaml("{name: Eden, values: {gone: null, list: [null]}}"), ""));
    assertThat(orchard.values())
        .containsEntry("gone", null)
        .containsEntry("list", Arrays.asList((Object) null));
  }

  @Test
  void ignoresFieldsAtTheTopOnly() {
    Decoder<Orchard> decoder = DECODER.ignoring(Set.of("claimRef"));
    assertThat(
            sentences(
                decoder.decode(
                    yaml("{name: Eden, claimRef: {a: 1}, fence: {claimRef: 1}}"), "spec")))
        .containsExactly(
            "spec.fence.claimRef: there is no such field; the fields here are height and gate");
  }

  record Row(String reason, String yaml, String... mistakes) {
    @Override
    public String toString() {
      return reason;
    }
  }

  static Stream<Row> mistakes() {
    return Stream.of(
        new Row(
            "a missing field says what it is for",
            "{}",
            "spec.name: is required; add it: What it is called"),
        new Row(
            "a slip is recognised",
            "{name: Eden, fruits: Pear}",
            "spec.fruits: there is no such field; did you mean fruit?"),
        new Row(
            "case is a slip too",
            "{name: Eden, Rows: 3}",
            "spec.Rows: there is no such field; did you mean rows?"),
        new Row(
            "a field from nowhere gets the list",
            "{name: Eden, trees: [{tag: a, age: 1, species: oak}]}",
            "spec.trees[0].species: there is no such field; the fields here are tag, age and"
                + " planted"),
        new Row(
            "an object without fields has no list",
            "{name: Eden, fence: {gate: {open: true}}}",
            "spec.fence.gate.open: there is no such field; nothing can be set here"),
        new Row(
            "a number for a string: YAML eats quotes",
            "{name: 1.35}",
            "spec.name: is the number 1.35; put it in quotes so that it is a string"),
        new Row(
            "true for a string",
            "{name: yes}",
            "spec.name: is true; put it in quotes so that it is a string"),
        new Row("a list for a string", "{name: [a]}", "spec.name: is a list; write a string"),
        new Row(
            "a list for a shaped string",
            "{name: Eden, country: [de]}",
            "spec.country: is a list; write a country code such as de"),
        new Row(
            "too short",
            "{name: E}",
            "spec.name: has 1 character; add 1 character: at least 2 are required"),
        new Row(
            "empty",
            "{name: \"\"}",
            "spec.name: is empty; add 2 characters: at least 2 are required"),
        new Row(
            "too long",
            "{name: EdenEdenE}",
            "spec.name: has 9 characters; remove 1 character: at most 8 are allowed"),
        new Row("characters, not UTF-16 units", "{name: \"🍎🍎🍎🍎🍎🍎🍎🍎\"}"),
        new Row(
            "another shape",
            "{name: Eden, country: Germany}",
            "spec.country: \"Germany\" is not allowed; it must be a country code such as de"),
        new Row(
            "a size without unit",
            "{name: Eden, water: \"5\"}",
            "spec.water: \"5\" is not allowed; it must be a size such as 40Gi, its unit Ki, Mi, Gi,"
                + " Ti, Pi, k, M, G, T or P"),
        new Row(
            "a size as a number: quotes alone would not make one of it",
            "{name: Eden, water: 5}",
            "spec.water: is the number 5; write a size such as 40Gi, its unit Ki, Mi, Gi, Ti, Pi,"
                + " k, M, G, T or P"),
        new Row(
            "an enum in the wrong case",
            "{name: Eden, fruit: pear}",
            "spec.fruit: \"pear\" is not allowed; did you mean Pear? allowed: Apple, Pear and"
                + " Cherry"),
        new Row(
            "an enum from nowhere",
            "{name: Eden, fruit: Coconut}",
            "spec.fruit: \"Coconut\" is not allowed; allowed: Apple, Pear and Cherry"),
        new Row(
            "an enum of another type",
            "{name: Eden, fruit: 3}",
            "spec.fruit: is the number 3; write Apple, Pear or Cherry"),
        new Row(
            "above the most",
            "{name: Eden, rows: 9}",
            "spec.rows: 9 is too high; the most that is allowed is 7"),
        new Row(
            "below the least",
            "{name: Eden, rows: 0}",
            "spec.rows: 0 is too low; the least that is allowed is 1"),
        new Row(
            "beyond int",
            "{name: Eden, fence: {height: 3000000000}}",
            "spec.fence.height: 3000000000 is too high; the most that is allowed is 2147483647"),
        new Row(
            "far beyond int",
            "{name: Eden, rows: 1e300}",
            "spec.rows: 1.0E300 is too high; the most that is allowed is 7"),
        new Row(
            "beyond long",
            "{name: Eden, seeds: 1e300}",
            "spec.seeds: 1.0E300 is no whole number; write a whole number"),
        new Row(
            "a fraction",
            "{name: Eden, rows: 3.5}",
            "spec.rows: 3.5 is no whole number; write a whole number from 1 to 7"),
        new Row(
            "a number in quotes",
            "{name: Eden, rows: \"3\"}",
            "spec.rows: is the string \"3\"; remove the quotes: 3"),
        new Row(
            "a word for a number",
            "{name: Eden, rows: many}",
            "spec.rows: is the string \"many\"; write a whole number such as 3"),
        new Row(
            "a truth in quotes",
            "{name: Eden, watered: \"True\"}",
            "spec.watered: is the string \"True\"; write true, without quotes"),
        new Row(
            "a word for a truth",
            "{name: Eden, watered: \"off\"}",
            "spec.watered: is the string \"off\"; write false, without quotes"),
        new Row(
            "a number for a truth",
            "{name: Eden, watered: 1}",
            "spec.watered: is the number 1; write true or false"),
        new Row(
            "one value for a list",
            "{name: Eden, visitors: ada}",
            "spec.visitors: is the string \"ada\"; write a list: [\"ada\"]"),
        new Row(
            "an object for a list",
            "{name: Eden, trees: {tag: a}}",
            "spec.trees: is an object; write a list, each element after a dash"),
        new Row(
            "an element that is nothing",
            "{name: Eden, visitors: [null]}",
            "spec.visitors[0]: is empty; give it a value or remove it"),
        new Row(
            "too many elements",
            "{name: Eden, visitors: [a, b, c, d]}",
            "spec.visitors: has 4 elements; remove 1 element: at most 3 are allowed"),
        new Row(
            "too few elements",
            "{name: Eden, layouts: []}",
            "spec.layouts: is empty; add 1 element: at least 1 is required"),
        new Row(
            "an element twice",
            "{name: Eden, visitors: [a, b, a]}",
            "spec.visitors[2]: \"a\" is already spec.visitors[0]; remove one of the two"),
        new Row(
            "a key twice",
            "{name: Eden, trees: [{tag: a, age: 1}, {tag: a, age: 2}]}",
            "spec.trees[1].tag: \"a\" is already the tag of spec.trees[0]; give each element a tag"
                + " of its own"),
        new Row(
            "a limit inside a map inside a list",
            "{name: Eden, layouts: [{}, {1g: 10}]}",
            "spec.layouts[1][1g]: 10 is too high; the most that is allowed is 9"),
        new Row(
            "a list for a map",
            "{name: Eden, labels: []}",
            "spec.labels: is a list; write an object: a name and a value on each line"),
        new Row(
            "too many entries",
            "{name: Eden, labels: {a: a, b: b, c: c}}",
            "spec.labels: has 3 entries; remove 1 entry: at most 2 are allowed"),
        new Row(
            "a map's key of another shape",
            "{name: Eden, labels: {A: a}}",
            "spec.labels[A]: \"A\" is not allowed; it must be lower-case letters"),
        new Row(
            "a map's value of another type",
            "{name: Eden, labels: {a: 1}}",
            "spec.labels[a]: is the number 1; put it in quotes so that it is a string"),
        new Row(
            "a map's value that is nothing",
            "{name: Eden, labels: {a: null}}",
            "spec.labels[a]: is empty; give it a value or remove it"),
        new Row(
            "text for free form",
            "{name: Eden, values: x}",
            "spec.values: is the string \"x\"; write an object"),
        new Row(
            "text for an object",
            "{name: Eden, fence: high}",
            "spec.fence: is the string \"high\"; write an object with the fields height and gate"),
        new Row(
            "text for an object without fields",
            "{name: Eden, fence: {gate: wide}}",
            "spec.fence.gate: is the string \"wide\"; write {}"),
        new Row(
            "none of a group",
            "{name: Eden, trees: [{tag: a}]}",
            "spec.trees[0]: none of age and planted is set; set exactly one of them"),
        new Row(
            "two of a group",
            "{name: Eden, trees: [{tag: a, age: 1, planted: x}]}",
            "spec.trees[0]: age and planted are set together; keep exactly one of them"),
        new Row(
            "not an object at all",
            "3",
            "spec: is the number 3; write an object with the fields name, fruit, rows, seeds,"
                + " watered, country, water, visitors, trees, layouts, labels, values, fence and"
                + " seen"),
        new Row(
            "all mistakes at once, in the order of the names",
            "{water: x, rows: 0, rowz: 1, country: D}",
            "spec.country: \"D\" is not allowed; it must be a country code such as de",
            "spec.name: is required; add it: What it is called",
            "spec.rows: 0 is too low; the least that is allowed is 1",
            "spec.rowz: there is no such field; did you mean rows?",
            "spec.water: \"x\" is not allowed; it must be a size such as 40Gi, its unit Ki, Mi, Gi,"
                + " Ti, Pi, k, M, G, T or P"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void namesMistakes(Row row) {
    assertThat(sentences(DECODER.decode(yaml(row.yaml()), "spec"))).containsExactly(row.mistakes());
  }

  @Test
  void beginsPathsAsTold() {
    assertThat(sentences(DECODER.decode(Tree.absent(), "Orchard north: spec")))
        .containsExactly("Orchard north: spec.name: is required; add it: What it is called");
    assertThat(sentences(DECODER.decode(Tree.absent(), "")))
        .containsExactly("name: is required; add it: What it is called");
  }

  static Stream<Row> lenient() {
    return Stream.of(
        new Row("a field of a newer release", "{name: Eden, newField: 1, fence: {colour: red}}"),
        new Row("an optional value of another type", "{name: Eden, seeds: many, country: 3}"),
        new Row("a defaulted value of another type", "{name: Eden, rows: many, fence: high}"),
        new Row("a name of a newer release", "{name: Eden, fruit: Coconut}"),
        new Row("an element without its key", "{name: Eden, seen: [{age: 1}]}"),
        new Row("an element that is nothing", "{name: Eden, visitors: [null]}"),
        new Row("an entry of another type", "{name: Eden, labels: {a: [1]}}"),
        new Row("a size in new words", "{name: Eden, water: lots}"));
  }

  @ParameterizedTest
  @MethodSource("lenient")
  void lenientLeavesOutWhatItDoesNotUnderstand(Row row) {
    assertThat(valid(DECODER.lenient().decode(yaml(row.yaml()), "status"))).isEqualTo(PLAIN);
  }

  @Test
  void lenientTakesValuesBeyondLimits() {
    Orchard orchard =
        valid(DECODER.lenient().decode(yaml("{name: E, rows: 99, visitors: [a, a, a, a]}"), ""));
    assertThat(orchard.name()).isEqualTo("E");
    assertThat(orchard.rows()).isEqualTo(99);
    assertThat(orchard.visitors()).hasSize(4);
  }

  @Test
  void lenientStillNeedsWhatIsRequired() {
    assertThat(sentences(DECODER.lenient().decode(yaml("{rows: 1}"), "status")))
        .containsExactly("status.name: is required; add it: What it is called");
  }
}
