package dev.isobar.function.compose;

import dev.isobar.apis.compute.CloudSpec;
import dev.isobar.function.compose.capi.InfrastructureProvider;
import dev.isobar.function.compose.ec2.Ec2Infrastructure;
import dev.isobar.function.compose.ec2.EksInfrastructure;
import dev.isobar.function.compose.openstack.OpenStackInfrastructure;
import dev.isobar.function.compose.plan.ClusterPlan;

/** Cluster API's provider for each kind of cloud, and of control plane. */
final class InfrastructureProviders {
  private static final InfrastructureProvider OPENSTACK = new OpenStackInfrastructure();
  private static final InfrastructureProvider EC2 = new Ec2Infrastructure();
  private static final InfrastructureProvider EKS = new EksInfrastructure();

  private InfrastructureProviders() {}

  /** The provider for a plan's Cloud. */
  static InfrastructureProvider of(ClusterPlan plan) {
    return plan.managed() ? EKS : of(plan.cloud().spec().provider());
  }

  private static InfrastructureProvider of(CloudSpec.Provider provider) {
    return switch (provider) {
      case OpenStack -> OPENSTACK;
      case EC2 -> EC2;
    };
  }
}
