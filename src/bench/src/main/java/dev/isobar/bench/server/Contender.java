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
  /**
   * function-isobar.
   *
   * @param start what starts it in its image
   */
  public static Contender isobar(String name, List<String> start, Duration warmUp) {
    var command = new ArrayList<>(start);
    command.add("--metrics-address=");
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
