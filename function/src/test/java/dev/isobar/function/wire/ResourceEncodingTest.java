package dev.isobar.function.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.function.contract.Ready;
import dev.isobar.function.contract.Resource;
import dev.isobar.function.wire.proto.Fn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ResourceEncodingTest {
  record Row(String reason, Map<String, Object> object) {
    @Override
    public String toString() {
      return reason;
    }
  }

  static List<Row> objects() {
    return List.of(
        new Row("nothing", Map.of()),
        new Row("scalars", Map.of("s", "text", "e", "", "t", true, "f", false, "i", 3, "d", 0.5)),
        new Row("whole numbers", Map.of("zero", 0L, "minus", -7L, "large", 1L << 53)),
        new Row(
            "null, which only others' objects hold",
            sorted("n", null, "a", Arrays.asList(1L, null))),
        new Row("objects and lists, empty ones too", nested()),
        new Row("text beyond ASCII, in names too", Map.of("größe", "Ω 🚀 \u0000")),
        new Row(
            "lengths that take two and three bytes",
            Map.of("a", "x".repeat(200), "b", "y".repeat(70_000))));
  }

  @ParameterizedTest
  @MethodSource("objects")
  void isWhatTheMessagesWouldBe(Row row) throws Exception {
    for (Ready ready : Ready.values()) {
      Fn.State state =
          Fn.State.parseFrom(
              ResourceEncoding.encode(
                  resources("name", new Resource(new TreeMap<>(row.object), ready))));
      Fn.Resource expected =
          Fn.Resource.newBuilder()
              .setResource(StructRendering.render(row.object))
              .setReadyValue(ready.ordinal())
              .build();
      assertThat(state).isEqualTo(Fn.State.newBuilder().putResources("name", expected).build());
    }
  }

  @Test
  void sortsFieldsAndResources() {
    byte[] encoded =
        ResourceEncoding.encode(
            resources(
                "b",
                    new Resource(
                        new TreeMap<>(Map.of("z", 1, "y", Map.of("d", 1, "c", 2))), Ready.TRUE),
                "a", new Resource(new TreeMap<>(), Ready.FALSE)));
    String letters =
        new String(encoded, java.nio.charset.StandardCharsets.ISO_8859_1).replaceAll("[^a-z]", "");
    assertThat(letters).isEqualTo("abycdz");
  }

  @Test
  void refusesWhatMessagesRefuse() {
    for (Object wrong : List.of(Double.NaN, (1L << 53) + 1, new StringBuilder("x"), Map.of(1, 2))) {
      var resource = new Resource(new TreeMap<>(Map.of("f", wrong)), Ready.TRUE);
      assertThatThrownBy(() -> ResourceEncoding.encode(resources("name", resource)))
          .as(String.valueOf(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("cannot render");
    }
  }

  private static Map<String, Object> nested() {
    List<Object> list =
        new ArrayList<>(List.of("x", List.of(), Map.of(), Map.of("k", List.of(1, 2))));
    return Map.of("list", list, "object", Map.of("empty", Map.of(), "deep", Map.of("er", "y")));
  }

  private static SortedMap<String, Object> sorted(Object... fields) {
    var sorted = new TreeMap<String, Object>();
    for (int i = 0; i < fields.length; i += 2) {
      sorted.put((String) fields[i], fields[i + 1]);
    }
    return sorted;
  }

  private static SortedMap<String, Resource> resources(Object... resources) {
    var sorted = new TreeMap<String, Resource>();
    for (int i = 0; i < resources.length; i += 2) {
      sorted.put((String) resources[i], (Resource) resources[i + 1]);
    }
    return sorted;
  }
}
