package dev.isobar.cli.input;

import java.nio.file.Path;

/**
 * A file to read.
 *
 * @param name as the user would write it, with slashes
 * @param observed whether it tells what exists already
 */
public record InputFile(Path path, String name, boolean observed) {
  private static final Path STANDARD_INPUT = Path.of("-");

  /** The file of a path, or what the path - stands for. */
  public static InputFile of(Path path, boolean observed) {
    String name = isStandardInput(path) ? "standard input" : path.toString().replace('\\', '/');
    return new InputFile(path, name, observed);
  }

  /** Whether it is no file but what comes in. */
  public static boolean isStandardInput(Path path) {
    return path.equals(STANDARD_INPUT);
  }
}
