package dev.isobar.testbed;

import dev.isobar.cli.input.Flavour;
import dev.isobar.testbed.build.Programs;
import dev.isobar.testbed.build.Progress;
import dev.isobar.testbed.build.Workbench;
import dev.isobar.testbed.cache.UserCache;
import dev.isobar.testbed.controller.Controller;
import dev.isobar.testbed.plane.Project;
import dev.isobar.testbed.process.CannotRun;
import dev.isobar.testbed.standing.StandingPlane;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/** The program behind {@code ./isobar up} and {@code ./isobar down}. */
public final class TestbedMain {
  private static final int CANNOT_RUN = 3;
  private static final int WIDTH = 110;

  private TestbedMain() {}

  /** Runs a command; see {@code --help}. */
  public static void main(String[] arguments) {
    var cache = new Cache(System.getenv(), Path.of(System.getProperty("user.home")));
    System.exit(run(cache, arguments));
  }

  private static int run(Cache cache, String... arguments) {
    try {
      return new CommandLine(new Isobar())
          .addSubcommand(new Up(cache))
          .addSubcommand(new Down(cache))
          .addSubcommand(new Build(cache))
          .setUsageHelpWidth(WIDTH)
          .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
          .setCaseInsensitiveEnumValuesAllowed(true)
          .setExecutionExceptionHandler((failure, _, _) -> failed(failure))
          .execute(arguments);
    } catch (AssertionError inVain) { // what was waited for did not come; an Error passes picocli
      return cannotRun(inVain);
    }
  }

  private static int failed(Exception failure) throws Exception {
    if (failure instanceof CannotRun cannot) {
      return cannotRun(cannot);
    }
    throw failure;
  }

  private static int cannotRun(Throwable why) {
    System.err.println("isobar: " + why.getMessage());
    return CANNOT_RUN;
  }

  private record Cache(Map<String, String> environment, Path home) {
    Path folder() {
      return UserCache.folder(environment, home).resolve("testbed");
    }

    Programs programs(Project project) {
      return new Workbench(project.root(), folder(), environment, new Progress(System.err)).build();
    }

    StandingPlane standing() {
      return new StandingPlane(folder(), System.out);
    }
  }

  /** The program without a command. */
  @Command(name = "isobar", synopsisSubcommandLabel = "COMMAND")
  static final class Isobar {}

  /** Starts a control plane and leaves it running. */
  @Command(
      name = "up",
      sortOptions = false,
      header = "Starts a real control plane on this machine and leaves it running.",
      description = {
        "",
        "Kubernetes, Crossplane's core, function-isobar with its APIs and roles, Cluster API with"
            + " its OpenStack and in-memory providers, and Sveltos: processes on this machine,"
            + " without containers. Their programs are built once, with Go, into the user's cache."
            + " Prints how to use it and what to try.",
        ""
      })
  static final class Up implements Callable<Integer> {
    private final Cache cache;

    @Option(
        names = "--flavour",
        paramLabel = "FLAVOUR",
        description = {
          "claims: PlatformClusters are claims. namespaced: they are composites.",
          "Default: that of the control plane that is up, else claims."
        })
    Optional<Flavour> flavour = Optional.empty();

    @Option(
        names = "--without-in-memory",
        description = {
          "Leaves out Cluster API's provider of clusters in memory, which has fixed ports: so it"
              + " runs beside another control plane that has it.",
          "Default: as in the control plane that is up, else with it."
        })
    boolean withoutInMemory;

    @Option(
        names = {"-h", "--help"},
        usageHelp = true,
        description = "Show this help.")
    boolean help;

    private Up(Cache cache) {
      this.cache = cache;
    }

    @Override
    public Integer call() {
      Project project = Project.here();
      Set<Controller> controllers = EnumSet.allOf(Controller.class);
      if (withoutInMemory) {
        controllers.remove(Controller.DEV);
      }
      cache.standing().start(project, flavour, controllers, () -> cache.programs(project));
      return 0;
    }
  }

  /** Ends it. */
  @Command(
      name = "down",
      header = "Ends the control plane that \"isobar up\" left running, and deletes what it kept.")
  static final class Down implements Callable<Integer> {
    private final Cache cache;

    @Option(
        names = {"-h", "--help"},
        usageHelp = true,
        description = "Show this help.")
    boolean help;

    private Down(Cache cache) {
      this.cache = cache;
    }

    @Override
    public Integer call() {
      cache.standing().end();
      return 0;
    }
  }

  /** Builds the programs of the control plane. */
  @Command(name = "build", header = "Builds the programs of the control plane, and starts none.")
  static final class Build implements Callable<Integer> {
    private final Cache cache;

    private Build(Cache cache) {
      this.cache = cache;
    }

    @Override
    public Integer call() {
      var _ = cache.programs(Project.here());
      return 0;
    }
  }
}
