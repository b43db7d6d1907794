package dev.isobar.cli;

import dev.isobar.packaging.CannotPackage;
import dev.isobar.packaging.registry.Credentials;
import dev.isobar.packaging.registry.Registry;
import dev.isobar.packaging.release.MadePackage;
import dev.isobar.packaging.release.Release;
import dev.isobar.packaging.release.ReleaseWish;
import dev.isobar.packaging.xpkg.Organisation;
import dev.isobar.packaging.xpkg.Version;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Makes the packages that Crossplane installs. */
@Command(
    name = "package",
    sortOptions = false,
    header = "Makes the packages that Crossplane installs, as files and in a registry.",
    description = {
      "",
      "function-isobar and provider-isobar with all they need to run, and the two configurations of"
          + " which a management cluster has one: configuration-isobar, where app teams write"
          + " claims, and configuration-isobar-namespaced, where they write composites. The same"
          + " sources, JDK and C library give the same bytes. Needs Debian's apt-get and dpkg-deb,"
          + " or with --libc dpkg-deb alone; no container engine.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  Files, which \"crossplane xpkg push\" and \"skopeo copy oci-archive:FILE\" take:",
      "    isobar package --output target/packages --version v0.1.0-1",
      "  Into a registry, and from there into a management cluster that has",
      "  package/deployment already (src/site/markdown/installing.md):",
      "    isobar package --output target/packages --push ghcr.io/acme --version v0.1.0-1",
      "    crossplane xpkg install configuration \\",
      "      ghcr.io/acme/configuration-isobar:v0.1.0-1",
      "  For a registry that is mirrored:",
      "    isobar package --output target/packages --version v0.1.0-1 \\",
      "      --home ghcr.io/acme --push 10.0.0.5:5000/mirror",
      "",
      "Standard output has a line for each package: its reference with the digest, and its file."
          + " Names and passwords are",
      "those that docker login wrote into config.json. A registry of this machine is spoken to"
          + " without TLS.",
      "",
      "Exit codes:",
      "  0  all were made, and pushed when that was asked for",
      "  2  used wrongly",
      "  3  they could not be made or pushed: standard error says why, and who must do what"
    })
final class PackageCommand implements Callable<Integer> {
  /** How Maven ends a version that is worked on; Semantic Versioning has words behind numbers. */
  private static final String UNRELEASED = "-SNAPSHOT";

  private final PrintStream out;
  private final PrintStream err;
  private final Surroundings surroundings;

  @Spec @Nullable CommandSpec spec;

  @Option(
      names = "--output",
      paramLabel = "FOLDER",
      required = true,
      description = "Where the files go, one for each package; it is made when it is not there.")
  Path output = Path.of("");

  @Option(
      names = "--push",
      paramLabel = "REGISTRY/ORG",
      converter = Place.class,
      description = "Also push them into the repositories of that name.")
  @Nullable Organisation push;

  @Option(
      names = "--home",
      paramLabel = "REGISTRY/ORG",
      converter = Place.class,
      description = {
        "Where the configurations look for the function and the provider.",
        "Default: where they are pushed to, else xpkg.crossplane.io/isobar."
      })
  @Nullable Organisation home;

  @Option(
      names = "--version",
      paramLabel = "VERSION",
      converter = Tag.class,
      description = {
        "Tag of the packages, as v1.2.3, another one for each push.",
        "Default: that of the sources, which is for registries only when it is a release's."
      })
  @Nullable Version version;

  @Option(
      names = "--libc",
      paramLabel = "FILE",
      description = {
        "Debian's package libc6 for this machine, whose C library the images have.",
        "Default: apt fetches the one it knows of."
      })
  @Nullable Path library;

  @Option(
      names = "--no-cache",
      description = {
        "Leave out the cache of classes, with which the function starts sooner. It is a"
            + " layer of its own, and the only thing whose bytes differ each time."
      })
  boolean without;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  /**
   * What the command finds around it.
   *
   * @param checkout of this project, built; empty when the launcher did not say
   * @param version of the sources
   * @param credentials for registries
   */
  record Surroundings(Optional<Path> checkout, String version, Path credentials) {}

  PackageCommand(PrintStream out, PrintStream err, Surroundings surroundings) {
    this.out = out;
    this.err = err;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    check();
    Path checkout =
        surroundings
            .checkout()
            .orElseThrow(() ->
                new CannotPackage("packages are made of a checkout: run the ./isobar of one"));
    Organisation target = push;
    var usual = new Organisation("xpkg.crossplane.io", "isobar");
    ReleaseWish wish =
        new ReleaseWish(
            output,
            home != null ? home : target != null ? target : usual,
            version != null ? version : Version.of(surroundings.version()),
            Optional.ofNullable(library).map(Path::toAbsolutePath),
            without ? Optional.empty() : Optional.of(new ExamplesRehearsal(checkout)));
    try (Release release = Release.begin(checkout, wish, this::tell)) {
      List<MadePackage> made = release.make();
      if (target != null) {
        var credentials = new Credentials(surroundings.credentials());
        release.push(made, target, new Registry(target.registry(), credentials, this::tell));
      }
      print(made, target != null ? target : wish.home(), wish.version());
    }
    return 0;
  }

  /** What is wrong is told before anything is done. */
  private void check() {
    if (Files.exists(output) && !Files.isDirectory(output)) {
      throw wrong("--output: " + output + " is no folder");
    }
    if (library != null && !Files.isRegularFile(library)) {
      throw wrong("--libc: there is no file " + library);
    }
    String own = surroundings.version();
    if (version != null || !own.endsWith(UNRELEASED)) {
      return;
    }
    if (push != null) {
      throw wrong(
          "--push: name a --version, as %s-1; %s, that of the sources, is no release's, and in a registry core would prefer it to all such"
              .formatted(Version.of(own.replace(UNRELEASED, "")).tag(), Version.of(own).tag()));
    }
    tell(
        Version.of(own).tag()
            + ", that of the sources, is no release's; name a --version for files that go into a"
            + " registry");
  }

  private void tell(String line) {
    err.println("isobar: " + line);
  }

  private void print(List<MadePackage> made, Organisation place, Version tag) {
    for (MadePackage one : made) {
      out.printf(
          "%s:%s@%s %s %.1f MB%n",
          place.repository(one.kind().title()),
          tag.tag(),
          one.digest(),
          one.file(),
          one.size() / 1e6);
    }
  }

  private ParameterException wrong(String problem) {
    if (spec == null) {
      throw new IllegalStateException("commands are only made by picocli");
    }
    return new ParameterException(spec.commandLine(), problem);
  }

  /** Reads a place of packages. */
  static final class Place implements ITypeConverter<Organisation> {
    @Override
    public Organisation convert(String word) {
      try {
        return Organisation.of(word);
      } catch (IllegalArgumentException none) {
        throw new TypeConversionException(String.valueOf(none.getMessage()));
      }
    }
  }

  /** Reads a version. */
  static final class Tag implements ITypeConverter<Version> {
    @Override
    public Version convert(String word) {
      try {
        return new Version(word);
      } catch (IllegalArgumentException none) {
        throw new TypeConversionException(String.valueOf(none.getMessage()));
      }
    }
  }
}
