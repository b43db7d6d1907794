package dev.isobar.function;

import dev.isobar.function.compose.Compositions;
import dev.isobar.function.grpc.FunctionServer;
import dev.isobar.function.grpc.ServerSettings;
import dev.isobar.function.grpc.log.Log;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The program: reads flags and environment, serves until it is told to end. */
public final class FunctionMain {
  private static final Log LOG = Log.of(FunctionMain.class);
  private static final int ENDED = 0;
  private static final int CANNOT_SERVE = 1;
  private static final int USED_WRONGLY = 2;

  /** Written into the jar by Maven. */
  private static final String VERSION = "/META-INF/maven/dev.isobar/function-isobar/pom.properties";

  private static final String TRUST_STORE = "javax.net.ssl.trustStore";

  private FunctionMain() {}

  /** Runs the function; see {@code --help}. */
  public static void main(String[] words) throws IOException {
    List<String> given = List.of(words);
    if (given.contains("--help") || given.contains("-h")) {
      System.out.print(Flags.help());
      return;
    }
    if (given.contains("--version") || given.contains("-V")) {
      System.out.println("function-isobar " + version());
      return;
    }
    ServerSettings settings;
    try {
      Flags flags = Flags.parse(System.getenv(), words);
      settings = flags.settings();
      Log.sendTo(System.err, flags.debugs());
    } catch (Flags.UsedWrongly wrong) {
      System.err.println("function-isobar: " + wrong.getMessage() + " (see --help)");
      System.exit(USED_WRONGLY);
      return;
    }
    trustNobodyByDefault();
    int code = serve(settings);
    if (code != ENDED) {
      // Not exit: that would start the drain, which ends with 0.
      Runtime.getRuntime().halt(code);
    }
  }

  /**
   * Netty starts the JDK's standard TLS context to learn its ciphers, and that would read, decrypt
   * and keep the hundred and more authorities that the JDK trusts. Here only Crossplane's counts,
   * which is given explicitly.
   */
  private static void trustNobodyByDefault() {
    if (System.getProperty(TRUST_STORE) == null) {
      System.setProperty(TRUST_STORE, "NONE");
    }
  }

  private static int serve(ServerSettings settings) {
    Thread.setDefaultUncaughtExceptionHandler((thread, cause) -> {
      LOG.bug("Ending because a thread died", cause, "thread", thread.getName());
      Runtime.getRuntime().halt(CANNOT_SERVE);
    });
    Thread.ofPlatform().daemon().name("prepare").start(Compositions::prepare);
    // Before the start: a signal may come as soon as the port is open.
    var running = new AtomicReference<@Nullable FunctionServer>();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> drain(running.get()), "drain"));
    try {
      FunctionServer server = FunctionServer.start(settings, Compositions.byKind());
      running.set(server);
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

  /** The machine would end with 143 after a SIGTERM, which Kubernetes reports as a failure. */
  private static void drain(@Nullable FunctionServer server) {
    if (server != null) {
      server.close();
    }
    Runtime.getRuntime().halt(ENDED);
  }

  private static String version() throws IOException {
    try (InputStream stream = FunctionMain.class.getResourceAsStream(VERSION)) {
      if (stream == null) {
        return "unpackaged";
      }
      var properties = new Properties();
      properties.load(stream);
      return properties.getProperty("version", "unpackaged");
    }
  }
}
