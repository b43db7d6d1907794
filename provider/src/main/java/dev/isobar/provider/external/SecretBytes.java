package dev.isobar.provider.external;

import java.util.Arrays;

/** Bytes out of a Secret, which no text of ours ever shows. */
public final class SecretBytes {
  private final byte[] bytes;

  /** Takes a copy. */
  public SecretBytes(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SecretBytes that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "(" + bytes.length + " secret bytes)";
  }
}
