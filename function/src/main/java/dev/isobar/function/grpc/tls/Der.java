package dev.isobar.function.grpc.tls;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.spec.InvalidKeySpecException;

/** As much of ASN.1's distinguished encoding as wrapping one private key in another takes. */
final class Der {
  static final int INTEGER = 0x02;
  static final int OCTET_STRING = 0x04;
  static final int SEQUENCE = 0x30;

  private static final int SHORT_LENGTHS = 0x80;
  private static final int BYTE = 0xff;

  private Der() {}

  /** A tag, the length of the parts, and the parts. */
  static byte[] encode(int tag, byte[]... parts) {
    var content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    var encoded = new ByteArrayOutputStream();
    encoded.write(tag);
    encoded.writeBytes(length(content.size()));
    encoded.writeBytes(content.toByteArray());
    return encoded.toByteArray();
  }

  /** The content of the first value, which must have the tag; the buffer then stands behind it. */
  static ByteBuffer content(ByteBuffer encoded, int tag) throws InvalidKeySpecException {
    if (encoded.remaining() < 2 || (encoded.get() & BYTE) != tag) {
      throw new InvalidKeySpecException(
          "the key is no DER, or not of the kind its PEM header says");
    }
    int length = encoded.get() & BYTE;
    if (length >= SHORT_LENGTHS) {
      int octets = length - SHORT_LENGTHS;
      length = 0;
      for (int octet = 0; octet < octets && encoded.hasRemaining(); octet++) {
        length = (length << Byte.SIZE) | (encoded.get() & BYTE);
      }
    }
    if (length < 0 || length > encoded.remaining()) {
      throw new InvalidKeySpecException("the key is cut off");
    }
    ByteBuffer content = encoded.slice(encoded.position(), length);
    encoded.position(encoded.position() + length);
    return content;
  }

  private static byte[] length(int length) {
    if (length < SHORT_LENGTHS) {
      return new byte[] {(byte) length};
    }
    int octets = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + Byte.SIZE - 1) / Byte.SIZE;
    var encoded = new byte[octets + 1];
    encoded[0] = (byte) (SHORT_LENGTHS | octets);
    for (int octet = octets; octet > 0; octet--) {
      encoded[octet] = (byte) length;
      length >>>= Byte.SIZE;
    }
    return encoded;
  }
}
