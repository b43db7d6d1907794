package dev.isobar.cli.render;

import dev.isobar.apis.compute.GpuProduct;
import dev.isobar.apis.decode.Decoded;
import dev.isobar.apis.decode.Decoder;
import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.call.Lookup;
import dev.isobar.cli.input.Composite;
import dev.isobar.function.compose.gpu.geometry.GpuModels;
import dev.isobar.function.contract.Requirement;
import dev.isobar.function.contract.Requirement.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The GPU products of the Cloud that a composite is in: what the Cloud describes, before what is
 * known.
 *
 * @param world where the Cloud is, and the cluster of a workspace
 */
record DescribedGpus(Lookup world) {
  private static final Decoder<GpuProduct> PRODUCT = Decoder.of(GpuProduct.class);

  GpuModels of(Composite composite) {
    Tree spec = composite.tree().at("spec");
    Optional<String> cloud =
        spec.at("cloud").text().or(() -> cluster(composite).at("spec", "cloud").text());
    return cloud.map(this::described).orElseGet(GpuModels::known);
  }

  /** The cluster of a workspace, which is always in its own namespace. */
  private Tree cluster(Composite workspace) {
    Tree spec = workspace.tree().at("spec");
    String namespace =
        spec.at("claimRef", "namespace").text().orElse(workspace.identity().namespace());
    return find(
        "platform.isobar.dev/v1alpha1",
        "PlatformCluster",
        spec.at("clusterRef", "name").text().orElse(""),
        Optional.of(namespace));
  }

  private GpuModels described(String cloud) {
    Tree found = find("compute.isobar.dev/v1alpha1", "Cloud", cloud, Optional.empty());
    List<GpuProduct> products = new ArrayList<>();
    for (Tree product : found.at("spec", "gpuModels").items()) {
      if (PRODUCT.decode(product, "spec.gpuModels")
          instanceof Decoded.Valid<GpuProduct>(var valid)) {
        products.add(valid);
      }
    }
    return GpuModels.of(cloud, products);
  }

  private Tree find(String apiVersion, String kind, String name, Optional<String> namespace) {
    var requirement =
        new Requirement(kind, apiVersion, kind, new Selection.ByName(name), namespace);
    return world.find(requirement).stream().findFirst().map(Tree::of).orElse(Tree.absent());
  }
}
