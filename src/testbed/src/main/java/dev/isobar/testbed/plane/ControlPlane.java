package dev.isobar.testbed.plane;

import dev.isobar.cli.input.Flavour;
import dev.isobar.testbed.apiserver.ApiServer;
import dev.isobar.testbed.build.Program;
import dev.isobar.testbed.build.Programs;
import dev.isobar.testbed.controller.Controller;
import dev.isobar.testbed.controller.Controllers;
import dev.isobar.testbed.crossplane.Core;
import dev.isobar.testbed.function.FunctionProcess;
import dev.isobar.testbed.install.Publication;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.process.CannotRun;
import dev.isobar.testbed.process.Command;
import dev.isobar.testbed.process.LocalProcess;
import dev.isobar.testbed.process.Ports;
import dev.isobar.testbed.process.Processes;
import dev.isobar.testbed.process.Together;
import dev.isobar.testbed.workload.WorkloadCluster;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Kubernetes, Crossplane's core, function-isobar with its APIs and roles, and the controllers that
 * are asked for; all of them processes of this machine, on the loopback.
 */
public final class ControlPlane implements Closeable {
  /** In the folder of a control plane, the file that lists its processes while they run. */
  public static final String NOTE = "processes";

  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Project project;
  private final Options options;
  private final Programs programs;
  private final Path folder;
  private final Processes processes;
  private final ApiServer server;
  private final Controllers controllers;
  private final Core core;
  private final @Nullable FunctionProcess function;
  private int workloads;

  private ControlPlane(Project project, Options options, Programs programs, Path folder) {
    this.project = project;
    this.options = options;
    this.programs = programs;
    this.folder = folder;
    processes = new Processes(folder.resolve("logs"), folder.resolve(NOTE));
    try {
      Path installed = new PreparedEtcd(programs).folder(options);
      server =
          ApiServer.start(
              "", programs, processes, folder.resolve("kubernetes"), Optional.of(installed));
      controllers =
          new Controllers(server, programs, processes, make(folder.resolve("controllers")));
      if (options.ours()) {
        installKinds();
      }
      core =
          Core.start(
              server, programs, processes, folder.resolve("crossplane"), options.coreFlags());
      if (options.clusters()) {
        var started = new AtomicReference<@Nullable FunctionProcess>();
        Together.run(
            () -> started.set(startFunction()),
            () -> {
              installRoles();
              Project.COMPOSITES.forEach(this::installApis);
            });
        function = started.get();
      } else {
        installRoles();
        function = null;
      }
    } catch (RuntimeException | Error failed) {
      processes.close();
      throw failed;
    }
  }

  /**
   * Starts one and waits until it can be used.
   *
   * @param programs built before
   * @param folder for everything that it keeps, its logs in {@code logs}
   * @throws CannotRun when a part does not start, with the end of its log
   */
  public static ControlPlane start(
      Project project, Options options, Programs programs, Path folder) {
    return new ControlPlane(project, options, programs, make(folder));
  }

  /** Kubernetes as its administrator. */
  public Kubernetes kubernetes() {
    return server.kubernetes();
  }

  /** The API server: its file of access, its notes on writes, its end and return. */
  public ApiServer server() {
    return server;
  }

  /** Core. */
  public Core core() {
    return core;
  }

  /** function-isobar, where there are clusters. */
  public FunctionProcess function() {
    return Objects.requireNonNull(function, "this control plane is for machines only");
  }

  /**
   * Makes sure that controllers were started, and starts those that were not; see the enum for
   * which.
   */
  public synchronized ControlPlane with(Controller... wanted) {
    Stream.of(wanted)
        .sorted()
        .filter(controller -> !controllers.started(controller))
        .forEach(controller -> controllers.start(controller, options.flags(controller)));
    return this;
  }

  /** The controllers, for those who end and start them. */
  public Controllers controllers() {
    return controllers;
  }

  /** What it was made of. */
  public Options options() {
    return options;
  }

  /** Every program that was built, started or not. */
  public Programs programs() {
    return programs;
  }

  /** This project's files. */
  public Project project() {
    return project;
  }

