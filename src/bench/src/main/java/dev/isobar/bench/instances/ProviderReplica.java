package dev.isobar.bench.instances;

import dev.isobar.testbed.process.Command;
import dev.isobar.testbed.process.LocalProcess;
import dev.isobar.testbed.process.Ports;
import dev.isobar.testbed.process.Probe;
import dev.isobar.testbed.process.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * provider-isobar as it ships, on the JDK that runs the benchmark.
 *
 * @param port of its metrics
 */
record ProviderReplica(LocalProcess process, int port) {
  /** What the documentation tells to start it with; see src/site/markdown/provider.md, Memory. */
  static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          "-Xmx80m",
          "-XX:TrimNativeHeapInterval=5000",
          "-XX:+ExitOnOutOfMemoryError");

  private static final Duration LIMIT = Duration.ofMinutes(2);

  /**
   * Starts one, and waits until it has seen all Instances.
   *
   * @param java without the program's name
   */
  static ProviderReplica start(Command java, Processes processes, List<String> words) {
    int port = Ports.free();
    Command command =
        java.with(
                List.of("dev.isobar.provider.ProviderMain", "--metrics-address=127.0.0.1:" + port))
            .with(words);
    LocalProcess process =
        processes
            .start(command)
            .awaitReady(Probe.answers("http://127.0.0.1:" + port + "/readyz"), LIMIT);
    return new ProviderReplica(process, port);
  }

  /** The sum of a metric over all its labels. */
  double metric(String name) {
    return metrics()
        .lines()
        .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** Passes over Instances so far. */
  long passes() {
    return (long) metric("controller_runtime_reconcile_total");
  }

  /** Passes over GpuMachines so far. */
  double machinePasses() {
    return metrics()
        .lines()
        .filter(line -> line.startsWith("workqueue_work_duration_seconds_count{"))
        .filter(line -> line.contains("name=\"gpumachine/infrastructure.isobar.dev\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** Its heap in use, in bytes, garbage that nobody collected yet included. */
  double heap() {
    return metrics()
        .lines()
        .filter(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\"}"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private String metrics() {
    URI address = URI.create("http://127.0.0.1:" + port + "/metrics");
    try (var stream = address.toURL().openStream()) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException("the provider does not answer", failed);
    }
  }
}
