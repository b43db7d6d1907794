package dev.isobar.e2e.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.e2e.plane.Planes;
import dev.isobar.testbed.build.Paper;
import dev.isobar.testbed.build.Program;
import dev.isobar.testbed.build.Programs;
import dev.isobar.testbed.cache.Folders;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.plane.ControlPlane;
import dev.isobar.testbed.plane.PreparedEtcd;
import dev.isobar.testbed.plane.Project;
import dev.isobar.testbed.process.LeftProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * {@code ./isobar up} and {@code ./isobar down} as they are typed, in a cache of their own; and the
 * lines that the first of them prints.
 */
@Order(3)
final class UpAndDownTest {
  /** Two control planes of other suites may be started beside it. */
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private static final Pattern KUBECONFIG = Pattern.compile("KUBECONFIG=\"([^\"]+)\"");
  private static final Pattern TOKEN = Pattern.compile("token: (\\S{20,})");
  private static final Reference CLAIM = Kind.CLAIM.named("eo4eu", "eo-lab");

  private final String isobar = Project.here().root().resolve("isobar").toString();
  private final Await await = Await.PATIENT;
  private Path standing;
  private Shell shell;

  @BeforeEach
  void openShell() throws IOException {
    Path folder = Shell.newFolder("up");
    standing = folder.resolve("cache/testbed/up");
    cache(Planes.programs());
    shell = new Shell(folder, Map.of("ISOBAR_CACHE", folder.resolve("cache").toString()));
  }

  @Test
  void planeIsUpUntilItIsDown() throws IOException {
    assertThat(type("down")).isEqualTo("No control plane is up.\n");
    String up = type("up --without-in-memory");
    assertThat(up)
        .startsWith(
            "A control plane is up.\n\nFlavour claims without clusters in memory, with Cloud");
    String token = tokenForUsAlone(up);
    LeftProcesses processes = processes();
    assertThat(processes.running())
        .contains(
            "etcd", "kube-apiserver", "crossplane", "function-isobar", "sveltos-addon-controller");
    worksAsPrinted(up);

    assertThat(type("up --without-in-memory")).isEqualTo(up.replace("up.\n", "up already.\n"));
    assertThat(processes().running()).as("of the second call").isEqualTo(processes.running());

    List<String> all = processes.running();
    assertThat(type("down"))
        .isEqualTo("The control plane is down: " + String.join(", ", all) + ".\n");
    assertThat(processes.running()).as("what is left of it").isEmpty();
    assertThat(standing).doesNotExist();

    String again = type("up --flavour namespaced --without-in-memory");
    assertThat(again).startsWith("A control plane is up.\n\nFlavour namespaced without clusters");
    assertThat(tokenForUsAlone(again)).isNotEqualTo(token);
    worksAsPrinted(again);
  }

  /** Whoever has it may do everything, so nobody else can read it, or know it from another one. */
  private static String tokenForUsAlone(String printed) throws IOException {
    Path kubeconfig = kubeconfig(printed);
    assertThat(Files.getPosixFilePermissions(kubeconfig.getParent()))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    Matcher token = TOKEN.matcher(Files.readString(kubeconfig));
    assertThat(token.find()).isTrue();
    return token.group(1);
  }

  private static Path kubeconfig(String printed) {
    Matcher kubeconfig = KUBECONFIG.matcher(printed);
    assertThat(kubeconfig.find()).isTrue();
    return Path.of(kubeconfig.group(1));
  }

  /** With the control plane its logs go, and whoever reads of a failure wants them. */
  @AfterEach
  void end() {
    LeftProcesses processes = processes();
    Path logs = standing.resolve("logs");
    if (Files.exists(logs)) {
      Path kept = Project.here().root().resolve("src/e2e/target/shells/logs-of-up");
      Folders.delete(kept);
      Folders.copy(logs, kept);
    }
    assertThat(type("down")).endsWith(".\n");
    assertThat(processes.running()).isEmpty();
  }

  /** The lines below "Use it" and "Try" are typed, and the claim is composed. */
  private void worksAsPrinted(String printed) {
    List<String> use = lines(printed, "Use it:");
    List<String> tries = lines(printed, "Try:");
    assertThat(tries).hasSize(5);
    String made = shell.type(script(use, tries.subList(0, 1)));
    assertThat(made).isEqualTo("platformcluster.platform.isobar.dev/eo-lab created\n");
    try (var kubernetes = Kubernetes.connect(kubeconfig(printed))) {
      var _ =
          await.until(
              kubernetes,
              CLAIM,
              "is Synced, and waits for a network",
              Conditions.is("Synced", "True")
                  .and(one ->
                      one.at("status", "message")
                          .text()
                          .filter(text -> text.contains("being made in Cloud wekeo"))
                          .isPresent()));
    }
    assertThat(shell.type(script(use, tries.subList(1, tries.size()))))
        .as("what the other lines print")
        .contains(
            "eo4eu       eo-lab   wekeo   1.35.2    Provisioning",
            "networks and load balancer are being made in Cloud wekeo; if this lasts, the platform",
            "kubeadmcontrolplane.controlplane.cluster.x-k8s.io/eo-lab",
            "Kind:         PlatformCluster");
  }

  private static String script(List<String> first, List<String> then) {
    return Stream.concat(first.stream(), then.stream()).collect(Collectors.joining("\n")) + "\n";
  }

  /** What is indented below a line. */
  private static List<String> lines(String printed, String heading) {
    return printed
        .lines()
        .dropWhile(line -> !line.equals(heading))
        .skip(1)
        .takeWhile(line -> line.startsWith("  "))
        .map(String::strip)
        .toList();
  }

  private String type(String words) {
    return shell.type("'" + isobar + "' " + words + "\n", LIMIT);
  }

  private LeftProcesses processes() {
    return LeftProcesses.read(standing.resolve(ControlPlane.NOTE));
  }

  /** What was built is not built again, and the user's own control plane is left alone. */
  private void cache(Programs programs) throws IOException {
    Path testbed = Files.createDirectories(standing.getParent());
    Set<Path> parts =
        Stream.concat(
                Stream.of(Program.values()).map(programs::of),
                Stream.of(Paper.values()).map(programs::of))
            .map(Path::getParent)
            .collect(Collectors.toSet());
    for (Path part : parts) {
      Files.createSymbolicLink(testbed.resolve(part.getFileName()), part);
    }
    Path installed = Files.createDirectories(programs.cache().resolve(PreparedEtcd.FOLDER));
    Files.createSymbolicLink(testbed.resolve(PreparedEtcd.FOLDER), installed);
  }
}
