package dev.isobar.it.architecture;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The map of the tree in the README: the first fenced block under the heading {@code ## Map}.
 *
 * <p>A line is one or more names, separated by a comma and one space, then at least two spaces and
 * what is there. A name that starts the line is a path from the root; an indented one is a room of
 * the module named above it, that is a folder below the module or below its Java root package:
 *
 * <pre>
 * function/                the composition function
 *   compose/               what to create, decided without I/O
 * LICENSE, SECURITY.md     the terms
 * </pre>
 *
 * @param paths every path the map names, from the root, in the order of the map
 */
record ReadmeMap(List<Path> paths) {
  private static final Pattern BLOCK =
      Pattern.compile("^## Map\\s*$.*?^```\\w*\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);

  /** Java packages of modules whose folder's name Java keeps for itself. */
  private static final Map<String, String> PACKAGES = Map.of("package", "packaging");

  private static final Pattern LINE = Pattern.compile("^( *)(\\S+(?:, \\S+)*)  +\\S.*$");

  /** Reads the map, or nothing when the text has none; a line that is not an entry is refused. */
  static Optional<ReadmeMap> parse(String readme, Set<Path> folders) {
    Matcher block = BLOCK.matcher(readme);
    if (!block.find()) {
      return Optional.empty();
    }
    List<Path> paths = new ArrayList<>();
    Path module = Path.of("");
    for (String text : block.group(1).lines().filter(line -> !line.isBlank()).toList()) {
      Matcher line = LINE.matcher(text);
      if (!line.matches()) {
        throw new IllegalArgumentException(
            "cannot read the README's map line (names, two spaces, what is there): " + text);
      }
      for (String name : line.group(2).split(", ")) {
        if (line.group(1).isEmpty()) {
          module = Path.of(name);
          paths.add(module);
        } else {
          paths.add(room(module, name, folders));
        }
      }
    }
    return Optional.of(new ReadmeMap(List.copyOf(paths)));
  }

  /**
   * What a reader must be able to find on the map: top-level entries, modules and their first
   * rooms.
   */
  static Set<Path> landmarks(List<Path> files) {
    Set<Path> landmarks = new TreeSet<>();
    for (Path file : files) {
      if (file.getNameCount() > 1 || !file.toString().startsWith(".")) {
        landmarks.add(file.getName(0));
      }
      if (file.endsWith("pom.xml") && file.getNameCount() > 1) {
        Path module = file.getParent();
        landmarks.add(module);
        landmarks.addAll(rooms(module, files));
      }
    }
    return landmarks;
  }

  /** Every folder that holds one of the files, at any depth. */
  static Set<Path> folders(List<Path> files) {
    Set<Path> folders = new TreeSet<>();
    for (Path file : files) {
      for (Path folder = file.getParent(); folder != null; folder = folder.getParent()) {
        folders.add(folder);
      }
    }
    return folders;
  }

  private static Set<Path> rooms(Path module, List<Path> files) {
    Path root = rootPackage(module);
    return files.stream()
        .filter(file -> file.startsWith(root) && file.getNameCount() > root.getNameCount() + 1)
        .map(file -> file.subpath(0, root.getNameCount() + 1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Path room(Path module, String name, Set<Path> folders) {
    Path inPackage = rootPackage(module).resolve(name);
    return folders.contains(inPackage) ? inPackage : module.resolve(name);
  }

  private static Path rootPackage(Path module) {
    String name = module.getFileName().toString();
    return module.resolve("src/main/java/dev/isobar").resolve(PACKAGES.getOrDefault(name, name));
  }
}
