package dev.isobar.cli.report;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** Writes HTML and SVG: elements that close, and text that is nothing but text. */
final class Markup {
  private final StringBuilder text = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /** Begins an element, with names and values of attributes in turns. */
  @CanIgnoreReturnValue
  Markup open(String element, Object... attributes) {
    start(element, attributes);
    text.append('>');
    open.push(element);
    return this;
  }

  /** Ends what was begun last. */
  @CanIgnoreReturnValue
  Markup close() {
    text.append("</").append(open.pop()).append(">\n");
    return this;
  }

  /** An element of SVG, or of HTML, that holds nothing and needs no end. */
  @CanIgnoreReturnValue
  Markup empty(String element, Object... attributes) {
    start(element, attributes);
    text.append("/>\n");
    return this;
  }

  /** An element that holds text alone. */
  @CanIgnoreReturnValue
  Markup element(String element, String words, Object... attributes) {
    return open(element, attributes).text(words).close();
  }

  /** Text, whatever stands in it. */
  @CanIgnoreReturnValue
  Markup text(String words) {
    text.append(escaped(words));
    return this;
  }

  /** Markup that is ours. */
  @CanIgnoreReturnValue
  Markup raw(String markup) {
    text.append(markup);
    return this;
  }

  /** All of it. */
  String finished() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("not closed: " + open);
    }
    return text.toString();
  }

  /** A number as SVG has it, with at most one digit behind the point. */
  static String number(double value) {
    String words = String.format(Locale.ROOT, "%.1f", value);
    return words.endsWith(".0") ? words.substring(0, words.length() - 2) : words;
  }

  private void start(String element, Object... attributes) {
    text.append('<').append(element);
    for (int i = 0; i < attributes.length; i += 2) {
      Object value = attributes[i + 1];
      text.append(' ')
          .append(attributes[i])
          .append("=\"")
          .append(escaped(value instanceof Double number ? number(number) : value.toString()))
          .append('"');
    }
  }

  private static String escaped(String words) {
    var escaped = new StringBuilder();
    for (int i = 0; i < words.length(); i++) {
      char sign = words.charAt(i);
      switch (sign) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(Character.isISOControl(sign) ? ' ' : sign);
      }
    }
    return escaped.toString();
  }
}
