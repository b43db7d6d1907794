package dev.isobar.packaging.xpkg;

import dev.isobar.packaging.oci.BlobStore;
import dev.isobar.packaging.oci.Execution;
import dev.isobar.packaging.oci.FileTree;
import dev.isobar.packaging.oci.Layer;
import dev.isobar.packaging.oci.OciImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a package of an image: adds the layer that core reads, and one of examples. Core finds them
 * by an annotation of the manifest; a label of the configuration says the same for formats without
 * annotations, and Crossplane's command line makes annotations of it.
 */
public final class PackageImage {
  private static final String MARK = "io.crossplane.xpkg";
  private static final String PACKAGE = "base";
  private static final String EXAMPLES = "upbound";

  private final BlobStore store;
  private final String architecture;

  /**
   * For images of an architecture.
   *
   * @param architecture as Go calls it
   */
  public PackageImage(BlobStore store, String architecture) {
    this.store = store;
    this.architecture = architecture;
  }

  /**
   * The package.
   *
   * @param below what it runs, empty for a configuration
   * @param packageYaml what core reads
   * @param examples empty for none
   */
  public OciImage of(Execution execution, List<Layer> below, String packageYaml, String examples)
      throws IOException {
    var layers = new ArrayList<>(below);
    layers.add(marked("the package: package.yaml", "package.yaml", packageYaml, PACKAGE));
    if (!examples.isEmpty()) {
      layers.add(marked("its examples", ".up/examples.yaml", examples, EXAMPLES));
    }
    return OciImage.of(store, architecture, execution.with(labels(layers)), layers);
  }

  private Layer marked(String origin, String path, String content, String mark) throws IOException {
    return store.layer(origin, new FileTree().file(path, content)).with(MARK, mark);
  }

  private static Map<String, String> labels(List<Layer> layers) {
    var labels = new LinkedHashMap<String, String>();
    for (Layer layer : layers) {
      String mark = layer.annotations().get(MARK);
      if (mark != null) {
        labels.put(MARK + ":" + layer.blob().digest(), mark);
      }
    }
    return labels;
  }
}
