package dev.isobar.packaging.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.packaging.CannotPackage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RuntimeNeedsTest {
  private static final int HEADER = 64;
  private static final int SEGMENT = 56;
  private static final int DYNAMIC = HEADER + 2 * SEGMENT;

  /** Not where it is in the file, as in real ones. */
  private static final long MEMORY = 0x4000;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "libjli.so libc.so.6, libpthread.so.0 ld-linux-x86-64.so.2, it is there",
    "libjli.so libc.so.6, libpthread.so.0 ld-linux-aarch64.so.1, and on the other kind of machine"
  })
  void whatAnImageHasIsNotRefused(String program, String library, String why) throws IOException {
    runtime(elf(List.of(program.split(" ", -1))), elf(List.of(library.split(" ", -1))));
    assertThatCode(() -> RuntimeNeeds.check(folder, "/jdk")).as(why).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "libjli.so libz.so.1, libstdc++.so.6 libc.so.6, 'libstdc++.so.6, libz.so.1', Debian's",
    "libjli.so, libc.musl-x86_64.so.1, libc.musl-x86_64.so.1, of another C library",
    "libjli.so libother.so, libc.so.6, libother.so, named as its own and not there"
  })
  void whatAnImageLacksIsRefused(String program, String library, String missing, String why)
      throws IOException {
    runtime(elf(List.of(program.split(" ", -1))), elf(List.of(library.split(" ", -1))));
    assertThatThrownBy(() -> RuntimeNeeds.check(folder, "/jdk"))
        .as(why)
        .isInstanceOf(CannotPackage.class)
        .hasMessage(
            "the JDK /jdk needs "
                + missing
                + ", which images do not have; take Eclipse Temurin (https://adoptium.net), which"
                + " needs the C library alone, and point ISOBAR_JAVA_HOME at it");
  }

  @Test
  void anotherSystemsIsRefused() throws IOException {
    runtime(new byte[] {(byte) 0xcf, (byte) 0xfa, (byte) 0xed, (byte) 0xfe}, elf(List.of()));
    assertThatThrownBy(() -> RuntimeNeeds.check(folder, "/jdk"))
        .isInstanceOf(CannotPackage.class)
        .hasMessage("the JDK /jdk is not for Linux; make packages on Linux");
  }

  @Test
  void otherFilesAreNoPrograms() throws IOException {
    Path text = Files.writeString(folder.resolve("release"), "J");
    assertThat(ElfFile.read(text)).isEmpty();
  }

  private void runtime(byte[] program, byte[] library) throws IOException {
    Files.write(Files.createDirectories(folder.resolve("bin")).resolve("java"), program);
    Path libraries = Files.createDirectories(folder.resolve("lib").resolve("server"));
    Files.write(libraries.resolve("libjvm.so"), library);
    Files.write(libraries.resolveSibling("libjli.so"), elf(List.of("libjvm.so")));
    Files.writeString(libraries.resolveSibling("modules"), "no program");
  }

  /** One that is loaded as a whole, and needs these. */
  private static byte[] elf(List<String> needed) {
    int dynamicSize = (needed.size() + 2) * 2 * Long.BYTES;
    int names = DYNAMIC + dynamicSize;
    byte[] texts = ("\0" + String.join("\0", needed) + "\0").getBytes(StandardCharsets.UTF_8);
    ByteBuffer file =
        ByteBuffer.allocate(names + texts.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(0, new byte[] {0x7f, 'E', 'L', 'F'})
            .putLong(0x20, HEADER)
            .putShort(0x36, (short) SEGMENT)
            .putShort(0x38, (short) 2)
            .put(names, texts);
    segment(file, HEADER, 1, 0, names + texts.length);
    segment(file, HEADER + SEGMENT, 2, DYNAMIC, dynamicSize);
    entry(file, 0, 5, MEMORY + names);
    int name = 1;
    for (int index = 0; index < needed.size(); index++) {
      entry(file, index + 1, 1, name);
      name += needed.get(index).length() + 1;
    }
    return file.array();
  }

  private static void segment(ByteBuffer file, int at, int type, long offset, long size) {
    file.putInt(at, type)
        .putLong(at + 8, offset)
        .putLong(at + 16, MEMORY + offset)
        .putLong(at + 32, size);
  }

  private static void entry(ByteBuffer file, int index, long tag, long value) {
    int at = DYNAMIC + index * 2 * Long.BYTES;
    file.putLong(at, tag).putLong(at + Long.BYTES, value);
  }
}
