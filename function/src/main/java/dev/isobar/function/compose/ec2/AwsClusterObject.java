package dev.isobar.function.compose.ec2;

import dev.isobar.apis.platform.Api;
import dev.isobar.apis.tree.Fields;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.capi.CapiObjects;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.ObservedCluster;
import java.util.List;
import java.util.SortedMap;

/**
 * The AWSCluster: VPC, subnets, security groups and the load balancer of the Kubernetes API. The
 * provider writes ids of what it makes into the same object; none of these is emitted.
 */
final class AwsClusterObject {
  private static final int ALL_PORTS = -1;

  private final ClusterPlan plan;

  private AwsClusterObject(ClusterPlan plan) {
    this.plan = plan;
  }

  static SortedMap<String, Object> of(ClusterPlan plan, ObservedCluster observed) {
    return CapiObjects.of(
            AwsObjects.API_VERSION, AwsObjects.CLUSTER_KIND, plan.id(), plan.id().cluster())
        .spec(new AwsClusterObject(plan).spec(observed.infrastructure()))
        .map();
  }

  private Fields spec(Tree seen) {
    return Fields.with("region", plan.controlPlane().region())
        .set("identityRef", AwsObjects.identity(plan))
        // Left out, it would be a key of the name "default"; machines name theirs themselves.
        .set("sshKeyName", "")
        .set("controlPlaneLoadBalancer", loadBalancer())
        .set("network", network(seen))
        .set("additionalTags", AwsObjects.tags(plan));
  }

  private Fields loadBalancer() {
    Api api = plan.spec().network().api();
    Fields balancer =
        Fields.with("loadBalancerType", "nlb")
            .set("scheme", api.publicAddress() ? "internet-facing" : "internal")
            .set("healthCheckProtocol", "HTTPS");
    List<String> admitted = plan.admitted();
    return admitted.isEmpty()
        ? balancer
        : balancer.set("ingressRules", List.of(rule(api.port(), admitted)));
  }

  /** The provider lets the cluster's own machines in besides, by their NAT gateways or subnets. */
  private static SortedMap<String, Object> rule(int port, List<String> ranges) {
    return Fields.with("description", "Kubernetes API")
        .set("protocol", "tcp")
        .set("fromPort", port)
        .set("toPort", port)
        .set("cidrBlocks", ranges)
        .map();
  }

  private Fields network(Tree seen) {
    return AwsNetwork.of(plan, seen)
        .set("cni", Fields.with("cniIngressRules", List.of(amongMachines())));
  }

  /** Whatever the pod network, pods and nodes may speak with each other, as on every cloud. */
  private static SortedMap<String, Object> amongMachines() {
    return Fields.with("description", "all traffic among the machines of the cluster")
        .set("protocol", "-1")
        .set("fromPort", ALL_PORTS)
        .set("toPort", ALL_PORTS)
        .map();
  }
}
