package dev.isobar.provider.clusterapi;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Amounts as Kubernetes writes them: {@code 8}, {@code 2Ki} or {@code 3e3}. Kubelets write whole
 * thousands as {@code 1k}.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/">its
 *     suffixes</a>
 */
final class Quantity {
  private static final Pattern FORM =
      Pattern.compile(
          "([+-]?[0-9]{1,40}(?:\\.[0-9]{0,40})?)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]{1,3}|)");

  private static final Map<String, BigDecimal> UNITS =
      Map.ofEntries(
          Map.entry("n", BigDecimal.ONE.movePointLeft(9)),
          Map.entry("u", BigDecimal.ONE.movePointLeft(6)),
          Map.entry("m", BigDecimal.ONE.movePointLeft(3)),
          Map.entry("k", BigDecimal.ONE.movePointRight(3)),
          Map.entry("M", BigDecimal.ONE.movePointRight(6)),
          Map.entry("G", BigDecimal.ONE.movePointRight(9)),
          Map.entry("T", BigDecimal.ONE.movePointRight(12)),
          Map.entry("P", BigDecimal.ONE.movePointRight(15)),
          Map.entry("E", BigDecimal.ONE.movePointRight(18)),
          Map.entry("Ki", BigDecimal.valueOf(1L << 10)),
          Map.entry("Mi", BigDecimal.valueOf(1L << 20)),
          Map.entry("Gi", BigDecimal.valueOf(1L << 30)),
          Map.entry("Ti", BigDecimal.valueOf(1L << 40)),
          Map.entry("Pi", BigDecimal.valueOf(1L << 50)),
          Map.entry("Ei", BigDecimal.valueOf(1L << 60)));

  private Quantity() {}

  /** The amount, if it is a whole number and a long holds it. */
  static Optional<Long> whole(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    String number = form.group(1);
    String suffix = form.group(2);
    BigDecimal amount =
        UNITS.containsKey(suffix)
            ? new BigDecimal(number).multiply(UNITS.getOrDefault(suffix, BigDecimal.ONE))
            : new BigDecimal(number + suffix);
    try {
      return Optional.of(amount.longValueExact());
    } catch (ArithmeticException _) {
      return Optional.empty();
    }
  }
}
