package dev.isobar.e2e.packages;

import dev.isobar.cli.ExamplesRehearsal;
import dev.isobar.packaging.registry.Credentials;
import dev.isobar.packaging.registry.Registry;
import dev.isobar.packaging.release.MadePackage;
import dev.isobar.packaging.release.Release;
import dev.isobar.packaging.release.ReleaseWish;
import dev.isobar.packaging.runtime.Rehearsal;
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

  /** Whether the function has its cache of classes, as it has unless somebody leaves it out. */
  enum Cache {
    WITH,
    WITHOUT
  }

  /** Makes them. */
  static Built into(Path folder, Organisation home, Cache cache) {
    return of(Project.here().root(), folder, home, cache);
  }

  /** Makes them of another checkout, which was built. */
  static Built of(Path checkout, Path folder, Organisation home, Cache cache) {
    try (Release release = release(checkout, folder, home, VERSION, cache)) {
      return new Built(folder, home, release.make());
    }
  }

  /** Makes them, and stores them in a registry. */
  static Built push(Path folder, Organisation home, Version version, Cache cache) {
    try (Release release = release(Project.here().root(), folder, home, version, cache)) {
      List<MadePackage> made = release.make();
      var credentials = new Credentials(folder.resolve("config.json"));
      release.push(made, home, new Registry(home.registry(), credentials, Built::tell));
      return new Built(folder, home, made);
    }
  }

  /** Unpacks one, each time in a place of its own. */
  ImageRoot root(PackageKind kind) throws IOException {
    return ImageRoot.of(of(kind), Files.createTempDirectory(folder, kind.title()));
  }

  /** The package of a kind. */
  MadePackage of(PackageKind kind) {
    return packages.stream().filter(one -> one.kind() == kind).findFirst().orElseThrow();
  }

  private static Release release(
      Path checkout, Path folder, Organisation home, Version version, Cache cache) {
    Optional<Rehearsal> rehearsal =
        switch (cache) {
          case WITH -> Optional.of(new ExamplesRehearsal(checkout));
          case WITHOUT -> Optional.empty();
        };
    ReleaseWish wish = new ReleaseWish(folder, home, version, Optional.empty(), rehearsal);
    return Release.begin(checkout, wish, Built::tell);
  }

  private static void tell(String line) {
    System.err.println("isobar: " + line);
  }
}
