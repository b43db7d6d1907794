package dev.isobar.function.compose.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.function.compose.ManagementCluster;
import dev.isobar.function.compose.Manifest;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The fields are those of cluster-api-provider-aws 2.11. */
final class AwsClusterObjectTest {
  private static final String COMMON =
      """
      region: eu-central-1
      sshKeyName: ''
      additionalTags: {isobar-cluster: eo-lab-f4bd8}
      """;

  private static final String ROLE =
      COMMON + "identityRef: {kind: AWSClusterRoleIdentity, name: research}\n";

  private static final String PUBLIC =
      "controlPlaneLoadBalancer: {loadBalancerType: nlb, scheme: internet-facing,"
          + " healthCheckProtocol: HTTPS}\n";

  private static final String CNI =
      "cni: {cniIngressRules: [{description: all traffic among the machines of the cluster,"
          + " protocol: '-1', fromPort: -1, toPort: -1}]}";

  private static final String EXISTING =
      """
      network:
        existing: {network: {id: vpc-0123456789abcdef0}, subnets: [subnet-0b000000000000000, subnet-0a000000000000000]}
        api: {publicAddress: false}
      """;

  record Row(String reason, String claim, String cloud, String spec) {}

  static Stream<Row> rows() {
    return Stream.of(
        new Row(
            "the least: a VPC of its own, with subnets in all zones of the Cloud",
            "{}",
            "{}",
            ROLE
                + PUBLIC
                + "network: {vpc: {cidrBlock: 10.8.0.0/20, availabilityZoneUsageLimit: 3}, "
                + CNI
                + "}\n"),
        new Row(
            "zones that others precede: the provider takes them in the order of their names",
            "network: {nodeCidr: 192.168.0.0/20}",
            "zones: [eu-central-1a, eu-central-1d, eu-central-1-ham-1z]",
            ROLE
                + PUBLIC
                + "network: {vpc: {cidrBlock: 192.168.0.0/20, availabilityZoneUsageLimit: 4}, "
                + CNI
                + "}\n"),
        new Row(
            "zones nobody knows: the provider's own number of them",
            "{}",
            "{zones: null, clusterApi: {identityRef: {kind: AWSClusterControllerIdentity, name:"
                + " default}}}",
            COMMON
                + "identityRef: {kind: AWSClusterControllerIdentity, name: default}\n"
                + PUBLIC
                + "network: {vpc: {cidrBlock: 10.8.0.0/20}, "
                + CNI
                + "}\n"),
        new Row(
            "an API that is closed to most",
            "network: {api: {allowedCidrs: [198.51.100.0/24, 192.0.2.0/24]}}",
            "{}",
            ROLE
                + """
                controlPlaneLoadBalancer:
                  loadBalancerType: nlb
                  scheme: internet-facing
                  healthCheckProtocol: HTTPS
                  ingressRules:
                  - {description: Kubernetes API, protocol: tcp, fromPort: 6443, toPort: 6443, cidrBlocks: [192.0.2.0/24, 198.51.100.0/24]}
                """
                + "network: {vpc: {cidrBlock: 10.8.0.0/20, availabilityZoneUsageLimit: 3}, "
                + CNI
                + "}\n"),
        new Row(
            "a VPC that is there, no public address; a key of the team's own",
            EXISTING,
            "clusterApi: {identityRef: {kind: AWSClusterStaticIdentity}}",
            COMMON
                + """
                identityRef: {kind: AWSClusterStaticIdentity, name: research}
                controlPlaneLoadBalancer: {loadBalancerType: nlb, scheme: internal, healthCheckProtocol: HTTPS}
                """
                + "network: {vpc: {id: vpc-0123456789abcdef0}, subnets: [{id:"
                + " subnet-0a000000000000000}, {id: subnet-0b000000000000000}], "
                + CNI
                + "}\n"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isAsItsProviderHasIt(Row row) {
    Map<String, Object> object = Ec2Lab.with(row.claim).cloud(row.cloud).composed("infrastructure");
    assertThat(object).as(row.reason).isEqualTo(whole(row.spec));
  }

  private static Object whole(String spec) {
    return Manifest.plain(
        """
        apiVersion: infrastructure.cluster.x-k8s.io/v1beta2
        kind: AWSCluster
        metadata:
          name: eo-lab-f4bd8
          namespace: eo4eu
          labels: {isobar.dev/cluster: eo-lab-f4bd8, cluster.x-k8s.io/cluster-name: eo-lab-f4bd8}
        spec:
        """
            + spec.indent(2));
  }

  /** Cluster API and Sveltos work through the API that the claim closes. */
  @Test
  void whoMakesTheClusterMayReachIt() {
    Map<String, Object> object =
        Ec2Lab.with("network: {api: {allowedCidrs: [192.0.2.0/24]}}")
            .settings("managementCidrs: [203.0.113.0/24]")
            .composed("infrastructure");
    assertThat(object.toString()).contains("cidrBlocks=[192.0.2.0/24, 203.0.113.0/24]");
  }

  /** The provider writes what it made into the object, and its webhook lets nobody change it. */
  @Test
  void whatTheProviderWroteIsNeitherTakenNorMistaken() {
    ManagementCluster cluster = Ec2Lab.with("{}");
    cluster.settle();
    var before = cluster.composed("infrastructure");
    cluster.observed(
        "infrastructure",
        """
        spec:
          controlPlaneEndpoint: {host: nlb.example.org, port: 6443}
          network:
            vpc:
              id: vpc-0fedcba9876543210
              tags: {sigs.k8s.io/cluster-api-provider-aws/cluster/eo-lab-f4bd8: owned}
            subnets: [{id: eo-lab-subnet-private-eu-central-1a, resourceID: subnet-0c000000000000000}]
        """);
    assertThat(cluster.composed("infrastructure")).isEqualTo(before);
  }

  /** More zones would be more subnets, which nobody adds to a VPC that is there. */
  @Test
  void theCloudsChangeOfMindDoesNotReachAVpcThatIsThere() {
    ManagementCluster cluster = Ec2Lab.with("{}");
    cluster.settle();
    var before = cluster.composed("infrastructure");
    cluster.cloud("zones: [eu-central-1a, eu-central-1f]");
    assertThat(cluster.composed("infrastructure")).isEqualTo(before);
  }

  /** It may have another role, though: the provider only refuses to be without. */
  @Test
  void theCloudsNewIdentityIsTaken() {
    ManagementCluster cluster = Ec2Lab.with("{}");
    cluster.settle();
    cluster.cloud("clusterApi: {identityRef: {name: elsewhere}}");
    assertThat(cluster.composed("infrastructure").toString())
        .contains("identityRef={kind=AWSClusterRoleIdentity, name=elsewhere}");
  }
}
