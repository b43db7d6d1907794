package dev.isobar.testbed.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A process that we started. */
public final class LocalProcess {
  /** A kube-apiserver with open watches takes many seconds to end. */
  private static final Duration GRACE = Duration.ofSeconds(20);

  private static final Duration PAUSE = Duration.ofMillis(50);

  private final String name;
  private final Process process;
  private final Path log;

  private LocalProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /** Starts a command; what it writes goes to the end of a log. */
  public static LocalProcess start(Command command, Path log) {
    try {
      return new LocalProcess(command.name(), command.builder(log).start(), log);
    } catch (IOException impossible) {
      throw new CannotRun("cannot start " + command.name(), impossible);
    }
  }

  /** Starts a command that prints its result to a file, and anything else to the end of a log. */
  public static LocalProcess startPrinting(Command command, Path result, Path log) {
    try {
      Process process =
          command
              .builder(log)
              .redirectErrorStream(false)
              .redirectOutput(result.toFile())
              .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      return new LocalProcess(command.name(), process, log);
    } catch (IOException impossible) {
      throw new CannotRun("cannot start " + command.name(), impossible);
    }
  }

  /** What it is called. */
  public String name() {
    return name;
  }

  /** Its number. */
  public long pid() {
    return process.pid();
  }

  /** Where its output is. */
  public Path log() {
    return log;
  }

  /** Whether it runs. */
  public boolean runs() {
    return process.isAlive();
  }

  /**
   * Waits until it does its work.
   *
   * @throws CannotRun when it ends or does not in time, with the end of its log
   */
  public LocalProcess awaitReady(Probe probe, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!probe.passes()) {
      if (!process.isAlive()) {
        throw new CannotRun(
            name + " ended with " + process.exitValue() + " while it started; " + LogTail.of(log));
      }
      if (System.nanoTime() > deadline) {
        throw new CannotRun(
            name + " is not ready after " + limit.toSeconds() + " s; " + LogTail.of(log));
      }
      pause();
    }
    return this;
  }

  /**
   * Waits until it ends of itself.
   *
   * @throws CannotRun when it fails or does not end in time, with the end of its log
   */
  public void awaitSuccess(Duration limit) {
    if (!endsWithin(limit)) {
      kill();
      throw new CannotRun(
          name + " does not end within " + limit.toSeconds() + " s; " + LogTail.of(log));
    }
    if (process.exitValue() != 0) {
      throw new CannotRun(name + " ends with " + process.exitValue() + "; " + LogTail.of(log));
    }
  }

  /** Whether it ends within a time. */
  public boolean endsWithin(Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CannotRun("interrupted while " + name + " ran", interrupted);
    }
  }

  /** Asks it to end, as Kubernetes does, and waits; in the end it is made to. */
  public void stop() {
    process.destroy();
    if (!endsWithin(GRACE)) {
      kill();
    }
  }

  /** Ends it at once, as a crash does, and waits. */
  public void kill() {
    var _ = process.destroyForcibly();
    var _ = endsWithin(GRACE);
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Asks it to end, and does not wait. */
  void askToEnd() {
    process.destroy();
  }

  private static void pause() {
    try {
      TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CannotRun("interrupted", interrupted);
    }
  }
}
