package dev.isobar.function.compose.text;

import dev.isobar.function.tree.Tree;
import java.util.ArrayList;
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

  private static final Pattern BLANKS = Pattern.compile("[ \\t\\n\\r]*+");
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9][0-9]*+)(?<fraction>\\.[0-9]++)?(?<exponent>[eE][+-]?[0-9]++)?");

  /** Part of a string: characters that stand for themselves, or one escape. */
  private static final Pattern PIECE =
      Pattern.compile(
          "(?<plain>[^\"\\\\\\x00-\\x1f]++)|\\\\(?:(?<sign>[\"\\\\/bfnrt])|u(?<code>[0-9a-fA-F]{4}))");

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
    while (!accept("\"")) {
      Matcher piece = next(PIECE);
      if (piece.group("plain") != null) {
        string.append(piece.group("plain"));
      } else if (piece.group("code") != null) {
        string.append((char) Integer.parseInt(piece.group("code"), 16));
      } else {
        string.append(unescaped(piece.group("sign").charAt(0)));
      }
    }
    return string.toString();
  }

  private static char unescaped(char sign) {
    return switch (sign) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> sign;
    };
  }

  private Number number() {
    Matcher number = next(NUMBER);
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
    at = next(BLANKS).end();
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

  private Matcher next(Pattern pattern) {
    Matcher matcher = pattern.matcher(text).region(at, text.length());
    if (!matcher.lookingAt()) {
      throw new Malformed();
    }
    at = matcher.end();
    return matcher;
  }

  /** The text is no JSON; never leaves this class. */
  private static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1;

    Malformed() {
      super(null, null, false, false);
    }
  }
}
