package dev.isobar.testbed.build;

import dev.isobar.testbed.process.CannotRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How a part is built.
 *
 * @param folder holds its go.mod and go.sum, which pin every library, and the sources of a program
 *     of ours
 * @param programs those to build; the others are there already
 */
record Recipe(Part part, Path folder, List<Program> programs) {
  /** To be changed with the way things are built. */
  private static final String EDITION = "1";

  private static final int DIGITS = 12;

  /**
   * The name of its folder in the cache: another one for everything that could make a difference.
   */
  String key() throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      List<String> packages = programs.stream().map(Program::goPackage).toList();
      List<String> copies = papers().stream().map(Paper::recipe).toList();
      String words = EDITION + packages + copies + flags() + (part.bindsToC() ? "C" : "");
      digest.update(words.getBytes(StandardCharsets.UTF_8));
      for (Path file : files()) {
        digest.update(Files.readAllBytes(file));
      }
      String hex = HexFormat.of().formatHex(digest.digest());
      return part.folder() + "-" + hex.substring(0, DIGITS);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  /** What Go builds from, in a fixed order. */
  List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      Stream<Path> pins = Stream.of("go.mod", "go.sum").map(folder::resolve);
      Stream<Path> sources = all.filter(file -> file.toString().endsWith(".go")).sorted();
      return Stream.concat(pins, sources).toList();
    }
  }

  List<Paper> papers() {
    return Paper.of(part);
  }

  /** For the linker. */
  String flags() throws IOException {
    return programs.isEmpty() ? "" : part.linkerFlags(version(programs.getFirst().module()));
  }

  /** For messages: the part and its version. */
  String words() throws IOException {
    String module =
        programs.isEmpty() ? papers().getFirst().module() : programs.getFirst().module();
    return part.folder() + " " + version(module);
  }

  private String version(String module) throws IOException {
    Path file = folder.resolve("go.mod");
    Matcher line =
        Pattern.compile("(?m)^(?:require )?\\s*" + Pattern.quote(module) + " (v\\S+)")
            .matcher(Files.readString(file));
    if (!line.find()) {
      throw new CannotRun(file + " does not require " + module);
    }
    return line.group(1);
  }
}
