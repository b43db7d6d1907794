package dev.isobar.function;

import dev.isobar.function.compose.Compositions;
import dev.isobar.function.grpc.FunctionServer;
import dev.isobar.function.grpc.ListenAddress;
import dev.isobar.function.grpc.Settings;
import dev.isobar.function.grpc.log.Log;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The program: reads flags and environment, serves until it is told to end. */
public final class FunctionMain {
  private static final Log LOG = Log.of(FunctionMain.class);
  private static final int ENDED = 0;
  private static final int CANNOT_SERVE = 1;
  private static final int USED_WRONGLY = 2;

  private FunctionMain() {}

  /** Runs the function; see {@code --help}. */
  public static void main(String[] arguments) {
    CommandLine commandLine = commandLine(System.getenv());
    Settings settings;
    boolean debug;
    try {
      ParseResult parsed = commandLine.parseArgs(arguments);
      if (CommandLine.printHelpIfRequested(parsed)) {
        return;
      }
      Flags flags = commandLine.getCommand();
      settings = flags.settings();
      debug = flags.debugs();
    } catch (ParameterException wrong) {
      PrintWriter err = commandLine.getErr();
      err.println("function-isobar: " + wrong.getMessage() + " (see --help)");
      err.flush();
      System.exit(USED_WRONGLY);
      return;
    }
    Log.sendTo(System.err, debug);
    int code = serve(settings);
    if (code != ENDED) {
      // Not exit: that would start the drain, which ends with 0.
      Runtime.getRuntime().halt(code);
    }
  }

  /** The command line with an environment; its command is a {@link Flags}. */
  static CommandLine commandLine(Map<String, String> environment) {
    var variables = new Flags.Environment(environment);
    return new CommandLine(new Flags(variables)).setDefaultValueProvider(variables);
  }

