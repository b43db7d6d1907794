package dev.isobar.packaging.runtime;

import dev.isobar.packaging.CannotPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a Java runtime needs of the system below it. Distributions build theirs on libraries of
 * their own, for compression and of C++, which the machine that makes an image has and the image
 * has not; there it would not start.
 */
final class RuntimeNeeds {
  private static final String REMEDY =
      "; take Eclipse Temurin (https://adoptium.net), which needs the C library alone, and point"
          + " ISOBAR_JAVA_HOME at it";

  private RuntimeNeeds() {}

  /**
   * Refuses a runtime that would not start in an image.
   *
   * @param runtime its folder
   * @param jdk it is of
   */
  static void check(Path runtime, String jdk) throws IOException {
    if (ElfFile.read(runtime.resolve("bin").resolve("java")).isEmpty()) {
      throw new CannotPackage("the JDK " + jdk + " is not for Linux; make packages on Linux");
    }
    var needed = new TreeSet<String>();
    var own = new HashSet<String>();
    try (Stream<Path> all = Files.walk(runtime)) {
      for (Path file : all.filter(one -> Files.isRegularFile(one)).toList()) {
        own.add(String.valueOf(file.getFileName()));
        ElfFile.read(file).ifPresent(read -> needed.addAll(read.needed()));
      }
    }
    needed.removeIf(name -> own.contains(name) || CLibrary.has(name));
    if (!needed.isEmpty()) {
      throw new CannotPackage(
          "the JDK %s needs %s, which images do not have%s"
              .formatted(jdk, String.join(", ", needed), REMEDY));
    }
  }
}
