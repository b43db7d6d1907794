package dev.isobar.function.compose.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.ManagementCluster;
import dev.isobar.function.compose.Manifest;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The fields are those of cluster-api-provider-openstack 0.14 (v1beta1) and 0.15 (v1beta2). */
final class ClusterInfrastructureTest {
  private static final String EVERYTHING =
      """
      network:
        nodeCidr: 192.168.0.0/20
        dnsServers: [1.1.1.1]
        mtu: 1450
        api: {loadBalancer: Amphora, allowedCidrs: [198.51.100.0/24, 192.0.2.0/24], address: 203.0.113.7, port: 443}
      controlPlane: {zones: [az2]}
      """;

  private static final String EXISTING =
      """
      network:
        existing:
          network: {id: 00000000-0000-4000-8000-000000000001}
          subnet: {name: nodes}
          router: {name: edge}
        api: {publicAddress: false}
      """;

  private static final String NODE_PORTS =
      """
      managedSecurityGroups:
        allowAllInClusterTraffic: true
        workerNodesSecurityGroupRules:
        - {name: NodePorts tcp, description: Services of type LoadBalancer through OVN, direction: ingress, etherType: IPv4, protocol: tcp, portRangeMin: 30000, portRangeMax: 32767, remoteIPPrefix: 0.0.0.0/0}
        - {name: NodePorts udp, description: Services of type LoadBalancer through OVN, direction: ingress, etherType: IPv4, protocol: udp, portRangeMin: 30000, portRangeMax: 32767, remoteIPPrefix: 0.0.0.0/0}
      """;

  private static final String COMMON =
      """
      identityRef: {type: ClusterIdentity, name: wekeo, cloudName: openstack, region: RegionOne}
      externalNetwork: {filter: {name: public}}
      tags: [isobar-cluster=eo-lab-f4bd8]
      """;

  record Row(String reason, String version, String claim, String cloud, String spec) {}

