package dev.isobar.testbed.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LeftProcessesTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path folder;

  @Test
  void endsThoseThatWereNoted() {
    var processes = new Processes(folder);
    LocalProcess sleeper =
        processes.start(Command.of("sleeper", folder, Path.of("/bin/sleep"), 300));
    LocalProcess ended = processes.start(Command.of("ended", folder, Path.of("/bin/sleep"), 300));
    Path note = folder.resolve("note");
    processes.leave(note);
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
    var processes = new Processes(folder);
    LocalProcess other = processes.start(Command.of("other", folder, Path.of("/bin/sleep"), 300));
    Path note = folder.resolve("note");
    Files.writeString(note, other.pid() + " 1 ours\n");
    LeftProcesses.read(note).end();
    assertThat(other.runs()).isTrue();
    processes.close();
    assertThat(other.endsWithin(LIMIT)).isTrue();
  }

  @Test
  void nothingNotedMeansNothingLeft() {
    assertThat(LeftProcesses.read(folder.resolve("none")).running()).isEmpty();
  }
}
