package dev.isobar.function.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.isobar.apis.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class StructTreeTest {
  record Row(String reason, Value value, Tree.Shape shape, @Nullable Object plain) {
    @Override
    public String toString() {
      return reason;
    }
  }

  static List<Row> values() {
    return List.of(
        new Row(
            "a value without a kind is nothing",
            Value.getDefaultInstance(),
            Tree.Shape.ABSENT,
            null),
        new Row(
            "Kubernetes treats null as absent",
            Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build(),
            Tree.Shape.ABSENT,
            null),
        new Row("text stays text", text("3"), Tree.Shape.TEXT, "3"),
        new Row("empty text is there", text(""), Tree.Shape.TEXT, ""),
        new Row("false is there", truth(false), Tree.Shape.TRUTH, false),
        new Row("integers arrive as doubles", number(3), Tree.Shape.NUMBER, 3L),
        new Row("minus zero is zero", number(-0.0), Tree.Shape.NUMBER, 0L),
        new Row("negative integers too", number(-7), Tree.Shape.NUMBER, -7L),
        new Row("a fraction stays", number(0.5), Tree.Shape.NUMBER, 0.5),
        new Row(
            "the last integer that is surely the one that was meant",
            number((1L << 53) - 1),
            Tree.Shape.NUMBER,
            (1L << 53) - 1),
        new Row("from here on neighbours are one", number(1L << 53), Tree.Shape.NUMBER, 0x1p53),
        new Row("no whole number", number(Double.NaN), Tree.Shape.NUMBER, Double.NaN),
        new Row(
            "no whole number either",
            number(Double.POSITIVE_INFINITY),
            Tree.Shape.NUMBER,
            Double.POSITIVE_INFINITY),
        new Row(
            "an empty list is there",
            Value.newBuilder().setListValue(ListValue.getDefaultInstance()).build(),
            Tree.Shape.LIST,
            List.of()),
        new Row(
            "an empty object is there",
            Value.newBuilder().setStructValue(Struct.getDefaultInstance()).build(),
            Tree.Shape.OBJECT,
            Map.of()));
  }

  @ParameterizedTest
  @MethodSource("values")
  void showsValues(Row row) {
    Tree tree = new StructTree(row.value);
    assertThat(tree.shape()).as(row.reason).isEqualTo(row.shape);
    assertThat(tree.exists()).as(row.reason).isEqualTo(row.shape != Tree.Shape.ABSENT);
    assertThat(tree.plain()).as(row.reason).isEqualTo(row.plain);
  }

  @ParameterizedTest
  @MethodSource("values")
  void looksLikeTheTreeOfThePlainValue(Row row) {
    Tree tree = new StructTree(row.value);
    Tree plain = Tree.of(row.plain);
    assertThat(tree.shape()).isEqualTo(plain.shape());
    assertThat(tree.fields()).isEqualTo(plain.fields());
    assertThat(tree.items()).hasSameSizeAs(plain.items());
    assertThat(tree.text()).isEqualTo(plain.text());
    assertThat(tree.number().map(Double::doubleValue))
        .isEqualTo(plain.number().map(number -> row.value.getNumberValue()));
    assertThat(tree.truth()).isEqualTo(plain.truth());
    assertThat(tree.whole()).isEqualTo(plain.whole());
  }

  @Test
  void looksIntoObjectsAndLists() {
    Tree tree =
        StructTree.of(
            StructRendering.render(
                Map.of(
                    "spec",
                    Map.of(
                        "pools", List.of(Map.of("name", "a100", "replicas", 3)), "b", 1, "a", 2))));
    assertThat(tree.at("spec", "pools").items().getFirst().at("name").text()).contains("a100");
    assertThat(tree.at("spec", "pools").items().getFirst().at("replicas").whole()).contains(3L);
    assertThat(tree.at("spec").fields()).containsExactly("a", "b", "pools");
    assertThat(tree.at("spec", "pools", "name").exists()).as("a list has no fields").isFalse();
    assertThat(tree.at("spec", "missing", "more").exists()).isFalse();
    assertThat(tree.at("spec").items()).as("an object has no items").isEmpty();
  }

  @Test
  void anObjectWithoutFieldsIsNotThere() {
    assertThat(StructTree.of(Struct.getDefaultInstance()).exists()).isFalse();
  }

  @Test
  void plainObjectsAreSortedAndComplete() {
    var object = new TreeMap<String, @Nullable Object>();
    var list = new ArrayList<@Nullable Object>(List.of(1L, "two", true));
    list.add(null);
    object.put("z", list);
    object.put("a", 0.25);
    object.put("nothing", null);
    assertThat(StructTree.of(StructRendering.render(object)).plain()).isEqualTo(object);
    assertThat((Map<?, ?>) StructTree.of(StructRendering.render(object)).plain())
        .isInstanceOf(TreeMap.class);
  }

  private static Value text(String text) {
    return Value.newBuilder().setStringValue(text).build();
  }

  private static Value truth(boolean truth) {
    return Value.newBuilder().setBoolValue(truth).build();
  }

  private static Value number(double number) {
    return Value.newBuilder().setNumberValue(number).build();
  }
}
