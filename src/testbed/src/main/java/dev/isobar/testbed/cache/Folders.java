package dev.isobar.testbed.cache;

import dev.isobar.testbed.process.CannotRun;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;

/** Folders with everything in them. */
public final class Folders {
  private Folders() {}

  /** A copy of a folder, in a place where there is nothing yet. */
  public static void copy(Path from, Path to) {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path file : all.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          var _ = Files.createDirectories(copy);
        } else {
          Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    } catch (IOException unwritable) {
      throw new CannotRun("cannot copy " + from, unwritable);
    }
  }

  /** Removes a folder, if it is there. */
  public static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException stubborn) {
      throw new CannotRun("cannot delete " + folder, stubborn);
    }
  }

  /** Has the disk keep what is in a folder, before anybody relies on it. */
  static void force(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.force(true);
        }
      }
    } catch (IOException failed) {
      throw new CannotRun("cannot write " + folder, failed);
    }
  }
}