  static Stream<Row> rows() {
    return Stream.of(
        new Row(
            "the least",
            "v1beta1",
            "{}",
            "{}",
            COMMON
                + NODE_PORTS
                + """
                managedSubnets: [{cidr: 10.8.0.0/20, dnsNameservers: [9.9.9.9]}]
                controlPlaneAvailabilityZones: [az1, az2]
                apiServerLoadBalancer: {enabled: true, provider: ovn}
                apiServerPort: 6443
                """),
        new Row(
            "the least, in the next version",
            "v1beta2",
            "{}",
            "{}",
            COMMON
                + NODE_PORTS
                + """
                managedSubnets: [{cidr: 10.8.0.0/20, dnsNameservers: [9.9.9.9]}]
                controlPlaneAvailabilityZones: [az1, az2]
                apiServer: {managedLoadBalancer: {enabled: true, provider: ovn}, port: 6443}
                """),
        new Row(
            "Amphora in front of the API; the Cloud's OVN reaches Services through NodePorts",
            "v1beta1",
            EVERYTHING,
            "{}",
            COMMON
                + NODE_PORTS
                + """
                managedSubnets: [{cidr: 192.168.0.0/20, dnsNameservers: [1.1.1.1]}]
                networkMTU: 1450
                controlPlaneAvailabilityZones: [az2]
                apiServerLoadBalancer: {enabled: true, provider: amphora, allowedCIDRs: [192.0.2.0/24, 198.51.100.0/24]}
                apiServerFloatingIP: 203.0.113.7
                apiServerPort: 443
                """),
        new Row(
            "everything, in the next version",
            "v1beta2",
            EVERYTHING,
            "{}",
            COMMON
                + NODE_PORTS
                + """
                managedSubnets: [{cidr: 192.168.0.0/20, dnsNameservers: [1.1.1.1]}]
                managedNetwork: {mtu: 1450}
                controlPlaneAvailabilityZones: [az2]
                apiServer:
                  managedLoadBalancer: {enabled: true, provider: amphora, allowedCIDRs: [192.0.2.0/24, 198.51.100.0/24]}
                  floatingIP: 203.0.113.7
                  port: 443
                """),
        new Row(
            "no balancer of the API: Services have the Cloud's all the same",
            "v1beta1",
            "{controlPlane: {replicas: 1}, network: {api: {loadBalancer: None}}}",
            "{}",
            COMMON
                + NODE_PORTS
                + """
                managedSubnets: [{cidr: 10.8.0.0/20, dnsNameservers: [9.9.9.9]}]
                controlPlaneAvailabilityZones: [az1, az2]
                apiServerLoadBalancer: {enabled: false}
                apiServerPort: 6443
                """),
        new Row(
            "OVN in front of the API; the Cloud's Amphora hides the sender, so NodePorts stay shut",
            "v1beta1",
            "network: {api: {loadBalancer: OVN}}",
            "network: {loadBalancer: Amphora}",
            COMMON
                + """
                managedSecurityGroups: {allowAllInClusterTraffic: true}
                managedSubnets: [{cidr: 10.8.0.0/20, dnsNameservers: [9.9.9.9]}]
                controlPlaneAvailabilityZones: [az1, az2]
                apiServerLoadBalancer: {enabled: true, provider: ovn}
                apiServerPort: 6443
                """),
        new Row(
            "a network that is there, no public address",
            "v1beta1",
            EXISTING,
            "{}",
            COMMON
                + NODE_PORTS
                + """
                network: {id: 00000000-0000-4000-8000-000000000001}
                subnets: [{filter: {name: nodes}}]
                router: {filter: {name: edge}}
                controlPlaneAvailabilityZones: [az1, az2]
                apiServerLoadBalancer: {enabled: true, provider: ovn}
                apiServerPort: 6443
                disableAPIServerFloatingIP: true
                """),
        new Row(
            "the same, in the next version",
            "v1beta2",
            EXISTING,
            "{}",
            COMMON
                + NODE_PORTS
                + """
                network: {id: 00000000-0000-4000-8000-000000000001}
                subnets: [{filter: {name: nodes}}]
                router: {filter: {name: edge}}
                controlPlaneAvailabilityZones: [az1, az2]
                apiServer: {managedLoadBalancer: {enabled: true, provider: ovn}, port: 6443, enableFloatingIP: false}
                """),
        new Row(
            "a poor cloud: no balancer, zones, name servers or named network; a Secret of the team",
            "v1beta1",
            "controlPlane: {replicas: 1}",
            """
            clusterApi: {identityRef: {kind: Secret, name: clouds, cloudName: lab}}
            network: {externalNetwork: null, dnsServers: null, loadBalancer: None}
            zones: null
            """,
            """
            identityRef: {type: Secret, name: clouds, cloudName: lab, region: RegionOne}
            tags: [isobar-cluster=eo-lab-f4bd8]
            managedSecurityGroups: {allowAllInClusterTraffic: true}
            managedSubnets: [{cidr: 10.8.0.0/20}]
            controlPlaneOmitAvailabilityZone: true
            apiServerLoadBalancer: {enabled: false}
            apiServerPort: 6443
            """));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isAsItsProviderHasIt(Row row) {
    Map<String, Object> object =
        ManagementCluster.with(row.claim)
            .cloud(row.cloud)
            .settings("openStackApiVersion: " + row.version)
            .composed("infrastructure");
    Object whole =
        Manifest.plain(
            """
            apiVersion: infrastructure.cluster.x-k8s.io/%s
            kind: OpenStackCluster
            metadata:
              name: eo-lab-f4bd8
              namespace: eo4eu
              labels: {isobar.dev/cluster: eo-lab-f4bd8, cluster.x-k8s.io/cluster-name: eo-lab-f4bd8}
            spec:
            """
                    .formatted(row.version)
                + row.spec.indent(2));
    assertThat(object).as(row.reason).isEqualTo(whole);
  }

  /** Cluster API and Sveltos work through the API that the claim closes. */
  @Test
  void whoMakesTheClusterMayReachIt() {
    ManagementCluster cluster =
        ManagementCluster.with(
            "network: {api: {loadBalancer: Amphora, allowedCidrs: [192.0.2.0/24]}}");
    assertThat(accepted(cluster)).startsWith("ManagementCidrsUnknown the claim can be had");
    assertThat(cluster.composed().events())
        .extracting(event -> event.severity() + " " + event.reason())
        .containsExactly("WARNING AcceptedManagementCidrsUnknown");
    cluster.settle();
    assertThat(cluster.composed().events()).isEmpty();
    cluster.settings("managementCidrs: [198.51.100.7/32, 192.0.2.0/24]");
    assertThat(accepted(cluster)).startsWith("Valid ");
    assertThat(
            Tree.of(cluster.composed("infrastructure"))
                .at("spec", "apiServerLoadBalancer", "allowedCIDRs")
                .plain())
        .hasToString("[192.0.2.0/24, 198.51.100.7/32]");
    cluster.claim("network: {api: {allowedCidrs: []}}");
    assertThat(
            Tree.of(cluster.composed("infrastructure"))
                .at("spec", "apiServerLoadBalancer", "allowedCIDRs")
                .exists())
        .as("an open API stays open")
        .isFalse();
  }

  private static String accepted(ManagementCluster cluster) {
    return cluster.composed().conditions().stream()
        .filter(condition -> condition.type().equals("Accepted"))
        .map(condition -> condition.reason() + " " + condition.message())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void keepsWhatItsProviderForbidsToChange() {
    for (String version : new String[] {"v1beta1", "v1beta2"}) {
      ManagementCluster cluster =
          ManagementCluster.with("{}").settings("openStackApiVersion: " + version);
      cluster.settle();
      cluster.observed(
          "infrastructure",
          """
          spec:
            externalNetwork: {filter: null, id: 00000000-0000-4000-8000-00000000000e}
            tags: [of-an-earlier-release]
            identityRef: {region: null}
          """);
      Map<String, Object> before = cluster.composed("infrastructure");
      cluster.cloud(
          """
          region: RegionTwo
          zones: [az9]
          network: {externalNetwork: {name: other}, loadBalancer: Amphora}
          """);
      assertThat(cluster.composed("infrastructure")).as(version).isEqualTo(before);
      assertThat(String.valueOf(before))
          .contains("externalNetwork={id=", "tags=[of-an-earlier-release]")
          .doesNotContain("region");
    }
  }

  @Test
  void changesWhatItsProviderLetsChange() {
    ManagementCluster cluster = ManagementCluster.with("network: {api: {loadBalancer: Amphora}}");
    cluster.settle();
    Map<String, Object> before = cluster.composed("infrastructure");
    cluster
        .cloud("clusterApi: {identityRef: {name: renewed}}\nnetwork: {dnsServers: [8.8.8.8]}")
        .claim("{network: {api: {allowedCidrs: [192.0.2.0/24]}}, controlPlane: {zones: [az1]}}");
    assertThat(cluster.composed("infrastructure"))
        .isEqualTo(
            Manifest.merged(
                before,
                """
                spec:
                  identityRef: {name: renewed}
                  managedSubnets: [{cidr: 10.8.0.0/20, dnsNameservers: [8.8.8.8]}]
                  apiServerLoadBalancer: {allowedCIDRs: [192.0.2.0/24]}
                  controlPlaneAvailabilityZones: [az1]
                """));
  }

  @Test
  void nodesSpellTheRegionAsTheInfrastructureDoes() {
    ManagementCluster cluster = ManagementCluster.with("{}");
    cluster.settle();
    cluster
        .observed("infrastructure", "spec: {identityRef: {region: null}}")
        .claim("pools: [{name: a, machineType: m1.large, replicas: 1}]");
    String bootstrap =
        cluster.keys().stream().filter(key -> key.contains("bootstrap")).findFirst().orElseThrow();
    assertThat(String.valueOf(cluster.composed(bootstrap)))
        .as("a cluster of a Cloud whose region was empty once")
        .contains("openstack:///'{{ instance_id }}'");
  }

  record Switch(String reason, String from, String to, String claim) {}

  static Stream<Switch> switches() {
    return Stream.of(
        new Switch("of everything", "v1beta1", "v1beta2", EVERYTHING),
        new Switch("of everything, back", "v1beta2", "v1beta1", EVERYTHING),
        new Switch("of an existing network", "v1beta1", "v1beta2", EXISTING),
        new Switch("of an existing network, back", "v1beta2", "v1beta1", EXISTING));
  }

  @ParameterizedTest
  @MethodSource("switches")
  void aSwitchOfTheApiVersionSaysWhatExistsInTheOther(Switch row) {
    ManagementCluster cluster =
        ManagementCluster.with(row.claim).settings("openStackApiVersion: " + row.from);
    cluster.settle();
    ManagementCluster other =
        ManagementCluster.with(row.claim).settings("openStackApiVersion: " + row.to);
    cluster
        .cloud("{region: RegionTwo, network: {externalNetwork: {name: another}}}")
        .settings("openStackApiVersion: " + row.to);
    assertThat(cluster.composed("infrastructure"))
        .as(row.reason)
        .isEqualTo(other.composed("infrastructure"));
  }
}
