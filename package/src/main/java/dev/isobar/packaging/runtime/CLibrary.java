package dev.isobar.packaging.runtime;

import dev.isobar.packaging.CannotPackage;
import dev.isobar.packaging.oci.Digest;
import dev.isobar.packaging.oci.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The lowest layer: GNU's C library out of Debian's package of it, and a user. {@link RuntimeNeeds}
 * refuses a Java runtime that needs something else of a system.
 */
public final class CLibrary {
  /** Who programs run as, unless who starts them says otherwise. */
  static final String USER = "65532";

  private static final String PACKAGE = "libc6";
  private static final List<String> LIBRARIES =
      List.of(
          "libc.so.6",
          "libm.so.6",
          "libdl.so.2",
          "libpthread.so.0",
          "librt.so.1",
          "libresolv.so.2",
          "libnss_dns.so.2",
          "libnss_files.so.2");

  /** Where whoever runs a container mounts something, also over a root that is read-only. */
  private static final List<String> MOUNTED = List.of("dev", "proc", "sys");

  private static final int EMPTY = 0755;
  private static final int FOR_ALL = 01777;

  private final Path workshop;
  private final Optional<Path> archive;
  private final ImageArchitecture architecture;

  /**
   * The library.
   *
   * @param workshop a folder for what is fetched and unpacked
   * @param archive Debian's package; empty to ask apt for the one it has now
   * @param architecture it must be for
   */
  public CLibrary(Path workshop, Optional<Path> archive, ImageArchitecture architecture) {
    this.workshop = workshop;
    this.archive = archive;
    this.architecture = architecture;
  }

  /** Whether an image has a library of this name, or what loads programs. */
  static boolean has(String name) {
    return LIBRARIES.contains(name)
        || Stream.of(ImageArchitecture.values()).anyMatch(one -> one.loader().endsWith("/" + name));
  }

  /** Fetches and unpacks it. */
  public Unpacked unpack() throws IOException {
    Path file = archive.isPresent() ? archive.get() : fetch();
    Path folder = Files.createDirectories(workshop.resolve("libc"));
    var _ =
        Tool.run(workshop, List.of("dpkg-deb", "--extract", file.toString(), folder.toString()));
    String fields = "${Package} ${Version} ${Architecture}";
    String name =
        Tool.run(
            workshop, List.of("dpkg-deb", "--show", "--showformat=" + fields, file.toString()));
    if (!name.matches(PACKAGE + " \\S+ " + architecture.title())) {
      throw new CannotPackage(
          file + " is " + name + ", not Debian's " + PACKAGE + " for " + architecture.title());
    }
    return new Unpacked(name, architecture, Digest.of(file), folder);
  }

  private Path fetch() throws IOException {
    Path folder = Files.createDirectories(workshop.resolve("fetched"));
    try {
      String name = PACKAGE + ":" + architecture.title();
      var _ = Tool.run(folder, List.of("apt-get", "-q", "download", name));
    } catch (CannotPackage failed) {
      throw new CannotPackage(
          "cannot fetch Debian's package "
              + PACKAGE
              + "; run apt-get update as root, or fetch it elsewhere and name it with --libc",
          failed);
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".deb"))
          .findFirst()
          .orElseThrow(() -> new CannotPackage("apt-get download left nothing in " + folder));
    }
  }

  /**
   * Debian's package, or Ubuntu's, unpacked.
   *
   * @param name package, version and architecture
   * @param architecture of its libraries
   * @param digest of the package as it is published
   */
  public record Unpacked(String name, ImageArchitecture architecture, Digest digest, Path folder) {
    /** Who made it. */
    Distribution distribution() {
      return Distribution.of(name);
    }

    /** What of it belongs into an image. */
    public FileTree files() throws IOException {
      var files = new FileTree();
      String loader = architecture.loader();
      files.copy(loader, find(loader.substring(loader.lastIndexOf('/') + 1)));
      for (String library : LIBRARIES) {
        files.copy(architecture.libraries() + "/" + library, find(library));
      }
      files.plain("usr/share/doc/libc6/copyright", folder.resolve("usr/share/doc/libc6/copyright"));
      text(files, "etc/passwd", "nonroot:x:65532:65532:nonroot:/:/sbin/nologin");
      text(files, "etc/group", "nonroot:x:65532:");
      text(files, "etc/nsswitch.conf", "hosts: files dns");
      MOUNTED.forEach(path -> files.folder(path, EMPTY));
      return files.folder("tmp", FOR_ALL);
    }

    private static void text(FileTree files, String path, String line) {
      files.file(path, line + "\n");
    }

    private Path find(String name) throws IOException {
      try (Stream<Path> all = Files.walk(folder)) {
        return all.filter(file -> file.getFileName().toString().equals(name))
            .filter(file -> Files.isRegularFile(file))
            .min((one, other) -> one.toString().compareTo(other.toString()))
            .orElseThrow(() -> new CannotPackage(this.name + " holds no " + name));
      }
    }
  }
}
