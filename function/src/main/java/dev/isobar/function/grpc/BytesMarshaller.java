package dev.isobar.function.grpc;

import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * Hands messages over as bytes, so that it is our code that parses them: what cannot be parsed is
 * then answered with a result, as the contract wants, and not with gRPC's INTERNAL.
 */
final class BytesMarshaller implements MethodDescriptor.Marshaller<byte[]> {
  static final BytesMarshaller INSTANCE = new BytesMarshaller();

  private BytesMarshaller() {}

  @Override
  public InputStream stream(byte[] message) {
    return new KnownBytes(message);
  }

  @Override
  public byte[] parse(InputStream stream) {
    try {
      if (!(stream instanceof KnownLength)) { // Compressed.
        return stream.readAllBytes();
      }
      var message = new byte[stream.available()];
      int read = stream.readNBytes(message, 0, message.length);
      return read == message.length ? message : Arrays.copyOf(message, read);
    } catch (IOException broken) {
      throw new UncheckedIOException("cannot read a message", broken);
    }
  }

  /** Tells gRPC how long the message is, which spares it a copy. */
  private static final class KnownBytes extends ByteArrayInputStream implements KnownLength {
    KnownBytes(byte[] message) {
      super(message);
    }
  }
}
