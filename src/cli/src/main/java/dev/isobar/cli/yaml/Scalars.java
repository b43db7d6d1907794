package dev.isobar.cli.yaml;

import java.math.BigInteger;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an unquoted word stands for.
 *
 * <p>The same as for {@code kubectl apply}, so that a file means here what it means in a cluster:
 * yes, no, on, off, y and n are booleans, 010 is eight, 1.35 is a number, and dates are strings.
 *
 * @see <a href="https://github.com/kubernetes-sigs/yaml">sigs.k8s.io/yaml</a>
 */
final class Scalars {
  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
  private static final Set<String> TRUTHS =
      Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
  private static final Set<String> FALSEHOODS =
      Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
  private static final Set<String> NO_NUMBERS =
      Set.of(
          ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf",
          "-.Inf", "-.INF");
  private static final Pattern WHOLE =
      Pattern.compile(
          "([-+]?)(0[xX](?<hex>[0-9a-fA-F]+)|0[bB](?<binary>[01]+)"
              + "|0[oO]?(?<octal>[0-7]+)|(?<decimal>0|[1-9][0-9]*))");
  private static final Pattern FLOATING =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

  /**
   * Dates, and what YAML 1.1 takes for a time of day; strings to Kubernetes, but not to every
   * reader.
   */
  private static final Pattern TIMES =
      Pattern.compile(
          "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?");

  private static final int HEX = 16;
  private static final int OCTAL = 8;
  private static final int DECIMAL = 10;

  private Scalars() {}

  /**
   * The value of an unquoted word.
   *
   * @throws IllegalArgumentException for an infinity or no-number, which JSON does not have
   */
  static @Nullable Object parse(String word) {
    if (NULLS.contains(word)) {
      return null;
    }
    if (TRUTHS.contains(word)) {
      return true;
    }
    if (FALSEHOODS.contains(word)) {
      return false;
    }
    if (NO_NUMBERS.contains(word)) {
      throw new IllegalArgumentException(
          word + " is no number that JSON knows; quote it if it is a string");
    }
    return "+-.0123456789".indexOf(word.charAt(0)) < 0 ? word : number(word);
  }

  /** Whether some reader of YAML would take the unquoted word for something else than a string. */
  static boolean misleads(String word) {
    return NO_NUMBERS.contains(word)
        || !(parse(word) instanceof String)
        || TIMES.matcher(word).matches()
        || word.equals("=")
        || word.equals("<<");
  }

  private static Object number(String word) {
    String digits = word.charAt(0) == '.' ? word : word.replace("_", "");
    var whole = WHOLE.matcher(digits);
    if (whole.matches()) {
      return whole(
          whole.group(1),
          whole.group("hex"),
          whole.group("binary"),
          whole.group("octal"),
          whole.group("decimal"));
    }
    if (FLOATING.matcher(digits).matches()) {
      double number = Double.parseDouble(digits);
      return Double.isFinite(number) ? (Object) number : word;
    }
    return word;
  }

  private static Object whole(
      String sign,
      @Nullable String hex,
      @Nullable String binary,
      @Nullable String octal,
      @Nullable String decimal) {
    BigInteger number;
    if (hex != null) {
      number = new BigInteger(sign + hex, HEX);
    } else if (binary != null) {
      number = new BigInteger(sign + binary, 2);
    } else if (octal != null) {
      number = new BigInteger(sign + octal, OCTAL);
    } else {
      number = new BigInteger(sign + decimal, DECIMAL);
    }
    return number.bitLength() < Long.SIZE
        ? (Object) number.longValue()
        : (Object) number.doubleValue();
  }
}
