package dev.isobar.e2e.ec2;

import dev.isobar.apis.tree.Tree;
import dev.isobar.e2e.provider.InfraCluster;
import dev.isobar.e2e.provider.Place;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.Ec2Client;

/**
 * An AWSCluster beside the network that it tells of, both as Cluster API's AWS provider makes them.
 * That runs nowhere here, so the object says that somebody else manages it.
 */
final class AwsInfraCluster implements InfraCluster {
  private static final Kind KIND =
      new Kind("infrastructure.cluster.x-k8s.io/v1beta2", "AWSCluster");

  static final String FIRST_ZONE = "us-east-1a";
  static final String SECOND_ZONE = "us-east-1b";

  /** Where its machines shall be, the best first; not in the order of its subnets. */
  static final List<String> ZONES = List.of(SECOND_ZONE, FIRST_ZONE);

  private static final List<String> ROLES =
      List.of("apiserver-lb", "bastion", "controlplane", "lb", "node");

  private final String vpc;
  private final List<Map<String, Object>> subnets;

  /** Of its security groups, by role. */
  private final Map<String, String> groups = new TreeMap<>();

  /** Makes the network. */
  AwsInfraCluster(Ec2Client ec2) {
    String made = ec2.createVpc(request -> request.cidrBlock("10.8.0.0/16")).vpc().vpcId();
    vpc = made;
    subnets =
        List.of(
            subnet(ec2, made, FIRST_ZONE, "public", "10.8.0.0/20"),
            subnet(ec2, made, FIRST_ZONE, "private", "10.8.16.0/20"),
            subnet(ec2, made, SECOND_ZONE, "public", "10.8.32.0/20"),
            subnet(ec2, made, SECOND_ZONE, "private", "10.8.48.0/20"));
    for (String role : ROLES) {
      groups.put(
          role,
          ec2.createSecurityGroup(
                  request -> request.groupName("lab-" + role).description(role).vpcId(made))
              .groupId());
    }
  }

  /** It is called by a name of the provider's, and has EC2's id beside that. */
  private static Map<String, Object> subnet(
      Ec2Client ec2, String vpc, String zone, String kind, String cidr) {
    String id =
        ec2.createSubnet(request -> request.vpcId(vpc).cidrBlock(cidr).availabilityZone(zone))
            .subnet()
            .subnetId();
    return Map.of(
        "id", "lab-subnet-%s-%s".formatted(kind, zone),
        "resourceID", id,
        "availabilityZone", zone,
        "cidrBlock", cidr,
        "isPublic", kind.equals("public"));
  }

  @Override
  public Kind kind() {
    return KIND;
  }

  @Override
  public void apply(Kubernetes kubernetes, Reference object, int port) {
    var _ =
        kubernetes.apply(
            Map.of(
                "apiVersion",
                KIND.apiVersion(),
                "kind",
                KIND.name(),
                "metadata",
                Map.of(
                    "name",
                    object.name(),
                    "namespace",
                    object.namespace(),
                    "annotations",
                    Map.of("cluster.x-k8s.io/managed-by", "tests")),
                "spec",
                Map.of(
                    "region",
                    StandInEc2.REGION,
                    "controlPlaneEndpoint",
                    Map.of("host", "127.0.0.1", "port", port),
                    "network",
                    Map.of("vpc", Map.of("id", vpc), "subnets", subnets))));
    var _ = kubernetes.patchStatus(object, status());
  }

  private Map<String, Object> status() {
    Map<String, Object> told = new TreeMap<>();
    groups.forEach((role, id) -> told.put(role, Map.of("id", id, "name", "lab-" + role)));
    Map<String, Object> open = Map.of("controlPlane", true);
    return Map.of(
        "ready",
        true,
        "failureDomains",
        Map.of(FIRST_ZONE, open, SECOND_ZONE, open),
        "networkStatus",
        Map.of("securityGroups", told),
        "conditions",
        Stream.of("Ready", "VpcReady", "SubnetsReady", "ClusterSecurityGroupsReady")
            .map(AwsInfraCluster::condition)
            .toList());
  }

  private static Map<String, String> condition(String type) {
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    return Map.of("type", type, "status", "True", "lastTransitionTime", now);
  }

  /** Nobody holds it. */
  @Override
  public boolean outlivesMachines() {
    return false;
  }

  /** Where nodes of a zone belong: in its private subnet, by the two groups of nodes. */
  Place home(String zone) {
    String subnet =
        subnets.stream()
            .map(Tree::of)
            .filter(one -> one.at("availabilityZone").text().equals(Optional.of(zone)))
            .filter(one -> one.at("isPublic").truth().equals(Optional.of(false)))
            .flatMap(one -> one.at("resourceID").text().stream())
            .findFirst()
            .orElseThrow();
    return new Place(vpc, subnet, Set.of(group("node"), group("lb")));
  }

  private String group(String role) {
    return groups.getOrDefault(role, "none");
  }
}
