package dev.isobar.packaging.runtime;

import dev.isobar.packaging.oci.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Something of somebody's that is in an image.
 *
 * @param identity a package URL; empty where nobody knows it
 * @param digest of its file; empty for what is more than one
 */
public record Component(
    String name, String version, Optional<String> identity, Optional<Digest> digest) {
  /** A jar, by what Maven knows of it; elsewhere nothing is known but its name. */
  static Component of(Path jar) throws IOException {
    Optional<Digest> digest = Optional.of(Digest.of(jar));
    Optional<MavenJar> known = MavenJar.of(jar);
    if (known.isEmpty()) {
      String name = String.valueOf(jar.getFileName()).replaceFirst("\\.jar$", "");
      return new Component(name, "", Optional.empty(), digest);
    }
    MavenJar maven = known.get();
    return new Component(maven.artifact(), maven.version(), Optional.of(maven.identity()), digest);
  }

  /** The C library's package. */
  static Component of(CLibrary.Unpacked unpacked) {
    String[] words = unpacked.name().split(" ", -1);
    String name = words[0];
    String version = words[1];
    String identity =
        "pkg:deb/%s/%s@%s?arch=%s"
            .formatted(
                unpacked.distribution().title(),
                name,
                version.replace("+", "%2B"),
                unpacked.architecture().title());
    return new Component(name, version, Optional.of(identity), Optional.of(unpacked.digest()));
  }

  /** The JDK whose parts are in the runtime. */
  static Component ofRuntime(Runtime.Version version) {
    String identity = "pkg:generic/openjdk@" + version.toString().replace("+", "%2B");
    return new Component("OpenJDK", version.toString(), Optional.of(identity), Optional.empty());
  }
}
