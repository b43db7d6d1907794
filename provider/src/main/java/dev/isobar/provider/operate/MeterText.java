package dev.isobar.provider.operate;

import java.util.List;

/** Text in Prometheus' exposition format under construction. */
final class MeterText {
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

  /** A number as Prometheus reads it, whole ones without a fraction. */
  static String number(double number) {
    if (number == Double.POSITIVE_INFINITY) {
      return "+Inf";
    }
    return number == Math.rint(number) && Math.abs(number) < 1L << 53
        ? Long.toString((long) number)
        : Double.toString(number);
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private void escape(String value) {
    text.append(value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"));
  }
}
