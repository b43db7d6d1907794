package dev.isobar.provider.operate;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** All metrics of this process, in Prometheus' text format, version 0.0.4. */
public final class Meters {
  private static final double MILLIS = 1e3;
  private static final double NANOS = 1e9;

  /** What writes the samples of one metric name. */
  interface Meter {
    /** Appends them, with their help and type, as they are now. */
    void write(MeterText text);
  }

  private final List<Meter> meters = new CopyOnWriteArrayList<>();

  /** A count that goes up; its name ends in {@code _total}. */
  public Tally tally(String name, String help, String... labels) {
    var tally = new Tally(name, help, List.of(labels));
    meters.add(tally);
    return tally;
  }

  /** Counts of values up to these bounds. */
  public Spread spread(String name, String help, List<Double> bounds, String... labels) {
    var spread = new Spread(name, help, bounds, List.of(labels));
    meters.add(spread);
    return spread;
  }

  /** Values that are looked up when asked for, by the values of one label. */
  public void gauge(String name, String help, String label, Supplier<Map<String, Double>> values) {
    meters.add(text -> {
      text.begin(name, "gauge", help);
      values.get().entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(one -> text.sample(name, List.of(label), List.of(one.getKey()), one.getValue()));
    });
  }

  /** The same by the values of several labels. */
  public void gauge(
      String name, String help, List<String> labels, Supplier<Map<List<String>, Double>> values) {
    meters.add(text -> {
      text.begin(name, "gauge", help);
      values.get().entrySet().stream()
          .sorted(Comparator.comparing(one -> String.join("\0", one.getKey())))
          .forEach(one -> text.sample(name, labels, one.getKey(), one.getValue()));
    });
  }

  /** Everything, the process and its Java machine included. */
  public String text() {
    var text = new MeterText();
    meters.forEach(meter -> meter.write(text));
    process(text);
    return text.toString();
  }

  private static void process(MeterText text) {
    var memory = ManagementFactory.getMemoryMXBean();
    List<String> area = List.of("area");
    text.begin("jvm_memory_used_bytes", "gauge", "Memory in use.");
    text.sample(
        "jvm_memory_used_bytes", area, List.of("heap"), memory.getHeapMemoryUsage().getUsed());
    text.sample(
        "jvm_memory_used_bytes",
        area,
        List.of("nonheap"),
        memory.getNonHeapMemoryUsage().getUsed());
    var collections = new ArrayList<>(ManagementFactory.getGarbageCollectorMXBeans());
    text.begin("jvm_gc_collection_seconds", "summary", "Time spent in garbage collections.");
    collections.forEach(collector -> {
      List<String> name = List.of(collector.getName());
      text.sample(
          "jvm_gc_collection_seconds_count", List.of("gc"), name, collector.getCollectionCount());
      text.sample(
          "jvm_gc_collection_seconds_sum",
          List.of("gc"),
          name,
          collector.getCollectionTime() / MILLIS);
    });
    text.begin("process_start_time_seconds", "gauge", "When the process started, since 1970.");
    text.sample(
        "process_start_time_seconds",
        List.of(),
        List.of(),
        ManagementFactory.getRuntimeMXBean().getStartTime() / MILLIS);
    ProcessHandle.current()
        .info()
        .totalCpuDuration()
        .ifPresent(used -> {
          text.begin("process_cpu_seconds_total", "counter", "Processor time used.");
          text.sample("process_cpu_seconds_total", List.of(), List.of(), used.toNanos() / NANOS);
        });
  }
}
