package dev.isobar.cli.yaml;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Renders plain values as JSON, fields in a fixed order, two blanks a level. */
public final class JsonText {
  private JsonText() {}

  /** The objects as one {@code List}, as {@code kubectl get -o json} writes several. */
  public static String render(List<? extends Map<String, ?>> objects) {
    var text = new StringBuilder();
    write(Map.of("apiVersion", "v1", "kind", "List", "items", objects), 0, text);
    return text.append('\n').toString();
  }

  /** A string in quotes, which is also a string of YAML. */
  static String quote(String string) {
    var text = new StringBuilder(string.length() + 2).append('"');
    for (int i = 0; i < string.length(); i++) {
      char sign = string.charAt(i);
      switch (sign) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          if (isPrintable(string, i)) {
            text.append(sign);
          } else {
            text.append("\\u%04x".formatted((int) sign));
          }
        }
      }
    }
    return text.append('"').toString();
  }

  /**
   * Whether YAML may hold the character as it is; a surrogate may if its other half is beside it.
   */
  static boolean isPrintable(String string, int index) {
    char sign = string.charAt(index);
    if (Character.isHighSurrogate(sign)) {
      return index + 1 < string.length() && Character.isLowSurrogate(string.charAt(index + 1));
    }
    if (Character.isLowSurrogate(sign)) {
      return index > 0 && Character.isHighSurrogate(string.charAt(index - 1));
    }
    return switch (Character.getType(sign)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  private static void write(@Nullable Object value, int level, StringBuilder text) {
    switch (value) {
      case null -> text.append("null");
      case String string -> text.append(quote(string));
      case Map<?, ?> map when map.isEmpty() -> text.append("{}");
      case List<?> list when list.isEmpty() -> text.append("[]");
      case Map<?, ?> map -> {
        String comma = "{\n";
        for (Map.Entry<?, ?> field : FieldOrder.of(map)) {
          text.append(comma)
              .append("  ".repeat(level + 1))
              .append(quote(String.valueOf(field.getKey())))
              .append(": ");
          write(field.getValue(), level + 1, text);
          comma = ",\n";
        }
        text.append('\n').append("  ".repeat(level)).append('}');
      }
      case List<?> list -> {
        String comma = "[\n";
        for (Object item : list) {
          text.append(comma).append("  ".repeat(level + 1));
          write(item, level + 1, text);
          comma = ",\n";
        }
        text.append('\n').append("  ".repeat(level)).append(']');
      }
      default -> text.append(value);
    }
  }
}
