package dev.isobar.bench.server;

import dev.isobar.bench.machine.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The Java runtime that the image has: of the JDK's modules those that the function needs. */
public final class ImageRuntime {
  private static final List<String> MODULES =
      List.of(
          "java.base",
          "java.logging",
          "java.management",
          "java.naming",
          "jdk.httpserver",
          "jdk.unsupported");

  private ImageRuntime() {}

  /**
   * Links it anew.
   *
   * @param folder where it will be; what is there goes
   * @param log where jlink's output goes
   * @return its program {@code java}
   * @throws IOException when jlink fails, with what it says
   */
  public static Path link(Path folder, Path log) throws IOException, InterruptedException {
    Folders.delete(folder);
    Process jlink =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jlink").toString(),
                "--add-modules",
                String.join(",", MODULES),
                "--strip-debug",
                "--no-header-files",
                "--no-man-pages",
                "--output",
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (jlink.waitFor() != 0) {
      throw new IOException("jlink fails: " + Files.readString(log).strip());
    }
    return folder.resolve("bin").resolve("java");
  }
}
