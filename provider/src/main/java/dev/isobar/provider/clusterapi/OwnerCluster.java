package dev.isobar.provider.clusterapi;

import dev.isobar.apis.tree.Tree;
import java.util.Optional;

/**
 * What a GPU machine needs to know of its Cluster.
 *
 * @param provisioned whether its infrastructure is there
 * @param infrastructure the cloud's side of it
 * @param controlPlane the object for its control plane
 */
public record OwnerCluster(
    boolean paused,
    boolean provisioned,
    Optional<Reference> infrastructure,
    Optional<Reference> controlPlane) {
  /** An object of the Cluster's namespace, as Cluster API refers to it: without a version. */
  public record Reference(String group, String kind, String name) {
    private static Optional<Reference> of(Tree tree) {
      return tree.at("name")
          .text()
          .map(name ->
              new Reference(
                  tree.at("apiGroup").text().orElse(""), tree.at("kind").text().orElse(""), name));
    }
  }

  /** Reads a Cluster, v1beta2. */
  public static OwnerCluster of(Tree cluster) {
    return new OwnerCluster(
        cluster.at("spec", "paused").truth().orElse(false),
        cluster.at("status", "initialization", "infrastructureProvisioned").truth().orElse(false),
        Reference.of(cluster.at("spec", "infrastructureRef")),
        Reference.of(cluster.at("spec", "controlPlaneRef")));
  }
}
