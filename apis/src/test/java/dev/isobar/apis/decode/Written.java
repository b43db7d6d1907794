package dev.isobar.apis.decode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.isobar.apis.tree.Tree;
import java.util.List;

/** Objects as a user writes them, and what the decoder says of them. */
final class Written {
  private static final YAMLMapper YAML = new YAMLMapper();

  private Written() {}

  static Tree yaml(String text) {
    try {
      return Tree.of(YAML.readValue(text, Object.class));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  static <T> T valid(Decoded<T> decoded) {
    return switch (decoded) {
      case Decoded.Valid<T>(T value) -> value;
      case Decoded.Invalid<T>(List<Mistake> mistakes) ->
          throw new AssertionError(mistakes.toString());
    };
  }

  static List<String> sentences(Decoded<?> decoded) {
    return switch (decoded) {
      case Decoded.Valid<?> _ -> List.of();
      case Decoded.Invalid<?>(List<Mistake> mistakes) ->
          mistakes.stream().map(Mistake::sentence).toList();
    };
  }
}
