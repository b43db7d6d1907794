package dev.isobar.apis.decode;

import dev.isobar.apis.tree.Tree;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** How messages quote what users wrote: on one line, and never at length. */
final class Words {
  private static final int LONGEST = 60;
  private static final int MOST_NAMES = 40;

  private Words() {}

  /** The text on one line, cut. */
  static String cut(String text) {
    boolean tooLong = text.length() > LONGEST;
    int end = tooLong ? LONGEST : text.length();
    if (tooLong && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return visible(tooLong ? text.substring(0, end) + "…" : text);
  }

  /** The text on one line, with signs that nobody sees, or that do something, spelled out. */
  static String visible(CharSequence text) {
    var line = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char sign = text.charAt(i);
      boolean unprintable =
          Character.isISOControl(sign)
              || Character.getType(sign) == Character.FORMAT
              || Character.getType(sign) == Character.LINE_SEPARATOR
              || Character.getType(sign) == Character.PARAGRAPH_SEPARATOR;
      switch (sign) {
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\t' -> line.append("\\t");
        default -> line.append(unprintable ? "\\u%04x".formatted((int) sign) : sign);
      }
    }
    return line.toString();
  }

  /** The text on one line, cut and in quotes. */
  static String quote(String text) {
    return '"' + cut(text) + '"';
  }

  /** What stands there, for "is ...". */
  static String what(Tree tree) {
    return switch (tree.shape()) {
      case TEXT -> "the string " + quote(tree.text().orElse(""));
      case NUMBER -> "the number " + number(tree.number().orElse(0.0));
      case TRUTH -> String.valueOf(tree.truth().orElse(false));
      case ABSENT, LIST, OBJECT -> tree.shape().words();
    };
  }

  static String number(double number) {
    if (Double.isInfinite(number)) {
      return number > 0 ? "infinity" : "-infinity";
    }
    return number == Math.rint(number) && Math.abs(number) < 1L << 53
        ? String.valueOf((long) number)
        : String.valueOf(number);
  }

  /** The names with commas and a last word between them: {@code a, b and c}. */
  static String list(Collection<String> names, String last) {
    List<String> some = names.stream().limit(MOST_NAMES).map(Words::cut).toList();
    if (names.size() > some.size()) {
      return String.join(", ", some) + " and " + (names.size() - some.size()) + " more";
    }
    if (some.size() < 2) {
      return String.join("", some);
    }
    return some.stream().limit(some.size() - 1L).collect(Collectors.joining(", "))
        + " "
        + last
        + " "
        + some.getLast();
  }
}
