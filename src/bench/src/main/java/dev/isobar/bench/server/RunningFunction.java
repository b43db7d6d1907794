package dev.isobar.bench.server;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A function as a process of its own, on a free port of the loopback. */
public final class RunningFunction implements Closeable {
  private static final Duration START = Duration.ofSeconds(30);

  /** A JVM that was told to cache its classes writes the cache before it ends. */
  private static final Duration END = Duration.ofSeconds(90);

  private static final Duration PAUSE = Duration.ofMillis(2);

  private final Process process;
  private final int port;
  private final Path log;
  private final long spawned;

  private RunningFunction(Process process, int port, Path log, long spawned) {
    this.process = process;
    this.port = port;
    this.log = log;
    this.spawned = spawned;
  }

  /**
   * Starts a function and waits until it can be connected to.
   *
   * @param log where its output goes
   * @throws IOException when it ends, or does not listen in time
   */
  public static RunningFunction start(Contender contender, Certificates certificates, Path log)
      throws IOException, InterruptedException {
    int port = freePort();
    ProcessBuilder builder =
        new ProcessBuilder(contender.command(port, certificates))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    long spawned = System.nanoTime();
    var function = new RunningFunction(builder.start(), port, log, spawned);
    function.awaitListening();
    return function;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitListening() throws IOException, InterruptedException {
    while (!listens()) {
      if (!process.isAlive() || age().compareTo(START) > 0) {
        process.destroyForcibly();
        throw new IOException("the function does not start: " + Files.readString(log).strip());
      }
      TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
    }
  }

  private boolean listens() {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException _) {
      // Nobody listens yet.
      return false;
    }
  }

  /** The time since it was started. */
  public Duration age() {
    return Duration.ofNanos(System.nanoTime() - spawned);
  }

  /** Its number. */
  public long pid() {
    return process.pid();
  }

  /** Where it listens, on 127.0.0.1. */
  public int port() {
    return port;
  }

  /** Ends it as Kubernetes does, and waits. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
