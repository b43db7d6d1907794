package dev.isobar.provider.clusterapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.CloudObject;
import dev.isobar.apis.compute.NetworkInterface;
import dev.isobar.apis.compute.NetworkInterface.Acceleration;
import dev.isobar.apis.tree.Tree;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SurroundingsTest {
  private static NetworkInterface primary(String network, String subnet, String... groups) {
    return new NetworkInterface(
        "primary",
        Optional.of(network).filter(id -> !id.isEmpty()).map(SurroundingsTest::byId),
        Optional.of(subnet).filter(id -> !id.isEmpty()).map(SurroundingsTest::byId),
        Optional.empty(),
        Stream.of(groups).map(SurroundingsTest::byId).toList(),
        Optional.empty(),
        Acceleration.None);
  }

  private static NetworkInterface inZones(String subnets, String... groups) {
    List<String> ids = List.of(subnets.split(" "));
    return new NetworkInterface(
        "primary",
        Optional.empty(),
        Optional.of(byId(ids.getFirst())),
        Optional.empty(),
        Stream.of(groups).map(SurroundingsTest::byId).toList(),
        Optional.empty(),
        Acceleration.None,
        ids.subList(1, ids.size()));
  }

  private static CloudObject byId(String id) {
    return new CloudObject(Optional.empty(), Optional.of(id));
  }

  private static Surroundings.Look found(List<String> zones, NetworkInterface one) {
    return new Surroundings.Look.Found(new Surroundings(List.of(one), zones));
  }

  private static Tree openStack(Map<String, Object> spec, Map<String, Object> status) {
    return Tree.of(Map.of("spec", spec, "status", status));
  }

  @Test
  void nodesOnOpenStackHaveTheClustersNetworkAndTheWorkersGroup() {
    Map<String, Object> network =
        Map.of("id", "n-1", "subnets", List.of(Map.of("id", "s-1"), Map.of("id", "s-2")));
    Map<String, Object> managed = Map.of("managedSecurityGroups", Map.of());
    assertThat(
            Surroundings.ofOpenStack(
                openStack(
                    managed,
                    Map.of("network", network, "workerSecurityGroup", Map.of("id", "g-1")))))
        .isEqualTo(found(List.of(), primary("n-1", "s-1", "g-1")));
    assertThat(Surroundings.ofOpenStack(openStack(managed, Map.of("network", network))))
        .as("groups that Cluster API makes come after the network")
        .isEqualTo(
            new Surroundings.Look.Missing("status.workerSecurityGroup of the OpenStackCluster"));
    assertThat(Surroundings.ofOpenStack(openStack(Map.of(), Map.of("network", network))))
        .as("where it makes none, the cloud's default group does")
        .isEqualTo(found(List.of(), primary("n-1", "s-1")));
    assertThat(Surroundings.ofOpenStack(openStack(managed, Map.of())))
        .isEqualTo(new Surroundings.Look.Missing("status.network of the OpenStackCluster"));
  }

  private static Tree aws() {
    return aws(
        List.of(
            subnet("subnet-a-public", "us-west-2a", true),
            subnet("subnet-a", "us-west-2a", false),
            subnet("subnet-b", "us-west-2b", false),
            Map.of("id", "name-of-ours", "availabilityZone", "us-west-2c")));
  }

  private static Tree aws(List<Map<String, Object>> subnets) {
    Map<String, Object> groups =
        Map.of(
            "node", Map.of("id", "sg-node"),
            "lb", Map.of("id", "sg-lb"),
            "node-eks-additional", Map.of("id", "sg-eks"));
    return Tree.of(
        Map.of(
            "spec",
            Map.of("network", Map.of("subnets", subnets)),
            "status",
            Map.of("networkStatus", Map.of("securityGroups", groups))));
  }

  private static Map<String, Object> subnet(String id, String zone, boolean open) {
    return Map.of("id", id, "availabilityZone", zone, "isPublic", open);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          false, '',                    subnet-a,          us-west-2a,            sg-lb,  the first private one
          false, us-west-2b us-west-2a, subnet-b subnet-a, us-west-2b us-west-2a, sg-lb,  the best zone first
          false, us-west-2c us-west-2a, subnet-a,          us-west-2a,            sg-lb,  whose subnet is there
          true,  us-west-2b,            subnet-b,          us-west-2b,            sg-eks, EKS has a group of its own
          """)
  void nodesOnEc2HaveAPrivateSubnetInEachOfTheirZones(
      boolean managed, String wanted, String subnets, String zones, String group, String why) {
    List<String> asked = wanted.isEmpty() ? List.of() : List.of(wanted.split(" "));
    assertThat(Surroundings.ofAws(aws(), managed, asked))
        .as(why)
        .isEqualTo(found(List.of(zones.split(" ")), inZones(subnets, "sg-node", group)));
  }

  @ParameterizedTest(name = "{4}")
  @CsvSource({
    "'', '', '', subnet-1, nothing is said of it",
    "availability-zone, main, '', subnet-1, nothing that is against it",
    "local-zone, '', '', subnet-2, it costs more and is away from the others",
    "wavelength-zone, '', '', subnet-2, it is at a carrier's",
    "local-zone, '', us-west-2-lax-1a, subnet-1, who says its name wants it",
    "'', secondary, '', subnet-2, its addresses are for pods of the VPC CNI",
    "'', secondary, us-west-2-lax-1a us-west-2b, subnet-2, whoever names its zone"
  })
  void aSubnetThatIsNotForTheseNodesIsPassedBy(
      String zoneType, String association, String wanted, String taken, String why) {
    Map<String, Object> first = new TreeMap<>(subnet("subnet-1", "us-west-2-lax-1a", false));
    if (!zoneType.isEmpty()) {
      first.put("zoneType", zoneType);
    }
    if (!association.isEmpty()) {
      first.put("tags", Map.of("sigs.k8s.io/cluster-api-provider-aws/association", association));
    }
    Tree cluster = aws(List.of(first, subnet("subnet-2", "us-west-2b", false)));
    List<String> asked = wanted.isEmpty() ? List.of() : List.of(wanted.split(" "));
    String zone = taken.equals("subnet-1") ? "us-west-2-lax-1a" : "us-west-2b";
    assertThat(Surroundings.ofAws(cluster, false, asked))
        .as(why)
        .isEqualTo(found(List.of(zone), inZones(taken, "sg-node", "sg-lb")));
  }

  @Test
  void whatIsNotThereYetIsNamed() {
    assertThat(Surroundings.ofAws(aws(), false, List.of("us-west-2d")))
        .isEqualTo(
            new Surroundings.Look.Missing("private subnet in us-west-2d in spec.network.subnets"));
    assertThat(Surroundings.ofAws(Tree.of(Map.of()), false, List.of()))
        .isEqualTo(new Surroundings.Look.Missing("security group node in status.networkStatus"));
  }
}
