package dev.isobar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What is refused before anything is made; what is made the suites on real systems show. */
final class PackageCommandTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "package | Missing required option: '--output=FOLDER' | files are what it makes",
        "package --output FILE | --output: FILE is no folder | it would be lost",
        "package --output OUT --push localhost:5000/x | Crossplane takes no package from"
            + " \"localhost:5000\", which has no dot; write 127.0.0.1 for localhost, or a whole"
            + " name | core's rule",
        "package --output OUT --push ghcr.io | \"ghcr.io\" is no place for packages; write"
            + " REGISTRY/ORG, as ghcr.io/acme | repositories need a name",
        "package --output OUT --version 1.0 | \"1.0\" is no version; write it as v1.2.3 or"
            + " v1.2.3-rc.1 | core would not find it",
        "package --output OUT --libc GONE | --libc: there is no file GONE | a typing error",
      })
  void refusesWhatItCannotDo(String words, String problem, String reason) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThat(run(words.replace("FILE", file.toString()))).as(reason).isEqualTo(2);
    assertThat(told().replace(file.toString(), "FILE"))
        .as(reason)
        .startsWith("isobar package: ")
        .contains(problem)
        .endsWith("See isobar package --help.\n");
    assertThat(out.size()).isZero();
    assertThat(folder.resolve("OUT")).doesNotExist();
  }

  /** What core would find later is decided by tags that nobody takes away again. */
  @ParameterizedTest
  @CsvSource({
    "0.1.0-SNAPSHOT, '', 2, above v0.1.0-1 and in the same range",
    "0.1.0-SNAPSHOT, --version v0.1.0-1, 3, somebody chose",
    "0.1.0, '', 3, a release"
  })
  void pushesNothingUnderAVersionThatIsWorkedOn(
      String own, String version, int code, String reason) {
    assertThat(make(own, "--push ghcr.io/acme " + version)).as(reason).isEqualTo(code);
    if (code == 2) {
      assertThat(told())
          .contains("--push: name a --version, as v0.1.0-1; v0.1.0-SNAPSHOT, that of the sources,");
    }
  }

  /** Files are made all the same: they may be for nobody but who made them. */
  @ParameterizedTest
  @CsvSource({
    "0.1.0-SNAPSHOT, '', true, who pushes them has the tag that --push refuses",
    "0.1.0-SNAPSHOT, --version v0.1.0-1, false, somebody chose",
    "0.1.0, '', false, a release"
  })
  void saysThatFilesOfAVersionThatIsWorkedOnAreForNoRegistry(
      String own, String version, boolean said, String reason) {
    assertThat(make(own, version)).as("there is no checkout").isEqualTo(3);
    assertThat(told())
        .as(reason)
        .isEqualTo(
            said
                ? "isobar: v0.1.0-SNAPSHOT, that of the sources, is no release's; name a --version"
                    + " for files that go into a registry\n"
                : "");
  }

  @Test
  void saysThatItNeedsACheckout() {
    assertThat(run("package --output " + folder.resolve("out"))).isEqualTo(3);
    assertThat(told())
        .isEqualTo("failed: packages are made of a checkout: run the ./isobar of one\n");
  }

  private int run(String words) {
    return IsobarMain.run(words.strip().split(" +"), stream(out), stream(err));
  }

  /** Runs the command of sources that have a version, where there is no checkout of them. */
  private int make(String own, String words) {
    var surroundings = new PackageCommand.Surroundings(Optional.empty(), own, folder);
    var command = new PackageCommand(stream(out), stream(err), surroundings);
    String all = "--output " + folder.resolve("out") + " " + words;
    return new CommandLine(command)
        .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
        .setExecutionExceptionHandler((_, _, _) -> 3)
        .execute(all.strip().split(" +"));
  }

  private String told() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private static PrintStream stream(ByteArrayOutputStream target) {
    return new PrintStream(target, true, StandardCharsets.UTF_8);
  }
}
