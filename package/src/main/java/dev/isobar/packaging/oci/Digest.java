package dev.isobar.packaging.oci;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What names a blob by its content.
 *
 * @param hex 64 digits of SHA-256
 */
public record Digest(String hex) {
  private static final String ALGORITHM = "sha256";

  /** That of some bytes. */
  public static Digest of(byte[] bytes) {
    return of(algorithm(), bytes);
  }

  /** That of a file, which may be large. */
  public static Digest of(Path file) throws IOException {
    MessageDigest fed = algorithm();
    try (var content = new DigestInputStream(Files.newInputStream(file), fed)) {
      var _ = content.transferTo(OutputStream.nullOutputStream());
    }
    return of(fed);
  }

  /** That of what an algorithm was fed. */
  static Digest of(MessageDigest fed) {
    return new Digest(HexFormat.of().formatHex(fed.digest()));
  }

  static MessageDigest algorithm() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  private static Digest of(MessageDigest algorithm, byte[] bytes) {
    return new Digest(HexFormat.of().formatHex(algorithm.digest(bytes)));
  }

  /** Its place among the blobs of a layout. */
  String path() {
    return "blobs/" + ALGORITHM + "/" + hex;
  }

  /** As manifests write it. */
  @Override
  public String toString() {
    return ALGORITHM + ":" + hex;
  }
}
