package dev.isobar.function.compose.ec2;

import dev.isobar.apis.schema.Size;
import dev.isobar.function.compose.capi.EbsDisks;
import dev.isobar.function.compose.capi.KubeadmProvider;
import dev.isobar.function.compose.capi.Registration;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.ObservedCluster;
import dev.isobar.function.compose.plan.PoolPlan;
import java.util.Optional;
import java.util.SortedMap;

/** Clusters on EC2, by Cluster API's provider for AWS (CAPA). */
public final class Ec2Infrastructure implements KubeadmProvider {
  @Override
  public String clusterKind() {
    return AwsObjects.CLUSTER_KIND;
  }

  @Override
  public String templateKind() {
    return AwsObjects.TEMPLATE_KIND;
  }

  @Override
  public SortedMap<String, Object> cluster(ClusterPlan plan, ObservedCluster observed) {
    return AwsClusterObject.of(plan, observed);
  }

  @Override
  public SortedMap<String, Object> controlPlaneTemplate(ClusterPlan plan) {
    return AwsMachineTemplate.controlPlane(plan);
  }

  @Override
  public SortedMap<String, Object> poolTemplate(ClusterPlan plan, PoolPlan pool) {
    return AwsMachineTemplate.pool(plan, pool);
  }

  @Override
  public Optional<Size> usualRootDisk() {
    return Optional.of(EbsDisks.USUAL_ROOT);
  }

  /** There is one version alone. */
  @Override
  public SortedMap<String, Object> inVersion(ClusterPlan plan, SortedMap<String, Object> template) {
    return template;
  }

  @Override
  public Registration registration(ClusterPlan plan, ObservedCluster observed) {
    return Registration.ec2();
  }
}
