package dev.isobar.packaging.oci;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An image in one file that two kinds of readers take: those of an OCI layout, who see the
 * annotations of layers, and those of what Docker saves, as Crossplane's command line is one.
 */
public final class ImageArchive {
  private static final String INDEX = "application/vnd.oci.image.index.v1+json";

  private ImageArchive() {}

  /**
   * Writes the file, which appears when it is whole.
   *
   * @param name repository and tag that the image is meant for
   */
  public static void write(OciImage image, String name, BlobStore store, Path file)
      throws IOException {
    var files = new FileTree();
    files.file("oci-layout", JsonDocument.of(Map.of("imageLayoutVersion", "1.0.0")));
    files.file("index.json", JsonDocument.of(index(image, name)));
    files.file("manifest.json", JsonDocument.of(List.of(saved(image, name))));
    add(files, image.manifest());
    add(files, image.configuration());
    image.layers().stream().map(Layer::blob).distinct().forEach(blob -> add(files, blob));
    Path unfinished = file.resolveSibling("." + file.getFileName() + ".part");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
        TarWriting.write(files, store.time(), out);
      }
      Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      var _ = Files.deleteIfExists(unfinished);
    }
  }

  private static void add(FileTree files, Blob blob) {
    files.plain(blob.digest().path(), blob.file());
  }

  private static Map<String, Object> index(OciImage image, String name) {
    Map<String, Object> manifest = image.manifest().descriptor();
    var platform = new LinkedHashMap<String, Object>();
    platform.put("architecture", image.architecture());
    platform.put("os", "linux");
    manifest.put("platform", platform);
    manifest.put("annotations", Map.of("org.opencontainers.image.ref.name", name));
    var index = new LinkedHashMap<String, Object>();
    index.put("schemaVersion", 2);
    index.put("mediaType", INDEX);
    index.put("manifests", List.of(manifest));
    return index;
  }

  private static Map<String, Object> saved(OciImage image, String name) {
    var saved = new LinkedHashMap<String, Object>();
    saved.put("Config", image.configuration().digest().path());
    saved.put("RepoTags", List.of(name));
    saved.put("Layers", image.layers().stream().map(l -> l.blob().digest().path()).toList());
    return saved;
  }
}
