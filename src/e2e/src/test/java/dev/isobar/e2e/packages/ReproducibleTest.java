package dev.isobar.e2e.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.e2e.commandline.Shell;
import dev.isobar.packaging.oci.Digest;
import dev.isobar.packaging.release.MadePackage;
import dev.isobar.packaging.xpkg.Organisation;
import dev.isobar.packaging.xpkg.PackageKind;
import dev.isobar.testbed.plane.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same sources give the same bytes. */
final class ReproducibleTest {
  /** Another build, beside other suites that keep all cores busy. */
  private static final Duration LIMIT = Duration.ofMinutes(40);

  /** As whoever gets an archive of the sources, under habits of one's own. */
  private static final String BUILD =
      """
      umask 077
      mkdir other
      git -C "$CHECKOUT" ls-files -z --cached --others --exclude-standard |
        tar -C "$CHECKOUT" --null --files-from=- -c |
        tar -C other --no-same-permissions -x
      cd other
      ./isobar build
      """;

  @Test
  void packagesMadeTwiceAreTheSame(@TempDir Path folder) throws IOException {
    Organisation home = Organisation.of("example.org/acme");
    Built one = Built.into(folder.resolve("one"), home, Built.Cache.WITHOUT);
    Built other = Built.into(folder.resolve("other"), home, Built.Cache.WITHOUT);

    assertThat(one.packages()).hasSize(4);
    for (int i = 0; i < one.packages().size(); i++) {
      MadePackage first = one.packages().get(i);
      MadePackage second = other.packages().get(i);
      assertThat(second.digest()).as("digest of %s", first.kind()).isEqualTo(first.digest());
      assertThat(Files.mismatch(first.file(), second.file()))
          .as("first byte of %s that is another one", first.file().getFileName())
          .isEqualTo(-1);
    }
    assertThat(size(one, PackageKind.FUNCTION_ISOBAR)).as("its cache adds ten").isLessThan(50);
    assertThat(size(one, PackageKind.PROVIDER_ISOBAR)).as("half is EC2's jars").isLessThan(90);
    assertThat(papers(other)).as("what is told of them").isEqualTo(papers(one)).hasSize(8);
  }

  @Test
  void theCacheIsALayerAndAllOthersAreTheSame(@TempDir Path folder) {
    Organisation home = Organisation.of("example.org/acme");
    Built with = Built.into(folder.resolve("with"), home, Built.Cache.WITH);
    Built without = Built.into(folder.resolve("without"), home, Built.Cache.WITHOUT);

    for (PackageKind kind : PackageKind.values()) {
      List<Digest> layers = layers(with, kind);
      assertThat(layers).as("layers of %s", kind).containsAll(layers(without, kind));
      assertThat(layers.size() - layers(without, kind).size())
          .as("caches in %s", kind)
          .isEqualTo(kind == PackageKind.FUNCTION_ISOBAR ? 1 : 0);
    }
    assertThat(size(with, PackageKind.FUNCTION_ISOBAR)).as("the cache included").isLessThan(60);
  }

  @Test
  void jarsThatWereBuiltElsewhereMakeTheSame(@TempDir Path folder) throws IOException {
    Organisation home = Organisation.of("example.org/acme");
    String checkout = Project.here().root().toString();
    var habits = Map.of("CHECKOUT", checkout, "TZ", "Asia/Kathmandu");
    var shell = new Shell(Shell.newFolder("elsewhere"), habits);
    var _ = shell.type(BUILD, LIMIT);
    Path elsewhere = shell.folder().resolve("other");

    Built here = Built.into(folder.resolve("here"), home, Built.Cache.WITHOUT);
    Built there = Built.of(elsewhere, folder.resolve("there"), home, Built.Cache.WITHOUT);

    for (PackageKind kind : PackageKind.values()) {
      assertThat(layers(there, kind)).as("layers of %s", kind).isEqualTo(layers(here, kind));
      assertThat(there.of(kind).digest()).as("%s", kind).isEqualTo(here.of(kind).digest());
    }
  }

  private static List<Digest> layers(Built built, PackageKind kind) {
    return built.of(kind).image().layers().stream().map(layer -> layer.blob().digest()).toList();
  }

  /** What a node fetches that has none of it, in megabytes. */
  private static double size(Built built, PackageKind kind) {
    return built.of(kind).size() / 1e6;
  }

  /** Bills of materials, and provenance. */
  private static Map<String, String> papers(Built built) throws IOException {
    var papers = new TreeMap<String, String>();
    try (Stream<Path> files = Files.list(built.folder())) {
      for (Path file : files.filter(one -> one.toString().endsWith(".json")).toList()) {
        papers.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return papers;
  }
}
