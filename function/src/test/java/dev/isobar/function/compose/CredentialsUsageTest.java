package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Cluster API cannot delete machines without the credentials, so they must outlive the Cluster. */
final class CredentialsUsageTest {
  @Test
  void protectsASecretBesideTheClaim() {
    assertThat(
            ManagementCluster.with("{}")
                .cloud("clusterApi: {identityRef: {kind: Secret, name: clouds}}")
                .composed("credentials.usage"))
        .isEqualTo(
            Manifest.plain(
                """
                apiVersion: protection.crossplane.io/v1beta1
                kind: Usage
                metadata:
                  name: eo-lab-f4bd8-credentials
                  namespace: eo4eu
                  labels: {isobar.dev/cluster: eo-lab-f4bd8, cluster.x-k8s.io/cluster-name: eo-lab-f4bd8}
                spec:
                  of: {apiVersion: v1, kind: Secret, resourceRef: {name: clouds}}
                  by: {apiVersion: cluster.x-k8s.io/v1beta2, kind: Cluster, resourceRef: {name: eo-lab-f4bd8}}
                  reason: Cluster eo-lab-f4bd8 cannot delete its machines without these credentials
                """));
  }

  @Test
  void leavesTheIdentitiesOfThePlatformTeamAlone() {
    assertThat(ManagementCluster.with("{}").keys()).doesNotContain("credentials.usage");
  }
}
