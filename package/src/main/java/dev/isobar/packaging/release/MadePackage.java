package dev.isobar.packaging.release;

import dev.isobar.packaging.oci.Digest;
import dev.isobar.packaging.oci.Layer;
import dev.isobar.packaging.oci.OciImage;
import dev.isobar.packaging.xpkg.PackageKind;
import java.nio.file.Path;

/**
 * A package that was made.
 *
 * @param file the same as one file
 */
public record MadePackage(PackageKind kind, OciImage image, Path file) {
  /** Of the image as our own push sends it. */
  public Digest digest() {
    return image.manifest().digest();
  }

  /** How much a node fetches that has none of it, in bytes. */
  public long size() {
    return image.layers().stream().map(Layer::blob).mapToLong(blob -> blob.size()).sum();
  }
}
