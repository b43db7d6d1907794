package dev.isobar.testbed;

import dev.isobar.testbed.build.Progress;
import dev.isobar.testbed.build.UserCache;
import dev.isobar.testbed.build.Workbench;
import dev.isobar.testbed.plane.Project;
import dev.isobar.testbed.process.CannotRun;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

/** The program behind {@code ./isobar up} and {@code ./isobar down}. */
public final class TestbedMain {
  private static final int CANNOT_RUN = 3;

  private TestbedMain() {}

  /** Runs a command; see {@code --help}. */
  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Isobar())
            .addSubcommand(new Build(System.getenv(), Path.of(System.getProperty("user.home"))))
            .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
            .setExecutionExceptionHandler((failure, _, _) -> failed(failure))
            .execute(arguments));
  }

  private static int failed(Exception failure) throws Exception {
    if (failure instanceof CannotRun cannot) {
      System.err.println("isobar: " + cannot.getMessage());
      return CANNOT_RUN;
    }
    throw failure;
  }

  /** The program without a command. */
  @Command(name = "isobar", synopsisSubcommandLabel = "COMMAND")
  static final class Isobar {}

  /** Builds the programs of the control plane. */
  @Command(name = "build", header = "Builds the programs of the control plane.")
  static final class Build implements Callable<Integer> {
    private final Map<String, String> environment;
    private final Path home;

    Build(Map<String, String> environment, Path home) {
      this.environment = environment;
      this.home = home;
    }

    @Override
    public Integer call() {
      var _ =
          new Workbench(
                  Project.here().root(),
                  UserCache.folder(environment, home).resolve("testbed"),
                  environment,
                  new Progress(System.err))
              .build();
      return 0;
    }
  }
}
