package dev.isobar.function.grpc.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** Counts values by size, by labels. */
public final class Histogram implements Family {
  private final String name;
  private final String help;
  private final double[] bounds;
  private final List<String> labels;
  private final ConcurrentHashMap<List<String>, Series> all = new ConcurrentHashMap<>();

  Histogram(String name, String help, List<Double> bounds, List<String> labels) {
    this.name = name;
    this.help = help;
    this.bounds = bounds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    this.labels = List.copyOf(labels);
  }

  /** One more value. */
  public void observe(double value, String... values) {
    Series series = all.computeIfAbsent(List.of(values), _ -> new Series(bounds.length + 1));
    int bucket = Arrays.binarySearch(bounds, value);
    series.buckets[bucket < 0 ? -bucket - 1 : bucket].increment();
    series.sum.add(value);
  }

  @Override
  public void write(Exposition exposition) {
    exposition.begin(name, "histogram", help);
    all.entrySet().stream()
        .sorted(Counter.BY_LABELS)
        .forEach(entry -> write(exposition, entry.getKey(), entry.getValue()));
  }

  private void write(Exposition exposition, List<String> values, Series series) {
    var bucketLabels = new ArrayList<>(labels);
    bucketLabels.add("le");
    long seen = 0;
    for (int bucket = 0; bucket < series.buckets.length; bucket++) {
      seen += series.buckets[bucket].sum();
      var bucketValues = new ArrayList<>(values);
      double bound = bucket < bounds.length ? bounds[bucket] : Double.POSITIVE_INFINITY;
      bucketValues.add(Exposition.number(bound));
      exposition.sample(name + "_bucket", bucketLabels, bucketValues, (double) seen);
    }
    exposition.sample(name + "_sum", labels, values, series.sum.sum());
    exposition.sample(name + "_count", labels, values, (double) seen);
  }

  /** The values of one combination of labels. */
  private static final class Series {
    private final LongAdder[] buckets;
    private final DoubleAdder sum = new DoubleAdder();

    Series(int count) {
      buckets = new LongAdder[count];
      Arrays.setAll(buckets, _ -> new LongAdder());
    }
  }
}
