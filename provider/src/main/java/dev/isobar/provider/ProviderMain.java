package dev.isobar.provider;

import dev.isobar.apis.compute.CloudSpec;
import dev.isobar.provider.changelog.ChangeLogs;
import dev.isobar.provider.changelog.sidecar.SidecarChannel;
import dev.isobar.provider.decide.Pace;
import dev.isobar.provider.ec2.Ec2Access;
import dev.isobar.provider.external.CloudKind;
import dev.isobar.provider.kube.InstanceSnapshots;
import dev.isobar.provider.kube.ProviderRun;
import dev.isobar.provider.kube.ProviderSettings;
import dev.isobar.provider.kube.api.Cluster;
import dev.isobar.provider.openstack.OpenStackAccess;
import dev.isobar.provider.operate.Diary;
import dev.isobar.provider.operate.Meters;
import dev.isobar.provider.operate.StatusPages;
import dev.isobar.provider.queue.SteadyClock;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/** The program: reads flags and environment, works until it is told to end. */
public final class ProviderMain {
  private static final Diary LOG = Diary.of(ProviderMain.class);
  private static final int ENDED = 0;
  private static final int CANNOT_GO_ON = 1;
  private static final int USED_WRONGLY = 2;

  /** Written into the jar by Maven. */
  private static final String VERSION = "/META-INF/maven/dev.isobar/provider-isobar/pom.properties";

  private ProviderMain() {}

  /** Runs the provider; see {@code --help}. */
  public static void main(String[] words) throws IOException {
    run(clouds(), words);
  }

  /** The clouds that this program can reach, a line for each. */
  public static Map<CloudSpec.Provider, CloudKind> clouds() {
    InstantSource steady = SteadyClock.over(InstantSource.system());
    return Map.of(
        CloudSpec.Provider.OpenStack,
        new OpenStackAccess(steady),
        CloudSpec.Provider.EC2,
        new Ec2Access(steady));
  }

  /**
   * Runs the provider with other clouds, as tests do. Returns when it only had to show something;
   * otherwise it ends the process in the end.
   */
  public static void run(Map<CloudSpec.Provider, CloudKind> clouds, String... words)
      throws IOException {
    run(clouds, Pace.USUAL, words);
  }

  /**
   * The same at another pace.
   *
   * @param usual where flags say nothing
   */
  public static void run(Map<CloudSpec.Provider, CloudKind> clouds, Pace usual, String... words)
      throws IOException {
    List<String> given = List.of(words);
    if (given.contains("--help") || given.contains("-h")) {
      System.out.print(ProviderFlags.help());
      return;
    }
    if (given.contains("--version") || given.contains("-V")) {
      System.out.println("provider-isobar " + version());
      return;
    }
    try {
      ProviderFlags flags = ProviderFlags.parse(System.getenv(), words);
      ProviderSettings settings = flags.settings(usual);
      Optional<InetSocketAddress> metrics = flags.metrics();
      Diary.sendTo(System.err, flags.debugs());
      work(clouds, settings, metrics);
    } catch (ProviderFlags.Misused wrong) {
      System.err.println("provider-isobar: " + wrong.getMessage() + " (see --help)");
      System.exit(USED_WRONGLY);
    } catch (IOException cannot) {
      LOG.error("Ending because it cannot serve", "problem", String.valueOf(cannot.getMessage()));
      Runtime.getRuntime().halt(CANNOT_GO_ON);
    }
  }

  private static void work(
      Map<CloudSpec.Provider, CloudKind> clouds,
      ProviderSettings settings,
      Optional<InetSocketAddress> metrics)
      throws IOException {
    Thread.setDefaultUncaughtExceptionHandler((thread, cause) -> {
      LOG.bug("Ending because a thread died", cause, "thread", thread.getName());
      Runtime.getRuntime().halt(CANNOT_GO_ON);
    });
    var meters = new Meters();
    var cluster = Cluster.connect(settings.kubeconfig(), "provider-isobar/" + version());
    Optional<ChangeLogs> changeLogs = changeLogs(settings, meters);
    var snapshots = new InstanceSnapshots(cluster.objects());
    var run =
        new ProviderRun(
            cluster,
            changeLogs.map(logs -> logs.over(clouds, snapshots)).orElse(clouds),
            settings,
            InstantSource.system(),
            meters,
            () -> Runtime.getRuntime().halt(CANNOT_GO_ON));
    if (metrics.isPresent()) {
      var pages = new StatusPages(metrics.get(), meters::text, run::obstacle);
      LOG.info("Serving metrics and probes", "port", pages.port());
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(run, changeLogs), "end"));
    String host = Optional.ofNullable(System.getenv("HOSTNAME")).orElse("provider-isobar");
    run.start(host + "_" + UUID.randomUUID());
    // Everything else happens on threads that would not keep the machine alive.
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Nothing of gRPC is loaded where none are wanted. */
  private static Optional<ChangeLogs> changeLogs(ProviderSettings settings, Meters meters)
      throws IOException {
    if (settings.changeLogs().isEmpty()) {
      return Optional.empty();
    }
    Path socket = settings.changeLogs().get();
    LOG.info("Sending change logs", "socket", socket);
    return Optional.of(
        ChangeLogs.start(
            new SidecarChannel(socket),
            "provider-isobar:" + version(),
            InstantSource.system(),
            meters));
  }

  /** The machine would end with 143 after a SIGTERM, which Kubernetes reports as a failure. */
  private static void end(ProviderRun run, Optional<ChangeLogs> changeLogs) {
    LOG.info("Ending, after what was begun is finished");
    run.close();
    changeLogs.ifPresent(ChangeLogs::close);
    Runtime.getRuntime().halt(ENDED);
  }

  private static String version() throws IOException {
    try (InputStream stream = ProviderMain.class.getResourceAsStream(VERSION)) {
      if (stream == null) {
        return "unpackaged";
      }
      var properties = new Properties();
      properties.load(stream);
      return properties.getProperty("version", "unpackaged");
    }
  }
}
