package dev.isobar.packaging.oci;

import java.util.Map;

/**
 * Files on top of those of the layers below.
 *
 * @param blob its archive, compressed
 * @param content digest of the archive as it is unpacked
 * @param origin one line on what it is, for the history of an image
 * @param annotations of its descriptor in manifests
 */
public record Layer(Blob blob, Digest content, String origin, Map<String, String> annotations) {
  /** Copies. */
  public Layer {
    annotations = Map.copyOf(annotations);
  }

  /** The same with one annotation. */
  public Layer with(String annotation, String value) {
    return new Layer(blob, content, origin, Map.of(annotation, value));
  }
}
