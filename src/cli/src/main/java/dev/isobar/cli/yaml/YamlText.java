package dev.isobar.cli.yaml;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Renders plain values as YAML: block style, fields in a fixed order, several lines as a literal
 * block, quotes only where some reader would take a string for something else. The same value gives
 * the same bytes.
 */
public final class YamlText {
  private static final String BLANKS = "  ";

  /** Begin something else when they begin an unquoted word. */
  private static final String INDICATORS = "?:,[]{}#&*!|>'\"%@` \t";

  private final StringBuilder text = new StringBuilder();

  private YamlText() {}

  /** The objects as a stream of documents, each behind its own separator. */
  public static String render(List<? extends Map<String, ?>> objects) {
    var yaml = new YamlText();
    for (Map<String, ?> object : objects) {
      yaml.text.append("---\n");
      if (object.isEmpty()) {
        yaml.text.append("{}\n");
      } else {
        yaml.fields(object, 0, false);
      }
    }
    return yaml.text.toString();
  }

  /**
   * The fields of an object; the first one goes on in the line when a list's dash stands there
   * already.
   */
  private void fields(Map<?, ?> object, int level, boolean begun) {
    boolean first = begun;
    for (Map.Entry<?, ?> field : FieldOrder.of(object)) {
      if (!first) {
        text.append(BLANKS.repeat(level));
      }
      first = false;
      text.append(word(String.valueOf(field.getKey()))).append(':');
      switch (field.getValue()) {
        case Map<?, ?> map when !map.isEmpty() -> {
          text.append('\n');
          fields(map, level + 1, false);
        }
        case List<?> list when !list.isEmpty() -> {
          text.append('\n');
          items(list, level, false);
        }
        case null, default -> {
          text.append(' ');
          scalar(field.getValue(), level);
        }
      }
    }
  }

  private void items(List<?> list, int level, boolean begun) {
    boolean first = begun;
    for (Object item : list) {
      if (!first) {
        text.append(BLANKS.repeat(level));
      }
      first = false;
      text.append("- ");
      switch (item) {
        case Map<?, ?> map when !map.isEmpty() -> fields(map, level + 1, true);
        case List<?> inner when !inner.isEmpty() -> items(inner, level + 1, true);
        case null, default -> scalar(item, level);
      }
    }
  }

  private void scalar(@Nullable Object value, int level) {
    switch (value) {
      case null -> text.append("null\n");
      case Map<?, ?> _ -> text.append("{}\n");
      case List<?> _ -> text.append("[]\n");
      case String string when fitsBlock(string) -> block(string, level + 1);
      case String string -> text.append(word(string)).append('\n');
      default -> text.append(value).append('\n');
    }
  }

  private void block(String string, int level) {
    boolean ends = string.endsWith("\n");
    String keep = ends ? (string.endsWith("\n\n") ? "+" : "") : "-";
    // Without a number the first line would tell the indentation.
    boolean unclear = string.startsWith(" ") || string.startsWith("\n");
    text.append('|').append(unclear ? "2" : "").append(keep).append('\n');
    String body = ends ? string.substring(0, string.length() - 1) : string;
    for (String line : body.split("\n", -1)) {
      text.append(line.isEmpty() ? "" : BLANKS.repeat(level)).append(line).append('\n');
    }
  }

  private static boolean fitsBlock(String string) {
    int end = string.indexOf('\n');
    if (end < 0 || string.isBlank()) {
      return false;
    }
    for (int i = 0; i < string.length(); i++) {
      char sign = string.charAt(i);
      if (sign != '\n' && sign != '\t' && !JsonText.isPrintable(string, i)) {
        return false;
      }
    }
    return true;
  }

  private static String word(String string) {
    return isPlain(string) ? string : JsonText.quote(string);
  }

  private static boolean isPlain(String string) {
    if (string.isEmpty()
        || INDICATORS.indexOf(string.charAt(0)) >= 0
        || string.equals("-")
        || string.startsWith("- ")
        || string.startsWith("---")
        || string.startsWith("...")
        || string.endsWith(" ")
        || string.endsWith(":")
        || string.contains(": ")
        || string.contains(" #")) {
      return false;
    }
    for (int i = 0; i < string.length(); i++) {
      if (!JsonText.isPrintable(string, i)) {
        return false;
      }
    }
    return !Scalars.misleads(string);
  }
}
