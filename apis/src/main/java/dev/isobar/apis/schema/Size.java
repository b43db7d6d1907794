package dev.isobar.apis.schema;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;

/**
 * An amount of memory or storage as Kubernetes writes it: a number and a unit, {@code 20Gi} or
 * {@code 1.5T}.
 *
 * @param text as the user wrote it, checked
 */
@Text(
    pattern = "[0-9]{1,9}(\\.[0-9]{1,3})?(Ki|Mi|Gi|Ti|Pi|k|M|G|T|P)",
    says = "a size such as 40Gi, its unit Ki, Mi, Gi, Ti, Pi, k, M, G, T or P",
    maxLength = 16)
public record Size(String text) implements Comparable<Size> {
  private static final Map<String, BigDecimal> UNITS =
      Map.of(
          "Ki", BigDecimal.valueOf(1L << 10),
          "Mi", BigDecimal.valueOf(1L << 20),
          "Gi", BigDecimal.valueOf(1L << 30),
          "Ti", BigDecimal.valueOf(1L << 40),
          "Pi", BigDecimal.valueOf(1L << 50),
          "k", BigDecimal.valueOf(1_000L),
          "M", BigDecimal.valueOf(1_000_000L),
          "G", BigDecimal.valueOf(1_000_000_000L),
          "T", BigDecimal.valueOf(1_000_000_000_000L),
          "P", BigDecimal.valueOf(1_000_000_000_000_000L));

  private static final List<String> CANONICAL =
      List.of("Pi", "Ti", "Gi", "Mi", "P", "T", "G", "M", "Ki", "k");

  /**
   * The size in bytes, a fraction of a byte rounded up; the largest long when there are more bytes
   * than that.
   */
  public long bytes() {
    int unit = text.length();
    while (Character.isLetter(text.charAt(unit - 1))) {
      unit--;
    }
    BigDecimal number = new BigDecimal(text.substring(0, unit));
    BigDecimal factor = UNITS.getOrDefault(text.substring(unit), BigDecimal.ONE);
    return number
        .multiply(factor)
        .setScale(0, RoundingMode.CEILING)
        .min(BigDecimal.valueOf(Long.MAX_VALUE))
        .longValueExact();
  }

  /**
   * One spelling for all sizes of as many bytes: a whole number of the largest unit that divides
   * them, of powers of two if any above Ki does. It must never change, for hashes are taken of it.
   */
  public Size canonical() {
    long bytes = bytes();
    for (String unit : CANONICAL) {
      long factor = UNITS.getOrDefault(unit, BigDecimal.ONE).longValueExact();
      if (bytes > 0 && bytes % factor == 0) {
        return new Size(bytes / factor + unit);
      }
    }
    return this;
  }

  /** Both together, rounded up to whole Ki. */
  public Size plus(Size other) {
    long kibibytes = Math.ceilDiv(bytes(), 1024) + Math.ceilDiv(other.bytes(), 1024);
    return new Size(kibibytes + "Ki").canonical();
  }

  /** The size in GiB as cloud APIs count volumes, rounded up. */
  public long gibibytes() {
    return Math.ceilDiv(bytes(), 1L << 30);
  }

  @Override
  public int compareTo(Size other) {
    return Long.compare(bytes(), other.bytes());
  }
}
