package dev.isobar.it.specification;

import dev.isobar.function.FunctionMain;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The function of this checkout as a process of its own, with nothing in its environment but what a
 * test gives it.
 */
final class FunctionProcess implements AutoCloseable {
  static final String[] LOOPBACK = {"--address=127.0.0.1:0", "--metrics-address=127.0.0.1:0"};

  /** What the image starts it with. */
  private static final List<String> OF_IMAGE =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          "-Xmx64m",
          "-XX:MaxDirectMemorySize=96m",
          "-XX:-UsePerfData",
          "-XX:+ExitOnOutOfMemoryError");

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Pattern PORT = Pattern.compile("\"port\":(\\d+)");

  private final Process process;
  private final Thread reader;
  private final List<String> lines = new ArrayList<>();
  private boolean ended;

  private FunctionProcess(Process process) {
    this.process = process;
    reader = Thread.ofVirtual().start(this::read);
  }

  /** Starts it with flags. */
  static FunctionProcess start(String... flags) {
    return start(Map.of(), flags);
  }

  /** Starts it with an environment and flags. */
  static FunctionProcess start(Map<String, String> environment, String... flags) {
    var command = new ArrayList<String>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.add("-XX:TieredStopAtLevel=1"); // Starts sooner, on a machine that runs all tests.
    command.addAll(OF_IMAGE);
    command.addAll(List.of("-cp", classPath(), FunctionMain.class.getName()));
    command.addAll(Arrays.asList(flags));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      return new FunctionProcess(builder.start());
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot start java", failed);
    }
  }

  /** The port that it listens on for gRPC, once it does. */
  int port() {
    return portIn(line("Listening for gRPC"));
  }

  /** The port that it listens on for metrics, once it does. */
  int metricsPort() {
    return portIn(line("Listening for metrics"));
  }

  /** The first line of its output that contains a text, waited for. */
  synchronized String line(String text) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      for (String line : lines) {
        if (line.contains(text)) {
          return line;
        }
      }
      long left = deadline - System.nanoTime();
      if (ended || left <= 0) {
        throw new AssertionError("no line contains \"" + text + "\": " + lines);
      }
      pause(left);
    }
  }

  /** All that it has written so far. */
  synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  /** Asks it to end, as Kubernetes does. */
  void terminate() {
    // Not Process.destroy, which closes the streams at once.
    if (!process.toHandle().destroy()) {
      throw new AssertionError("cannot be told to end: " + lines());
    }
  }

  /** How it ended, waited for. */
  int exitCode() {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("still running: " + lines());
      }
      reader.join();
      return process.exitValue();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public void close() {
    var _ = process.destroyForcibly();
  }

  private void read() {
    try (BufferedReader output = process.inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        add(line);
      }
    } catch (IOException _) {
      // The stream is closed under us when a test ends the process.
    }
    end();
  }

  private synchronized void add(String line) {
    lines.add(line);
    notifyAll();
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }

  private void pause(long nanos) {
    try {
      TimeUnit.NANOSECONDS.timedWait(this, nanos);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private static int portIn(String line) {
    Matcher port = PORT.matcher(line);
    if (!port.find()) {
      throw new AssertionError("no port in " + line);
    }
    return Integer.parseInt(port.group(1));
  }

  /**
   * Surefire puts a jar of its own before the tests' class path; and no logging of theirs is the
   * function's.
   */
  private static String classPath() {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(all.split(File.pathSeparator))
        .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("slf4j-"))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
