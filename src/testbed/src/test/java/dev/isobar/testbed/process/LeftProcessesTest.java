package dev.isobar.testbed.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LeftProcessesTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path folder;

  @Test
  void endsThoseThatWereNoted() {
    Path note = folder.resolve("note");
    var processes = new Processes(folder, note);
    LocalProcess sleeper =
        processes.start(Command.of("sleeper", folder, Path.of("/bin/sleep"), 300));
    LocalProcess ended = processes.start(Command.of("ended", folder, Path.of("/bin/sleep"), 300));
    processes.leave();
    ended.kill();
    LeftProcesses left = LeftProcesses.read(note);
    assertThat(left.running()).containsExactly("sleeper");
    assertThat(left.ended()).containsExactly("ended");
    left.end();
    assertThat(sleeper.endsWithin(LIMIT)).isTrue();
    assertThat(left.running()).isEmpty();
  }

  /** The number of a process that has ended is given to another one some day. */
  @Test
  void sparesAnotherProcessWithTheSameNumber() throws IOException {
    var processes = new Processes(folder, folder.resolve("processes"));
    LocalProcess other = processes.start(Command.of("other", folder, Path.of("/bin/sleep"), 300));
    Path note = folder.resolve("note");
    Files.writeString(note, other.pid() + " 1 ours\n");
    LeftProcesses.read(note).end();
    assertThat(other.runs()).isTrue();
    processes.close();
    assertThat(other.endsWithin(LIMIT)).isTrue();
  }

  /** Java's times of start move with the clock; what stands in a note must not. */
  @Test
  void birthsDoNotMoveWithTheClock() {
    ProcessHandle ours = ProcessHandle.current();
    long start = ours.info().startInstant().orElseThrow().toEpochMilli();
    assertThat(Birth.of(ours))
        .isEqualTo(Birth.of(ours))
        .doesNotContain(Long.toString(start / 1000))
        .matches("\\d+@[0-9a-f-]{36}");
  }

  /** A JVM that is killed runs no hook: whoever comes next finds what it had started. */
  @Test
  void startedOnesAreNotedFromTheBeginning() throws IOException {
    Path note = folder.resolve("note");
    var processes = new Processes(folder, note);
    LocalProcess sleeper =
        processes.start(Command.of("sleeper", folder, Path.of("/bin/sleep"), 300));
    LeftProcesses ours = LeftProcesses.read(note);
    assertThat(ours.attended()).as("its starter runs").isTrue();
    assertThat(ours.starter()).hasValue(ProcessHandle.current().pid());
    assertThat(ours.running()).containsExactly("sleeper");

    Files.writeString(note, Files.readString(note).replaceFirst("^\\d+ \\S+ -", "1 1 -"));

    LeftProcesses left = LeftProcesses.read(note);
    assertThat(left.attended()).as("its starter was killed").isFalse();
    left.end();
    assertThat(sleeper.endsWithin(LIMIT)).isTrue();
    processes.close();
    assertThat(note).doesNotExist();
  }

  /** The JVM may be told to end while it starts something. */
  @Test
  void nothingIsStartedAfterTheEnd() {
    var processes = new Processes(folder, folder.resolve("processes"));
    processes.close();
    assertThatThrownBy(
            () -> processes.start(Command.of("late", folder, Path.of("/bin/sleep"), 300)))
        .isInstanceOf(CannotRun.class)
        .hasMessage("cannot start late: all processes are being ended");
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "'', nothing of a line",
    "12, a part of its number",
    "12 17000@8f, a part of its birth",
    "'12 17000@8f ', no name",
    "crossplane, none of ours",
    "99999999999999999999 1 etcd, no number of a process",
  })
  void aLineThatWasNotWrittenToItsEndIsNone(String broken, String reason) throws IOException {
    Path note = folder.resolve("note");
    var processes = new Processes(folder, note);
    LocalProcess sleeper =
        processes.start(Command.of("sleeper", folder, Path.of("/bin/sleep"), 300));
    processes.leave();
    Files.writeString(note, broken, StandardOpenOption.APPEND);
    LeftProcesses left = LeftProcesses.read(note);
    assertThat(left.ended()).as(reason).isEmpty();
    assertThat(left.running()).as(reason).containsExactly("sleeper");
    left.end();
    assertThat(sleeper.endsWithin(LIMIT)).isTrue();
  }

  @Test
  void nothingNotedMeansNothingLeft() {
    assertThat(LeftProcesses.read(folder.resolve("none")).running()).isEmpty();
  }
}
