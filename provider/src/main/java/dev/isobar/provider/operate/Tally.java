package dev.isobar.provider.operate;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts up, by labels. */
public final class Tally implements Meters.Meter {
  static final Comparator<Map.Entry<List<String>, ?>> BY_LABELS =
      Comparator.comparing(entry -> String.join("\0", entry.getKey()));

  private final String name;
  private final String help;
  private final List<String> labels;
  private final ConcurrentHashMap<List<String>, LongAdder> counts = new ConcurrentHashMap<>();

  Tally(String name, String help, List<String> labels) {
    this.name = name;
    this.help = help;
    this.labels = List.copyOf(labels);
  }

  /** Makes a series known before it has anything to count: Prometheus sees no first rise. */
  public void begin(String... values) {
    var _ = counts.computeIfAbsent(List.of(values), _ -> new LongAdder());
  }

  /** One more. */
  public void add(String... values) {
    counts.computeIfAbsent(List.of(values), _ -> new LongAdder()).increment();
  }

  @Override
  public void write(MeterText text) {
    text.begin(name, "counter", help);
    counts.entrySet().stream()
        .sorted(BY_LABELS)
        .forEach(one -> text.sample(name, labels, one.getKey(), one.getValue().sum()));
  }
}
