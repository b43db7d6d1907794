package dev.isobar.function.wire;

import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Reads a part of a request's bytes as protobuf has it, front to back. The bytes are shared and
 * never change.
 *
 * <p>Protobuf's own CodedInputStream does the same, but one had to be made for every level of every
 * object, which took a third of the memory of an answer.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">how messages are encoded</a>
 */
final class WireReader {
  /** What stands for a character that is none; Java puts it there, protobuf refuses. */
  private static final char REPLACED = '\ufffd';

  private static final int MOST_VARINT_BYTES = 10;

  private final byte[] bytes;
  private final int end;
  private int at;

  private WireReader(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  /** Begins to read all of these bytes. */
  static WireReader of(byte[] bytes) {
    return new WireReader(bytes, 0, bytes.length);
  }

  /** Begins to read a part of these bytes. */
  static WireReader of(byte[] bytes, int from, int end) {
    return new WireReader(bytes, from, end);
  }

  /** The number and type of a field, as they come before it. */
  static int tag(int field, int type) {
    return field << 3 | type;
  }

  /** Where it stands in the bytes. */
  int at() {
    return at;
  }

  /** The next field's number and type; 0 at the end. */
  int tag() throws IOException {
    if (at == end) {
      return 0;
    }
    int tag = (int) varint();
    if (WireFormat.getTagFieldNumber(tag) == 0) {
      throw new IOException("there is no field 0");
    }
    return tag;
  }

  long varint() throws IOException {
    long number = 0;
    for (int i = 0; i < MOST_VARINT_BYTES; i++) {
      need(1);
      byte next = bytes[at++];
      number |= (long) (next & 0x7f) << (7 * i);
      if (next >= 0) {
        return number;
      }
    }
    throw new IOException("a number has more than " + MOST_VARINT_BYTES + " bytes");
  }

  double number() throws IOException {
    need(Double.BYTES);
    long bits = 0;
    for (int i = 0; i < Double.BYTES; i++) {
      bits |= (bytes[at + i] & 0xffL) << (Byte.SIZE * i);
    }
    at += Double.BYTES;
    return Double.longBitsToDouble(bits);
  }

  String text() throws IOException {
    int size = size();
    at += size;
    return text(bytes, at - size, size);
  }

  /** The text of some bytes, which must be UTF-8. */
  static String text(byte[] bytes, int from, int size) throws IOException {
    var text = new String(bytes, from, size, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACED) >= 0
        && !UnsafeByteOperations.unsafeWrap(bytes, from, size).isValidUtf8()) {
      throw new IOException("a text is no UTF-8");
    }
    return text;
  }

  /** What has a length and comes next, to be read by itself; passed over here. */
  WireReader next() throws IOException {
    int size = size();
    at += size;
    return new WireReader(bytes, at - size, at);
  }

  /** The length of what comes next, which is all there. */
  int size() throws IOException {
    int size = (int) varint();
    need(size);
    return size;
  }

  /** Passes over a field after its tag. */
  void skip(int tag) throws IOException {
    switch (WireFormat.getTagWireType(tag)) {
      case WireFormat.WIRETYPE_VARINT -> {
        long _ = varint();
      }
      case WireFormat.WIRETYPE_FIXED32 -> pass(Integer.BYTES);
      case WireFormat.WIRETYPE_FIXED64 -> pass(Long.BYTES);
      case WireFormat.WIRETYPE_LENGTH_DELIMITED -> pass(size());
      default -> throw new IOException("there are no groups in requests");
    }
  }

  /** Passes over some bytes. */
  void pass(int size) throws IOException {
    need(size);
    at += size;
  }

  /** Copies what was read since it stood there. */
  void copySince(int start, ByteArrayOutputStream copy) {
    copy.write(bytes, start, at - start);
  }

  /** The value that the rest is the encoding of, looked into later. */
  EncodedTree value(int depth) {
    return EncodedTree.of(bytes, at, end, depth);
  }

  private void need(int size) throws IOException {
    if (size < 0 || size > end - at) {
      throw new IOException("the request is cut off");
    }
  }
}
