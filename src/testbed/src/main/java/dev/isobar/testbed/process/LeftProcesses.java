package dev.isobar.testbed.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Processes that a JVM left running, known by number and time of start. */
public final class LeftProcesses {
  private static final Duration GRACE = Duration.ofSeconds(20);

  private record Left(long pid, long start, String name) {
    static Left parse(String line) {
      String[] words = line.split(" ", 3);
      return new Left(Long.parseLong(words[0]), Long.parseLong(words[1]), words[2]);
    }

    String line() {
      return pid + " " + start + " " + name;
    }

    /** Numbers are given again, so the time of start has to agree. */
    Optional<ProcessHandle> process() {
      return ProcessHandle.of(pid)
          .filter(ProcessHandle::isAlive)
          .filter(one -> startOf(one) == start);
    }
  }

  private final List<Left> all;

  private LeftProcesses(List<Left> all) {
    this.all = all;
  }

  /** Those that were noted in a file; none when there is no such file. */
  public static LeftProcesses read(Path note) {
    try {
      return new LeftProcesses(
          Files.exists(note)
              ? Files.readAllLines(note).stream().map(Left::parse).toList()
              : List.of());
    } catch (IOException unreadable) {
      throw new CannotRun("cannot read " + note, unreadable);
    }
  }

  static void write(Path note, List<LocalProcess> running) {
    try {
      Files.write(
          note,
          running.stream()
              .map(process ->
                  new Left(process.pid(), startOf(process.handle()), process.name()).line())
              .toList());
    } catch (IOException unwritable) {
      throw new CannotRun("cannot write " + note, unwritable);
    }
  }

  /** The names of those that run. */
  public List<String> running() {
    return all.stream().filter(left -> left.process().isPresent()).map(Left::name).toList();
  }

  /** The names of those that have ended. */
  public List<String> ended() {
    return all.stream().filter(left -> left.process().isEmpty()).map(Left::name).toList();
  }

  /** Ends them, last started first, and waits. */
  public void end() {
    for (Left left : all.reversed()) {
      left.process().ifPresent(LeftProcesses::end);
    }
  }

  private static void end(ProcessHandle process) {
    process.destroy();
    try {
      var _ = process.onExit().get(GRACE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException _) {
      process.destroyForcibly();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CannotRun("interrupted while processes ended", interrupted);
    }
  }

  private static long startOf(ProcessHandle process) {
    return process.info().startInstant().map(start -> start.toEpochMilli()).orElse(0L);
  }
}
