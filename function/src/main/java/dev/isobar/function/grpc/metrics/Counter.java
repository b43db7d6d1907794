package dev.isobar.function.grpc.metrics;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts up, by labels. */
public final class Counter implements Family {
  static final Comparator<Map.Entry<List<String>, ?>> BY_LABELS =
      Comparator.comparing(entry -> String.join("\0", entry.getKey()));

  private final String name;
  private final String help;
  private final List<String> labels;
  private final ConcurrentHashMap<List<String>, LongAdder> series = new ConcurrentHashMap<>();

  Counter(String name, String help, List<String> labels) {
    this.name = name;
    this.help = help;
    this.labels = List.copyOf(labels);
  }

  /** One more. */
  public void increment(String... values) {
    add(1, values);
  }

  /** So many more; zero makes the series known. */
  public void add(long amount, String... values) {
    series.computeIfAbsent(List.of(values), _ -> new LongAdder()).add(amount);
  }

  @Override
  public void write(Exposition exposition) {
    exposition.begin(name, "counter", help);
    series.entrySet().stream()
        .sorted(BY_LABELS)
        .forEach(entry ->
            exposition.sample(name, labels, entry.getKey(), (double) entry.getValue().sum()));
  }
}
