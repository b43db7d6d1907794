package dev.isobar.packaging.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TarWritingTest {
  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");
  private static final int BLOCK = 512;

  @TempDir Path folder;

  /**
   * Every field that is not empty: name, mode, owner, size, time, sum, type; as GNU tar has them.
   */
  @Test
  void writesWhatPosixSays() throws IOException {
    Path program = folder.resolve("program");
    Files.writeString(program, "#!/bin/sh\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    var files =
        new FileTree()
            .folder("tmp", 01777)
            .link("opt/now", "../usr/x")
            .copy("opt/program", program)
            .file("a", "hello");

    String common = "|0000000|0000000|";
    assertThat(blocks(written(files)))
        .containsExactly(
            "a|0000644" + common + "00000000005|15125334400|007377| 0|ustar|00|0000000|0000000",
            "hello",
            "opt/|0000755" + common + "00000000000|15125334400|010043| 5|ustar|00|0000000|0000000",
            "opt/now|0000777"
                + common
                + "00000000000|15125334400|012004| 2../usr/x|ustar|00|0000000|0000000",
            "opt/program|0000755"
                + common
                + "00000000012|15125334400|011431| 0|ustar|00|0000000|0000000",
            "#!/bin/sh\n",
            "tmp/|0001777" + common + "00000000000|15125334400|010046| 5|ustar|00|0000000|0000000");
  }

  @Test
  void fillsUpToARecord() throws IOException {
    assertThat(written(new FileTree())).hasSize(20 * BLOCK).containsOnly(0);
    assertThat(written(new FileTree().file("large", "x".repeat(20 * BLOCK))))
        .as("a header, twenty blocks, two empty ones, and what fills up")
        .hasSize(40 * BLOCK);
  }

  @Test
  void orderOfAddingDoesNotMatter() throws IOException {
    byte[] one = written(new FileTree().file("b/x", "1").file("a", "2"));
    byte[] other = written(new FileTree().file("a", "2").file("b/x", "1"));
    assertThat(one).isEqualTo(other);
  }

  @Test
  void cutsLongPathsAtASlash() throws IOException {
    String path = "a".repeat(90) + "/" + "b".repeat(90);
    assertThat(blocks(written(new FileTree().file(path, ""))).getLast())
        .startsWith("b".repeat(90) + "|")
        .endsWith("|" + "a".repeat(90));
  }

  @ParameterizedTest
  @CsvSource({
    "/etc/passwd, no path within a layer, because every layer begins at the root",
    "etc/, no path within a layer, because only folders end so",
    "etc/größe, does not fit, because the format knows ASCII alone",
  })
  void refusesWhatTheFormatCannotHold(String path, String problem, String reason) {
    assertThatThrownBy(() -> written(new FileTree().file(path, "")))
        .as(reason)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void refusesNamesBeyondAnyCut() {
    assertThatThrownBy(() -> written(new FileTree().file("a".repeat(101), "")))
        .hasMessage("too long for an archive: " + "a".repeat(101));
  }

  @Test
  void refusesAFileTwice() {
    var files = new FileTree().file("a", "");
    assertThatThrownBy(() -> files.file("a", "")).hasMessage("twice in a layer: a");
  }

  private static byte[] written(FileTree files) throws IOException {
    var out = new ByteArrayOutputStream();
    TarWriting.write(files, TIME, out);
    return out.toByteArray();
  }

  /** Blocks that are not empty, each run of zeros in them as one mark. */
  private static List<String> blocks(byte[] archive) {
    var blocks = new ArrayList<String>();
    for (int from = 0; from < archive.length; from += BLOCK) {
      String block = new String(archive, from, BLOCK, StandardCharsets.US_ASCII);
      String shown = block.replaceAll("\0+$", "").replaceAll("\0+", "|");
      if (!shown.isEmpty()) {
        blocks.add(shown);
      }
    }
    return blocks;
  }
}
