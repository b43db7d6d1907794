package dev.isobar.testbed.standing;

import dev.isobar.cli.input.Flavour;
import dev.isobar.testbed.build.Program;
import dev.isobar.testbed.build.Programs;
import dev.isobar.testbed.cache.Folders;
import dev.isobar.testbed.controller.Controller;
import dev.isobar.testbed.plane.ControlPlane;
import dev.isobar.testbed.plane.Options;
import dev.isobar.testbed.plane.PreparedEtcd;
import dev.isobar.testbed.plane.Project;
import dev.isobar.testbed.process.CannotRun;
import dev.isobar.testbed.process.LeftProcesses;
import dev.isobar.testbed.process.Ports;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** One control plane for each user, in a folder of the cache. */
public final class StandingPlane {
  /** Is there when everything was started, and tells how to use it. */
  private static final String HINTS = "hints";

  /** Names the flavour of what runs. */
  private static final String FLAVOUR = "flavour";

  /** Names what was left out; nothing, where all of it runs. */
  private static final String WITHOUT = "without";

  private static final String STORY = "openstack-gpu-lab";
  private static final String NAMESPACE = "eo4eu";

  private final Path cache;
  private final Path folder;
  private final PrintStream out;

  /**
   * The one of a cache.
   *
   * @param out for what the user is told
   */
  public StandingPlane(Path cache, PrintStream out) {
    this.cache = cache;
    folder = cache.resolve("up");
    this.out = out;
  }

  /**
   * Starts it, unless it runs already, and tells how to use it.
   *
   * @param wanted nobody's means that of the one that runs, else claims
   * @param controllers which of them run; their kinds are all there. All means those of the one
   *     that runs
   * @throws CannotRun also when one of the other flavour runs, or only a part of one, or somebody
   *     else's clusters in memory
   */
  public void start(
      Project project,
      Optional<Flavour> wanted,
      Set<Controller> controllers,
      Supplier<Programs> programs) {
    alone(() -> startAlone(project, wanted, controllers, programs));
  }

  private void startAlone(
      Project project,
      Optional<Flavour> wanted,
      Set<Controller> controllers,
      Supplier<Programs> programs) {
    LeftProcesses left = left();
    if (!Files.exists(folder.resolve(HINTS))) {
      // Somebody killed the one that started them.
      left.end();
    } else if (!left.running().isEmpty()) {
      requireAll(left);
      wanted.ifPresent(this::requireRunning);
      requireLeftOut(controllers);
      out.println("A control plane is up already.");
      tell();
      return;
    }
    Folders.delete(folder);
    requireFixedPort(controllers);
    Flavour flavour = wanted.orElse(Flavour.CLAIMS);
    Programs built = programs.get();
    ControlPlane plane =
        ControlPlane.start(project, Options.of(flavour), built, folder)
            .with(controllers.toArray(Controller[]::new));
    try {
      plane.kubernetes().makeNamespace(NAMESPACE, Map.of());
      var _ =
          plane.kubernetes().apply(Files.readString(project.story(STORY).resolve("cloud.yaml")));
      Files.writeString(folder.resolve(FLAVOUR), word(flavour));
      Files.writeString(folder.resolve(WITHOUT), without(controllers));
      Files.writeString(
          folder.resolve(HINTS),
          hints(project, flavour, controllers, plane, built.of(Program.KUBECTL)));
    } catch (IOException failed) {
      plane.close();
      throw new CannotRun("cannot finish the control plane", failed);
    }
    plane.leave();
    out.println("A control plane is up.");
    tell();
  }

  /**
   * Ends it and deletes what it kept.
   *
   * @throws CannotRun when it is still being started
   */
  public void end() {
    alone(this::endAlone);
  }

  private void endAlone() {
    PreparedEtcd.endLeft(cache);
    LeftProcesses left = left();
    List<String> running = left.running();
    if (running.isEmpty()) {
      out.println("No control plane is up.");
    } else {
      left.end();
      out.println("The control plane is down: " + String.join(", ", running) + ".");
    }
    Folders.delete(folder);
  }

