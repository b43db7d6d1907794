package dev.isobar.testbed.cache;

import dev.isobar.testbed.process.CannotRun;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Folders that are made once for everything that they are made of, to be copied from then on: each
 * is called by a hash over that.
 *
 * @param folder where they are
 */
public record Kept(Path folder) {
  private static final int BYTES_OF_HASH = 8;

  /** What this JVM has found or made; whoever wants what another one makes waits for it. */
  private static final Map<Path, Path> THERE = new ConcurrentHashMap<>();

  /**
   * One of them, made now if it is not there yet.
   *
   * @param words what it is made of
   * @param make makes it in a folder of its own, where one that was killed may have left something;
   *     tells which part of that is to be kept
   */
  public Path get(String words, UnaryOperator<Path> make) {
    return THERE.computeIfAbsent(
        folder.resolve(hash(words)),
        kept -> {
          if (!Files.exists(kept)) {
            makeAlone(kept, make);
          }
          return kept;
        });
  }

  /** A hash over the files of a folder, for the words of what is made of them. */
  public static String words(Path sources) {
    try (Stream<Path> files = Files.walk(sources)) {
      MessageDigest digest = digest();
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        digest.update(sources.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
        digest.update(Files.readAllBytes(file));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException unreadable) {
      throw new CannotRun("cannot read " + sources, unreadable);
    }
  }

  /** A hash over the code of classes, for the words of what they make. */
  public static String words(List<Class<?>> makers) {
    MessageDigest digest = digest();
    for (Class<?> maker : makers) {
      try (InputStream code = maker.getResourceAsStream(maker.getSimpleName() + ".class")) {
        digest.update(Objects.requireNonNull(code, maker::getName).readAllBytes());
      } catch (IOException unreadable) {
        throw new CannotRun("cannot read " + maker, unreadable);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** While another process makes it, this one waits. */
  private void makeAlone(Path kept, UnaryOperator<Path> make) {
    try {
      Files.createDirectories(folder);
      try (FileChannel file =
              FileChannel.open(
                  beside(kept, ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          var _ = file.lock()) {
        if (!Files.exists(kept)) {
          Path unfinished = beside(kept, ".unfinished");
          Path made = make.apply(unfinished);
          Folders.force(made);
          Files.move(made, kept, StandardCopyOption.ATOMIC_MOVE);
          Folders.delete(unfinished);
        }
      }
    } catch (IOException impossible) {
      throw new CannotRun("cannot keep " + kept, impossible);
    }
  }

  private static Path beside(Path kept, String ending) {
    return kept.resolveSibling(kept.getFileName() + ending);
  }

  private static String hash(String words) {
    byte[] hash = digest().digest(words.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash, 0, BYTES_OF_HASH);
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
