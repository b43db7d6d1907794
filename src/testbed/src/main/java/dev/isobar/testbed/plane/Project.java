package dev.isobar.testbed.plane;

import dev.isobar.cli.input.Flavour;
import dev.isobar.testbed.process.CannotRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * This project's own files.
 *
 * @param root the checkout
 */
public record Project(Path root) {
  private static final String MARK = "src/testbed/programs";

  /** Plural of PlatformCluster. */
  public static final String CLUSTERS = "platformclusters";

  /** Plural of GpuWorkspace. */
  public static final String WORKSPACES = "gpuworkspaces";

  /** Plurals of the kinds that app teams write. */
  static final List<String> COMPOSITES = List.of(CLUSTERS, WORKSPACES);

  /** The checkout above the folder that the JVM was started in. */
  public static Project here() {
    Path start = Path.of("").toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve(MARK))) {
        return new Project(folder);
      }
    }
    throw new CannotRun("cannot find a checkout of Isobar in or above " + start);
  }

  /** CRDs of ours. */
  public List<Path> kinds() {
    return Stream.of(
            "clouds",
            "clustercleanups",
            "clusterproviderconfigs",
            "gpumachines",
            "gpumachinetemplates",
            "instances",
            "providerconfigs",
            "providerconfigusages")
        .map(name -> root.resolve("apis").resolve(name).resolve("crd.yaml"))
        .toList();
  }

  /** The folder of a flavour's XRD and Composition of a kind, by its plural. */
  public Path apis(String kinds, Flavour flavour) {
    Path folder = root.resolve("apis").resolve(kinds);
    return switch (flavour) {
      case CLAIMS -> folder;
      case NAMESPACED -> folder.resolve("namespaced");
    };
  }

  /** Roles for core and Cluster API. */
  public Path roles() {
    return root.resolve("package/rbac");
  }

  /** A story of the examples. */
  public Path story(String name) {
    return root.resolve("examples").resolve(name);
  }

  /** The function's jars, in the order of its class path. */
  List<Path> functionJars() {
    Path target = root.resolve("function/target");
    try (Stream<Path> jars = Files.list(target)) {
      Path jar =
          jars.filter(file -> file.getFileName().toString().matches("function-isobar-.*\\.jar"))
              .findFirst()
              .orElseThrow(() -> unbuilt(target));
      String libraries = Files.readString(target.resolve("classpath.txt")).strip();
      return Stream.concat(Stream.of(jar), Stream.of(libraries.split(":")).map(Path::of)).toList();
    } catch (IOException missing) {
      throw unbuilt(target);
    }
  }

  private static CannotRun unbuilt(Path target) {
    return new CannotRun("the function's jar is not in " + target + "; run ./isobar build first");
  }
}
