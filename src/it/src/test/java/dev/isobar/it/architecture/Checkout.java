package dev.isobar.it.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The source tree these tests run in.
 *
 * @param root the folder that holds the root POM
 */
public record Checkout(Path root) {
  private static final String MARK = "src/checkstyle/checkstyle.xml";
  private static final Set<String> NOT_OURS =
      Set.of(".git", "target", ".idea", ".vscode", ".settings");

  /** Finds the tree above the folder that the JVM was started in. */
  public static Checkout here() {
    Path start = Path.of("").toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve(MARK))) {
        return new Checkout(folder);
      }
    }
    throw new IllegalStateException("cannot find " + MARK + " in or above " + start);
  }

  /**
   * Every file that belongs to the project, relative to the root and sorted: what Git tracks or
   * would track; in an unpacked source archive, everything but build output.
   */
  public List<Path> files() {
    try {
      return Files.exists(root.resolve(".git")) ? filesKnownToGit() : filesFound();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list the files of " + root, e);
    }
  }

  /** The files whose name ends so, for example {@code .java}. */
  public List<Path> files(String ending) {
    return files().stream().filter(file -> file.toString().endsWith(ending)).toList();
  }

  /** The text of one file, given relative to the root. */
  public String read(Path file) {
    try {
      return Files.readString(root.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private List<Path> filesKnownToGit() throws IOException {
    Process git =
        new ProcessBuilder("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
            .directory(root.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String listed;
    try (var output = git.inputReader()) {
      listed = output.readAllAsString();
      if (git.waitFor() != 0) {
        throw new IOException("git ls-files ended with status " + git.exitValue());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for git ls-files", e);
    }
    return Stream.of(listed.split("\0"))
        .filter(name -> !name.isEmpty())
        .map(Path::of)
        .filter(file -> Files.exists(root.resolve(file)))
        .sorted()
        .distinct()
        .toList();
  }

  private List<Path> filesFound() throws IOException {
    try (Stream<Path> found = Files.walk(root)) {
      return found
          .filter(Files::isRegularFile)
          .map(root::relativize)
          .filter(Checkout::ours)
          .sorted()
          .toList();
    }
  }

  private static boolean ours(Path file) {
    for (Path part : file) {
      if (NOT_OURS.contains(part.toString())) {
        return false;
      }
    }
    return true;
  }
}
