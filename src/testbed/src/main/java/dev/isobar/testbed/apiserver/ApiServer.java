package dev.isobar.testbed.apiserver;

import dev.isobar.testbed.build.Program;
import dev.isobar.testbed.build.Programs;
import dev.isobar.testbed.cache.Folders;
import dev.isobar.testbed.certificate.Authority;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.process.CannotRun;
import dev.isobar.testbed.process.Command;
import dev.isobar.testbed.process.LocalProcess;
import dev.isobar.testbed.process.Ports;
import dev.isobar.testbed.process.Probe;
import dev.isobar.testbed.process.Processes;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A Kubernetes API server with an etcd of its own, and the controllers of Kubernetes that need no
 * nodes.
 */
public final class ApiServer implements Closeable {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration LIFE_OF_TOKENS = Duration.ofDays(30);

  /**
   * Deletion needs the collector; roles are put together by the aggregation; the rest are here
   * because tests make their objects.
   */
  private static final List<String> CONTROLLERS =
      List.of(
          "garbage-collector-controller",
          "namespace-controller",
          "serviceaccount-controller",
          "clusterrole-aggregation-controller",
          "deployment-controller",
          "replicaset-controller");

  private final String name;
  private final Programs programs;
  private final Processes processes;
  private final Path folder;
  private final int port;
  private final Kubeconfig access;
  private final Path kubeconfig;
  private final Command command;
  private LocalProcess process;
  private final Kubernetes kubernetes;

  private ApiServer(
      String name,
      Programs programs,
      Processes processes,
      Path folder,
      Authority authority,
      String administrator) {
    this.name = name;
    this.programs = programs;
    this.processes = processes;
    this.folder = folder;
    port = Ports.free();
    access = new Kubeconfig("https://127.0.0.1:" + port, authority.pem());
    kubeconfig = access.write(folder.resolve("kubeconfig"), "administrator", administrator);
    int etcd = startEtcd();
    command = command(etcd);
    process = processes.start(command);
    awaitReady();
    var _ = processes.start(controllers());
    kubernetes = Kubernetes.connect(kubeconfig);
  }

  /**
   * Starts one and waits until it serves.
   *
   * @param name begins the names of its processes and logs; several can run at once
   * @param folder for what it keeps
   */
  public static ApiServer start(String name, Programs programs, Processes processes, Path folder) {
    return start(name, programs, processes, folder, Optional.empty());
  }

  /** The same with what another one kept, see {@link #etcd}. */
  public static ApiServer start(
      String name, Programs programs, Processes processes, Path folder, Optional<Path> etcd) {
    etcd.ifPresent(kept -> Folders.copy(kept, etcd(folder)));
    try {
      Files.createDirectories(folder.resolve("pki"));
      // Others on this machine can reach its port, and shall find nothing by which it lets them in.
      var _ = Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      String administrator = token();
      Authority authority = Authority.make(Instant.now());
      var _ = authority.server(folder.resolve("pki"), Instant.now());
      Authority.serviceAccountKeys(folder.resolve("pki"));
      Files.writeString(
          folder.resolve("pki/tokens.csv"),
          administrator + ",administrator,administrator,\"system:masters\"\n");
      Files.writeString(folder.resolve("audit-policy.yaml"), AuditLog.POLICY);
      return new ApiServer(name, programs, processes, folder, authority, administrator);
    } catch (IOException unwritable) {
      throw new CannotRun("cannot write the files of the API server", unwritable);
    }
  }

