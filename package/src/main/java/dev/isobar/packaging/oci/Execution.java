package dev.isobar.packaging.oci;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How an image is run, and what it says of itself.
 *
 * @param user number of a user and a group
 * @param entrypoint the program and its first arguments; those of a container come behind them
 * @param ports as {@code 9443/tcp}
 */
public record Execution(
    String user, List<String> entrypoint, List<String> ports, Map<String, String> labels) {
  /** Copies. */
  public Execution {
    entrypoint = List.copyOf(entrypoint);
    ports = List.copyOf(ports);
    labels = Map.copyOf(labels);
  }

  /** Nothing that could be run. */
  public static Execution none(Map<String, String> labels) {
    return new Execution("", List.of(), List.of(), labels);
  }

  /** The same with more labels. */
  public Execution with(Map<String, String> more) {
    var all = new TreeMap<>(labels);
    all.putAll(more);
    return new Execution(user, entrypoint, ports, all);
  }

  /** The part of an image's configuration that says so. */
  Map<String, Object> document() {
    var document = new LinkedHashMap<String, Object>();
    if (!entrypoint.isEmpty()) {
      document.put("User", user);
      var exposed = new TreeMap<String, Object>();
      ports.forEach(port -> exposed.put(port, Map.of()));
      document.put("ExposedPorts", exposed);
      document.put("Entrypoint", entrypoint);
      document.put("WorkingDir", "/");
    }
    document.put("Labels", new TreeMap<>(labels));
    return document;
  }
}