  /** Where everything is; logs in {@code logs}. */
  public Path folder() {
    return folder;
  }

  /** Its processes, for those who start another one; it ends with them. */
  public Processes processes() {
    return processes;
  }

  /** Starts another API server, with nothing in it, in the place of a workload cluster. */
  public synchronized WorkloadCluster startWorkloadCluster() {
    workloads++;
    String name = "workload-" + workloads + "-";
    return WorkloadCluster.start(
        ApiServer.start(name, programs, processes, folder.resolve("workload-" + workloads)));
  }

  /** Runs kubectl as the administrator, and returns what it printed. */
  public String kubectl(String... arguments) {
    try {
      Path output = Files.createTempFile(folder, "kubectl", ".txt");
      Path log = folder.resolve("logs/kubectl.log");
      Command command =
          Command.of("kubectl", folder, programs.of(Program.KUBECTL))
              .with(List.of(arguments))
              .with("KUBECONFIG", server.kubeconfig());
      LocalProcess.startPrinting(command, output, log).awaitSuccess(LIMIT);
      String printed = Files.readString(output);
      Files.delete(output);
      return printed;
    } catch (IOException failed) {
      throw new CannotRun("cannot run kubectl", failed);
    }
  }

  /** Lets everything run on when this JVM ends; {@link #NOTE} lists it. */
  public void leave() {
    processes.leave();
    server.close();
  }

  /** Ends everything that it started. */
  @Override
  public void close() {
    processes.close();
    server.close();
  }

  private void installKinds() {
    Publication.of(project.kinds().stream().map(Publication::read).toList())
        .installKinds(kubernetes());
  }

  private void installRoles() {
    Path list = folder.resolve("roles.yaml");
    try {
      Files.writeString(list, kubectl("kustomize", project.roles().toString()));
    } catch (IOException unwritable) {
      throw new CannotRun("cannot write " + list, unwritable);
    }
    Publication.read(list).installAccounts(kubernetes());
  }

  /**
   * Applies an XRD and a Composition, and waits until their kinds can be used.
   *
   * @param kinds the plural of the kind that app teams write
   */
  private void installApis(String kinds) {
    Path apis = project.apis(kinds, options.flavour());
    for (String file : List.of("definition.yaml", "composition.yaml")) {
      try {
        var _ = kubernetes().apply(Files.readString(apis.resolve(file)));
      } catch (IOException unreadable) {
        throw new CannotRun("cannot read " + apis.resolve(file), unreadable);
      }
    }
    var await = new Await(LIMIT);
    Kind definitions = new Kind("apiextensions.crossplane.io/v1", "CompositeResourceDefinition");
    String name =
        switch (options.flavour()) {
          case CLAIMS -> "x" + kinds + ".platform.isobar.dev";
          case NAMESPACED -> kinds + ".platform.isobar.dev";
        };
    Reference definition = definitions.named(name);
    var _ =
        await.until(
            kubernetes(), definition, "is Established", Conditions.is("Established", "True"));
    if (options.flavour() == Flavour.CLAIMS) {
      var _ = await.until(kubernetes(), definition, "is Offered", Conditions.is("Offered", "True"));
    }
    var _ =
        await.until(
            kinds + " are served",
            () -> kubernetes().serves(Kind.CLAIM.apiVersion(), kinds),
            served -> served);
  }

  /** It runs from copies, so that the next build does not pull its jars from under it. */
  private FunctionProcess startFunction() {
    Path copies = make(folder.resolve("function"));
    var classpath = new StringJoiner(":");
    for (Path jar : project.functionJars()) {
      Path copy = copies.resolve(jar.getFileName());
      try {
        classpath.add(Files.copy(jar, copy).toString());
      } catch (IOException uncopied) {
        throw new CannotRun("cannot copy the function's " + jar, uncopied);
      }
    }
    int port = Ports.free();
    Path certificates = core.register("function-isobar", port);
    return FunctionProcess.start(classpath.toString(), processes, port, certificates);
  }

  private static Path make(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException unwritable) {
      throw new CannotRun("cannot make " + folder, unwritable);
    }
  }
}
