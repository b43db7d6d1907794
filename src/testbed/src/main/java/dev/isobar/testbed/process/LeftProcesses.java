package dev.isobar.testbed.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Processes that a JVM left running, on purpose or because it was killed; known by number and
 * {@linkplain Birth birth}.
 */
public final class LeftProcesses {
  private static final Duration GRACE = Duration.ofSeconds(20);

  /** Stands in the place of a name in the line of the JVM that started the others. */
  private static final String STARTER = "-";

  private record Left(long pid, String birth, String name) {
    private static final Pattern LINE = Pattern.compile("(\\d{1,18}) (\\S+) (.+)");

    /** None of a line that was not written to its end, as happens where the disk is full. */
    static Optional<Left> parse(String line) {
      return Optional.of(LINE.matcher(line))
          .filter(Matcher::matches)
          .map(whole -> new Left(Long.parseLong(whole.group(1)), whole.group(2), whole.group(3)));
    }

    static Left of(ProcessHandle process, String name) {
      return new Left(process.pid(), Birth.of(process), name);
    }

    String line() {
      return pid + " " + birth + " " + name;
    }

    boolean isStarter() {
      return name.equals(STARTER);
    }

    /** Numbers are given again, so the birth has to agree. */
    Optional<ProcessHandle> process() {
      return ProcessHandle.of(pid)
          .filter(ProcessHandle::isAlive)
          .filter(one -> Birth.of(one).equals(birth));
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
              ? Files.readAllLines(note).stream()
                  .map(Left::parse)
                  .flatMap(Optional::stream)
                  .toList()
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
              .map(process -> Left.of(process.handle(), process.name()).line())
              .toList());
    } catch (IOException unwritable) {
      throw new CannotRun("cannot write " + note, unwritable);
    }
  }

  /** Begins a note: this JVM starts what follows. */
  static void begin(Path note) {
    try {
      Files.writeString(note, Left.of(ProcessHandle.current(), STARTER).line() + "\n");
    } catch (IOException unwritable) {
      throw new CannotRun("cannot write " + note, unwritable);
    }
  }

  /** Notes one process more, in case that the JVM does not live to end it. */
  static void add(Path note, LocalProcess process) {
    try {
      Files.writeString(
          note,
          Left.of(process.handle(), process.name()).line() + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException unwritable) {
      throw new CannotRun("cannot write " + note, unwritable);
    }
  }

  /** Whether the JVM that started them runs itself, so that they are none of our business. */
  public boolean attended() {
    return starter().isPresent();
  }

  /** The number of the JVM that started them, while it runs. */
  public OptionalLong starter() {
    return all.stream()
        .filter(left -> left.isStarter() && left.process().isPresent())
        .mapToLong(Left::pid)
        .findFirst();
  }

  /** The names of those that run. */
  public List<String> running() {
    return children().filter(left -> left.process().isPresent()).map(Left::name).toList();
  }

  /** The names of those that have ended. */
  public List<String> ended() {
    return children().filter(left -> left.process().isEmpty()).map(Left::name).toList();
  }

  /** Ends them, last started first, and waits. */
  public void end() {
    for (Left left : children().toList().reversed()) {
      left.process().ifPresent(LeftProcesses::end);
    }
  }

  /**
   * Ends those that were left by JVMs which run no more, for a note in each folder of a folder.
   *
   * @param name of the notes
   */
  public static void endBelow(Path folder, String name) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> folders = Files.list(folder)) {
      folders
          .map(one -> read(one.resolve(name)))
          .filter(left -> !left.attended())
          .forEach(LeftProcesses::end);
    } catch (IOException unreadable) {
      throw new CannotRun("cannot read " + folder, unreadable);
    }
  }

  private Stream<Left> children() {
    return all.stream().filter(left -> !left.isStarter());
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
}
