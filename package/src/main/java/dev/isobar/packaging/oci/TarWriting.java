package dev.isobar.packaging.oci;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;

/**
 * Writes files in the format that POSIX calls ustar: in order of their names, all of them of root
 * and of one time.
 */
final class TarWriting {
  private static final int BLOCK = 512;

  /** Two empty blocks end an archive, which is filled up to this. */
  private static final int RECORD = 20 * BLOCK;

  private static final int NAME = 100;
  private static final int PREFIX = 155;
  private static final int LINK_MODE = 0777;

  private final OutputStream out;
  private final Instant time;
  private long written;

  private TarWriting(OutputStream out, Instant time) {
    this.out = out;
    this.time = time;
  }

  /** Writes an archive; the stream stays open. */
  static void write(FileTree files, Instant time, OutputStream out) throws IOException {
    var writing = new TarWriting(out, time);
    for (Map.Entry<String, TarEntry> file : files.entries().entrySet()) {
      writing.entry(file.getKey(), file.getValue());
    }
    writing.end();
  }

  private void entry(String path, TarEntry entry) throws IOException {
    switch (entry) {
      case TarEntry.Folder(int mode) -> header(path + "/", mode, 0, '5', "");
      case TarEntry.Link(String target) -> header(path, LINK_MODE, 0, '2', target);
      case TarEntry.Text(int mode, String text) -> {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        header(path, mode, content.length, '0', "");
        put(content);
        fill(BLOCK);
      }
      case TarEntry.Copy(int mode, Path source) -> {
        long size = Files.size(source);
        header(path, mode, size, '0', "");
        long copied = Files.copy(source, out);
        if (copied != size) {
          throw new IOException(source + " changed while it was read");
        }
        written += copied;
        fill(BLOCK);
      }
    }
  }

  private void header(String path, int mode, long size, char type, String target)
      throws IOException {
    var header = new Header(path);
    int cut = header.cut();
    header.text(0, NAME, cut < 0 ? path : path.substring(cut + 1));
    header.octal(100, 8, mode);
    header.octal(108, 8, 0);
    header.octal(116, 8, 0);
    header.octal(124, 12, size);
    header.octal(136, 12, time.getEpochSecond());
    header.text(156, 1, String.valueOf(type));
    header.text(157, NAME, target);
    header.text(257, 8, "ustar\00000");
    header.octal(329, 8, 0);
    header.octal(337, 8, 0);
    header.text(345, PREFIX, cut < 0 ? "" : path.substring(0, cut));
    put(header.summed());
  }

  private void end() throws IOException {
    put(new byte[2 * BLOCK]);
    fill(RECORD);
  }

  private void put(byte[] bytes) throws IOException {
    out.write(bytes);
    written += bytes.length;
  }

  private void fill(int unit) throws IOException {
    int over = (int) (written % unit);
    if (over > 0) {
      put(new byte[unit - over]);
    }
  }

  /** A block that describes a file. */
  private static final class Header {
    private static final int SUM = 148;
    private static final int SUM_LENGTH = 8;

    private final String path;
    private final byte[] block = new byte[BLOCK];

    Header(String path) {
      this.path = path;
      Arrays.fill(block, SUM, SUM + SUM_LENGTH, (byte) ' ');
    }

    /** Where a path that is too long for one field is cut in two; -1 when it is not. */
    int cut() {
      if (path.length() <= NAME) {
        return -1;
      }
      int cut = path.lastIndexOf('/', PREFIX);
      if (cut <= 0 || path.length() - cut - 1 > NAME || cut == path.length() - 1) {
        throw new IllegalArgumentException("too long for an archive: " + path);
      }
      return cut;
    }

    void text(int from, int length, String text) {
      byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
      if (bytes.length > length || !text.chars().allMatch(sign -> sign < 128)) {
        throw new IllegalArgumentException("does not fit into an archive: " + path + " " + text);
      }
      System.arraycopy(bytes, 0, block, from, bytes.length);
    }

    void octal(int from, int length, long number) {
      String digits = Long.toOctalString(number);
      text(from, length, "0".repeat(Math.max(0, length - 1 - digits.length())) + digits + "\0");
    }

    byte[] summed() {
      int sum = 0;
      for (byte one : block) {
        sum += one & 0xff;
      }
      octal(SUM, SUM_LENGTH - 1, sum);
      return block.clone();
    }
  }
}
