package dev.isobar.function.compose.capi;

import dev.isobar.apis.schema.Size;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.ObservedCluster;
import dev.isobar.function.compose.plan.PoolPlan;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What Cluster API's provider for a kind of cloud contributes to a cluster: objects of its own
 * kinds, the control plane, and how nodes of that cloud join. All else is alike on every cloud.
 * Implementations keep nothing.
 */
public interface InfrastructureProvider {
  /** The kind of the cloud's side of a cluster. */
  String clusterKind();

  /** The kind of its control planes. */
  String controlPlaneKind();

  /** The kind of its machine templates. */
  String templateKind();

  /** The kind of its bootstrap templates. */
  String bootstrapKind();

  /** The cloud's side of the cluster; what its webhook forbids to change is as it was made. */
  SortedMap<String, Object> cluster(ClusterPlan plan, ObservedCluster observed);

  /** The control plane and what belongs to it, by composition resource name. */
  SortedMap<String, SortedMap<String, Object>> controlPlane(
      ClusterPlan plan, ObservedCluster observed);

  /** The machine template of a pool; {@link MachineTemplates} names it. */
  SortedMap<String, Object> poolTemplate(ClusterPlan plan, PoolPlan pool);

  /** The root disk where neither claim nor Cloud says one; empty where nobody knows. */
  default Optional<Size> usualRootDisk() {
    return Optional.empty();
  }

  /** The bootstrap template of a pool; {@link BootstrapObject} names it. */
  SortedMap<String, Object> bootstrap(ClusterPlan plan, PoolPlan pool, ObservedCluster observed);

  /**
   * A template that exists, in the API version of the installation; one of another provider's kinds
   * as it is.
   */
  SortedMap<String, Object> inVersion(ClusterPlan plan, SortedMap<String, Object> template);
}
