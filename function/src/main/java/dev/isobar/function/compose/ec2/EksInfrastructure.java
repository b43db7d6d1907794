package dev.isobar.function.compose.ec2;

import dev.isobar.apis.schema.Size;
import dev.isobar.apis.tree.Fields;
import dev.isobar.function.compose.capi.CapiObjects;
import dev.isobar.function.compose.capi.EbsDisks;
import dev.isobar.function.compose.capi.InfrastructureProvider;
import dev.isobar.function.compose.capi.NodeadmObject;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.Keys;
import dev.isobar.function.compose.plan.ObservedCluster;
import dev.isobar.function.compose.plan.PoolPlan;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Clusters whose control plane EKS runs, by Cluster API's provider for AWS (CAPA). Their nodes are
 * machines like all others: the provider's own pools get a controller other than the composite.
 */
public final class EksInfrastructure implements InfrastructureProvider {
  @Override
  public String clusterKind() {
    return AwsObjects.MANAGED_CLUSTER_KIND;
  }

  @Override
  public String controlPlaneKind() {
    return AwsObjects.MANAGED_CONTROL_PLANE_KIND;
  }

  @Override
  public String templateKind() {
    return AwsObjects.TEMPLATE_KIND;
  }

  @Override
  public String bootstrapKind() {
    return NodeadmObject.KIND;
  }

  /** It only passes on what the control plane, which has the network, comes to have. */
  @Override
  public SortedMap<String, Object> cluster(ClusterPlan plan, ObservedCluster observed) {
    return CapiObjects.of(AwsObjects.API_VERSION, clusterKind(), plan.id(), plan.id().cluster())
        .spec(Fields.none())
        .map();
  }

  @Override
  public SortedMap<String, SortedMap<String, Object>> controlPlane(
      ClusterPlan plan, ObservedCluster observed) {
    var objects = new TreeMap<String, SortedMap<String, Object>>();
    objects.put(Keys.CONTROL_PLANE, EksControlPlaneObject.of(plan, observed));
    return objects;
  }

  @Override
  public SortedMap<String, Object> poolTemplate(ClusterPlan plan, PoolPlan pool) {
    return AwsMachineTemplate.pool(plan, pool);
  }

  @Override
  public Optional<Size> usualRootDisk() {
    return Optional.of(EbsDisks.USUAL_ROOT);
  }

  @Override
  public SortedMap<String, Object> bootstrap(
      ClusterPlan plan, PoolPlan pool, ObservedCluster observed) {
    return NodeadmObject.of(plan, pool);
  }

  /** There is one version alone. */
  @Override
  public SortedMap<String, Object> inVersion(ClusterPlan plan, SortedMap<String, Object> template) {
    return template;
  }
}
