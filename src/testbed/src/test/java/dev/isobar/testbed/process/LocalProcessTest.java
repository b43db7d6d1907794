package dev.isobar.testbed.process;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalProcessTest {
  @TempDir Path folder;

  @Test
  void failureToStartShowsTheEndOfTheLog() {
    LocalProcess process =
        LocalProcess.start(
            Command.of("broken", folder, Path.of("/bin/sh"), "-c", "echo no such flag; exit 7"),
            folder.resolve("broken.log"));
    assertThatThrownBy(() -> process.awaitReady(() -> false, Duration.ofMinutes(1)))
        .isInstanceOf(CannotRun.class)
        .hasMessage(
            "broken ended with 7 while it started; the end of "
                + folder.resolve("broken.log")
                + ":\n  no such flag");
  }
}
