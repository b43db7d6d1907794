package dev.isobar.function.grpc.metrics;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;

/** All metrics of one server. */
public final class Metrics {
  private final List<Family> families = new CopyOnWriteArrayList<>();

  /** A new counter; its name ends in {@code _total}. */
  public Counter counter(String name, String help, String... labels) {
    var counter = new Counter(name, help, List.of(labels));
    families.add(counter);
    return counter;
  }

  /** A new histogram with these upper bounds. */
  public Histogram histogram(String name, String help, List<Double> bounds, String... labels) {
    var histogram = new Histogram(name, help, bounds, List.of(labels));
    families.add(histogram);
    return histogram;
  }

  /** A value that is looked up when asked for. */
  public void gauge(String name, String help, DoubleSupplier value) {
    sampled(name, "gauge", help, value);
  }

  /** A count that somebody else keeps. */
  public void counted(String name, String help, DoubleSupplier value) {
    sampled(name, "counter", help, value);
  }

  /** Everything in Prometheus' text format, the process and its Java machine included. */
  public String text() {
    var exposition = new Exposition();
    families.forEach(family -> family.write(exposition));
    ProcessFigures.write(exposition);
    return exposition.toString();
  }

  private void sampled(String name, String type, String help, DoubleSupplier value) {
    families.add(exposition -> {
      exposition.begin(name, type, help);
      exposition.sample(name, List.of(), List.of(), value.getAsDouble());
    });
  }
}
