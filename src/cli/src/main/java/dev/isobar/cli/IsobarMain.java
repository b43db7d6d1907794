package dev.isobar.cli;

import dev.isobar.cli.call.FunctionUnreachable;
import dev.isobar.cli.call.RequestTooLarge;
import dev.isobar.cli.picture.Terminal;
import dev.isobar.cli.yaml.InputRejected;
import dev.isobar.packaging.CannotPackage;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program. */
public final class IsobarMain {
  private static final int WIDTH = 110;

  /** Set by the launcher to the columns of the terminal that standard error is; unset for none. */
  private static final String TERMINAL = "isobar.terminal";

  /** Set by the launcher to the checkout that it stands in. */
  private static final String CHECKOUT = "isobar.checkout";

  /** Written into the jar by Maven. */
  private static final String VERSION = "/META-INF/maven/dev.isobar/isobar-cli/pom.properties";

  private IsobarMain() {}

  /** Runs a command and ends the process with its exit code; see {@code --help}. */
  public static void main(String[] arguments) {
    var err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    Optional<Terminal> terminal = Terminal.of(System.getProperty(TERMINAL), System.getenv());
    System.exit(run(arguments, System.in, StandardOutput.ofProcess(), err, terminal));
  }

  /** Runs a command, which fails when its output is lost. */
  static int run(
      String[] arguments,
      InputStream in,
      StandardOutput out,
      PrintStream err,
      Optional<Terminal> terminal) {
    int code = run(arguments, in, out.stream(), err, terminal);
    Optional<String> lost = out.lost();
    if (lost.isEmpty()) {
      return code;
    }
    err.println(
        "failed: cannot write to standard output, and what was written is not all: " + lost.get());
    return Exit.FAILED;
  }

  /** Runs a command where nobody looks at a terminal, and nothing comes in. */
  public static int run(String[] arguments, PrintStream out, PrintStream err) {
    return run(arguments, out, err, Optional.empty());
  }

  /** Runs a command where nothing comes in. */
  public static int run(
      String[] arguments, PrintStream out, PrintStream err, Optional<Terminal> terminal) {
    return run(arguments, InputStream.nullInputStream(), out, err, terminal);
  }

  /**
   * Runs a command.
   *
   * @param in standard input
   * @param out for what was asked for, and nothing else
   * @param err for all words about it
   * @param terminal that err is
   * @return the exit code: 0, or 1 for a refused input, 2 for wrong usage, 3 for our own fault or
   *     an unreachable function
   */
  public static int run(
      String[] arguments,
      InputStream in,
      PrintStream out,
      PrintStream err,
      Optional<Terminal> terminal) {
    var commandLine =
        new CommandLine(new Isobar())
            .addSubcommand(new RenderCommand(in, out, err, terminal))
            .addSubcommand(new OrphansCommand(out, err, usualKubeconfig()))
            .addSubcommand(new PackageCommand(out, err, surroundings()))
            .addSubcommand(new HelpCommand())
            .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
            .setUsageHelpWidth(WIDTH)
            .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
            .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
            .setExecutionStrategy(IsobarMain::known)
            .setParameterExceptionHandler((wrong, _) -> usedWrongly(wrong, err))
            .setExecutionExceptionHandler((failure, _, _) -> failed(failure, err));
    try {
      return commandLine.execute(arguments);
    } finally {
      out.flush();
      err.flush();
    }
  }

  /** Runs what was asked for; help must not hide that there is no such command. */
  private static int known(ParseResult parsed) {
    if (!parsed.unmatched().isEmpty()) {
      throw new UnmatchedArgumentException(parsed.commandSpec().commandLine(), parsed.unmatched());
    }
    return new RunLast().execute(parsed);
  }

  /** As kubectl finds it. */
  private static Path usualKubeconfig() {
    String variable = System.getenv("KUBECONFIG");
    return variable == null || variable.isEmpty()
        ? Path.of(System.getProperty("user.home"), ".kube", "config")
        : Path.of(variable);
  }

  private static PackageCommand.Surroundings surroundings() {
    String folder = System.getenv("DOCKER_CONFIG");
    Path docker =
        folder == null || folder.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".docker")
            : Path.of(folder);
    return new PackageCommand.Surroundings(
        Optional.ofNullable(System.getProperty(CHECKOUT)).map(Path::of),
        version(),
        docker.resolve("config.json"));
  }

  /** That of the sources; of classes without a jar, none that anybody released. */
  private static String version() {
    var properties = new Properties();
    try (InputStream stream = IsobarMain.class.getResourceAsStream(VERSION)) {
      if (stream != null) {
        properties.load(stream);
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + VERSION, unreadable);
    }
    return properties.getProperty("version", "0.0.0");
  }

  private static int usedWrongly(ParameterException wrong, PrintStream err) {
    String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
    boolean unknown = wrong instanceof UnmatchedArgumentException && command.equals("isobar");
    err.println(
        command + ": " + (unknown ? "there is no such command: " : "") + wrong.getMessage());
    err.println("See " + command + " --help.");
    return Exit.USED_WRONGLY;
  }

  private static int failed(Exception failure, PrintStream err) {
    switch (failure) {
      case InputRejected rejected -> {
        rejected.lines().forEach(line -> err.println("refused: " + line));
        return Exit.REFUSED;
      }
      case RequestTooLarge large -> {
        err.println("refused: " + large.getMessage());
        return Exit.REFUSED;
      }
      case FunctionUnreachable unreachable -> err.println("failed: " + unreachable.getMessage());
      case CannotPackage cannot -> err.println("failed: " + cannot.getMessage());
      default -> {
        err.println("failed: this is a fault of isobar; report it with what follows");
        failure.printStackTrace(err);
      }
    }
    return Exit.FAILED;
  }

  /** The command without a subcommand. */
  @Command(
      name = "isobar",
      header = "GPU Kubernetes clusters from one short claim.",
      mixinStandardHelpOptions = false,
      synopsisSubcommandLabel = "COMMAND",
      footer = {
        "",
        "Of the build (./isobar in a checkout):",
        "  test    Builds everything and runs every test and check.",
        "  e2e     Runs claims through a real control plane on this machine.",
        "  up      Starts such a control plane and leaves it running; down ends it.",
        "  build   Builds this command when a source is newer; every other command does so by"
            + " itself.",
        "  format  Rewrites the Java sources in the one layout the build accepts.",
        "  bench   Measures the function beside a hand-written one in Go.",
        "",
        "Example:",
        "  isobar render examples/openstack-gpu-lab",
        "",
        "'isobar help COMMAND' tells more about a command."
      })
  static final class Isobar implements Runnable {
    @Spec @Nullable CommandSpec spec;

    @Option(
        names = {"-h", "--help"},
        usageHelp = true,
        description = "Show this help.")
    boolean help;

    @Override
    public void run() {
      if (spec != null) {
        throw new ParameterException(spec.commandLine(), "a command is missing");
      }
    }
  }
}
