package dev.isobar.testbed.build;

import dev.isobar.testbed.process.CannotRun;
import dev.isobar.testbed.process.Command;
import dev.isobar.testbed.process.LocalProcess;
import dev.isobar.testbed.process.LogTail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The go command. */
final class GoTool {
  private static final Duration TICK = Duration.ofSeconds(30);
  private static final Pattern FOLDER = Pattern.compile("\"Dir\": \"([^\"]+)\"");

  private final Path program;
  private final boolean withC;

  private GoTool(Path program, boolean withC) {
    this.program = program;
    this.withC = withC;
  }

  /**
   * Finds it.
   *
   * @param path the search path for programs
   * @throws CannotRun when there is none
   */
  static GoTool find(String path) {
    return Stream.of(path.split(":", -1))
        .map(folder -> Path.of(folder, "go"))
        .filter(Files::isExecutable)
        .findFirst()
        .map(program -> new GoTool(program, false))
        .orElseThrow(() ->
            new CannotRun(
                "cannot find go, which builds the programs of the control plane; install Go 1.26 or"
                    + " later (https://go.dev/dl) and put it on the PATH"));
  }

  /** The same, for what is bound to C and so needs a C compiler as well. */
  GoTool withC() {
    return new GoTool(program, true);
  }

  /**
   * Checks that it can build a module.
   *
   * @throws CannotRun when it is too old
   */
  void check(Path module, Path log) {
    try {
      run("go version", module, log, List.of("list", "-m"), _ -> {});
    } catch (CannotRun _) {
      throw new CannotRun(
          program
              + " cannot build the programs of the control plane; when it is too old, install the"
              + " Go that it asks for (https://go.dev/dl); "
              + LogTail.of(log));
    }
  }

  /** Runs it in the folder of a go.mod, and tells every half minute since when. */
  void run(
      String name, Path module, Path log, List<String> arguments, Consumer<Duration> whileItRuns) {
    Command command =
        Command.of(name, module, program)
            .with(arguments)
            .with("CGO_ENABLED", withC ? "1" : "0")
            .with("GOWORK", "off");
    long start = System.nanoTime();
    LocalProcess process = LocalProcess.start(command, log);
    var end = new Thread(process::kill, "end go");
    Runtime.getRuntime().addShutdownHook(end);
    while (!process.endsWithin(TICK)) {
      whileItRuns.accept(Duration.ofNanos(System.nanoTime() - start));
    }
    var _ = Runtime.getRuntime().removeShutdownHook(end);
    process.awaitSuccess(TICK);
  }

  /** The folder of a module in Go's own cache, at the version that a go.mod chose. */
  Path folder(String module, Path goMod, Path log) throws IOException {
    Path answer = Files.createTempFile(log.getParent(), "module", ".json");
    run("go mod download", goMod, answer, List.of("mod", "download", "-json", module), _ -> {});
    Matcher folder = FOLDER.matcher(Files.readString(answer));
    Files.delete(answer);
    if (!folder.find()) {
      throw new CannotRun("go cannot tell where it keeps the module " + module);
    }
    return Path.of(folder.group(1));
  }
}
