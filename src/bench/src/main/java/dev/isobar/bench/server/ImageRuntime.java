package dev.isobar.bench.server;

import dev.isobar.bench.machine.Folders;
import dev.isobar.packaging.runtime.JavaRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The Java runtime that images have, linked as theirs is. */
public final class ImageRuntime {
  private ImageRuntime() {}

  /**
   * Links it anew.
   *
   * @param folder where it will be; what is there goes
   * @return its program {@code java}
   */
  public static Path link(Path folder) throws IOException {
    Folders.delete(folder);
    Path runtime = new JavaRuntime(Files.createDirectories(folder)).link();
    return runtime.resolve("bin").resolve("java");
  }
}
