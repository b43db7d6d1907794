package dev.isobar.packaging.oci;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Bytes that are stored under their digest.
 *
 * @param file where they are on this machine
 */
public record Blob(String mediaType, Digest digest, long size, Path file) {
  /** What it holds. */
  public byte[] bytes() throws IOException {
    return Files.readAllBytes(file);
  }

  /** How manifests refer to it. */
  Map<String, Object> descriptor() {
    var descriptor = new LinkedHashMap<String, Object>();
    descriptor.put("mediaType", mediaType);
    descriptor.put("digest", digest.toString());
    descriptor.put("size", size);
    return descriptor;
  }
}
