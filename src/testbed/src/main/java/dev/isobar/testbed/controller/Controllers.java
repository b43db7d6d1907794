package dev.isobar.testbed.controller;

import dev.isobar.testbed.apiserver.ApiServer;
import dev.isobar.testbed.build.Paper;
import dev.isobar.testbed.build.Programs;
import dev.isobar.testbed.certificate.Authority;
import dev.isobar.testbed.install.Publication;
import dev.isobar.testbed.install.WebhookServer;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.process.CannotRun;
import dev.isobar.testbed.process.Command;
import dev.isobar.testbed.process.LocalProcess;
import dev.isobar.testbed.process.Ports;
import dev.isobar.testbed.process.Probe;
import dev.isobar.testbed.process.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Controllers that run beside an API server, each of which can be ended and started. */
public final class Controllers {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final ApiServer server;
  private final Programs programs;
  private final Processes processes;
  private final Path folder;
  private final Authority authority = Authority.make(Instant.now());
  private final Map<Controller, Integer> webhooks = new EnumMap<>(Controller.class);
  private final Map<Controller, Command> commands = new EnumMap<>(Controller.class);
  private final Map<Controller, LocalProcess> running = new EnumMap<>(Controller.class);
  private final Map<Controller, Integer> health = new EnumMap<>(Controller.class);

  /** None runs yet. */
  public Controllers(ApiServer server, Programs programs, Processes processes, Path folder) {
    this.server = server;
    this.programs = programs;
    this.processes = processes;
    this.folder = folder;
    try {
      Files.createDirectories(folder.resolve("tmp"));
    } catch (IOException unwritable) {
      throw new CannotRun("cannot write the files of controllers", unwritable);
    }
    var _ = authority.server(folder.resolve("webhooks"), Instant.now());
    for (Controller controller : Controller.values()) {
      webhooks.put(controller, Ports.free());
      health.put(controller, Ports.free());
    }
  }

  /**
   * The kinds of all controllers, started or not; nothing converts them until they are.
   *
   * @param amazon whether those of Amazon's provider are wanted, which nothing runs of here
   */
  public static List<Publication> kinds(Programs programs, boolean amazon) {
    return papers(amazon)
        .map(programs::of)
        .map(Publication::readBuilt)
        .map(Publication::withoutConversion)
        .toList();
  }

  private static Stream<Paper> papers(boolean amazon) {
    return Stream.concat(
            Stream.of(Controller.values()).map(Controller::paper),
            Stream.of(Paper.SVELTOS_LIBRARY, Paper.OPENSTACK_IMAGES, Paper.CLUSTER_API_AWS))
        .filter(paper -> amazon || paper != Paper.CLUSTER_API_AWS);
  }

  /**
   * Starts one under its own account and waits until it is ready; its webhooks work from then on.
   *
   * @param flags besides those it cannot run here without
   */
  public void start(Controller controller, List<String> flags) {
    Publication publication = Publication.readBuilt(programs.of(controller.paper()));
    publication.installAccounts(kubernetes());
    publication.reachedBy(webhooks(controller)).installConversions(kubernetes());
    Path kubeconfig = server.kubeconfig(controller.namespace(), controller.account());
    commands.put(controller, command(controller, kubeconfig).with(flags));
    startAgain(controller);
    publication.reachedBy(webhooks(controller)).installWebhooks(kubernetes());
  }

  /** Ends one, as Kubernetes does; writes that its webhooks judge fail until it is back. */
  public void stop(Controller controller) {
    process(controller).stop();
  }

  /** Starts one again that was ended. */
  public void startAgain(Controller controller) {
    Command command = Objects.requireNonNull(commands.get(controller), controller::name);
    running.put(
        controller,
        processes
            .start(command)
            .awaitReady(
                Probe.answers("http://127.0.0.1:" + port(health, controller) + "/readyz"), LIMIT));
  }

  /** Whether one was started before, even if it was ended since. */
  public boolean started(Controller controller) {
    return running.containsKey(controller);
  }

  /** The process of one that was started. */
  public LocalProcess process(Controller controller) {
    return Objects.requireNonNull(running.get(controller), controller::name);
  }

  private Command command(Controller controller, Path kubeconfig) {
    var command =
        Command.of(
            controller.program().file(),
            folder,
            programs.of(controller.program()),
            "--kubeconfig=" + kubeconfig,
            "--health-addr=127.0.0.1:" + port(health, controller),
            "--insecure-diagnostics",
            "--diagnostics-address=0");
    if (controller.servesWebhooks()) {
      command =
          command.with(
              List.of(
                  "--webhook-port=" + port(webhooks, controller),
                  "--webhook-cert-dir=" + folder.resolve("webhooks")));
    }
    return command
        .with(controller.flags())
        // What pods are told about themselves.
        .with("POD_IP", "127.0.0.1")
        .with("POD_NAMESPACE", controller.namespace())
        .with("POD_NAME", controller.program().file())
        .with("POD_UID", "0")
        .with("NAMESPACE", controller.namespace())
        // Sveltos keeps charts there.
        .with("TMPDIR", folder.resolve("tmp"))
        .with("HELM_CACHE_HOME", folder.resolve("helm/cache"))
        .with("HELM_CONFIG_HOME", folder.resolve("helm/config"))
        .with("HELM_DATA_HOME", folder.resolve("helm/data"));
  }

  private WebhookServer webhooks(Controller controller) {
    return new WebhookServer(port(webhooks, controller), authority.pem());
  }

  private static int port(Map<Controller, Integer> ports, Controller controller) {
    return Objects.requireNonNull(ports.get(controller), controller::name);
  }

  private Kubernetes kubernetes() {
    return server.kubernetes();
  }
}
