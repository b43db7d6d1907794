package dev.isobar.bench.instances;

import dev.isobar.bench.cloud.StandInCloudMain;
import dev.isobar.testbed.apiserver.ApiServer;
import dev.isobar.testbed.build.Programs;
import dev.isobar.testbed.install.Publication;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.process.CannotRun;
import dev.isobar.testbed.process.Command;
import dev.isobar.testbed.process.LocalProcess;
import dev.isobar.testbed.process.Ports;
import dev.isobar.testbed.process.Probe;
import dev.isobar.testbed.process.Processes;
import dev.isobar.testbed.workload.WorkloadCluster;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A Kubernetes API server with our kinds, a stand-in cloud, and what leads from one to the other:
 * all that the provider needs, and nothing else. Everything ends with it.
 */
final class BenchPlane implements Closeable {
  static final Kind INSTANCE = new Kind("compute.isobar.dev/v1alpha1", "Instance");
  static final String NAMESPACE = "bench";

  private static final Kind CONFIG =
      new Kind("compute.isobar.dev/v1alpha1", "ClusterProviderConfig");

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Set<String> WRITES =
      Set.of("POST", "PUT", "PATCH", "APPLY", "DELETE", "DELETECOLLECTION");

  private static final Set<String> OWN = Set.of("leases", "endpoints", "endpointslices");

  private final Path root;
  private final Path folder;
  private final Programs programs;
  private final Processes processes;
  private final ApiServer server;
  private final AskedCloud cloud;

  private BenchPlane(Path root, Path folder, Programs programs) {
    this.root = root;
    this.folder = folder;
    this.programs = programs;
    processes = new Processes(folder.resolve("logs"), folder.resolve("processes"));
    try {
      server = ApiServer.start("", programs, processes, folder.resolve("kubernetes"));
      kinds(root.resolve("apis"))
          .forEach(file -> Publication.read(file).installKinds(kubernetes()));
      cloud = startCloud();
      lead();
    } catch (RuntimeException | Error failed) {
      processes.close();
      throw failed;
    }
  }

  /**
   * Starts one.
   *
   * @param root the checkout
   * @param folder for what it keeps; empty
   */
  static BenchPlane start(Path root, Path folder, Programs programs) {
    return new BenchPlane(root, folder, programs);
  }

  Kubernetes kubernetes() {
    return server.kubernetes();
  }

  AskedCloud cloud() {
    return cloud;
  }

  /** Starts another API server, with nothing in it, in the place of a workload cluster. */
  WorkloadCluster startWorkload() {
    return WorkloadCluster.start(
        ApiServer.start("workload-", programs, processes, folder.resolve("workload")));
  }

  /**
   * Starts the provider.
   *
   * @param flags of Java
   * @param words its own
   */
  ProviderReplica startProvider(String name, List<String> flags, List<String> words) {
    var all = new ArrayList<>(words);
    all.add("--kubeconfig=" + server.kubeconfig());
    all.add("--namespace=" + NAMESPACE);
    return ProviderReplica.start(
        Command.of(name, folder, java()).with(flags).with(List.of("-cp", classpath())),
        processes,
        all);
  }

  /** An Instance that is as simple as can be, and its label. */
  Reference make(String name, String label) {
    return Reference.of(
        kubernetes()
            .apply(
                Map.of(
                    "apiVersion",
                    INSTANCE.apiVersion(),
                    "kind",
                    INSTANCE.name(),
                    "metadata",
                    Map.of("name", name, "namespace", NAMESPACE, "labels", Map.of(label, "yes")),
                    "spec",
                    Map.of(
                        "providerConfigRef",
                        Map.of("kind", CONFIG.name(), "name", "bench"),
                        "forProvider",
                        Map.of(
                            "machineType",
                            Map.of("name", "g1.h100"),
                            "image",
                            Map.of("id", "image-1"))))));
  }

  /**
   * Writes that the API server was asked for so far, by anybody; without leases and endpoints,
   * which it writes for itself again and again.
   */
  long writes() {
    return requests(
        kubernetes(),
        line ->
            OWN.stream().noneMatch(kind -> line.contains("resource=\"" + kind + "\""))
                && WRITES.stream().anyMatch(verb -> line.contains("verb=\"" + verb + "\"")));
  }

  /**
   * Requests that an API server was asked for so far.
   *
   * @param which of the lines in which it counts them
   */
  static long requests(Kubernetes server, Predicate<String> which) {
    return server
        .raw("/metrics")
        .lines()
        .filter(line -> line.startsWith("apiserver_request_total{"))
        .filter(which)
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** Processor time so far. */
  MachineUse use() {
    return MachineUse.of(processes.running());
  }

  @Override
  public void close() {
    processes.close();
    server.close();
  }

  private static List<Path> kinds(Path apis) {
    try (var folders = Files.list(apis)) {
      return folders.map(one -> one.resolve("crd.yaml")).filter(Files::exists).sorted().toList();
    } catch (IOException unreadable) {
      throw new CannotRun("cannot read " + apis, unreadable);
    }
  }

  private AskedCloud startCloud() {
    int port = Ports.free();
    LocalProcess _ =
        processes
            .start(
                Command.of(
                    "cloud",
                    // The class path may be relative.
                    Path.of("").toAbsolutePath(),
                    java(),
                    "-XX:+UseSerialGC",
                    // Answers would wait for the acknowledgement of their headers.
                    "-Dsun.net.httpserver.nodelay=true",
                    "-cp",
                    System.getProperty("java.class.path"),
                    StandInCloudMain.class.getName(),
                    port))
            .awaitReady(Probe.answers("http://127.0.0.1:" + port + "/bench/counts"), LIMIT);
    return new AskedCloud(port);
  }

  private void lead() {
    kubernetes().makeNamespace(NAMESPACE, Map.of());
    var _ =
        kubernetes()
            .apply(
                Map.of(
                    "apiVersion",
                    "v1",
                    "kind",
                    "Secret",
                    "metadata",
                    Map.of("name", "bench", "namespace", NAMESPACE),
                    "stringData",
                    Map.of("clouds.yaml", cloud.cloudsYaml())));
    var secret = Map.of("namespace", NAMESPACE, "name", "bench", "key", "clouds.yaml");
    var _ =
        kubernetes()
            .apply(
                Map.of(
                    "apiVersion",
                    CONFIG.apiVersion(),
                    "kind",
                    CONFIG.name(),
                    "metadata",
                    Map.of("name", "bench"),
                    "spec",
                    Map.of(
                        "provider",
                        "OpenStack",
                        "region",
                        "RegionOne",
                        "credentials",
                        Map.of("secretRef", secret, "entry", "openstack"))));
  }

  private static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  private String classpath() {
    Path built = root.resolve("provider/target");
    try (var jars = Files.newDirectoryStream(built, "provider-isobar-*.jar")) {
      for (Path jar : jars) {
        if (!jar.toString().endsWith("-tests.jar")) {
          return jar + ":" + Files.readString(built.resolve("classpath.txt")).strip();
        }
      }
    } catch (IOException missing) {
      throw new CannotRun("cannot find the provider's jars in " + built, missing);
    }
    throw new CannotRun("there is no jar in " + built + "; build it first");
  }
}
