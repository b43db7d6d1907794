package dev.isobar.testbed.crossplane;

import dev.isobar.apis.tree.Tree;
import dev.isobar.testbed.apiserver.ApiServer;
import dev.isobar.testbed.build.Paper;
import dev.isobar.testbed.build.Program;
import dev.isobar.testbed.build.Programs;
import dev.isobar.testbed.certificate.Authority;
import dev.isobar.testbed.install.Publication;
import dev.isobar.testbed.install.WebhookServer;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.process.CannotRun;
import dev.isobar.testbed.process.Command;
import dev.isobar.testbed.process.LocalProcess;
import dev.isobar.testbed.process.Ports;
import dev.isobar.testbed.process.Probe;
import dev.isobar.testbed.process.Processes;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Crossplane's core and its manager of roles, with the accounts, roles and webhooks of their chart.
 */
public final class Core {
  /**
   * Flags that an installation should have: with its own default, core's circuit breaker opens for
   * every cluster that is made.
   */
  public static final List<String> RECOMMENDED =
      List.of("--circuit-breaker-burst=10000", "--circuit-breaker-refill-rate=10");

  /** Where it and its packages are. */
  public static final String NAMESPACE = "crossplane-system";

  /** Who runs the programs of packages: somebody else. */
  private static final String EXTERNAL = "External";

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration LIMIT_OF_INIT = Duration.ofMinutes(2);
  private static final int PATIENCE_MILLIS = 30_000;

  private final Programs programs;
  private final Processes processes;
  private final Path folder;
  private final Kubernetes kubernetes;
  private final Authority authority;
  private final int webhooks = Ports.free();
  private final int health = Ports.free();
  private final int metrics = Ports.free();
  private final Path kubeconfig;
  private LocalProcess process;

  private Core(
      ApiServer server, Programs programs, Processes processes, Path folder, List<String> flags) {
    this.programs = programs;
    this.processes = processes;
    this.folder = folder;
    kubernetes = server.kubernetes();
    kubeconfig = server.kubeconfig(NAMESPACE, "crossplane");
    authority = authority();
    writeCertificates();
    process = processes.start(core(EXTERNAL, flags));
    startRoles(server.kubeconfig(NAMESPACE, "rbac-manager"));
    awaitCore();
    reachWebhooks();
  }

  /**
   * Installs core, whose kinds are there: its accounts, its authority, and what its init makes.
   *
   * @param folder for its kubeconfig and logs
   * @param activations patterns of the managed kinds that its policy {@code default} makes active;
   *     without any there is no such policy
   */
  public static void install(
      ApiServer server,
      Programs programs,
      Processes processes,
      Path folder,
      List<String> activations) {
    make(folder);
    server.kubernetes().makeNamespace(NAMESPACE, Map.of());
    Publication.readBuilt(programs.of(Paper.CROSSPLANE_CHART)).installAccounts(server.kubernetes());
    processes.run(
        init(programs, folder, server.kubeconfig(NAMESPACE, "crossplane"))
            .with(activations.stream().map(one -> "--activation=" + one).toList()),
        LIMIT_OF_INIT);
  }

  /** Starts core, which is installed, and waits until it serves. */
  public static Core start(
      ApiServer server, Programs programs, Processes processes, Path folder, List<String> flags) {
    make(folder.resolve("xpkg"));
    make(folder.resolve("client"));
    return new Core(server, programs, processes, folder, flags);
  }

  /** Core's init installs them itself, but fails when they are not discovered at once. */
  public static Publication kinds(Programs programs) {
    return Publication.readBuilt(programs.of(Paper.CROSSPLANE_CRDS));
  }

  /** Ends core and starts it with other flags; the manager of roles goes on. */
  public void restart(List<String> flags) {
    restart(EXTERNAL, flags);
  }

  /**
   * The same, and from then on it makes Deployments of packages itself, as where there are nodes.
   * Nobody starts their pods here, so what {@link #packages} said of programs is over.
   */
  public void restartWithDeployments(List<String> flags) {
    restart("Deployment", flags);
  }

  private void restart(String runtime, List<String> flags) {
    process.stop();
    process = processes.start(core(runtime, flags));
    awaitCore();
  }

  /** Its process. */
  public LocalProcess process() {
    return process;
  }

