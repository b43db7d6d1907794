package dev.isobar.packaging.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A program of ours, and how its image starts it. */
public enum ShippedProgram {
  FUNCTION(
      "function-isobar",
      "dev.isobar.function.FunctionMain",
      "-Xmx64m -XX:MaxDirectMemorySize=96m",
      "9443/tcp 8080/tcp"),
  PROVIDER("provider-isobar", "dev.isobar.provider.ProviderMain", "-Xmx80m", "8080/tcp");

  /** Pages of memory go back to the system, and a machine that is out of memory ends. */
  private static final List<String> FOR_ALL =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          "-XX:TrimNativeHeapInterval=5000",
          "-XX:-UsePerfData",
          "-XX:+ExitOnOutOfMemoryError");

  private final String artifact;
  private final String main;
  private final String memory;
  private final String ports;

  ShippedProgram(String artifact, String main, String memory, String ports) {
    this.artifact = artifact;
    this.main = main;
    this.memory = memory;
    this.ports = ports;
  }

  /** Its name, with which its jar begins. */
  public String artifact() {
    return artifact;
  }

  /** The folder of its module. */
  String module() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The class that is started. */
  public String main() {
    return main;
  }

  /** Flags of the Java machine. */
  public List<String> flags() {
    var flags = new ArrayList<>(FOR_ALL);
    flags.addAll(List.of(memory.split(" ", -1)));
    return List.copyOf(flags);
  }

  /** Where it listens. */
  List<String> ports() {
    return List.of(ports.split(" ", -1));
  }
}
