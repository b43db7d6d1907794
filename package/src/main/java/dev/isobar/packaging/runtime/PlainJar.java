package dev.isobar.packaging.runtime;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Copies a jar without what it tells of the machine that built it: the rights that its files had
 * there, which are those of whoever checked them out, and how they were packed.
 */
final class PlainJar {
  private PlainJar() {}

  /**
   * Copies it, with everything in the same order.
   *
   * @param time of everything in it
   * @param folder for the copy
   */
  static Path write(Path jar, Instant time, Path folder) throws IOException {
    LocalDateTime clock = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
    Path copy = folder.resolve(String.valueOf(jar.getFileName()));
    try (var original = new ZipFile(jar.toFile());
        var out = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(copy)))) {
      for (ZipEntry entry : original.stream().toList()) {
        var plain = new ZipEntry(entry.getName());
        plain.setTimeLocal(clock);
        out.putNextEntry(plain);
        try (InputStream content = Objects.requireNonNull(original.getInputStream(entry))) {
          var _ = content.transferTo(out);
        }
        out.closeEntry();
      }
    }
    return copy;
  }
}
