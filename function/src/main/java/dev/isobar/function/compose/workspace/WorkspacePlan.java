package dev.isobar.function.compose.workspace;

import dev.isobar.apis.platform.PlatformClusterSpec;
import dev.isobar.apis.settings.Settings;
import dev.isobar.apis.workspace.GpuWorkspaceSpec;
import dev.isobar.function.compose.plan.ClusterId;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.StayingPool;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a workspace shall be: the claim, checked, and resolved against its cluster and Cloud.
 *
 * @param cluster the claim of the cluster
 * @param nodes the cluster with the workspace's own pools in place of its own
 * @param accelerators what each accelerator offers, in the order of the claim; one whose nodes
 *     differ is there once for each kind of them
 * @param staying its own pools that go, and stay until the nodes of others can be had
 * @param servers the kinds of servers, in the order of the claim; empty without a hub
 * @param limits the hard limits of the quota by its key, without those that are not set
 */
public record WorkspacePlan(
    WorkspaceId id,
    GpuWorkspaceSpec spec,
    PlatformClusterSpec cluster,
    ClusterPlan nodes,
    List<AcceleratorOffer> accelerators,
    List<StayingPool> staying,
    List<ServerChoice> servers,
    SortedMap<String, String> limits) {
  /** Copies the lists. */
  public WorkspacePlan {
    accelerators = List.copyOf(accelerators);
    staying = List.copyOf(staying);
    servers = List.copyOf(servers);
  }

  /** What an accelerator is called where its nodes must be told apart. */
  public String called(AcceleratorOffer offer) {
    boolean several =
        accelerators.stream().filter(one -> one.name().equals(offer.name())).count() > 1;
    return several ? offer.name() + " (pool " + offer.pool() + ")" : offer.name();
  }

  /** The identity of the cluster. */
  public ClusterId clusterId() {
    return nodes.id();
  }

  /** The settings of the installation. */
  public Settings settings() {
    return nodes.settings();
  }

  /** That there is no node for servers without GPUs; empty when there is a pool for them. */
  public Optional<String> nowhere() {
    return nowhere("user");
  }

  /** That there is no node for the hub itself; empty when there is a pool for it. */
  public Optional<String> nowhereForHub() {
    return nowhere("core");
  }

  private Optional<String> nowhere(String purpose) {
    if (!PlainPools.of(cluster, purpose).isEmpty()) {
      return Optional.empty();
    }
    boolean some = cluster.pools().stream().anyMatch(pool -> pool.gpu().isEmpty());
    return Optional.of(
        "PlatformCluster "
            + clusterId().claim()
            + (some
                ? " has no pool without GPUs that may have nodes and has no taints; its app team"
                    + " must add one, or allow nodes"
                : " has no pool without GPUs; its app team must add one"));
  }

  /** The workspace's namespace in the cluster. */
  public String namespace() {
    return id.inCluster();
  }
}
