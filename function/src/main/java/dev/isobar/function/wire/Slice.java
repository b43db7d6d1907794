package dev.isobar.function.wire;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;

/** A part of a request's bytes, which are shared and never change. */
final class Slice {
  private final byte[] bytes;
  private final int from;
  private final int length;

  private Slice(byte[] bytes, int from, int length) {
    this.bytes = bytes;
    this.from = from;
    this.length = length;
  }

  /** All of these bytes. */
  static Slice of(byte[] bytes) {
    return new Slice(bytes, 0, bytes.length);
  }

  /** Begins to read. */
  CodedInputStream open() {
    return CodedInputStream.newInstance(bytes, from, length);
  }

  /** What has a length and comes next; passed over unread. */
  Slice next(CodedInputStream input) throws IOException {
    int size = input.readRawVarint32();
    var next = new Slice(bytes, from + input.getTotalBytesRead(), size);
    input.skipRawBytes(size);
    return next;
  }

  /** Copies what was read since this many bytes. */
  void copySince(int start, CodedInputStream input, CodedOutputStream copy) throws IOException {
    copy.writeRawBytes(bytes, from + start, input.getTotalBytesRead() - start);
  }
}
