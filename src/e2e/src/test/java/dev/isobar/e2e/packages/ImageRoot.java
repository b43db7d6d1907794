package dev.isobar.e2e.packages;

import dev.isobar.packaging.oci.Layer;
import dev.isobar.packaging.release.MadePackage;
import dev.isobar.testbed.process.Command;
import dev.isobar.testbed.process.LocalProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of an image, unpacked, and run as a container is: with nothing of this machine but its
 * devices and processes, by a user without rights.
 *
 * @param folder with everything of the image
 */
record ImageRoot(Path folder) {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String USER = "65532:65532";

  /**
   * A name space of its own lets anybody see another root; root itself becomes the image's user.
   */
  private static final String ENTER =
      """
      mount --rbind /proc "$0/proc" && mount --rbind /dev "$0/dev" || exit 1
      if [ "$1" = root ]; then user=--userspec=%s; else user=; fi
      shift
      exec chroot $user "$0" /opt/java/bin/java @/app/start "$@"
      """
          .formatted(USER);

  /** Unpacks what is in the file of a package. */
  static ImageRoot of(MadePackage made, Path folder) throws IOException {
    Path parts = Files.createDirectories(folder.resolve("parts"));
    Path root = Files.createDirectories(folder.resolve("root"));
    run(folder, "tar", "-xf", made.file(), "-C", parts);
    for (Layer layer : made.image().layers()) {
      run(
          folder,
          "tar",
          "-xzf",
          parts.resolve("blobs/sha256").resolve(layer.blob().digest().hex()),
          "-C",
          root);
    }
    return new ImageRoot(root);
  }

  /** Puts files where the image's user may read them. */
  String show(Path files, String name) throws IOException {
    Path place = Files.createDirectories(folder.resolve("tmp").resolve(name));
    try (Stream<Path> all = Files.list(files)) {
      for (Path file : all.toList()) {
        Path copy = Files.copy(file, place.resolve(file.getFileName()));
        if (!copy.toFile().setReadable(true, false)) {
          throw new IOException("cannot make " + copy + " readable");
        }
      }
    }
    return "/tmp/" + name;
  }

  /** What starts its program. */
  Command command(String name, List<String> words) {
    boolean root = "root".equals(System.getProperty("user.name"));
    List<String> space =
        root ? List.of("--mount") : List.of("--user", "--map-root-user", "--mount");
    return Command.of(name, folder, Path.of("/usr/bin/unshare"))
        .with(space)
        .with(List.of("sh", "-c", ENTER, folder.toString(), root ? "root" : "somebody"))
        .with(words);
  }

  private static void run(Path folder, String program, Object... words) {
    Command command = Command.of(program, folder, Path.of("/usr/bin/env"), program);
    LocalProcess.start(
            command.with(Stream.of(words).map(String::valueOf).toList()), folder.resolve("log"))
        .awaitSuccess(LIMIT);
  }
}
