package dev.isobar.function.compose.text;

import dev.isobar.apis.tree.Fields;
import dev.isobar.function.compose.naming.Canonical;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes plain values (maps, lists, strings, numbers, booleans, null) as YAML, keys sorted, so that
 * the same value gives the same text.
 *
 * <p>A string is quoted unless every parser, of YAML 1.1 or 1.2, reads it as that string; several
 * lines become a block.
 */
public final class Yaml {
  private static final String STEP = "  ";

  /** Words that YAML 1.1 or 1.2 reads as a boolean or as null. */
  private static final Set<String> WORDS =
      Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

  private static final int LONGEST_WORD = 5;

  /**
   * What must be escaped in a quoted string besides what JSON escapes: controls, line ends,
   * unpaired surrogates.
   */
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\x7f-\\x9f\\u2028\\u2029\\ufeff\\ufffe\\uffff\\x{d800}-\\x{dfff}]");

  private Yaml() {}

  /** The text of a value, ending in a new line. */
  public static String write(@Nullable Object value) {
    var text = new StringBuilder();
    switch (value) {
      case Map<?, ?> map when !map.isEmpty() -> writeFields(map, "", "", text);
      case List<?> list when !list.isEmpty() -> writeItems(list, "", text);
      case null, default -> text.append(scalar(value)).append('\n');
    }
    return text.toString();
  }

  /** Writes what follows a key's colon or a list's dash; maps begin on the dash's own line. */
  private static void writeChild(
      @Nullable Object value, boolean item, String indent, StringBuilder text) {
    switch (value) {
      case Map<?, ?> map when !map.isEmpty() -> {
        text.append(item ? ' ' : '\n');
        writeFields(map, item ? "" : indent, indent, text);
      }
      case List<?> list when !list.isEmpty() -> {
        text.append('\n');
        writeItems(list, indent, text);
      }
      case String string when isBlock(string) -> writeBlock(string, indent, text);
      case null, default -> text.append(' ').append(scalar(value)).append('\n');
    }
  }

  private static void writeFields(
      Map<?, ?> map, String firstIndent, String indent, StringBuilder text) {
    String before = firstIndent;
    for (var entry : Fields.sorted(map).entrySet()) {
      text.append(before).append(scalar(entry.getKey())).append(':');
      writeChild(entry.getValue(), false, indent + STEP, text);
      before = indent;
    }
  }

  private static void writeItems(List<?> list, String indent, StringBuilder text) {
    for (Object item : list) {
      text.append(indent).append('-');
      writeChild(item, true, indent + STEP, text);
    }
  }

  private static boolean isBlock(String string) {
    return string.indexOf('\n') > 0
        && !string.startsWith(" ")
        && !string.startsWith("\t")
        && !string.endsWith("\n\n")
        && canStandInBlock(string);
  }

  /** Whether all lines can stand in a block as they are; one of blanks alone could be lost. */
  private static boolean canStandInBlock(String string) {
    boolean blanksOnly = false;
    for (int i = 0; i < string.length(); i++) {
      char sign = string.charAt(i);
      if (sign == '\n') {
        if (blanksOnly) {
          return false;
        }
      } else if (sign == ' ' || sign == '\t') {
        blanksOnly |= i == 0 || string.charAt(i - 1) == '\n';
      } else if (isPrintable(sign)) {
        blanksOnly = false;
      } else {
        return false;
      }
    }
    return !blanksOnly;
  }

  private static boolean isPrintable(char sign) {
    return sign >= ' ' && sign <= '~';
  }

  private static void writeBlock(String string, String indent, StringBuilder text) {
    text.append(string.endsWith("\n") ? " |\n" : " |-\n");
    string
        .lines()
        .forEach(line -> text.append(line.isEmpty() ? "" : indent).append(line).append('\n'));
  }

  private static String scalar(@Nullable Object value) {
    if (!(value instanceof String string)) {
      return Canonical.json(value); // numbers, booleans, null, {} and []
    }
    if (isPlain(string)) {
      return string;
    }
    String quoted = Canonical.json(string);
    return quoted.chars().allMatch(sign -> isPrintable((char) sign))
        ? quoted
        : UNPRINTABLE
            .matcher(quoted)
            .replaceAll(found -> "\\\\u%04x".formatted((int) found.group().charAt(0)));
  }

  /**
   * Begins with a letter, so is no number, date or marker; holds nothing that could end or turn a
   * plain scalar; is no word that means something else.
   */
  private static boolean isPlain(String string) {
    if (string.isEmpty() || !isLetter(string.charAt(0))) {
      return false;
    }
    for (int i = 1; i < string.length(); i++) {
      char sign = string.charAt(i);
      boolean digit = sign >= '0' && sign <= '9';
      if (!isLetter(sign) && !digit && "._/+-".indexOf(sign) < 0) {
        return false;
      }
    }
    return string.length() > LONGEST_WORD || !WORDS.contains(string.toLowerCase(Locale.ROOT));
  }

  private static boolean isLetter(char sign) {
    return (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z');
  }
}