  private static String token() {
    var bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** What one keeps in its folder: it may be copied when its processes have ended. */
  public static Path etcd(Path folder) {
    return folder.resolve("etcd");
  }

  /** The API as the administrator. */
  public Kubernetes kubernetes() {
    return kubernetes;
  }

  /** The administrator's file. */
  public Path kubeconfig() {
    return kubeconfig;
  }

  /** Writes the file of a service account. */
  public Path kubeconfig(String namespace, String account) {
    return access.write(
        folder.resolve("kubeconfig-" + namespace + "-" + account),
        account,
        kubernetes.token(namespace, account, LIFE_OF_TOKENS));
  }

  /** Its port on 127.0.0.1. */
  public int port() {
    return port;
  }

  /** Who wrote what. */
  public AuditLog audit() {
    return new AuditLog(folder.resolve("audit.log"));
  }

  /** Whether its process runs. */
  public boolean runs() {
    return process.runs();
  }

  /** Ends the server, not its etcd: nobody can reach the API until it is started again. */
  public void stop() {
    process.stop();
  }

  /** Ends the server as a crash does. */
  public void kill() {
    process.kill();
  }

  /** Starts it again, on the same port and with what it kept. */
  public void startAgain() {
    process = processes.start(command);
    awaitReady();
  }

  /** Forgets the connection; the processes end with those they were started with. */
  @Override
  public void close() {
    kubernetes.close();
  }

  private int startEtcd() {
    int clients = Ports.free();
    int peers = Ports.free();
    String url = "http://127.0.0.1:" + clients;
    var _ =
        processes
            .start(
                Command.of(
                    name + "etcd",
                    folder,
                    programs.of(Program.ETCD),
                    "--data-dir",
                    etcd(folder),
                    "--listen-client-urls",
                    url,
                    "--advertise-client-urls",
                    url,
                    "--listen-peer-urls",
                    "http://127.0.0.1:" + peers,
                    "--unsafe-no-fsync",
                    "--log-level",
                    "warn"))
            .awaitReady(Probe.answers(url + "/health"), LIMIT);
    return clients;
  }

  // checkstyle-off MethodLength: one flag a line
  private Command command(int etcd) {
    Path pki = folder.resolve("pki");
    // Memory for time: with as little as usual, a start takes half as long again.
    return Command.of(
            name + "kube-apiserver",
            folder,
            programs.of(Program.KUBE_APISERVER),
            "--etcd-servers",
            "http://127.0.0.1:" + etcd,
            "--secure-port",
            port,
            "--bind-address",
            "127.0.0.1",
            "--advertise-address",
            "127.0.0.1",
            "--tls-cert-file",
            pki.resolve("tls.crt"),
            "--tls-private-key-file",
            pki.resolve("tls.key"),
            "--token-auth-file",
            pki.resolve("tokens.csv"),
            "--authorization-mode",
            "RBAC",
            "--service-account-issuer",
            "https://kubernetes.default.svc",
            "--service-account-key-file",
            pki.resolve("sa.pub"),
            "--service-account-signing-key-file",
            pki.resolve("sa.key"),
            "--service-cluster-ip-range",
            "10.96.0.0/16",
            // There are no pods for it to mount tokens into.
            "--disable-admission-plugins",
            "ServiceAccount",
            "--audit-policy-file",
            folder.resolve("audit-policy.yaml"),
            "--audit-log-path",
            folder.resolve("audit.log"),
            "--max-requests-inflight",
            "1000",
            "--max-mutating-requests-inflight",
            "500")
        .with("GOGC", "400")
        .with("GOMEMLIMIT", "1600MiB");
  }

  private Command controllers() {
    return Command.of(
        name + "kube-controller-manager",
        folder,
        programs.of(Program.KUBE_CONTROLLER_MANAGER),
        "--kubeconfig",
        kubeconfig,
        "--authentication-kubeconfig",
        kubeconfig,
        "--authorization-kubeconfig",
        kubeconfig,
        "--leader-elect=false",
        "--secure-port",
        0,
        "--service-account-private-key-file",
        folder.resolve("pki/sa.key"),
        "--controllers",
        String.join(",", CONTROLLERS));
  }

  private void awaitReady() {
    Kubernetes asked = Kubernetes.connect(kubeconfig);
    try (asked) {
      var _ =
          process.awaitReady(
              () -> {
                try {
                  return asked.raw("/readyz").equals("ok");
                } catch (RuntimeException _) {
                  // It does not serve yet.
                  return false;
                }
              },
              LIMIT);
    }
  }
}
