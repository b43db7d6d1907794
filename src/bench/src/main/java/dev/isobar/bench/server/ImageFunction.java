package dev.isobar.bench.server;

import dev.isobar.bench.machine.Folders;
import dev.isobar.cli.ExamplesRehearsal;
import dev.isobar.packaging.release.Release;
import dev.isobar.packaging.runtime.LaidOutFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The function that images have, made as {@code isobar package} makes theirs. */
public final class ImageFunction {
  private ImageFunction() {}

  /**
   * Makes it anew.
   *
   * @param checkout of this project, built
   * @param folder where it will be; what is there goes
   */
  public static LaidOutFunction make(Path checkout, Path folder) throws IOException {
    Folders.delete(folder);
    return LaidOutFunction.rehearse(
        checkout, Release.TIME, Files.createDirectories(folder), new ExamplesRehearsal(checkout));
  }
}
