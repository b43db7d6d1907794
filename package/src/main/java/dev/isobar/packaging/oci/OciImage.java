package dev.isobar.packaging.oci;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An image, whole.
 *
 * @param manifest names configuration and layers; its digest is the image's
 * @param architecture as Go calls it
 */
public record OciImage(Blob manifest, Blob configuration, List<Layer> layers, String architecture) {
  private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  private static final String CONFIGURATION = "application/vnd.oci.image.config.v1+json";

  /** Copies. */
  public OciImage {
    layers = List.copyOf(layers);
  }

  /**
   * Puts an image together.
   *
   * @param layers the lowest first
   */
  public static OciImage of(
      BlobStore store, String architecture, Execution execution, List<Layer> layers)
      throws IOException {
    Blob configuration =
        store.document(
            CONFIGURATION, configuration(store.time().toString(), architecture, execution, layers));
    var manifest = new LinkedHashMap<String, Object>();
    manifest.put("schemaVersion", 2);
    manifest.put("mediaType", MANIFEST);
    manifest.put("config", configuration.descriptor());
    manifest.put("layers", layers.stream().map(OciImage::descriptor).toList());
    return new OciImage(store.document(MANIFEST, manifest), configuration, layers, architecture);
  }

  private static Map<String, Object> configuration(
      String time, String architecture, Execution execution, List<Layer> layers) {
    var rootfs = new LinkedHashMap<String, Object>();
    rootfs.put("type", "layers");
    rootfs.put("diff_ids", layers.stream().map(layer -> layer.content().toString()).toList());
    var document = new LinkedHashMap<String, Object>();
    document.put("created", time);
    document.put("architecture", architecture);
    document.put("os", "linux");
    document.put("config", execution.document());
    document.put("rootfs", rootfs);
    document.put("history", layers.stream().map(layer -> history(time, layer)).toList());
    return document;
  }

  private static Map<String, Object> history(String time, Layer layer) {
    var history = new LinkedHashMap<String, Object>();
    history.put("created", time);
    history.put("created_by", layer.origin());
    return history;
  }

  private static Map<String, Object> descriptor(Layer layer) {
    Map<String, Object> descriptor = layer.blob().descriptor();
    if (!layer.annotations().isEmpty()) {
      descriptor.put("annotations", new TreeMap<>(layer.annotations()));
    }
    return descriptor;
  }
}
