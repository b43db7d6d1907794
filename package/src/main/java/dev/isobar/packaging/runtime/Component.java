package dev.isobar.packaging.runtime;

import dev.isobar.packaging.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Something of somebody's that is in an image.
 *
 * @param identity a package URL; empty where nobody knows it
 * @param digest of its file; empty for what is more than one
 */
public record Component(
    String name, String version, Optional<String> identity, Optional<Digest> digest) {
  /** The folder that Maven keeps jars in ends so. */
  private static final String REPOSITORY = "repository";

  /** A jar, where Maven keeps it: group, artifact and version are folders above it. */
  static Component of(Path jar) throws IOException {
    Optional<Digest> digest = Optional.of(Digest.of(Files.readAllBytes(jar)));
    List<String> folders = below(Objects.requireNonNull(jar.toAbsolutePath().getParent()));
    if (folders.size() < 3) {
      String name = jar.getFileName().toString().replaceFirst("\\.jar$", "");
      return new Component(name, "", Optional.empty(), digest);
    }
    String version = folders.removeLast();
    String artifact = folders.removeLast();
    String identity = "pkg:maven/%s/%s@%s".formatted(String.join(".", folders), artifact, version);
    return new Component(artifact, version, Optional.of(identity), digest);
  }

  /** A package of Debian. */
  static Component ofDebian(CLibrary.Unpacked unpacked) {
    String[] words = unpacked.name().split(" ", -1);
    String name = words[0];
    String version = words[1];
    String architecture = unpacked.architecture().title();
    String identity =
        "pkg:deb/debian/%s@%s?arch=%s".formatted(name, version.replace("+", "%2B"), architecture);
    return new Component(name, version, Optional.of(identity), Optional.of(unpacked.digest()));
  }

  /** The JDK whose parts are in the runtime. */
  static Component ofRuntime(Runtime.Version version) {
    String identity = "pkg:generic/openjdk@" + version.toString().replace("+", "%2B");
    return new Component("OpenJDK", version.toString(), Optional.of(identity), Optional.empty());
  }

  private static List<String> below(Path folder) {
    var names = new ArrayList<String>();
    for (Path place = folder;
        place != null && place.getFileName() != null;
        place = place.getParent()) {
      String name = place.getFileName().toString();
      if (name.equals(REPOSITORY)) {
        return names;
      }
      names.addFirst(name);
    }
    return new ArrayList<>();
  }
}
