package dev.isobar.it.readme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code ./isobar} does before there is anything to run; Maven is a stand-in. */
final class LauncherTest extends LaunchedCheckout {
  /** As in a terminal: a group of its own, which listens to interrupts whoever runs this test. */
  private static final List<String> FOREGROUND =
      List.of("/usr/bin/setsid", "/usr/bin/env", "--default-signal=INT", "/bin/bash");

  record Row(String reason, List<String> arguments, int code, String out, String err) {
    @Override
    public String toString() {
      return reason;
    }
  }

  static Stream<Row> usages() {
    return Stream.of(
        new Row("help of the benchmark", List.of("bench", "--help"), 0, "usage: isobar bench", ""),
        new Row("the other way", List.of("help", "bench"), 0, "usage: isobar bench", ""),
        new Row("help of the tests", List.of("help", "test"), 0, "usage: isobar test", ""),
        new Row("help of the build", List.of("build", "-h"), 0, "usage: isobar build", ""),
        new Row(
            "a build that fails", List.of("build"), 3, "", "isobar: the build failed (all of its"));
  }

  @ParameterizedTest
  @MethodSource("usages")
  void tellsWhatItDoes(Row row) throws Exception {
    maven("exit 1");
    Ended ended = run(row.arguments);
    assertThat(ended.code()).as(ended.err()).isEqualTo(row.code);
    assertThat(ended.out()).startsWith(row.out);
    assertThat(ended.err()).contains(row.err);
    assertThat(row.out.isEmpty() ? ended.out() : ended.err()).isEmpty();
  }

  @Test
  void needsNothingInTheEnvironment() throws Exception {
    maven("exit 1");
    var builder = new ProcessBuilder("/bin/bash", checkout.resolve("isobar").toString(), "build");
    builder.environment().clear();
    builder.environment().put("PATH", SYSTEM_PATH);
    assertThat(ended(builder).err()).doesNotContain("unbound variable");
  }

