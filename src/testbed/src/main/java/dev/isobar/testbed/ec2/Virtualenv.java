package dev.isobar.testbed.ec2;

import dev.isobar.testbed.process.CannotRun;
import dev.isobar.testbed.process.Command;
import dev.isobar.testbed.process.Processes;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Python of its own with pinned packages, made once and kept in the user's cache; another list of
 * packages is another one.
 */
final class Virtualenv {
  private static final Path SYSTEM_PYTHON = Path.of("python3");
  private static final Duration QUICK = Duration.ofMinutes(5);
  private static final Duration INSTALLING = Duration.ofMinutes(10);
  private static final String WHOLE = "installed";
  private static final String OLD_ENOUGH =
      "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))";

  private Virtualenv() {}

  /**
   * The Python to start; made now if it is not there yet.
   *
   * @param requirements what pip installs
   * @param cache where it is kept
   * @throws CannotRun when there is no Python, or the packages cannot be had
   */
  static Path python(Path requirements, Path cache, Processes processes) {
    try {
      Files.createDirectories(cache);
      Path folder = cache.resolve("moto-" + hash(requirements));
      try (FileChannel channel =
              FileChannel.open(
                  cache.resolve("moto.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock _ = channel.lock()) { // two runs must not install over each other
        if (!Files.exists(folder.resolve(WHOLE))) {
          delete(folder);
          install(requirements, folder, processes);
          Files.createFile(folder.resolve(WHOLE));
        }
      }
      return folder.resolve("bin/python");
    } catch (IOException unwritable) {
      throw new CannotRun("cannot keep moto's Python in " + cache, unwritable);
    }
  }

  private static void install(Path requirements, Path folder, Processes processes) {
    Path here = requirements.resolveSibling("");
    try {
      processes.run(
          Command.of("python-version", here, SYSTEM_PYTHON, "-I", "-c", OLD_ENOUGH), QUICK);
    } catch (CannotRun cannot) {
      throw new CannotRun(
          "EC2's stand-in needs Python 3.10 or later with venv and pip (Debian, Ubuntu: apt-get"
              + " install python3-venv)",
          cannot);
    }
    processes.run(
        Command.of("python-venv", here, SYSTEM_PYTHON, "-I", "-m", "venv", folder), QUICK);
    List<String> pip =
        List.of(
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--requirement",
            requirements.toString());
    try {
      processes.run(
          Command.of("python-packages", here, folder.resolve("bin/python")).with(pip), INSTALLING);
    } catch (CannotRun cannot) {
      throw new CannotRun(
          "EC2's stand-in needs the packages of " + requirements + ", and pip cannot get them",
          cannot);
    }
  }

  private static String hash(Path requirements) throws IOException {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(requirements));
      return HexFormat.of().formatHex(digest, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
