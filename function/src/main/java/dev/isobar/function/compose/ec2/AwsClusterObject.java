package dev.isobar.function.compose.ec2;

import dev.isobar.apis.compute.IdentityRef;
import dev.isobar.apis.platform.Api;
import dev.isobar.apis.platform.ExistingNetwork;
import dev.isobar.apis.tree.Fields;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.capi.CapiObjects;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.ObservedCluster;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The AWSCluster: VPC, subnets, security groups and the load balancer of the Kubernetes API. The
 * provider writes ids of what it makes into the same object; none of these is emitted.
 */
final class AwsClusterObject {
  /** A zone of a region; local zones and wavelength zones have other names. */
  private static final Pattern ZONE = Pattern.compile("[a-z]+(-[a-z]+)+-[0-9]+([a-z])");

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
    IdentityRef identity = plan.cloud().spec().clusterApi().identityRef();
    return Fields.with("region", plan.controlPlane().region())
        .set(
            "identityRef", Fields.with("kind", identity.kind().name()).set("name", identity.name()))
        // Left out, it would be a key of the name "default"; machines name theirs themselves.
        .set("sshKeyName", "")
        .set("controlPlaneLoadBalancer", loadBalancer())
        .set("network", network(seen))
        .set("additionalTags", Map.of("isobar-cluster", plan.id().cluster()));
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
    Optional<ExistingNetwork> existing = plan.spec().network().existing();
    Fields network =
        Fields.with("cni", Fields.with("cniIngressRules", List.of(amongMachines())))
            .set("vpc", existing.map(AwsClusterObject::existing).orElseGet(() -> own(seen)));
    List<SortedMap<String, Object>> subnets =
        existing.stream()
            .flatMap(one -> one.subnets().stream())
            .sorted()
            .map(id -> Fields.with("id", id).map())
            .toList();
    return network.setUnlessEmpty("subnets", subnets);
  }

  private static Fields existing(ExistingNetwork existing) {
    return Fields.with("id", existing.network().id());
  }

  private Fields own(Tree seen) {
    return Fields.with("cidrBlock", plan.spec().network().nodeCidr().text())
        .set("availabilityZoneUsageLimit", zones(seen));
  }

  /**
   * In how many zones the VPC has subnets, counted in the order of their names: as many as it takes
   * to have all of the Cloud's; the provider's own number where none are known. It is asked once:
   * subnets are not added later.
   */
  private Optional<Long> zones(Tree seen) {
    if (seen.exists()) {
      return seen.at("spec", "network", "vpc").at("availabilityZoneUsageLimit").whole();
    }
    return plan.cloud().zones().stream()
        .map(ZONE::matcher)
        .filter(Matcher::matches)
        .map(zone -> zone.group(2).charAt(0) - 'a' + 1L)
        .max(Long::compare);
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
