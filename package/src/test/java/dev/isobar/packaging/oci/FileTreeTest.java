package dev.isobar.packaging.oci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileTreeTest {
  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path folder;

  @Test
  void whatIsUnpackedIsWhatIsPacked() throws IOException {
    Path source = Files.createDirectories(folder.resolve("source/bin")).getParent();
    Files.writeString(source.resolve("bin/run"), "#!/bin/sh\n");
    assertThat(source.resolve("bin/run").toFile().setExecutable(true)).isTrue();
    Files.createSymbolicLink(source.resolve("now"), Path.of("bin/run"));
    var files = new FileTree().copyAll("opt/x", source).file("etc/name", "a");

    Path root = Files.createDirectories(folder.resolve("root"));
    files.unpack(root, TIME);

    assertThat(Files.readString(root.resolve("etc/name"))).isEqualTo("a");
    assertThat(Files.readSymbolicLink(root.resolve("opt/x/now"))).isEqualTo(Path.of("bin/run"));
    assertThat(root.resolve("opt/x/now")).hasContent("#!/bin/sh\n").isExecutable();
    assertThat(Files.getLastModifiedTime(root.resolve("opt/x/bin/run")).toInstant())
        .as("Java's cache of classes compares it")
        .isEqualTo(TIME);
    assertThat(new FileTree().copyAll("copy", root).entries().keySet())
        .as("the same files, nothing else")
        .hasSize(1 + files.entries().size());
  }
}
