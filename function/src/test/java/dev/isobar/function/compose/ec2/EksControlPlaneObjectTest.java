package dev.isobar.function.compose.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.ManagementCluster;
import dev.isobar.function.compose.Manifest;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The fields are those of cluster-api-provider-aws 2.11. */
final class EksControlPlaneObjectTest {
  private static final String LEAST =
      """
      region: eu-central-1
      eksClusterName: eo-lab-f4bd8
      version: v1.35
      identityRef: {kind: AWSClusterRoleIdentity, name: research}
      network: {vpc: {cidrBlock: 10.8.0.0/20, availabilityZoneUsageLimit: 3}}
      endpointAccess: {private: true, public: true}
      accessConfig: {authenticationMode: api_and_config_map, bootstrapClusterCreatorAdminPermissions: true}
      associateOIDCProvider: true
      addons:
      - {name: coredns, version: v1.13.2-eksbuild.1, configuration: '{"replicaCount":3}', conflictResolution: overwrite}
      - {name: kube-proxy, version: v1.35.0-eksbuild.2, conflictResolution: overwrite}
      - {name: vpc-cni, version: v1.21.1-eksbuild.3, configuration: '{"enableNetworkPolicy":"true"}', conflictResolution: overwrite}
      logging: {apiServer: false, audit: false, authenticator: false, controllerManager: false, scheduler: false}
      upgradePolicy: extended
      additionalTags: {isobar-cluster: eo-lab-f4bd8}
      """;

  record Row(String reason, String claim, String cloud, String overlay) {}

  static Stream<Row> rows() {
    return Stream.of(
        new Row("the least", "{}", "{}", "{}"),
        new Row(
            "two zones at least, whatever the Cloud has",
            "network: {nodeCidr: 10.8.0.0/16}",
            "zones: [eu-central-1a]",
            "network: {vpc: {cidrBlock: 10.8.0.0/16, availabilityZoneUsageLimit: 2}}"),
        new Row(
            "subnets that exist, and no public address",
            """
            network:
              existing: {network: {id: vpc-0123456789abcdef0}, subnets: [subnet-0b000000000000000, subnet-0a000000000000000]}
              api: {publicAddress: false}
            """,
            "{}",
            """
            network:
              vpc: {id: vpc-0123456789abcdef0, cidrBlock: null, availabilityZoneUsageLimit: null}
              subnets: [{id: subnet-0a000000000000000}, {id: subnet-0b000000000000000}]
            endpointAccess: {private: true, public: false}
            """),
        new Row(
            "an API that is closed to most",
            "network: {api: {allowedCidrs: [198.51.100.0/24, 192.0.2.0/24]}}",
            "{}",
            "endpointAccess: {publicCIDRs: [192.0.2.0/24, 198.51.100.0/24]}"),
        new Row(
            "logs, a key, and an end of support that is obeyed",
            """
            controlPlane:
              managed:
                logs: [Audit, Api]
                secretsKey: arn:aws:kms:eu-central-1:111122223333:key/0a1b2c3d
                support: Standard
            """,
            "{}",
            """
            logging: {apiServer: true, audit: true}
            encryptionConfig: {provider: 'arn:aws:kms:eu-central-1:111122223333:key/0a1b2c3d', resources: [secrets]}
            upgradePolicy: standard
            """),
        new Row(
            "people and machines that are let in, in China",
            "controlPlane: {managed: {administrators: ['arn:aws-cn:iam::111122223333:role/ops']}}",
            "clusterApi: {eks: {nodeRole: 'arn:aws-cn:iam::111122223333:role/nodes'}}",
            """
            accessEntries:
            - {principalARN: 'arn:aws-cn:iam::111122223333:role/nodes', type: ec2_linux}
            - principalARN: arn:aws-cn:iam::111122223333:role/ops
              type: standard
              accessPolicies:
              - policyARN: arn:aws-cn:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy
                accessScope: {type: cluster}
            """),
        new Row(
            "login",
            "security: {oidc: {issuer: 'https://login.example.org', clientId: kube, groupsClaim:"
                + " groups}}",
            "{}",
            """
            oidcIdentityProviderConfig:
              identityProviderConfigName: oidc
              issuerUrl: https://login.example.org
              clientId: kube
              usernameClaim: sub
              usernamePrefix: 'oidc:'
              groupsClaim: groups
              groupsPrefix: 'oidc:'
            """));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void saysWhatTheClaimAsksFor(Row row) {
    Map<String, Object> object = EksLab.with(row.claim).cloud(row.cloud).composed("control-plane");
    assertThat(Tree.of(object).at("spec").plain())
        .isEqualTo(Tree.of(Manifest.merged(Manifest.of(LEAST), row.overlay)).plain());
  }

  @Test
  void isNamedAsOthersAre() {
    Tree object = Tree.of(EksLab.with("{}").composed("control-plane"));
    assertThat(object.at("apiVersion").text()).contains("controlplane.cluster.x-k8s.io/v1beta2");
    assertThat(object.at("kind").text()).contains("AWSManagedControlPlane");
    assertThat(object.at("metadata").plain())
        .isEqualTo(
            Manifest.plain(
                "{namespace: eo4eu, name: eo-lab-f4bd8-cp, labels: {cluster.x-k8s.io/cluster-name:"
                    + " eo-lab-f4bd8, isobar.dev/cluster: eo-lab-f4bd8}}"));
  }

  /** What it would install else is gone from EKS as soon as it is gone from the list. */
  @Test
  void addonsStayWhereTheCloudHasTheVersionNoMore() {
    ManagementCluster cluster = EksLab.with("{}");
    var _ = cluster.settle();
    Object before = Tree.of(cluster.composed("control-plane")).at("spec", "addons").plain();
    cluster.cloud("clusterApi: {eks: {versions: []}}");
    assertThat(Tree.of(cluster.composed("control-plane")).at("spec", "addons").plain())
        .isEqualTo(before);
  }
}
