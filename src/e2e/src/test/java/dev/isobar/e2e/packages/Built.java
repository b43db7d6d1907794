package dev.isobar.e2e.packages;

import dev.isobar.packaging.registry.Credentials;
import dev.isobar.packaging.registry.Registry;
import dev.isobar.packaging.release.MadePackage;
import dev.isobar.packaging.release.Release;
import dev.isobar.packaging.release.ReleaseWish;
import dev.isobar.packaging.xpkg.Organisation;
import dev.isobar.packaging.xpkg.PackageKind;
import dev.isobar.packaging.xpkg.Version;
import dev.isobar.testbed.plane.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Packages of this checkout.
 *
 * @param folder of their files
 * @param home where they find each other
 */
record Built(Path folder, Organisation home, List<MadePackage> packages) {
  static final Version VERSION = new Version("v0.1.0");

  /** Makes them. */
  static Built into(Path folder, Organisation home) {
    try (Release release = release(folder, home, VERSION)) {
      return new Built(folder, home, release.make());
    }
  }

  /** Makes them, and stores them in a registry. */
  static Built push(Path folder, Organisation home, Version version) {
    try (Release release = release(folder, home, version)) {
      List<MadePackage> made = release.make();
      var credentials = new Credentials(folder.resolve("config.json"));
      release.push(made, home, new Registry(home.registry(), credentials, Built::tell));
      return new Built(folder, home, made);
    }
  }

  /** Unpacks one, each time in a place of its own. */
  ImageRoot root(PackageKind kind) throws IOException {
    MadePackage made =
        packages.stream().filter(one -> one.kind() == kind).findFirst().orElseThrow();
    return ImageRoot.of(made, Files.createTempDirectory(folder, kind.title()));
  }

  private static Release release(Path folder, Organisation home, Version version) {
    ReleaseWish wish = new ReleaseWish(folder, home, version, Optional.empty(), Optional.empty());
    return Release.begin(Project.here().root(), wish, Built::tell);
  }

  private static void tell(String line) {
    System.err.println("isobar: " + line);
  }
}