  private static int serve(Settings settings) {
    Thread.setDefaultUncaughtExceptionHandler((thread, cause) -> {
      LOG.bug("Ending because a thread died", cause, "thread", thread.getName());
      Runtime.getRuntime().halt(CANNOT_SERVE);
    });
    try {
      FunctionServer server = FunctionServer.start(settings, Compositions.byKind());
      // The machine would end with 143 after a SIGTERM, which Kubernetes reports as a failure.
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    server.close();
                    Runtime.getRuntime().halt(ENDED);
                  },
                  "drain"));
      server.awaitTermination();
      return ENDED;
    } catch (IOException cannot) {
      LOG.error("Ending because it cannot serve", "problem", String.valueOf(cannot.getMessage()));
      return CANNOT_SERVE;
    } catch (IllegalStateException | InterruptedException died) {
      LOG.bug("Ending because serving failed", died);
      return CANNOT_SERVE;
    }
  }

  /**
   * The flags, those of Crossplane's specification and those that its functions have in common.
   *
   * <p>https://github.com/crossplane/crossplane/blob/main/contributing/specifications/functions.md#configuration
   */
  @Command(
      name = "function-isobar",
      header =
          "Crossplane composition function for GPU Kubernetes clusters and JupyterHub workspaces.",
      sortOptions = false,
      sortSynopsis = false,
      usageHelpWidth = 100,
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      footer = {
        "",
        "Each flag can be given by the environment variable beside it; a flag wins over its"
            + " variable.",
        "",
        "Examples:",
        "  As in a cluster, where Crossplane mounts the certificates:",
        "    function-isobar --tls-certs-dir=/tls/server",
        "  For 'crossplane composition render' with a Development function:",
        "    function-isobar --insecure --debug --address=127.0.0.1:9443 --metrics-address=",
        "",
        "Ends with 0 after a drain (SIGTERM or SIGINT), 1 when it cannot serve, 2 when used"
            + " wrongly."
      })
  static final class Flags {
    private static final int MEGABYTE = 1024 * 1024;
    private static final int MEGABYTES = Integer.MAX_VALUE / MEGABYTE;
    private static final Set<String> TRUTHS = Set.of("true", "false");

    private final Environment environment;

    @Spec @Nullable CommandSpec spec;

    @Option(
        names = {"-d", "--debug"},
        description = "Log a line for each call. Default: false. [DEBUG]")
    @Nullable Boolean debug;

    @Option(
        names = "--insecure",
        description = {
          "Serve in plain text, to anybody; wins over --tls-certs-dir.",
          "Default: false. [INSECURE]"
        })
    @Nullable Boolean insecure;

    @Option(
        names = {"--tls-certs-dir", "--tls-server-certs-dir"},
        paramLabel = "DIR",
        description = {
          "Directory with tls.crt, tls.key and ca.crt; clients need a certificate signed by"
              + " ca.crt.",
          "Read again when they change. [TLS_SERVER_CERTS_DIR]"
        })
    @Nullable Path certificates;

    @Option(
        names = "--address",
        paramLabel = "HOST:PORT",
        defaultValue = ":9443",
        description = {
          "Where to listen for gRPC; port 0 takes any that is free.",
          "Default: ${DEFAULT-VALUE}. [ADDRESS]"
        })
    String address = "";

    @Option(
        names = "--network",
        paramLabel = "NETWORK",
        defaultValue = "tcp",
        description = "Kind of address; only tcp. Default: ${DEFAULT-VALUE}. [NETWORK]")
    String network = "";

    @Option(
        names = "--max-recv-message-size",
        paramLabel = "MB",
        defaultValue = "4",
        description = {
          "Largest request, in megabytes; a longer one is refused with RESOURCE_EXHAUSTED.",
          "Default: ${DEFAULT-VALUE}. [MAX_RECV_MESSAGE_SIZE]"
        })
    int requestLimitMegabytes;

    @Option(
        names = "--metrics-address",
        paramLabel = "HOST:PORT",
        defaultValue = ":8080",
        description = {
          "Where to listen for HTTP with /metrics, /healthz and /readyz; empty switches it off.",
          "Default: ${DEFAULT-VALUE}. [METRICS_ADDRESS]"
        })
    String metricsAddress = "";

    Flags(Environment environment) {
      this.environment = environment;
    }

    /** Whether each call is logged. */
    boolean debugs() {
      return debug == null ? truth("DEBUG") : debug;
    }

    /**
     * What the flags ask for.
     *
     * @throws ParameterException with one line for the user
     */
    Settings settings() {
      if (!network.equals("tcp")) {
        throw wrong("--network is \"" + network + "\"; only tcp is served");
      }
      if (requestLimitMegabytes < 1 || requestLimitMegabytes > MEGABYTES) {
        throw wrong(
            "--max-recv-message-size is "
                + requestLimitMegabytes
                + "; give 1 to "
                + MEGABYTES
                + " megabytes");
      }
      return new Settings(
          address("--address", address),
          security(),
          requestLimitMegabytes * MEGABYTE,
          metricsAddress.isEmpty()
              ? Optional.empty()
              : Optional.of(address("--metrics-address", metricsAddress)),
          Settings.DEFAULT_DRAIN,
          Settings.DEFAULT_RELOAD);
    }

    private Settings.Security security() {
      if (insecure == null ? truth("INSECURE") : insecure) {
        return new Settings.Security.Insecure();
      }
      if (certificates == null) {
        throw wrong(
            "nothing says how clients are to connect; give --tls-certs-dir with a directory of"
                + " tls.crt, tls.key and ca.crt, or --insecure for plain text");
      }
      return new Settings.Security.MutualTls(certificates);
    }

    private boolean truth(String variable) {
      String value = environment.value(variable).orElse("false");
      if (!TRUTHS.contains(value)) {
        throw wrong(
            "the environment variable "
                + variable
                + " is \""
                + value
                + "\"; set it to true or false");
      }
      return value.equals("true");
    }

    private ListenAddress address(String flag, String text) {
      try {
        return ListenAddress.parse(text);
      } catch (IllegalArgumentException unclear) {
        throw wrong(flag + ": " + unclear.getMessage());
      }
    }

    private ParameterException wrong(String problem) {
      if (spec == null) {
        throw new IllegalStateException("flags are only made by picocli");
      }
      return new ParameterException(spec.commandLine(), problem);
    }

    /** Takes what no flag gives from the environment. */
    record Environment(Map<String, String> variables) implements IDefaultValueProvider {
      /** The variable beside an option. */
      static String variable(OptionSpec option) {
        String flag = option.longestName();
        return flag.equals("--tls-server-certs-dir")
            ? "TLS_SERVER_CERTS_DIR"
            : flag.substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
      }

      /**
       * A variable's value; an empty one counts as none, because that is how manifests unset one.
       */
      Optional<String> value(String variable) {
        return Optional.ofNullable(variables.get(variable)).filter(value -> !value.isEmpty());
      }

      /**
       * Nothing for switches: given a default of true, picocli takes the switch itself for false.
       */
      @Override
      public @Nullable String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)
            || option.type() == Boolean.class
            || option.type() == boolean.class) {
          return null;
        }
        String variable = variable(option);
        boolean emptyCounts =
            variable.equals("METRICS_ADDRESS"); // There it is a value: no metrics.
        return emptyCounts ? variables.get(variable) : value(variable).orElse(null);
      }
    }
  }

  /** The version that Maven wrote into the jar. */
  static final class Version implements IVersionProvider {
    private static final String RESOURCE =
        "/META-INF/maven/dev.isobar/function-isobar/pom.properties";

    @Override
    public String[] getVersion() throws IOException {
      return new String[] {"function-isobar " + current()};
    }

    static String current() throws IOException {
      try (InputStream stream = Version.class.getResourceAsStream(RESOURCE)) {
        if (stream == null) {
          return "unpackaged";
        }
        var properties = new Properties();
        properties.load(stream);
        return properties.getProperty("version", "unpackaged");
      }
    }
  }
}
