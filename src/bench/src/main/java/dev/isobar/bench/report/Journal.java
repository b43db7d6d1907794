package dev.isobar.bench.report;

import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * All that was measured: kept for the table, and written as one JSON object a line, disturbed
 * measurements included.
 */
public final class Journal implements Closeable {
  private final List<Measurement> counted = new ArrayList<>();
  private final PrintWriter lines;

  private Journal(PrintWriter lines) {
    this.lines = lines;
  }

  /** A journal in a file, which is overwritten. */
  public static Journal in(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      return new Journal(new PrintWriter(Files.newBufferedWriter(file)));
    } catch (IOException unwritable) {
      throw new UncheckedIOException("cannot write " + file, unwritable);
    }
  }

  /**
   * Takes a measurement.
   *
   * @param counts whether it goes into the table
   */
  public void add(Measurement measurement, boolean counts) {
    lines.println(json(measurement, counts));
    lines.flush();
    if (counts) {
      counted.add(measurement);
    }
  }

  static String json(Measurement measurement, boolean counts) {
    var line = new StringBuilder("{\"measured\": \"");
    line.append(measurement.getClass().getSimpleName().toLowerCase(Locale.ROOT)).append('"');
    for (RecordComponent field : measurement.getClass().getRecordComponents()) {
      line.append(", \"").append(field.getName()).append("\": ").append(value(measurement, field));
    }
    return line.append(", \"counts\": ").append(counts).append('}').toString();
  }

  private static String value(Measurement measurement, RecordComponent field) {
    try {
      return switch (field.getAccessor().invoke(measurement)) {
        case String text -> '"' + text + '"';
        case Double number -> String.format(Locale.ROOT, "%.4f", number);
        case Object other -> String.valueOf(other);
      };
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException("records are public here", impossible);
    }
  }

  /** All of a kind that count, in their order. */
  <T extends Measurement> List<T> of(Class<T> kind) {
    return counted.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  Stream<Burst> bursts(String function, String situation, int callers) {
    return counted.stream()
        .filter(Burst.class::isInstance)
        .map(Burst.class::cast)
        .filter(one -> one.function().equals(function))
        .filter(one -> one.situation().equals(situation) && one.callers() == callers);
  }

  Stream<Start> starts(String function) {
    return counted.stream()
        .filter(Start.class::isInstance)
        .map(Start.class::cast)
        .filter(one -> one.function().equals(function));
  }

  /** The largest memory that a function held after load, in megabytes. */
  double residentAfterLoad(String function) {
    return counted.stream()
        .filter(Burst.class::isInstance)
        .map(Burst.class::cast)
        .filter(one -> one.function().equals(function))
        .mapToDouble(Burst::resident)
        .max()
        .orElse(Double.NaN);
  }

  /** The median; NaN of nothing. */
  static <T> double median(Stream<T> all, ToDoubleFunction<T> of) {
    double[] sorted = all.mapToDouble(of).sorted().toArray();
    int middle = sorted.length / 2;
    if (sorted.length == 0) {
      return Double.NaN;
    }
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  @Override
  public void close() {
    lines.close();
  }
}
