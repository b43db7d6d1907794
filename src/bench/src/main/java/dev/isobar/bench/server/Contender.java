package dev.isobar.bench.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A function to measure.
 *
 * @param name what the report calls it
 * @param command what starts it, without address and certificates
 * @param warmUp processor time that it takes before anything counts
 */
public record Contender(String name, List<String> command, Duration warmUp) {
  /** What the image starts the function with. */
  private static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          "-Xmx64m",
          "-XX:MaxDirectMemorySize=96m",
          "-XX:TrimNativeHeapInterval=5000",
          "-XX:-UsePerfData",
          "-XX:+ExitOnOutOfMemoryError");

  /**
   * function-isobar.
   *
   * @param java the JVM's program
   * @param more flags of the JVM besides the recommended ones
   * @param classpath jars, named one by one: a cache of classes is bound to their order
   */
  public static Contender isobar(
      String name, Path java, String classpath, List<String> more, Duration warmUp) {
    var command = new ArrayList<String>();
    command.add(java.toString());
    command.addAll(FLAGS);
    command.addAll(more);
    command.addAll(
        List.of("-cp", classpath, "dev.isobar.function.FunctionMain", "--metrics-address="));
    return new Contender(name, List.copyOf(command), warmUp);
  }

  /** The function in Go. */
  public static Contender go(String name, Path program, Path recipes, Duration warmUp) {
    return new Contender(
        name, List.of(program.toString(), "--recipes", recipes.toString()), warmUp);
  }

  List<String> command(int port, Certificates certificates) {
    var full = new ArrayList<>(command);
    full.addAll(
        List.of(
            "--address", "127.0.0.1:" + port, "--tls-certs-dir", certificates.folder().toString()));
    return full;
  }
}
