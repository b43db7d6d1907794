package dev.isobar.e2e.plane;

import dev.isobar.cli.input.Flavour;
import dev.isobar.testbed.build.Programs;
import dev.isobar.testbed.build.Progress;
import dev.isobar.testbed.build.Workbench;
import dev.isobar.testbed.cache.Folders;
import dev.isobar.testbed.cache.UserCache;
import dev.isobar.testbed.plane.ControlPlane;
import dev.isobar.testbed.plane.Options;
import dev.isobar.testbed.plane.Project;
import dev.isobar.testbed.process.CannotRun;
import dev.isobar.testbed.process.LeftProcesses;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** The shared control planes. */
public final class Planes {
  private static final Project PROJECT = Project.here();

  /** By name; each is started while others are, and whoever wants the same one waits for it. */
  private static final Map<String, ControlPlane> SHARED = new ConcurrentHashMap<>();

  /**
   * Two keep two cores busy, and are up in half of the time that four take, so that suites begin
   * while others are still started.
   */
  private static final Semaphore STARTING = new Semaphore(2, true);

  private static final Set<Path> FOLDERS = ConcurrentHashMap.newKeySet();
  private static final List<Closeable> OTHERS = new ArrayList<>();
  private static @Nullable Programs programs;
  private static volatile boolean failed;

  private Planes() {}

  /** The one where PlatformClusters are claims; started now if it is not there yet. */
  public static ControlPlane claims() {
    return of(Flavour.CLAIMS);
  }

  /** The one where PlatformClusters are composites; started now if it is not there yet. */
  public static ControlPlane namespaced() {
    return of(Flavour.NAMESPACED);
  }

  /** One where no controller is ever started, for suites that watch what core itself writes. */
  public static ControlPlane bare() {
    return bare(Flavour.CLAIMS);
  }

  /** The same of a flavour. */
  public static ControlPlane bare(Flavour flavour) {
    return switch (flavour) {
      case CLAIMS -> shared("bare", Options.of(flavour).withoutAmazon());
      case NAMESPACED -> shared("bare-namespaced", Options.of(flavour).withoutAmazon());
    };
  }

  /**
   * One without clusters, where nothing but the suite that uses it has ProviderConfigs; whoever
   * leaves takes them away again.
   */
  public static ControlPlane empty() {
    return shared("empty", Options.ofMachines());
  }

  /** One without clusters, for the suites of the provider. */
  public static ControlPlane machines() {
    return shared("machines", Options.ofMachines());
  }

  /** One without clusters, for providers that are killed. */
  public static ControlPlane chaos() {
    return shared("chaos", Options.ofMachines());
  }

  /**
   * A control plane for one suite alone, which closes it.
   *
   * @param name of its folder
   */
  public static ControlPlane own(String name, Options options) {
    return start(name, options);
  }

  /** Something that several suites share besides, closed after the last. */
  public static synchronized void closeAtEnd(Closeable other) {
    OTHERS.add(other);
  }

  /** The shared one of a flavour. */
  public static ControlPlane of(Flavour flavour) {
    return shared(flavour.name().toLowerCase(Locale.ROOT), Options.of(flavour));
  }

  private static ControlPlane shared(String name, Options options) {
    return SHARED.computeIfAbsent(name, _ -> start(name, options));
  }

  private static ControlPlane start(String name, Options options) {
    Programs built = programs();
    Path folder = folder(name);
    requireNobody(folder);
    // Also of planes that nobody asks for this time.
    LeftProcesses.endBelow(folder(""), ControlPlane.NOTE);
    Folders.delete(folder);
    FOLDERS.add(folder);
    STARTING.acquireUninterruptibly();
    long start = System.nanoTime();
    try {
      ControlPlane plane = ControlPlane.start(PROJECT, options, built, folder);
      System.err.printf(
          "isobar: control plane %s is up after %d s, in %s%n",
          name, (System.nanoTime() - start) / 1_000_000_000, folder);
      return plane;
    } catch (RuntimeException | Error failure) {
      keepLogs();
      throw failure;
    } finally {
      STARTING.release();
    }
  }

  private static void requireNobody(Path folder) {
    if (LeftProcesses.read(folder.resolve(ControlPlane.NOTE)).attended()) {
      throw new CannotRun("another run of these suites uses " + folder + "; wait for its end");
    }
  }

  static void keepLogs() {
    failed = true;
  }

  static synchronized void end() throws IOException {
    for (Closeable other : OTHERS) {
      other.close();
    }
    OTHERS.clear();
    SHARED.values().forEach(ControlPlane::close);
    SHARED.clear();
    if (failed) {
      System.err.println("isobar: logs of the control planes are kept in " + folder(""));
    } else {
      FOLDERS.forEach(Folders::delete);
    }
    FOLDERS.clear();
  }

  /** The programs, built now if they are not there yet. */
  public static synchronized Programs programs() {
    Programs built = programs;
    if (built == null) {
      Path cache = UserCache.folder(System.getenv(), Path.of(System.getProperty("user.home")));
      built =
          new Workbench(
                  PROJECT.root(),
                  cache.resolve("testbed"),
                  System.getenv(),
                  new Progress(System.err))
              .build();
      programs = built;
    }
    return built;
  }

  private static Path folder(String name) {
    return PROJECT.root().resolve("src/e2e/target/planes").resolve(name);
  }
}
