package dev.isobar.function.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import dev.isobar.apis.tree.Tree;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class EncodedTreeTest {
  static List<StructTreeTest.Row> values() {
    return StructTreeTest.values();
  }

  @ParameterizedTest
  @MethodSource("values")
  void showsTheSameAsDecodedValues(StructTreeTest.Row row) {
    Struct struct = Struct.newBuilder().putFields("f", row.value()).build();
    Tree tree = tree(struct).at("f");
    Tree same = new StructTree(row.value());
    assertThat(tree.shape()).isEqualTo(same.shape());
    assertThat(tree.plain()).isEqualTo(same.plain());
    assertThat(tree.text()).isEqualTo(same.text());
    assertThat(tree.number()).isEqualTo(same.number());
    assertThat(tree.truth()).isEqualTo(same.truth());
    assertThat(tree.items()).hasSameSizeAs(same.items());
    assertThat(tree.fields()).isEqualTo(same.fields());
    assertThat(tree.at("nothing").exists()).isFalse();
  }

  @Test
  void isLookedIntoAtAnyDepth() {
    Map<String, Object> object =
        Map.of("a", Map.of("b", List.of(Map.of("c", "x"), 2L)), "z", true, "e", Map.of());
    Tree tree = tree(StructRendering.render(object));
    assertThat(tree.fields()).containsExactly("a", "e", "z");
    assertThat(tree.at("a", "b").items().getFirst().at("c").text()).contains("x");
    assertThat(tree.plain()).isEqualTo(object);
  }

  @Test
  void isAbsentWithoutFields() {
    assertThat(tree(Struct.getDefaultInstance()).exists()).isFalse();
  }

  /** How many fields there are decides how they are searched. */
  static List<Integer> sizes() {
    return List.of(1, 8, 9, 32, 33, 500);
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void findsEachOfItsFields(int size) {
    var object = new TreeMap<String, Object>();
    for (int i = 0; i < size; i++) {
      object.put(i % 3 == 0 ? "größe-" + i : "isobar.dev/field-" + i, (long) i);
    }
    Tree tree = tree(StructRendering.render(object));
    assertThat(object.keySet())
        .allSatisfy(name -> assertThat(tree.at(name).plain()).isEqualTo(object.get(name)));
    assertThat(
            List.of(
                "",
                "isobar.dev/field-",
                "isobar.dev/field-0",
                "gröss-0",
                "gr\u00c3\u00b6\u00c3\u009fe-0"))
        .allSatisfy(name -> assertThat(tree.at(name).exists()).isFalse());
    assertThat(tree.fields()).isEqualTo(object.keySet());
    assertThat(tree.plain()).isEqualTo(object);
  }

  @Test
  void takesTheLastOfSeveralFieldsOfOneName() {
    byte[] twice =
        tree("f", "first").toByteString().concat(tree("f", "last").toByteString()).toByteArray();
    Tree tree = EncodedTree.ofStruct(WireReader.of(twice));
    assertThat(tree.at("f").text()).contains("last");
    assertThat(tree.plain()).isEqualTo(Map.of("f", "last"));
  }

  private static Struct tree(String name, String text) {
    return StructRendering.render(Map.of(name, text));
  }

  private record Damage(String reason, String value) {}

  static List<Damage> damages() {
    return List.of(
        new Damage("a string longer than the rest", "1a 05 78"),
        new Damage("a string of negative length", "1a ff ff ff ff 0f"),
        new Damage("a string that is no UTF-8", "1a 02 c3 28"),
        new Damage("half of a pair of surrogates", "1a 03 ed a0 80"),
        new Damage("a number that is cut off", "11 00 00"),
        new Damage("a varint of eleven bytes", "20 ff ff ff ff ff ff ff ff ff ff 01"),
        new Damage("a field of number 0", "02 01 78"),
        new Damage("a group that begins", "33 34"),
        new Damage("a group that ends", "34"),
        new Damage("a type that does not exist", "37"),
        new Damage("an object with a field that is cut off", "2a 04 0a 09 0a 01"),
        new Damage("a list with an item that is cut off", "32 02 0a 05"));
  }

  @ParameterizedTest
  @MethodSource("damages")
  void saysOfBytesThatAreNoValueWhenTheyAreLookedAt(Damage damage) {
    byte[] value = HexFormat.of().parseHex(damage.value().replace(" ", ""));
    byte[] name = {0x0a, (byte) (value.length + 5), 0x0a, 0x01, 'g', 0x12, (byte) value.length};
    ByteString fine = tree("f", "x").toByteString();
    byte[] bytes =
        fine.concat(ByteString.copyFrom(name)).concat(ByteString.copyFrom(value)).toByteArray();
    Tree tree = EncodedTree.ofStruct(WireReader.of(bytes));
    assertThat(tree.at("f").text()).contains("x");
    assertThatThrownBy(() -> tree.at("g").text())
        .as(damage.reason())
        .isInstanceOf(EncodedTree.Malformed.class);
    assertThatThrownBy(() -> tree.at("g").text())
        .as(damage.reason() + ", looked at again")
        .isInstanceOf(EncodedTree.Malformed.class);
  }

  @Test
  void saysOfANameThatIsNoUtf8WhenNamesAreAskedFor() {
    byte[] bytes = {0x0a, 0x04, 0x0a, 0x02, (byte) 0xc3, 0x28};
    Tree tree = EncodedTree.ofStruct(WireReader.of(bytes));
    assertThat(tree.at("f").exists()).isFalse();
    assertThatThrownBy(tree::fields).isInstanceOf(EncodedTree.Malformed.class);
  }

  private static Tree tree(Struct struct) {
    return EncodedTree.ofStruct(WireReader.of(struct.toByteArray()));
  }
}
