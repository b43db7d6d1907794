package dev.isobar.provider.openstack;

import dev.isobar.apis.compute.UserDataSource.Compression;
import dev.isobar.provider.external.SecretBytes;
import dev.isobar.provider.openstack.rest.Trouble;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;

/** Data for a first start, as Nova takes it. */
final class UserDataText {
  /** Nova's limit, in characters of base64; three quarters of them in bytes. */
  private static final int LONGEST = 65_535;

  private UserDataText() {}

  /**
   * Compressed if wished, and encoded.
   *
   * @throws Trouble when it is over Nova's limit
   */
  static String of(SecretBytes secret, Compression compression) {
    byte[] bytes = compression == Compression.Gzip ? compressed(secret.bytes()) : secret.bytes();
    String text = Base64.getEncoder().encodeToString(bytes);
    if (text.length() > LONGEST) {
      throw Trouble.invalid(
          "spec.forProvider.userData: %d bytes%s are over Nova's limit of 48 KiB; %s"
              .formatted(
                  bytes.length,
                  compression == Compression.Gzip ? " after compression" : "",
                  compression == Compression.Gzip
                      ? "let the machine fetch the rest itself"
                      : "set compression: Gzip, or let the machine fetch the rest itself"));
    }
    return text;
  }

  /** The same data gives the same bytes: Java writes no time into them. */
  private static byte[] compressed(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }
}
