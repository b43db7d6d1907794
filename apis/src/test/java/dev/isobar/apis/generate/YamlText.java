package dev.isobar.apis.generate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Writes maps, lists and scalars as YAML for people: block style, quotes where needed, long
 * sentences folded.
 */
final class YamlText {
  private static final int WIDTH = 110;
  private static final int LONG = 70;
  private static final Pattern PLAIN =
      Pattern.compile("([A-Za-z_/]|[.][A-Za-z])([^:#\\p{Cntrl}]|:(?! |$)|(?<! )#)*(?<![ :])");
  private static final Set<String> OTHER_TYPES =
      Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n", ".inf", ".nan");

  private final StringBuilder text = new StringBuilder();

  private YamlText() {}

  static String of(Map<String, ?> document) {
    YamlText yaml = new YamlText();
    yaml.fields(document, 0, false);
    return yaml.text.toString();
  }

  private void fields(Map<?, ?> fields, int indent, boolean started) {
    boolean first = started;
    for (Map.Entry<?, ?> field : fields.entrySet()) {
      text.append(" ".repeat(first ? 0 : indent))
          .append(scalar(String.valueOf(field.getKey())))
          .append(':');
      first = false;
      value(field.getValue(), indent);
    }
  }

  private void value(Object value, int indent) {
    switch (value) {
      case Map<?, ?> map when !map.isEmpty() -> {
        text.append('\n');
        fields(map, indent + 2, false);
      }
      case Collection<?> items when !items.isEmpty() -> {
        text.append('\n');
        items.forEach(item -> item(item, indent));
      }
      case String sentence when foldable(sentence) -> folded(sentence, indent + 2);
      default -> text.append(' ').append(inline(value)).append('\n');
    }
  }

  private void item(Object item, int indent) {
    text.append(" ".repeat(indent)).append("- ");
    if (item instanceof Map<?, ?> map && !map.isEmpty()) {
      fields(map, indent + 2, true);
    } else {
      text.append(inline(item)).append('\n');
    }
  }

  private static String inline(Object value) {
    return switch (value) {
      case Map<?, ?> _ -> "{}";
      case List<?> _ -> "[]";
      case String string -> scalar(string);
      default -> String.valueOf(value);
    };
  }

  private static boolean foldable(String sentence) {
    return sentence.length() > LONG
        && sentence.contains(" ")
        && sentence.strip().equals(sentence)
        && !sentence.contains("  ")
        && sentence.chars().noneMatch(Character::isISOControl);
  }

  private void folded(String sentence, int indent) {
    text.append(" >-\n");
    wrapped(sentence, WIDTH - indent)
        .forEach(line -> text.append(" ".repeat(indent)).append(line).append('\n'));
  }

  /** The sentence in lines of about this width. */
  static List<String> wrapped(String sentence, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    Iterator<String> words = List.of(sentence.split(" ")).iterator();
    while (words.hasNext()) {
      String word = words.next();
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  private static String scalar(String string) {
    boolean plain =
        PLAIN.matcher(string).matches() && !OTHER_TYPES.contains(string.toLowerCase(Locale.ROOT));
    if (plain) {
      return string;
    }
    if (string.chars().noneMatch(Character::isISOControl)) {
      return "'" + string.replace("'", "''") + "'";
    }
    throw new IllegalArgumentException("no text of the APIs has several lines: " + string);
  }
}
