package dev.isobar.function.compose.naming;

import dev.isobar.apis.tree.Fields;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One text for one value: JSON without blanks, fields sorted by name, numbers without needless
 * digits. Content hashes are taken of it, so it must never change.
 */
public final class Canonical {
  /** Hex digits of a content hash: 32 bits, compared only within one pool. */
  private static final int DIGITS = 8;

  private Canonical() {}

  /** The content hash of a value made of maps, lists and scalars. */
  public static String hash(@Nullable Object value) {
    return Names.digest(json(value), DIGITS);
  }

  /** The text of a value made of maps, lists and scalars. */
  public static String json(@Nullable Object value) {
    var text = new StringBuilder();
    write(value, text);
    return text.toString();
  }

  private static void write(@Nullable Object value, StringBuilder text) {
    switch (value) {
      case null -> text.append("null");
      case String string -> quote(string, text);
      case Double number when number == Math.rint(number) && Math.abs(number) < 1L << 53 ->
          text.append(number.longValue());
      case Number number -> text.append(number);
      case Boolean truth -> text.append(truth);
      case List<?> list -> {
        text.append('[');
        for (int i = 0; i < list.size(); i++) {
          text.append(i == 0 ? "" : ",");
          write(list.get(i), text);
        }
        text.append(']');
      }
      case Map<?, ?> map -> writeMap(map, text);
      default ->
          throw new IllegalArgumentException(
              "no canonical text for a " + value.getClass().getName());
    }
  }

  private static void writeMap(Map<?, ?> map, StringBuilder text) {
    text.append('{');
    String comma = "";
    for (var entry : Fields.sorted(map).entrySet()) {
      text.append(comma);
      quote(entry.getKey(), text);
      text.append(':');
      write(entry.getValue(), text);
      comma = ",";
    }
    text.append('}');
  }

  private static void quote(String string, StringBuilder text) {
    text.append('"');
    for (int i = 0; i < string.length(); i++) {
      char sign = string.charAt(i);
      switch (sign) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          if (sign < ' ') {
            text.append("\\u%04x".formatted((int) sign));
          } else {
            text.append(sign);
          }
        }
      }
    }
    text.append('"');
  }
}
