package dev.isobar.function.grpc.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The content of the three files that Crossplane mounts for a function. */
record CertificateFiles(String certificate, String key, String authority) {
  static final String CERTIFICATE = "tls.crt";
  static final String KEY = "tls.key";
  static final String AUTHORITY = "ca.crt";

  /** Reads them as they are now. */
  static CertificateFiles read(Path directory) throws IOException {
    return new CertificateFiles(
        text(directory.resolve(CERTIFICATE)),
        text(directory.resolve(KEY)),
        text(directory.resolve(AUTHORITY)));
  }

  private static String text(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException missing) {
      throw new IOException("there is no " + file, missing);
    } catch (IOException unreadable) {
      throw new IOException("cannot read " + file + ": " + unreadable.getMessage(), unreadable);
    }
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "CertificateFiles[" + CERTIFICATE + ", " + KEY + ", " + AUTHORITY + "]";
  }
}