  /**
   * A number that it tells Prometheus, added up over everything it is told of; 0 when it is not
   * told at all.
   *
   * @param name of the metric; for example {@code circuit_breaker_opens_total}
   */
  public double metric(String name) {
    try (InputStream page = opened("http://127.0.0.1:" + metrics + "/metrics")) {
      return new String(page.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    } catch (IOException unreachable) {
      throw new CannotRun("cannot read core's metrics", unreachable);
    }
  }

  private static InputStream opened(String address) throws IOException {
    URLConnection connection = URI.create(address).toURL().openConnection();
    connection.setConnectTimeout(PATIENCE_MILLIS);
    connection.setReadTimeout(PATIENCE_MILLIS);
    return connection.getInputStream();
  }

  /**
   * Makes a function callable, as an installed package would be.
   *
   * @param name by which Compositions call it
   * @param port where it listens on 127.0.0.1
   * @return a folder with its tls.crt, tls.key and ca.crt, signed by core's authority
   */
  public Path register(String name, int port) {
    Kind revisions = new Kind("pkg.crossplane.io/v1", "FunctionRevision");
    var _ =
        kubernetes.apply(
            Map.of(
                "apiVersion", revisions.apiVersion(),
                "kind", revisions.name(),
                "metadata",
                    Map.of(
                        "name", name + "-1",
                        "labels", Map.of("pkg.crossplane.io/package", name),
                        // Nothing is fetched and no pod is made.
                        "annotations", Map.of("crossplane.io/paused", "true")),
                "spec",
                    Map.of(
                        "desiredState",
                        "Active",
                        "revision",
                        1,
                        "image",
                        "example.org/isobar/" + name + "@sha256:" + "0".repeat(64))));
    var _ =
        kubernetes.patchStatus(
            revisions.named(name + "-1"),
            Map.of("endpoint", "127.0.0.1:" + port, "capabilities", List.of("composition")));
    return authority.server(folder.resolve("tls-" + name), Instant.now());
  }

  /** What stands in for pods of packages. */
  public PackageRuntime packages() {
    return new PackageRuntime(kubernetes, authority, folder);
  }

  private static Command init(Programs programs, Path folder, Path kubeconfig) {
    return Command.of(
            "crossplane-init", folder, programs.of(Program.CROSSPLANE_CORE), "core", "init")
        .with("KUBECONFIG", kubeconfig)
        .with("POD_NAMESPACE", NAMESPACE)
        .with("POD_SERVICE_ACCOUNT", "crossplane")
        .with("CRDS_PATH", programs.of(Paper.CROSSPLANE_CRDS))
        .with("WEBHOOK_CONFIGS_PATH", programs.of(Paper.CROSSPLANE_WEBHOOKS))
        .with("WEBHOOK_SERVICE_NAME", "crossplane-webhooks")
        .with("WEBHOOK_SERVICE_NAMESPACE", NAMESPACE)
        .with("WEBHOOK_SERVICE_PORT", 9443)
        .with("TLS_CA_SECRET_NAME", "crossplane-root-ca")
        .with("TLS_SERVER_SECRET_NAME", "crossplane-tls-server")
        .with("TLS_CLIENT_SECRET_NAME", "crossplane-tls-client");
  }

  private Command core(String runtime, List<String> flags) {
    return Command.of(
            "crossplane",
            folder,
            programs.of(Program.CROSSPLANE_CORE),
            "core",
            "start",
            "--package-runtime=" + runtime,
            "--namespace=" + NAMESPACE,
            "--webhook-port=" + webhooks,
            "--metrics-port=" + metrics,
            "--health-probe-port=" + health,
            "--xpkg-cache-dir=" + folder.resolve("xpkg"))
        .with(flags)
        .with("KUBECONFIG", kubeconfig)
        .with("TLS_SERVER_CERTS_DIR", folder.resolve("webhooks"))
        .with("TLS_CLIENT_CERTS_DIR", folder.resolve("client"));
  }

  private void awaitCore() {
    process = process.awaitReady(Probe.answers("http://127.0.0.1:" + health + "/readyz"), LIMIT);
  }

  private void startRoles(Path manager) {
    Path program = programs.of(Program.CROSSPLANE_CORE);
    processes.run(
        Command.of("rbac-init", folder, program, "rbac", "init").with("KUBECONFIG", manager),
        LIMIT_OF_INIT);
    var _ =
        processes.start(
            Command.of(
                    "rbac-manager",
                    folder,
                    program,
                    "rbac",
                    "start",
                    "--provider-clusterrole=crossplane:allowed-provider-permissions")
                .with("KUBECONFIG", manager));
  }

  /** Core's own certificates name a Service; one of 127.0.0.1 is signed by the same authority. */
  private void writeCertificates() {
    var _ = authority.server(folder.resolve("webhooks"), Instant.now());
    Tree client = kubernetes.get(Kind.SECRET.named(NAMESPACE, "crossplane-tls-client"));
    for (String file : List.of("tls.crt", "tls.key", "ca.crt")) {
      try {
        Files.writeString(folder.resolve("client").resolve(file), decoded(client, file));
      } catch (IOException unwritable) {
        throw new CannotRun("cannot write core's certificates", unwritable);
      }
    }
  }

  private Authority authority() {
    Tree secret = kubernetes.get(Kind.SECRET.named(NAMESPACE, "crossplane-root-ca"));
    return Authority.of(decoded(secret, "tls.crt"), decoded(secret, "tls.key"));
  }

  private void reachWebhooks() {
    Publication.readBuilt(programs.of(Paper.CROSSPLANE_WEBHOOKS))
        .reachedBy(new WebhookServer(webhooks, authority.pem()))
        .installWebhooks(kubernetes);
  }

  private static String decoded(Tree secret, String field) {
    String data =
        secret
            .at("data", field)
            .text()
            .orElseThrow(() -> new CannotRun("core's secret has no " + field));
    return new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8);
  }

  private static void make(Path folder) {
    try {
      var _ = Files.createDirectories(folder);
    } catch (IOException unwritable) {
      throw new CannotRun("cannot write core's files", unwritable);
    }
  }
}
