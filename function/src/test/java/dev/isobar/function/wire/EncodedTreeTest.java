package dev.isobar.function.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.isobar.function.tree.Tree;
import java.util.List;
import java.util.Map;
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

  @Test
  void saysOfBytesThatAreNoValueWhenTheyAreLookedAt() {
    ByteString wrong = ByteString.copyFrom(new byte[] {0x1a, 0x05, 'x'});
    ByteString entry =
        Struct.newBuilder().putFields("f", Value.getDefaultInstance()).build().toByteString();
    byte[] bytes =
        entry
            .concat(ByteString.copyFrom(new byte[] {0x0a, 0x08, 0x0a, 0x01, 'g', 0x12, 0x03}))
            .concat(wrong)
            .toByteArray();
    Tree tree = EncodedTree.ofStruct(Slice.of(bytes));
    assertThat(tree.at("f").exists()).isFalse();
    assertThatThrownBy(() -> tree.at("g").text()).isInstanceOf(EncodedTree.Malformed.class);
  }

  private static Tree tree(Struct struct) {
    return EncodedTree.ofStruct(Slice.of(struct.toByteArray()));
  }
}
