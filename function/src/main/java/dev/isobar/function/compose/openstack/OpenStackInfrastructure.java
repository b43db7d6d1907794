package dev.isobar.function.compose.openstack;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.capi.KubeadmProvider;
import dev.isobar.function.compose.capi.Registration;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.ObservedCluster;
import dev.isobar.function.compose.plan.PoolPlan;
import java.util.SortedMap;

/** Clusters on OpenStack, by Cluster API's provider for it (CAPO). */
public final class OpenStackInfrastructure implements KubeadmProvider {
  @Override
  public String clusterKind() {
    return OpenStackObjects.CLUSTER_KIND;
  }

  @Override
  public String templateKind() {
    return OpenStackObjects.TEMPLATE_KIND;
  }

  @Override
  public SortedMap<String, Object> cluster(ClusterPlan plan, ObservedCluster observed) {
    return ClusterInfrastructure.of(plan, observed);
  }

  @Override
  public SortedMap<String, Object> controlPlaneTemplate(ClusterPlan plan) {
    return MachineTemplate.controlPlane(plan);
  }

  @Override
  public SortedMap<String, Object> poolTemplate(ClusterPlan plan, PoolPlan pool) {
    return MachineTemplate.pool(plan, pool);
  }

  @Override
  public SortedMap<String, Object> inVersion(ClusterPlan plan, SortedMap<String, Object> template) {
    return Conversion.template(template, OpenStackObjects.apiVersion(plan));
  }

  /**
   * The Cloud's region may be spelled anew, but nodes must go on spelling it as the infrastructure
   * does.
   */
  @Override
  public Registration registration(ClusterPlan plan, ObservedCluster observed) {
    Tree identity = observed.infrastructure().at("spec", "identityRef");
    String region =
        identity.at("region").text().orElse(identity.exists() ? "" : plan.cloud().spec().region());
    return Registration.openStack(region);
  }
}
