package dev.isobar.apis.decode;

import static dev.isobar.apis.decode.Written.sentences;
import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class HostileInputTest {
  private static final Decoder<Orchard> DECODER = Decoder.of(Orchard.class);

  @Test
  void aLongValueIsCut() {
    assertThat(
            sentences(
                DECODER.decode(
                    Tree.of(Map.of("name", "Eden", "fruit", "x".repeat(1_000_000))), "spec")))
        .containsExactly(
            "spec.fruit: \""
                + "x".repeat(60)
                + "…\" is not allowed; allowed: Apple, Pear and Cherry");
  }

  @Test
  void aLongNameIsCut() {
    assertThat(
            sentences(
                DECODER.decode(Tree.of(Map.of("name", "Eden", "x".repeat(100_000), 1)), "spec")))
        .singleElement()
        .asString()
        .startsWith(
            "spec."
                + "x".repeat(60)
                + "…: there is no such field; the fields here are name, fruit");
  }

  @Test
  void aPairOfSurrogatesIsNotCutInTwo() {
    assertThat(Words.cut("x".repeat(59) + "🍎🍎")).isEqualTo("x".repeat(59) + "…");
  }

  @Test
  void messagesStayOnOneLine() {
    assertThat(
            sentences(
                DECODER.decode(
                    Tree.of(Map.of("name", "Eden", "country", "d\ne\r\u2028\u202e\0")), "spec")))
        .containsExactly(
            "spec.country: \"d\\ne\\r\\u2028\\u202e\\u0000\" is not allowed; it must be a country"
                + " code such as de");
  }

  @Test
  void freeFormHasAnEnd() {
    Object deep = "bottom";
    for (int i = 0; i < 100_000; i++) {
      deep = i % 2 == 0 ? Map.of("a", deep) : List.of(deep);
    }
    assertThat(
            sentences(
                DECODER.decode(
                    Tree.of(Map.of("name", "Eden", "values", Map.of("a", deep))), "spec")))
        .containsExactly("spec.values: has more than 64 levels; make it flatter");
    assertThat(sentences(DECODER.decode(Tree.of(Map.of("name", "Eden", "fence", deep)), "spec")))
        .containsExactly("spec.fence: is a list; write an object with the fields height and gate");
  }

  @Test
  void enoughIsEnough() {
    Map<String, Integer> fields =
        IntStream.range(0, 100_000).boxed().collect(Collectors.toMap(i -> "field" + i, i -> i));
    assertThat(sentences(DECODER.decode(Tree.of(fields), "spec"))).hasSize(Decoder.MOST_MISTAKES);
    List<Integer> elements = IntStream.range(0, 100_000).boxed().toList();
    assertThat(
            sentences(
                DECODER.decode(Tree.of(Map.of("name", "Eden", "visitors", elements)), "spec")))
        .hasSize(Decoder.MOST_MISTAKES)
        .startsWith(
            "spec.visitors: has 100000 elements; remove 99997 elements: at most 3 are allowed");
  }

  /** Protobuf has numbers that JSON has not. */
  @Test
  void numbersWithoutAnEndAreTold() {
    assertThat(rows(Double.POSITIVE_INFINITY))
        .containsExactly("spec.rows: infinity is too high; the most that is allowed is 7");
    assertThat(rows(Double.NEGATIVE_INFINITY))
        .containsExactly("spec.rows: -infinity is too low; the least that is allowed is 1");
    assertThat(rows(Double.NaN))
        .containsExactly("spec.rows: NaN is no whole number; write a whole number from 1 to 7");
    Map<String, Object> values = Map.of("a", List.of(1, Double.NaN));
    assertThat(sentences(DECODER.decode(Tree.of(Map.of("name", "Eden", "values", values)), "spec")))
        .containsExactly(
            "spec.values: has a number in it that JSON cannot hold, such as .inf or .nan; write a"
                + " number, or put it in quotes so that it is a string");
  }

  private static List<String> rows(double number) {
    return sentences(DECODER.decode(Tree.of(Map.of("name", "Eden", "rows", number)), "spec"));
  }
}
