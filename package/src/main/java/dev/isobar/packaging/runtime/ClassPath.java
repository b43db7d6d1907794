package dev.isobar.packaging.runtime;

import dev.isobar.packaging.CannotPackage;
import dev.isobar.packaging.oci.Digest;
import dev.isobar.packaging.oci.FileTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The jars of a program, as Maven built them.
 *
 * @param jars in the order in which classes are looked for
 */
record ClassPath(ShippedProgram program, List<Path> jars) {
  /** Where they are in images. */
  static final String PLACE = "app";

  private static final int DIGITS = 16;

  /** Of a checkout that was built. */
  static ClassPath of(Path checkout, ShippedProgram program) throws IOException {
    Path target = checkout.resolve(program.module()).resolve("target");
    Path list = target.resolve("classpath.txt");
    if (!Files.exists(list)) {
      throw new CannotPackage(list + " is missing; run ./isobar build");
    }
    var jars = new ArrayList<Path>();
    jars.add(own(target, program));
    Stream.of(Files.readString(list).strip().split(":")).map(Path::of).forEach(jars::add);
    for (Path jar : jars) {
      if (!Files.isRegularFile(jar)) {
        throw new CannotPackage(jar + " is no jar; run ./isobar build");
      }
    }
    return new ClassPath(program, List.copyOf(jars));
  }

  /**
   * The same with copies of our own jars that tell nothing of the machine that built them.
   *
   * @param time of everything in them
   * @param workshop a folder for the copies
   */
  ClassPath plain(Instant time, Path workshop) throws IOException {
    Path folder = Files.createDirectories(workshop.resolve("jars-of-" + program.artifact()));
    var plain = new ArrayList<Path>();
    for (Path jar : jars) {
      plain.add(isOurs(jar) ? PlainJar.write(jar, time, folder) : jar);
    }
    return new ClassPath(program, List.copyOf(plain));
  }

  /** Maven leaves the jar of a former version where it is. */
  private static Path own(Path target, ShippedProgram program) throws IOException {
    List<String> found;
    try (Stream<Path> files = Files.list(target)) {
      found =
          files
              .map(file -> String.valueOf(file.getFileName()))
              .filter(name -> name.matches(program.artifact() + "-[0-9].*\\.jar"))
              .filter(name -> !name.endsWith("-tests.jar"))
              .sorted()
              .toList();
    }
    if (found.isEmpty()) {
      throw new CannotPackage("no jar is in " + target + "; run ./isobar build");
    }
    if (found.size() > 1) {
      throw new CannotPackage(
          "%s are in %s; delete all but that of the version of the sources"
              .formatted(String.join(" and ", found), target));
    }
    return target.resolve(found.getFirst());
  }

  /** Other projects' jars, which change seldom. */
  FileTree libraries() {
    var files = new FileTree();
    others().forEach(jar -> files.plain(place(jar), jar));
    return files;
  }

  List<Path> others() {
    return jars.stream().filter(jar -> !isOurs(jar)).toList();
  }

  /** Our own jars, and what the Java machine is told. */
  FileTree ours() {
    var files = new FileTree();
    jars.stream().filter(ClassPath::isOurs).forEach(jar -> files.plain(place(jar), jar));
    return files.file(PLACE + "/start", text(start(Path.of("/"))));
  }

  /** The file of arguments that starts the program. */
  static String startFile() {
    return "/" + PLACE + "/start";
  }

  /**
   * What the Java machine is told: flags, jars, class.
   *
   * @param root of the image, as the machine sees it
   */
  List<String> start(Path root) {
    String path =
        jars.stream()
            .map(jar -> root.resolve(place(jar)).toString())
            .collect(Collectors.joining(":"));
    return Stream.concat(program.flags().stream(), Stream.of("-cp", path, program.main())).toList();
  }

  /** One for all jars and what is done with them; others give another one. */
  String digest() throws IOException {
    var all = new StringBuilder(String.join(" ", start(Path.of("/"))));
    for (Path jar : jars) {
      all.append(' ').append(Digest.of(Files.readAllBytes(jar)));
    }
    byte[] bytes = all.toString().getBytes(StandardCharsets.UTF_8);
    return Digest.of(bytes).hex().substring(0, DIGITS);
  }

  private static String text(List<String> words) {
    return words.stream().collect(Collectors.joining("\n", "", "\n"));
  }

  private static String place(Path jar) {
    return PLACE + "/" + jar.getFileName();
  }

  private static boolean isOurs(Path jar) {
    String name = String.valueOf(jar.getFileName());
    return name.startsWith("isobar-")
        || Stream.of(ShippedProgram.values()).anyMatch(one -> name.startsWith(one.artifact()));
  }
}