  /** Another one may be building programs, and have noted nothing yet. */
  private void alone(Runnable work) {
    var _ = left();
    try {
      Files.createDirectories(cache);
      try (FileChannel file =
              FileChannel.open(
                  cache.resolve("up.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = file.tryLock()) {
        if (lock == null) {
          throw new CannotRun(
              "another ./isobar up or ./isobar down is at work; wait for its end, then try again");
        }
        work.run();
      }
    } catch (IOException failed) {
      throw new CannotRun("cannot lock " + cache.resolve("up.lock"), failed);
    }
  }

  /** Those of another start, which has ended: whoever meddles with one that goes on breaks it. */
  private LeftProcesses left() {
    LeftProcesses left = LeftProcesses.read(note());
    OptionalLong starter = left.starter();
    if (starter.isPresent()) {
      long number = starter.getAsLong();
      throw new CannotRun(
          "a control plane is being started by another ./isobar up, process "
              + number
              + "; wait for it, or end that first: kill "
              + number);
    }
    return left;
  }

  /** A control plane that lacks a part answers, and does not do what it is there for. */
  private void requireAll(LeftProcesses left) {
    List<String> ended = left.ended();
    if (!ended.isEmpty()) {
      boolean one = ended.size() == 1;
      throw new CannotRun(
          "a control plane is up, but of its processes "
              + String.join(", ", ended)
              + (one ? " has" : " have")
              + " ended, and why is at the end of "
              + ended.stream().map(name -> log(name).toString()).collect(Collectors.joining(", "))
              + "; end what is left with ./isobar down, which deletes its logs too, and start"
              + " anew with ./isobar up");
    }
  }

  private void requireRunning(Flavour wanted) {
    String running = read(FLAVOUR);
    if (!running.equals(word(wanted))) {
      throw new CannotRun(
          "a control plane of flavour "
              + running
              + " is up, and only one can be; end it first: ./isobar down");
    }
  }

  private void requireLeftOut(Set<Controller> wanted) {
    if (!wanted.contains(Controller.DEV) && read(WITHOUT).isEmpty()) {
      throw new CannotRun(
          "the control plane that is up has clusters in memory, and only one can be; end it first:"
              + " ./isobar down");
    }
  }

  private static String without(Set<Controller> controllers) {
    return controllers.contains(Controller.DEV) ? "" : "clusters in memory";
  }

  /** Before minutes have gone into starting everything else. */
  private static void requireFixedPort(Set<Controller> controllers) {
    if (controllers.contains(Controller.DEV) && Ports.taken(Controller.FIXED_PORT)) {
      throw new CannotRun(
          "port "
              + Controller.FIXED_PORT
              + " is taken, on which Cluster API's provider of clusters in memory listens: another"
              + " control plane on this machine has it; end that, or do without:"
              + " ./isobar up --without-in-memory");
    }
  }

  private void tell() {
    out.print(read(HINTS));
  }

  private String read(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException unreadable) {
      throw new CannotRun("cannot read of the control plane that is up", unreadable);
    }
  }

  private static String word(Flavour flavour) {
    return flavour.name().toLowerCase(Locale.ROOT);
  }

  private String hints(
      Project project,
      Flavour flavour,
      Set<Controller> controllers,
      ControlPlane plane,
      Path kubectl) {
    String composites = flavour == Flavour.CLAIMS ? "xplatformclusters" : "platformclusters";
    String without = without(controllers);
    return """

    Flavour %s%s, with Cloud wekeo and namespace %s of the example %s.
    Use it:
      export KUBECONFIG="%s"
      export PATH="%s:$PATH"       # kubectl, when you have none
    Try:
      kubectl apply -f "%s"
      kubectl get platformclusters -A
      kubectl get %s -A -o wide
      kubectl -n %s get clusters,kubeadmcontrolplanes,machinedeployments
      kubectl -n %s describe platformcluster eo-lab
    No cloud answers, so the claim stays at its network; its status says what it waits for.
    Logs: %s
    End it: ./isobar down
    """
        .formatted(
            word(flavour),
            without.isEmpty() ? "" : " without " + without,
            NAMESPACE,
            STORY,
            plane.server().kubeconfig(),
            kubectl.getParent(),
            project.story(STORY).resolve("claim.yaml"),
            composites,
            NAMESPACE,
            NAMESPACE,
            folder.resolve("logs"));
  }

  private Path note() {
    return folder.resolve(ControlPlane.NOTE);
  }

  private Path log(String name) {
    return folder.resolve("logs").resolve(name + ".log");
  }
}
