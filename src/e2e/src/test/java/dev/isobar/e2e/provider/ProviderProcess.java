package dev.isobar.e2e.provider;

import dev.isobar.provider.ProviderMain;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.plane.ControlPlane;
import dev.isobar.testbed.process.Command;
import dev.isobar.testbed.process.LocalProcess;
import dev.isobar.testbed.process.Ports;
import dev.isobar.testbed.process.Probe;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A replica of the provider. */
public final class ProviderProcess {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** What the image starts the provider with, and what lets it start sooner beside other work. */
  private static final List<String> FLAGS =
      List.of(
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          "-Xmx80m",
          "-XX:-UsePerfData",
          "-XX:+ExitOnOutOfMemoryError");

  private final LocalProcess process;
  private final int port;

  private ProviderProcess(LocalProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts one that reaches a cloud of the tests, and waits until its probe is well. */
  static ProviderProcess start(ControlPlane plane, String name, CloudHost cloud, String... words) {
    return start(plane, name, RemoteCloudMain.class, List.of(String.valueOf(cloud.port())), words);
  }

  /** Starts one as it ships, and waits until its probe is well. */
  public static ProviderProcess start(ControlPlane plane, String name, String... words) {
    return start(plane, name, ProviderMain.class, List.of(), words);
  }

  /**
   * The same in haste, where a request may be lost: with a provider that is killed, or as it ends.
   */
  static ProviderProcess startHasty(ControlPlane plane, String name, String... words) {
    return start(plane, name, HastyProviderMain.class, List.of(), words);
  }

  private static ProviderProcess start(
      ControlPlane plane, String name, Class<?> program, List<String> first, String... words) {
    int port = Ports.free();
    List<String> all = new ArrayList<>(first);
    all.add("--metrics-address=127.0.0.1:" + port);
    all.addAll(List.of(words));
    LocalProcess process =
        launch(plane, name, program, all)
            .awaitReady(Probe.answers("http://127.0.0.1:" + port + "/readyz"), LIMIT);
    return new ProviderProcess(process, port);
  }

  /**
   * Starts a program that is the provider, under its account and roles, and does not wait.
   *
   * @param words for the program
   */
  public static LocalProcess launch(
      ControlPlane plane, String name, Class<?> program, List<String> words) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return plane
        .processes()
        .start(
            Command.of(name, plane.folder(), java)
                .with(FLAGS)
                .with(List.of("-cp", classPath(words), program.getName()))
                .with(words)
                .with("KUBECONFIG", ProviderAccount.of(plane))
                .with("POD_NAMESPACE", ProviderAccount.NAMESPACE));
  }

  /** Without change logs nothing of gRPC is there: were it loaded, every suite would fail. */
  private static String classPath(List<String> words) {
    String all = System.getProperty("java.class.path");
    return words.contains("--enable-changelogs")
        ? all
        : Arrays.stream(all.split(File.pathSeparator, -1))
            .filter(jar -> !jar.matches(".*/(io/grpc|io/netty|com/google/protobuf)/.*"))
            .collect(Collectors.joining(File.pathSeparator));
  }

  LocalProcess process() {
    return process;
  }

  /** Ends it as Kubernetes would. */
  public void stop() {
    process.stop();
  }

  /** Ends it without a warning, as a lost host would. */
  public void kill() {
    process.kill();
  }

  /** How often clouds were asked a question. */
  public int asked(String question) {
    return (int)
        metrics()
            .lines()
            .filter(line -> line.startsWith("isobar_cloud_call_seconds_count{"))
            .filter(line -> line.contains("call=\"" + question + "\""))
            .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
            .sum();
  }

  /** The sum of a metric over all its labels. */
  double metric(String name) {
    return metrics()
        .lines()
        .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** Lines of its log that tell of a missing right. */
  public List<String> forbidden() {
    try {
      return Files.readAllLines(process.log()).stream()
          .filter(line -> line.contains("forbidden"))
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Everything it tells Prometheus. */
  String metrics() {
    URI address = URI.create("http://127.0.0.1:" + port + "/metrics");
    try {
      URLConnection page = address.toURL().openConnection();
      page.setConnectTimeout((int) LIMIT.toMillis());
      page.setReadTimeout((int) LIMIT.toMillis());
      try (InputStream stream = page.getInputStream()) {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  boolean leads() {
    return metric("leader_election_master_status") == 1;
  }

  void awaitLeading(Await await) {
    var _ = await.until(process.name() + " leads", this::leads, leads -> leads);
  }
}
