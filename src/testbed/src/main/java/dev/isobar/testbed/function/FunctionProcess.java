package dev.isobar.testbed.function;

import dev.isobar.testbed.process.Command;
import dev.isobar.testbed.process.LocalProcess;
import dev.isobar.testbed.process.Probe;
import dev.isobar.testbed.process.Processes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** function-isobar as core calls it; it can be ended and started, and keeps its port. */
public final class FunctionProcess {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** What the image starts the function with, and what lets it start sooner beside other work. */
  private static final List<String> FLAGS =
      List.of(
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          "-Xmx64m",
          "-XX:MaxDirectMemorySize=96m",
          "-XX:-UsePerfData",
          "-XX:+ExitOnOutOfMemoryError");

  private final Processes processes;
  private final int port;
  private final Command command;
  private LocalProcess process;

  private FunctionProcess(Processes processes, int port, Command command) {
    this.processes = processes;
    this.port = port;
    this.command = command;
    process = begin();
  }

  /**
   * Starts it and waits until it listens.
   *
   * @param classpath its jars
   * @param port on 127.0.0.1
   * @param certificates a folder with tls.crt, tls.key and ca.crt
   */
  public static FunctionProcess start(
      String classpath, Processes processes, int port, Path certificates) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Command command =
        Command.of("function-isobar", certificates, java)
            .with(FLAGS)
            .with(
                List.of(
                    "-cp",
                    classpath,
                    "dev.isobar.function.FunctionMain",
                    "--debug",
                    "--metrics-address=",
                    "--address=127.0.0.1:" + port,
                    "--tls-certs-dir=" + certificates));
    return new FunctionProcess(processes, port, command);
  }

  /** Where it listens on 127.0.0.1. */
  public int port() {
    return port;
  }

  /** Its process as it is now. */
  public LocalProcess process() {
    return process;
  }

  /** Ends it as Kubernetes does, and waits. */
  public void stop() {
    process.stop();
  }

  /** Ends it as a crash does. */
  public void kill() {
    process.kill();
  }

  /** Starts it again on its port, after it was ended, and waits until it listens. */
  public void startAgain() {
    if (process.runs()) {
      throw new IllegalStateException("the function runs already");
    }
    process = begin();
  }

  private LocalProcess begin() {
    return processes.start(command).awaitReady(Probe.listens(port), LIMIT);
  }
}
