package dev.isobar.cli.input;

import dev.isobar.cli.yaml.InputRejected;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the files of paths.
 *
 * <p>Of a folder: every {@code .yaml}, {@code .yml} and {@code .json} file at any depth, sorted by
 * path, but none whose own name, or the name of a folder on the way, begins with a dot, or is
 * {@code expected} or {@code golden} up to its first dot or dash (those hold output), and no {@code
 * kustomization}. A file that is named itself is always read. Everything in a folder {@code
 * observed} tells what exists already.
 */
public final class InputFiles {
  private static final Set<String> ENDINGS = Set.of("yaml", "yml", "json");
  private static final Set<String> SKIPPED = Set.of("expected", "golden", "kustomization");
  private static final String OBSERVED = "observed";

  /** By real path, so that a file that is reached twice is read once. */
  private final Map<Path, InputFile> files = new LinkedHashMap<>();

  private InputFiles() {}

  /**
   * The files of paths that exist.
   *
   * @param observed paths whose files all tell what exists already
   * @throws InputRejected when a folder cannot be read
   */
  public static List<InputFile> find(List<Path> paths, List<Path> observed) {
    var found = new InputFiles();
    observed.forEach(path -> found.add(path, true));
    paths.forEach(path -> found.add(path, false));
    return List.copyOf(found.files.values());
  }

  private void add(Path path, boolean observed) {
    boolean folder = Files.isDirectory(path);
    for (Path file : folder ? below(path) : List.of(path)) {
      boolean known = observed || isBelow(visible(path, file, folder), OBSERVED);
      files.putIfAbsent(real(file), InputFile.of(file, known));
    }
  }

  private static List<Path> below(Path folder) {
    var found = new ArrayList<Path>();
    try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      all.filter(file -> isInput(folder.relativize(file)))
          .filter(file -> !Files.isDirectory(file))
          .forEach(file -> found.add(readable(file)));
    } catch (UncheckedIOException unreadable) {
      throw unreadable(folder, Objects.requireNonNull(unreadable.getCause()));
    } catch (IOException unreadable) {
      throw unreadable(folder, unreadable);
    }
    found.sort(java.util.Comparator.comparing(InputFiles::shown));
    return found;
  }

  private static InputRejected unreadable(Path folder, IOException cause) {
    return switch (cause) {
      case FileSystemLoopException loop ->
          new InputRejected(
              shown(Path.of(loop.getFile()))
                  + ": is a link to a folder that it lies in; remove it, or name the files to"
                  + " read");
      case AccessDeniedException denied ->
          new InputRejected(
              shown(Path.of(denied.getFile())) + ": may not be read; change its permissions");
      default ->
          new InputRejected(shown(folder) + ": cannot read the folder: " + cause.getMessage());
    };
  }

  private static Path readable(Path file) {
    if (Files.isRegularFile(file)) {
      return file;
    }
    throw new InputRejected(
        shown(file)
            + (Files.exists(file)
                ? ": is no regular file; remove it, or name the files to read"
                : ": is a link to nothing; correct or remove it"));
  }

  private static boolean isInput(Path relative) {
    for (Path part : relative) {
      String name = part.toString();
      String stem = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
      if (stem.isEmpty()
          || SKIPPED.contains(stem)
          || stem.startsWith("expected-")
          || stem.startsWith("golden-")) {
        return false;
      }
    }
    String name = relative.toString();
    return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
  }

  /** Where the user sees the file: what lies above an absolute path is another matter. */
  private static Path visible(Path path, Path file, boolean folder) {
    if (!path.isAbsolute()) {
      return file.normalize();
    }
    Path base = folder ? path.getParent() : path.resolve("../..").normalize();
    return base == null ? file : base.relativize(file);
  }

  private static boolean isBelow(Path file, String folder) {
    Path parent = file.getParent();
    while (parent != null) {
      if (parent.endsWith(folder)) {
        return true;
      }
      parent = parent.getParent();
    }
    return false;
  }

  /** A pipe, as a shell's {@code <(...)} hands it in, has no other name. */
  private static Path real(Path file) {
    try {
      return Files.isRegularFile(file) ? file.toRealPath() : file.toAbsolutePath();
    } catch (IOException unreadable) {
      throw new InputRejected(shown(file) + ": cannot read the file: " + unreadable.getMessage());
    }
  }

  private static String shown(Path path) {
    return path.toString().replace('\\', '/');
  }
}
