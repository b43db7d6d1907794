package dev.isobar.packaging.oci;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** A folder of blobs, where images are put together. */
public final class BlobStore {
  private static final String LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";

  private final Path folder;
  private final Instant time;

  /**
   * A store.
   *
   * @param folder for the blobs; it exists
   * @param time of everything that is written
   */
  public BlobStore(Path folder, Instant time) {
    this.folder = folder;
    this.time = time;
  }

  /** The time that everything in it bears. */
  public Instant time() {
    return time;
  }

  /**
   * Packs files.
   *
   * @param origin one line on what they are
   */
  public Layer layer(String origin, FileTree files) throws IOException {
    MessageDigest packed = Digest.algorithm();
    MessageDigest content = Digest.algorithm();
    Path unnamed = Files.createTempFile(folder, "layer", ".tar.gz");
    try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(unnamed));
        OutputStream gzip = new Smallest(new DigestOutputStream(file, packed));
        OutputStream tar = new DigestOutputStream(new BufferedOutputStream(gzip), content)) {
      TarWriting.write(files, time, tar);
    }
    return new Layer(
        named(LAYER, Digest.of(packed), unnamed), Digest.of(content), origin, Map.of());
  }

  /** Stores a document. */
  Blob document(String mediaType, Object document) throws IOException {
    byte[] bytes = JsonDocument.of(document).getBytes(StandardCharsets.UTF_8);
    Path unnamed = Files.createTempFile(folder, "document", ".json");
    Files.write(unnamed, bytes);
    return named(mediaType, Digest.of(bytes), unnamed);
  }

  private Blob named(String mediaType, Digest digest, Path unnamed) throws IOException {
    Path file = folder.resolve(digest.hex());
    Files.move(unnamed, file, StandardCopyOption.REPLACE_EXISTING);
    return new Blob(mediaType, digest, Files.size(file), file);
  }

  /** As small as the format allows; its header has neither time nor system. */
  private static final class Smallest extends GZIPOutputStream {
    private static final int BUFFER = 1 << 16;

    Smallest(OutputStream out) throws IOException {
      super(out, BUFFER);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }
}
