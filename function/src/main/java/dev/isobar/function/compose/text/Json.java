package dev.isobar.function.compose.text;

import dev.isobar.apis.tree.Tree;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON, for example of an annotation; {@link dev.isobar.function.compose.naming.Canonical}
 * writes it.
 */
public final class Json {
  /** Deeper than anything we write; keeps a strange text from using up the stack. */
  private static final int DEEPEST = 64;

  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9][0-9]*+)(?<fraction>\\.[0-9]++)?(?<exponent>[eE][+-]?[0-9]++)?");

  private static final int CODE_DIGITS = 4;

  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  /** The value of a text; absent when the text is no JSON. */
  public static Tree read(String text) {
    try {
      var json = new Json(text);
      Object value = json.value(0);
      json.skipBlanks();
      return json.at == text.length() ? Tree.of(value) : Tree.absent();
    } catch (Malformed _) {
      return Tree.absent();
    }
  }

  private @Nullable Object value(int depth) {
    if (depth > DEEPEST) {
      throw new Malformed();
    }
    skipBlanks();
    if (accept("{")) {
      return object(depth);
    }
    if (accept("[")) {
      return list(depth);
    }
    if (accept("\"")) {
      return string();
    }
    if (accept("null")) {
      return null;
    }
    if (accept("true")) {
      return true;
    }
    return accept("false") ? false : number();
  }

  private Map<String, @Nullable Object> object(int depth) {
    var map = new TreeMap<String, @Nullable Object>();
    skipBlanks();
    if (accept("}")) {
      return map;
    }
    do {
      skipBlanks();
      expect("\"");
      String key = string();
      skipBlanks();
      expect(":");
      map.put(key, value(depth + 1));
      skipBlanks();
    } while (accept(","));
    expect("}");
    return map;
  }

  private List<@Nullable Object> list(int depth) {
    var list = new ArrayList<@Nullable Object>();
    skipBlanks();
    if (accept("]")) {
      return list;
    }
    do {
      list.add(value(depth + 1));
      skipBlanks();
    } while (accept(","));
    expect("]");
    return list;
  }

  private String string() {
    var string = new StringBuilder();
    while (true) {
      int start = at;
      while (at < text.length() && standsForItself(text.charAt(at))) {
        at++;
      }
      string.append(text, start, at);
      if (accept("\"")) {
        return string.toString();
      }
      expect("\\");
      string.append(escaped());
    }
  }

  private static boolean standsForItself(char sign) {
    return sign >= ' ' && sign != '"' && sign != '\\';
  }

  private char escaped() {
    char sign = next();
    return switch (sign) {
      case '"', '\\', '/' -> sign;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> code();
      default -> throw new Malformed();
    };
  }

  private char code() {
    int code = 0;
    for (int i = 0; i < CODE_DIGITS; i++) {
      char digit = next();
      if (!HexFormat.isHexDigit(digit)) {
        throw new Malformed();
      }
      code = code << 4 | HexFormat.fromHexDigit(digit);
    }
    return (char) code;
  }

  private char next() {
    if (at == text.length()) {
      throw new Malformed();
    }
    return text.charAt(at++);
  }

  private Number number() {
    Matcher number = NUMBER.matcher(text).region(at, text.length());
    if (!number.lookingAt()) {
      throw new Malformed();
    }
    at = number.end();
    boolean whole = number.group("fraction") == null && number.group("exponent") == null;
    try {
      return whole
          ? (Number) Long.valueOf(number.group())
          : (Number) Double.valueOf(number.group());
    } catch (NumberFormatException _) {
      return Double.valueOf(number.group()); // too many digits for a long
    }
  }

  private void skipBlanks() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private boolean accept(String sign) {
    boolean found = text.startsWith(sign, at);
    at += found ? sign.length() : 0;
    return found;
  }

  private void expect(String sign) {
    if (!accept(sign)) {
      throw new Malformed();
    }
  }

  /** The text is no JSON; never leaves this class. */
  private static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1;

    Malformed() {
      super(null, null, false, false);
    }
  }
}
