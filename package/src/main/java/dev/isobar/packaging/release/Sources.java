package dev.isobar.packaging.release;

import dev.isobar.packaging.CannotPackage;
import dev.isobar.packaging.runtime.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What packages are made of, as Git knows it.
 *
 * @param commit empty for what is in no repository
 * @param modified whether a file differs from the commit, or is not in it
 */
record Sources(Optional<String> commit, boolean modified) {
  /** Where this project is at home. */
  static final String HOME = "https://isobar.dev";

  /**
   * Those of a checkout.
   *
   * @param output where packages go, of which nothing counts
   * @param progress is told where Git does not say
   */
  static Sources of(Path checkout, Path output, Consumer<String> progress) {
    if (!Files.exists(checkout.resolve(".git"))) {
      return new Sources(Optional.empty(), false);
    }
    try {
      String commit = git(checkout, "rev-parse", "HEAD");
      boolean modified = !git(checkout, status(checkout, output)).isEmpty();
      return new Sources(Optional.of(commit), modified);
    } catch (CannotPackage unknown) {
      progress.accept("the provenance will name no commit: " + unknown.getMessage());
      return new Sources(Optional.empty(), false);
    }
  }

  /** Files that are not in the commit count, but for those that are made. */
  private static String[] status(Path checkout, Path output) {
    Path root = checkout.toAbsolutePath().normalize();
    Path made = output.toAbsolutePath().normalize();
    return made.startsWith(root) && !made.equals(root)
        ? new String[] {
          "status", "--porcelain", "--", ".", ":(exclude,literal)" + root.relativize(made)
        }
        : new String[] {"status", "--porcelain"};
  }

  /** Without the lock that Git takes to note what it saw: others may be at work in the checkout. */
  private static String git(Path checkout, String... words) {
    var command = Stream.concat(Stream.of("git", "--no-optional-locks"), Stream.of(words));
    return Tool.run(checkout, command.toList());
  }
}
