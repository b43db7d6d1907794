package dev.isobar.function.grpc.metrics;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.List;

/**
 * The Java machine and its process, under the names that Prometheus' Java client uses; read only
 * when scraped.
 */
final class ProcessFigures {
  private static final double MILLIS = Duration.ofSeconds(1).toMillis();
  private static final double NANOS = Duration.ofSeconds(1).toNanos();

  private ProcessFigures() {}

  static void write(Exposition exposition) {
    memory(exposition);
    collections(exposition);
    exposition.begin("jvm_threads_current", "gauge", "Threads that are alive.");
    exposition.sample(
        "jvm_threads_current",
        List.of(),
        List.of(),
        ManagementFactory.getThreadMXBean().getThreadCount());
    process(exposition);
  }

  private static void memory(Exposition exposition) {
    var memory = ManagementFactory.getMemoryMXBean();
    MemoryUsage heap = memory.getHeapMemoryUsage();
    MemoryUsage other = memory.getNonHeapMemoryUsage();
    List<String> area = List.of("area");
    exposition.begin("jvm_memory_used_bytes", "gauge", "Memory in use.");
    exposition.sample("jvm_memory_used_bytes", area, List.of("heap"), (double) heap.getUsed());
    exposition.sample("jvm_memory_used_bytes", area, List.of("nonheap"), (double) other.getUsed());
    exposition.begin("jvm_memory_max_bytes", "gauge", "Memory that may be used, -1 for no limit.");
    exposition.sample("jvm_memory_max_bytes", area, List.of("heap"), (double) heap.getMax());
    exposition.sample("jvm_memory_max_bytes", area, List.of("nonheap"), (double) other.getMax());
    exposition.begin("jvm_memory_pool_used_bytes", "gauge", "Memory in use by pool.");
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      exposition.sample(
          "jvm_memory_pool_used_bytes",
          List.of("pool"),
          List.of(pool.getName()),
          (double) pool.getUsage().getUsed());
    }
  }

  private static void collections(Exposition exposition) {
    List<String> label = List.of("gc");
    String name = "jvm_gc_collection_seconds";
    exposition.begin(name, "summary", "Time spent in garbage collections, by collector.");
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      List<String> value = List.of(collector.getName());
      exposition.sample(name + "_count", label, value, (double) collector.getCollectionCount());
      exposition.sample(name + "_sum", label, value, collector.getCollectionTime() / MILLIS);
    }
  }

  private static void process(Exposition exposition) {
    exposition.begin(
        "process_start_time_seconds", "gauge", "When the process started, since 1970.");
    exposition.sample(
        "process_start_time_seconds",
        List.of(),
        List.of(),
        ManagementFactory.getRuntimeMXBean().getStartTime() / MILLIS);
    ProcessHandle.current()
        .info()
        .totalCpuDuration()
        .ifPresent(used -> {
          exposition.begin("process_cpu_seconds_total", "counter", "Processor time used.");
          exposition.sample(
              "process_cpu_seconds_total", List.of(), List.of(), used.toNanos() / NANOS);
        });
  }
}
