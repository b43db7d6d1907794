package dev.isobar.function.compose.workspace;

import dev.isobar.apis.tree.Tree;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The GPUs of a cluster by the names that pods ask for them by, whoever they are for. */
final class ClusterGpus {
  private static final String NVIDIA = "nvidia.com/";

  private ClusterGpus() {}

  /**
   * Those of the cluster's own pools, and of accelerators of other workspaces in it.
   *
   * @param status the cluster's, which tells of its pools
   * @param workspaces all workspaces of the namespace
   */
  static Set<String> of(WorkspaceId id, String cluster, Tree status, List<Tree> workspaces) {
    var resources = new TreeSet<String>();
    status.at("pools").items().forEach(pool -> resources.addAll(pool.at("resources").fields()));
    workspaces.stream()
        .filter(
            one -> one.at("spec", "clusterRef", "name").text().filter(cluster::equals).isPresent())
        .filter(one -> one.at("metadata", "name").text().filter(id.claim()::equals).isEmpty())
        .flatMap(one -> one.at("status", "accelerators").items().stream())
        .forEach(accelerator -> resources.addAll(accelerator.at("inAll").fields()));
    resources.removeIf(resource -> !resource.startsWith(NVIDIA));
    return resources;
  }
}
