package dev.isobar.provider.operate;

import java.math.BigDecimal;
import java.util.List;

/** Text in Prometheus' exposition format under construction. */
final class MeterText {
  /** From here on Go writes all digits. */
  private static final int LEAST_EXPONENT = -4;

  private final StringBuilder text = new StringBuilder();

  /** Begins the samples of a name. */
  void begin(String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  /** Adds a sample; label names and values in the same order. */
  void sample(String name, List<String> labels, List<String> values, Number sample) {
    text.append(name);
    String separator = "{";
    for (int index = 0; index < labels.size(); index++) {
      text.append(separator).append(labels.get(index)).append("=\"");
      escape(values.get(index));
      text.append('"');
      separator = ",";
    }
    if (!labels.isEmpty()) {
      text.append('}');
    }
    text.append(' ').append(number(sample.doubleValue())).append('\n');
  }

  /**
   * A number as Go writes it, so that bounds of one histogram have the same names in every program.
   */
  static String number(double number) {
    if (number == Double.POSITIVE_INFINITY) {
      return "+Inf";
    }
    BigDecimal exact = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    int exponent = exact.precision() - exact.scale() - 1;
    if (exponent >= LEAST_EXPONENT || exact.signum() == 0) {
      return exact.toPlainString();
    }
    String digits = exact.movePointLeft(exponent).toPlainString();
    return "%se-%02d".formatted(digits, -exponent);
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private void escape(String value) {
    text.append(value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"));
  }
}
