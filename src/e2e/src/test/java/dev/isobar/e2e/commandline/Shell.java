package dev.isobar.e2e.commandline;

import dev.isobar.cli.IsobarMain;
import dev.isobar.testbed.plane.Project;
import dev.isobar.testbed.process.Command;
import dev.isobar.testbed.process.LocalProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A shell as a user has it open, in a folder with the programs of one's choice first on its PATH.
 *
 * @param folder where it is
 * @param variables that are set besides
 */
public record Shell(Path folder, Map<String, String> variables) {
  /** What was put into the background goes with the shell, also when a line fails. */
  private static final String LEAVING = "trap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n";

  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** An empty folder of this module's, for one shell. */
  public static Path newFolder(String name) {
    Path folder = Project.here().root().resolve("src/e2e/target/shells").resolve(name);
    try {
      if (Files.exists(folder)) {
        try (Stream<Path> all = Files.walk(folder)) {
          for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(file);
          }
        }
      }
      return Files.createDirectories(folder);
    } catch (IOException stubborn) {
      throw new UncheckedIOException("cannot empty " + folder, stubborn);
    }
  }

  /** Puts a program on the PATH. */
  public void put(String name, Path program) {
    link(programs().resolve(name), program);
  }

  /** Puts {@code isobar} on the PATH, as it was built. */
  public void putIsobar() {
    Path script = programs().resolve("isobar");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    try {
      Files.writeString(
          script,
          "#!/bin/sh\nexec '%s' -cp '%s' %s \"$@\"\n"
              .formatted(java, System.getProperty("java.class.path"), IsobarMain.class.getName()));
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException unwritable) {
      throw new UncheckedIOException("cannot write " + script, unwritable);
    }
  }

  /** Puts a file or folder into the folder, without a copy. */
  public void show(Path original) {
    link(folder.resolve(original.getFileName()), original);
  }

  /**
   * Types lines, of which none may fail.
   *
   * @return what they printed to standard output
   */
  public String type(String lines) {
    return type(lines, LIMIT);
  }

  /** The same of lines that may take their time. */
  public String type(String lines, Duration limit) {
    try {
      Path script = Files.writeString(folder.resolve("typed.sh"), LEAVING + lines);
      Path output = folder.resolve("printed.txt");
      Command command =
          Command.of(
              "typed", folder, Path.of("/bin/bash"), "-euo", "pipefail", script.getFileName());
      for (Map.Entry<String, String> variable : variables.entrySet()) {
        command = command.with(variable.getKey(), variable.getValue());
      }
      LocalProcess.startPrinting(
              command.with("PATH", programs() + ":" + System.getenv("PATH")),
              output,
              folder.resolve("typed.log"))
          .awaitSuccess(limit);
      return Files.readString(output);
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot type into a shell", failed);
    }
  }

  private Path programs() {
    try {
      return Files.createDirectories(folder.resolve("bin"));
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  private static void link(Path link, Path original) {
    try {
      var _ = Files.createSymbolicLink(link, original);
    } catch (IOException unwritable) {
      throw new UncheckedIOException("cannot link to " + original, unwritable);
    }
  }
}
