package dev.isobar.e2e.openstack;

import dev.isobar.e2e.provider.InfraCluster;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;

/**
 * An OpenStackCluster in project lab, for which Cluster API's own OpenStack provider makes network,
 * subnet, router and security groups in the real Neutron. The API is elsewhere, so that there is
 * neither load balancer nor public address.
 *
 * @param secret with key clouds.yaml and entry lab, in the namespace of the cluster
 */
record OpenStackInfraCluster(String secret) implements InfraCluster {
  private static final Kind KIND =
      new Kind("infrastructure.cluster.x-k8s.io/v1beta1", "OpenStackCluster");

  @Override
  public Kind kind() {
    return KIND;
  }

  @Override
  public void apply(Kubernetes kubernetes, Reference object, int port) {
    var _ =
        kubernetes.apply(
            """
            apiVersion: infrastructure.cluster.x-k8s.io/v1beta1
            kind: OpenStackCluster
            metadata: {name: %s, namespace: %s}
            spec:
              identityRef: {type: Secret, name: %s, cloudName: lab}
              externalNetwork: {id: %s}
              managedSubnets: [{cidr: 10.80.0.0/24}]
              managedSecurityGroups: {allowAllInClusterTraffic: true}
              controlPlaneEndpoint: {host: 127.0.0.1, port: %d}
            """
                .formatted(
                    object.name(), object.namespace(), secret, Lab.cloud().id("outside"), port));
  }

  /** Its provider waits for them, and only then takes the network away. */
  @Override
  public boolean outlivesMachines() {
    return true;
  }
}
