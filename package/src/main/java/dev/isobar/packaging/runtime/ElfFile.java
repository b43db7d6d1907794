package dev.isobar.packaging.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A program or library of Linux on a machine of 64 bits, as whoever loads it reads it.
 *
 * @see <a href="https://gabi.xinuos.com/elf/08-dynamic.html">Dynamic linking, in the format's
 *     specification</a>
 */
final class ElfFile {
  private static final byte[] MAGIC = {0x7f, 'E', 'L', 'F'};

  // Where the header says what segments there are.
  private static final int SEGMENTS = 0x20;
  private static final int SEGMENT_BYTES = 0x36;
  private static final int SEGMENT_COUNT = 0x38;

  // Where a segment says so.
  private static final int OFFSET = 8;
  private static final int ADDRESS = 16;
  private static final int SIZE = 32;

  private static final int LOADED = 1;
  private static final int DYNAMIC = 2;
  private static final long NEEDED = 1;
  private static final long NAMES = 5;

  /** A part of the file, and where it is in memory. */
  private record Segment(int type, long offset, long address, long size) {
    boolean holds(long place) {
      return type == LOADED && place >= address && place < address + size;
    }
  }

  /** Something that is told to whoever loads it. */
  private record Entry(long tag, long value) {}

  private final ByteBuffer bytes;
  private final List<Segment> segments = new ArrayList<>();

  private ElfFile(ByteBuffer bytes) {
    this.bytes = bytes;
    int first = Math.toIntExact(bytes.getLong(SEGMENTS));
    int length = bytes.getShort(SEGMENT_BYTES);
    for (int index = 0; index < bytes.getShort(SEGMENT_COUNT); index++) {
      int at = first + index * length;
      segments.add(
          new Segment(
              bytes.getInt(at),
              bytes.getLong(at + OFFSET),
              bytes.getLong(at + ADDRESS),
              bytes.getLong(at + SIZE)));
    }
  }

  /** Reads one; nothing when the file is something else. */
  static Optional<ElfFile> read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
        return Optional.empty();
      }
    }
    byte[] all = Files.readAllBytes(file);
    return Optional.of(new ElfFile(ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN)));
  }

  /** The names of the libraries that must be there when it is loaded. */
  List<String> needed() {
    List<Entry> entries = entries();
    return entries.stream()
        .filter(entry -> entry.tag() == NAMES)
        .flatMap(names ->
            entries.stream()
                .filter(entry -> entry.tag() == NEEDED)
                .flatMap(entry -> text(names.value() + entry.value())))
        .toList();
  }

  private List<Entry> entries() {
    var entries = new ArrayList<Entry>();
    for (Segment segment : segments) {
      long end = segment.type() == DYNAMIC ? segment.offset() + segment.size() : 0;
      for (long at = segment.offset(); at < end; at += 2 * Long.BYTES) {
        int place = Math.toIntExact(at);
        entries.add(new Entry(bytes.getLong(place), bytes.getLong(place + Long.BYTES)));
      }
    }
    return entries;
  }

  /** What is at an address of memory, up to its end. */
  private Stream<String> text(long address) {
    return segments.stream()
        .filter(segment -> segment.holds(address))
        .limit(1)
        .map(segment -> textAt(Math.toIntExact(address - segment.address() + segment.offset())));
  }

  private String textAt(int place) {
    int end = place;
    while (bytes.get(end) != 0) {
      end++;
    }
    byte[] text = new byte[end - place];
    var _ = bytes.get(place, text);
    return new String(text, StandardCharsets.UTF_8);
  }
}