  @Test
  void saysWhatToDoWhereItCannotBuild() throws Exception {
    maven("exit 1");
    Files.writeString(checkout.resolve("target"), "a file, as no folder can be made here either");
    assertThat(run(List.of("render", "x")))
        .isEqualTo(
            new Ended(
                3,
                "",
                "isobar: %s has to be built first and cannot be written to; copy it to a folder of yours and run ./isobar there.\n"
                    .formatted(checkout)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"build", "render"})
  void anInterruptedBuildSaysSoAndLeavesNothingHalfBuilt(String word) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/setsid")), "signals need a group of their own");
    Path begun = temporary.resolve("begun");
    Path never = temporary.resolve("never");
    Path half = checkout.resolve("function/target/classes/Half.class");
    // The mark comes from the shell itself: one whose child ends well forgets an interrupt that
    // came meanwhile.
    maven(
        "mkdir -p '%s'; : >'%s'; mkfifo '%s'; : >'%s'; read -r line <'%s'"
            .formatted(half.getParent(), half, never, begun, never));
    Process process = start(builder(FOREGROUND, List.of(word)));
    try {
      await(begun, process);
      assertThat(
              new ProcessBuilder("/bin/kill", "-INT", "--", "-" + process.pid()).start().waitFor())
          .isZero();
      Ended ended = ended(process);
      assertThat(ended.err())
          .contains("isobar: interrupted while building")
          .doesNotContain("failed");
      assertThat(ended.code()).isEqualTo(130);
      assertThat(half).doesNotExist();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void saysHowWideTheTerminalIs() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "somebody must play a terminal");
    ProcessBuilder launcher = builder(List.of("/bin/bash"), List.of("render", "x"));
    launcher.environment().put("ISOBAR_JAVA_HOME", built("printf '<%s>' \"$@\"").toString());
    assertThat(ended(launcher).out())
        .as("a file")
        .contains("<render><x>")
        .doesNotContain("terminal");

    String typed = "stty cols 97; bash '%s' render x".formatted(checkout.resolve("isobar"));
    launcher.command("/usr/bin/script", "-qec", typed, "/dev/null");
    launcher.environment().put("SHELL", "/bin/bash");
    assertThat(ended(launcher).out()).contains("<-Disobar.terminal=97>", "<render><x>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"e2e", "down"})
  void aRelativeFolderIsMeantWhereTheUserStands(String word) throws Exception {
    String shown = "echo \"$ISOBAR_CACHE|$KUBEBUILDER_ASSETS|${XDG_CACHE_HOME-unset}\"";
    maven(shown);
    program(programs.resolve("go"), "exit 1");
    Path testbed = Files.createDirectories(checkout.resolve("src/testbed/target"));
    Files.writeString(testbed.resolve("isobar-testbed-1.jar"), "");
    Files.writeString(testbed.resolve("classpath.txt"), "");
    ProcessBuilder launcher = builder(List.of("/bin/bash"), List.of(word));
    Map<String, String> environment = launcher.environment();
    environment.put("ISOBAR_JAVA_HOME", built(shown).toString());
    environment.put("ISOBAR_CACHE", "cache");
    environment.put("KUBEBUILDER_ASSETS", "/opt/assets");
    assertThat(ended(launcher.directory(programs.toFile())).out())
        .isEqualTo(programs.toRealPath() + "/cache|/opt/assets|unset\n");
  }

  @Test
  void saysOnceThatTheSuitesNeedGo() throws Exception {
    assumeTrue(!Files.exists(Path.of("/usr/bin/go")), "it must not be found");
    maven("echo suites");
    ProcessBuilder launcher = builder(List.of("/bin/bash"), List.of("e2e"));
    Path cache = temporary.resolve("cache");
    launcher.environment().put("ISOBAR_CACHE", cache.toString());
    assertThat(ended(launcher))
        .isEqualTo(
            new Ended(
                3,
                "",
                "isobar: cannot find go, which builds the programs of the control plane; install Go"
                    + " 1.26 or later (https://go.dev/dl) and put it on the PATH\n"));
    Files.createDirectories(cache.resolve("testbed"));
    assertThat(ended(launcher).code())
        .as("isobar down makes this folder, and builds none")
        .isEqualTo(3);
    Path part = Files.createDirectories(cache.resolve("testbed/kubernetes-1"));
    assertThat(ended(launcher).out()).as("they may all be built").isEqualTo("suites\n");
    Files.delete(part);
    program(programs.resolve("go"), "exit 1");
    assertThat(ended(launcher).out()).isEqualTo("suites\n");
  }

  @Test
  void theTestbedIsBuiltOnlyWhenASourceIsNewer() throws Exception {
    maven("exit 1");
    Instant built = Instant.parse("2026-01-02T00:00:00Z");
    for (String module :
        List.of("apis", "function", "provider", "package", "src/cli", "src/testbed")) {
      Path folder = Files.createDirectories(checkout.resolve(module).resolve("src/main"));
      Path source = Files.writeString(folder.resolve("Source.java"), "");
      Path target = Files.createDirectories(checkout.resolve(module).resolve("target"));
      dated(source, built.minusSeconds(9));
      dated(folder, built.minusSeconds(9));
      dated(Files.writeString(checkout.resolve(module).resolve("pom.xml"), ""), built);
      dated(Files.writeString(target.resolve("isobar-testbed-1.jar"), ""), built);
    }
    dated(checkout.resolve("pom.xml"), built);
    Files.writeString(checkout.resolve("src/testbed/target/classpath.txt"), "");
    ProcessBuilder launcher = builder(List.of("/bin/bash"), List.of("up"));
    launcher.environment().put("ISOBAR_JAVA_HOME", built("echo up").toString());
    dated(checkout.resolve("src/cli/target/isobar-cli-1.jar"), built.plusSeconds(1));

    assertThat(ended(launcher)).isEqualTo(new Ended(0, "up\n", ""));

    dated(checkout.resolve("function/src/main/Source.java"), built.plusSeconds(5));
    Ended stale = ended(launcher);
    assertThat(stale.code()).isEqualTo(3);
    assertThat(stale.err()).contains("isobar: building the testbed");

    maven("exit 0");
    assertThat(ended(launcher).out())
        .as("built, though no jar had to be another")
        .isEqualTo("up\n");
    maven("exit 1");
    assertThat(ended(launcher)).as("once").isEqualTo(new Ended(0, "up\n", ""));
  }

  @Test
  void whatRunsIsEndedUnlessHalfOfWhatEndsItIsGone() throws Exception {
    maven("exit 1");
    Path testbed = Files.createDirectories(checkout.resolve("src/testbed/target"));
    Path jar = Files.writeString(testbed.resolve("isobar-testbed-1.jar"), "");
    Path classpath = Files.writeString(testbed.resolve("classpath.txt"), jar.toString());
    ProcessBuilder launcher = builder(List.of("/bin/bash"), List.of("down"));
    launcher.environment().put("ISOBAR_JAVA_HOME", built("echo down").toString());

    assertThat(ended(launcher)).isEqualTo(new Ended(0, "down\n", ""));

    Files.writeString(classpath, jar + ":" + checkout.resolve("apis/target/apis-1.jar"));
    Ended broken = ended(launcher);
    assertThat(broken.code()).isEqualTo(3);
    assertThat(broken.err()).contains("isobar: building the testbed");
  }

  @ParameterizedTest
  @CsvSource({
    "--help, 0, 'usage: isobar e2e [--build | MAVEN-ARGUMENT...]'",
    "nonsense, 2, isobar: e2e --build takes no arguments"
  })
  void buildingTheProgramsTakesNoArguments(String argument, int code, String said)
      throws Exception {
    Ended ended = ended(builder(List.of("/bin/bash"), List.of("e2e", "--build", argument)));
    assertThat(ended.code()).isEqualTo(code);
    assertThat(ended.out() + ended.err()).startsWith(said);
  }

  /** Or the command of the former version would run from then on, and its program be shipped. */
  @Test
  void aBuildLeavesNoJarOfAnotherVersion() throws Exception {
    Files.writeString(
        checkout.resolve("pom.xml"), "<project>\n  <version>0.2.0</version>\n</project>\n");
    Path target = Files.createDirectories(checkout.resolve("function/target"));
    Path former = Files.writeString(target.resolve("function-isobar-0.2.0-SNAPSHOT.jar"), "");
    Path current = Files.writeString(target.resolve("function-isobar-0.2.0.jar"), "");
    maven("exit 1");
    assertThat(run(List.of("build")).code()).isEqualTo(3);
    assertThat(former).doesNotExist();
    assertThat(current).exists();
  }
}
