package dev.isobar.provider.operate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** Counts durations by length, by labels. */
public final class Spread implements Meters.Meter {
  private static final double NANOS = 1e9;

  private final String name;
  private final String help;
  private final double[] bounds;
  private final List<String> labels;
  private final ConcurrentHashMap<List<String>, Series> all = new ConcurrentHashMap<>();

  Spread(String name, String help, List<Double> bounds, List<String> labels) {
    this.name = name;
    this.help = help;
    this.bounds = bounds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    this.labels = List.copyOf(labels);
  }

  /** One more; time that went backwards counts as none. */
  public void add(Duration time, String... values) {
    double seconds = Math.max(0, time.toNanos() / NANOS);
    Series series = all.computeIfAbsent(List.of(values), _ -> new Series(bounds.length + 1));
    int bucket = Arrays.binarySearch(bounds, seconds);
    series.buckets[bucket < 0 ? -bucket - 1 : bucket].increment();
    series.sum.add(seconds);
  }

  @Override
  public void write(MeterText text) {
    text.begin(name, "histogram", help);
    all.entrySet().stream()
        .sorted(Tally.BY_LABELS)
        .forEach(one -> write(text, one.getKey(), one.getValue()));
  }

  private void write(MeterText text, List<String> values, Series series) {
    var bucketLabels = new ArrayList<>(labels);
    bucketLabels.add("le");
    long seen = 0;
    for (int bucket = 0; bucket < series.buckets.length; bucket++) {
      seen += series.buckets[bucket].sum();
      var bucketValues = new ArrayList<>(values);
      double bound = bucket < bounds.length ? bounds[bucket] : Double.POSITIVE_INFINITY;
      bucketValues.add(MeterText.number(bound));
      text.sample(name + "_bucket", bucketLabels, bucketValues, seen);
    }
    text.sample(name + "_sum", labels, values, series.sum.sum());
    text.sample(name + "_count", labels, values, seen);
  }

  /** The durations of one combination of labels. */
  private static final class Series {
    private final LongAdder[] buckets;
    private final DoubleAdder sum = new DoubleAdder();

    Series(int count) {
      buckets = new LongAdder[count];
      Arrays.setAll(buckets, _ -> new LongAdder());
    }
  }
}
