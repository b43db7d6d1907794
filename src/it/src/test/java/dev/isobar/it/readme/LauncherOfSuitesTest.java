package dev.isobar.it.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What other calls of {@code ./isobar} do while suites run on what is built. */
final class LauncherOfSuitesTest extends LaunchedCheckout {
  /** Or their classes would be gone in the middle of a test. */
  @ParameterizedTest
  @ValueSource(strings = {"e2e", "test"})
  void whileSuitesRunNobodyElseBuilds(String word) throws Exception {
    Process suites = suites(word);
    try {
      String maven = Files.readString(temporary.resolve("begun")).strip();
      Ended ran = new Ended(0, "ran\n", "");
      assertThat(ended(beside("render"))).as("what is built suffices").isEqualTo(ran);

      dated(checkout.resolve("pom.xml"), Instant.now().plusSeconds(9));
      String refusal =
          "isobar: ./isobar %s runs its suites on what is built here, process %2$s, and this call would build anew under them; wait for its end, or end it first: kill %2$s, or work in a checkout of your own: git worktree add\n"
              .formatted(word, maven);
      for (String other : List.of("render", "build", "bench", "up", "test", "e2e")) {
        assertThat(ended(beside(other))).as(other).isEqualTo(new Ended(3, "", refusal));
      }

      ProcessBuilder own = beside("render");
      own.environment().put("ISOBAR_SUITES", checkout.toRealPath().toString());
      assertThat(ended(own)).as("a command of the suites themselves").isEqualTo(ran);

      Files.writeString(temporary.resolve("end"), "\n");
      assertThat(suites.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      maven("exit 1");
      assertThat(ended(beside("render")).err()).as("afterwards").contains("the build failed");
    } finally {
      kill(suites);
    }
  }

  @Test
  void suitesThatWereKilledKeepNobodyFromBuilding() throws Exception {
    Process suites = suites("e2e");
    try {
      dated(checkout.resolve("pom.xml"), Instant.now().plusSeconds(9));
      maven("exit 1");
      String maven = "process " + Files.readString(temporary.resolve("begun")).strip();
      assertThat(suites.destroyForcibly().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(ended(beside("build")).err()).as("Maven goes on").contains(maven);

      kill(suites);
      String later = ProcessHandle.current().pid() + " e2e 1\n";
      Files.writeString(checkout.resolve("target/suites/1"), later);
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      Ended build = ended(beside("build"));
      while (build.err().contains(maven) && System.nanoTime() < deadline) {
        build = ended(beside("build"));
      }
      assertThat(build.err()).contains("the build failed");
    } finally {
      kill(suites);
    }
  }

  /** In a checkout with nothing left to build, where Maven runs them until there is a line. */
  private Process suites(String word) throws IOException {
    Path begun = temporary.resolve("begun");
    Path end = temporary.resolve("end");
    maven(
        "mkfifo '%1$s'; echo $$ >'%2$s.new'; mv '%2$s.new' '%2$s'; read -r line <'%1$s'"
            .formatted(end, begun));
    program(programs.resolve("go"), "exit 1");
    var _ = built("echo ran");
    Process process =
        beside(word)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    await(begun, process);
    return process;
  }

  private ProcessBuilder beside(String word) {
    ProcessBuilder launcher = builder(List.of("/bin/bash"), List.of(word));
    launcher.environment().put("ISOBAR_JAVA_HOME", temporary.resolve("jdk").toString());
    return launcher;
  }

  private void kill(Process suites) throws IOException {
    suites.destroyForcibly();
    long maven = Long.parseLong(Files.readString(temporary.resolve("begun")).strip());
    ProcessHandle.of(maven).ifPresent(ProcessHandle::destroyForcibly);
  }
}
