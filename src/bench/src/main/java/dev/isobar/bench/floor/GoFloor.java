package dev.isobar.bench.floor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Builds the function in Go, outside the checkout: Go adds to go.mod what the pinned libraries
 * need.
 */
public final class GoFloor {
  private GoFloor() {}

  /**
   * The program, built anew only when its sources changed; nothing where Go is not installed.
   *
   * @param sources the folder with go.mod
   * @param cache a folder of the user's that outlives the checkout
   * @param path the search path for programs
   * @throws IOException when Go cannot build it
   */
  public static Optional<Path> build(Path sources, Path cache, String path)
      throws IOException, InterruptedException {
    Optional<Path> go = find(path);
    if (go.isEmpty()) {
      return Optional.empty();
    }
    Path folder = cache.resolve("gofloor-" + digest(sources));
    Path program = folder.resolve("gofloor");
    if (!Files.isExecutable(program)) {
      Files.createDirectories(folder);
      for (Path file : files(sources)) {
        Path copy = folder.resolve(sources.relativize(file));
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      }
      compile(go.get(), folder, program);
    }
    return Optional.of(program);
  }

  private static Optional<Path> find(String path) {
    return Stream.of(path.split(":", -1))
        .map(folder -> Path.of(folder, "go"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static List<Path> files(Path sources) throws IOException {
    try (Stream<Path> all = Files.list(sources)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static String digest(Path sources) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path file : files(sources)) {
        digest.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
        digest.update(Files.readAllBytes(file));
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, 12);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  private static void compile(Path go, Path folder, Path program)
      throws IOException, InterruptedException {
    Path log = folder.resolve("build.txt");
    Process build =
        new ProcessBuilder(go.toString(), "build", "-mod=mod", "-o", program.toString(), ".")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (build.waitFor() != 0) {
      throw new IOException("go build fails: " + Files.readString(log).strip());
    }
  }
}
