package dev.isobar.packaging.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlainJarTest {
  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");
  private static final Map<String, String> CONTENTS =
      new TreeMap<>(
          Map.of(
              "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nTitle: X\n", "x/Y.class", "class Y"));

  @TempDir Path folder;

  @Test
  void tellsNothingOfTheMachineThatBuiltIt() throws IOException {
    Path one = jar("one", "rw-r--r--", TIME);
    Path other = jar("other", "rw-rw----", TIME.plusSeconds(20_700));
    assertThat(Files.mismatch(one, other)).as("as they were built").isNotNegative();

    Path plain = PlainJar.write(one, TIME, Files.createDirectory(folder.resolve("plain")));
    Path same = PlainJar.write(other, TIME, Files.createDirectory(folder.resolve("same")));
    assertThat(Files.mismatch(plain, same)).as("as they are shipped").isEqualTo(-1);
    assertThat(plain.getFileName()).hasToString("x-1.0.jar");
    try (var read = new JarFile(plain.toFile())) {
      assertThat(read.getManifest().getMainAttributes().getValue("Title")).isEqualTo("X");
      ZipEntry entry = read.getEntry("x/Y.class");
      assertThat(read.getInputStream(entry)).hasContent("class Y");
      assertThat(entry.getTimeLocal()).hasToString("2026-01-01T00:00");
    }
  }

  private Path jar(String place, String rights, Instant time) throws IOException {
    Path jar = Files.createDirectory(folder.resolve(place)).resolve("x-1.0.jar");
    var options = Map.of("create", "true", "enablePosixFileAttributes", "true");
    URI address = URI.create("jar:" + jar.toUri());
    try (FileSystem files = FileSystems.newFileSystem(address, options)) {
      for (Map.Entry<String, String> content : CONTENTS.entrySet()) {
        Path file = files.getPath(content.getKey());
        Files.createDirectories(file.getParent());
        Files.writeString(file, content.getValue());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
        Files.setLastModifiedTime(file, FileTime.from(time));
      }
    }
    return jar;
  }
}
