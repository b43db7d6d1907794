package dev.isobar.packaging.runtime;

import dev.isobar.packaging.CannotPackage;
import dev.isobar.packaging.oci.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The layer above: what our programs use of the JDK that runs this. Both share it. */
public final class JavaRuntime {
  /** Where it is in images. */
  static final String PLACE = "opt/java";

  /**
   * Besides what the programs use: jdk.net has the options of sockets that the HTTP client of EC2
   * asks for.
   */
  private static final List<String> MODULES =
      List.of(
          "java.base",
          "java.logging",
          "java.management",
          "java.naming",
          "java.net.http",
          "java.xml",
          "jdk.httpserver",
          "jdk.net",
          "jdk.unsupported");

  private final Path workshop;

  /**
   * A runtime to be.
   *
   * @param workshop a folder where it is linked
   */
  public JavaRuntime(Path workshop) {
    this.workshop = workshop;
  }

  /** The program that runs Java in an image that is laid out in a folder. */
  static Path program(Path root) {
    return root.resolve(PLACE).resolve("bin/java");
  }

  /** Links it, for an image, and refuses one that would not start there. */
  public FileTree layer() throws IOException {
    Path folder = link();
    RuntimeNeeds.check(folder, home().toString());
    return new FileTree().copyAll(PLACE, folder);
  }

  /** Links it, for this machine alone, whatever it needs of it. */
  FileTree layerForHere() throws IOException {
    return new FileTree().copyAll(PLACE, link());
  }

  /**
   * Links it, in a process of its own: within another program jlink writes the same classes in
   * other places each time.
   *
   * @return its folder
   */
  private Path link() {
    Path folder = workshop.resolve("java");
    Path jlink = home().resolve("bin").resolve("jlink");
    if (!Files.isExecutable(jlink)) {
      throw new CannotPackage("there is no " + jlink + "; install a whole JDK");
    }
    var _ =
        Tool.run(
            workshop,
            List.of(
                jlink.toString(),
                "--output",
                folder.toString(),
                "--add-modules",
                String.join(",", MODULES),
                "--strip-java-debug-attributes",
                "--no-header-files",
                "--no-man-pages",
                "--vm=server"));
    return folder;
  }

  private static Path home() {
    return Path.of(System.getProperty("java.home"));
  }
}
