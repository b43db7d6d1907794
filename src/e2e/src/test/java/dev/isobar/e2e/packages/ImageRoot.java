package dev.isobar.e2e.packages;

import dev.isobar.packaging.oci.Blob;
import dev.isobar.packaging.oci.Layer;
import dev.isobar.packaging.release.MadePackage;
import dev.isobar.testbed.process.Command;
import dev.isobar.testbed.process.LocalProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of an image, unpacked, and run as core's Deployments run it: with nothing of this
 * machine but its devices and processes, by a user without rights, in a root that nobody may write
 * to.
 *
 * @param folder with everything of the image
 * @param entrypoint what is started in it, as its configuration says
 */
record ImageRoot(Path folder, List<String> entrypoint) {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** Whom core has all packages run as, which is not the image's own user. */
  private static final String USER = "2000:2000";

  private static final Pattern ENTRYPOINT = Pattern.compile("\"Entrypoint\":\\[([^]]*)]");
  private static final String CACHE = "-XX:AOTCache=";

  /**
   * A name space of its own lets anybody see another root, and goes with the program, whoever ends
   * that; root itself becomes the user. Only what is mounted by itself can be made read-only.
   */
  private static final String ENTER =
      """
      mount --bind "$0" "$0" || exit 1
      mount --rbind /proc "$0/proc" && mount --rbind /dev "$0/dev" || exit 1
      mount -o remount,bind,ro "$0" || exit 1
      if touch "$0/tmp/written" 2>/dev/null; then echo "the root can be written to" >&2; exit 1; fi
      if [ "$1" = root ]; then user=--userspec=%s; else user=; fi
      shift
      exec chroot $user "$0" "$@"
      """
          .formatted(USER);

  /** Unpacks what is in the file of a package. */
  static ImageRoot of(MadePackage made, Path folder) throws IOException {
    Path parts = Files.createDirectories(folder.resolve("parts"));
    Path root = Files.createDirectories(folder.resolve("root"));
    run(folder, "tar", "-xf", made.file(), "-C", parts);
    for (Layer layer : made.image().layers()) {
      run(folder, "tar", "-xzf", blob(parts, layer.blob()), "-C", root);
    }
    String configuration = Files.readString(blob(parts, made.image().configuration()));
    Matcher found = ENTRYPOINT.matcher(configuration);
    if (!found.find()) {
      throw new IOException("an image without an entry point: " + configuration);
    }
    return new ImageRoot(root, List.of(found.group(1).replace("\"", "").split(",", -1)));
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

  /** What starts its program, which ends where its cache of classes cannot be used. */
  Command command(String name, List<String> words) {
    boolean root = "root".equals(System.getProperty("user.name"));
    List<String> space =
        root ? List.of("--mount") : List.of("--user", "--map-root-user", "--mount");
    Command command =
        Command.of(name, folder, Path.of("/usr/bin/unshare"))
            .with(space)
            .with(List.of("sh", "-c", ENTER, folder.toString(), root ? "root" : "somebody"))
            .with(entrypoint)
            .with(words);
    return entrypoint.stream().anyMatch(word -> word.startsWith(CACHE))
        ? command.with("_JAVA_OPTIONS", "-XX:AOTMode=on")
        : command;
  }

  private static Path blob(Path parts, Blob blob) {
    return parts.resolve("blobs/sha256").resolve(blob.digest().hex());
  }

  private static void run(Path folder, String program, Object... words) {
    Command command = Command.of(program, folder, Path.of("/usr/bin/env"), program);
    LocalProcess.start(
            command.with(Stream.of(words).map(String::valueOf).toList()), folder.resolve("log"))
        .awaitSuccess(LIMIT);
  }
}
