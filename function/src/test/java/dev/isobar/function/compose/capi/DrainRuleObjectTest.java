package dev.isobar.function.compose.capi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.function.compose.ManagementCluster;
import dev.isobar.function.compose.Manifest;
import org.junit.jupiter.api.Test;

/** What a node that goes away waits for. */
final class DrainRuleObjectTest {
  @Test
  void serversAndJobsOfAllPools() {
    assertThat(ManagementCluster.with("{}").composed("sessions"))
        .isEqualTo(
            Manifest.of(
                """
                apiVersion: cluster.x-k8s.io/v1beta2
                kind: MachineDrainRule
                metadata:
                  namespace: eo4eu
                  name: eo-lab-f4bd8-sessions
                  labels: {cluster.x-k8s.io/cluster-name: eo-lab-f4bd8, isobar.dev/cluster: eo-lab-f4bd8}
                spec:
                  drain: {behavior: WaitCompleted}
                  machines:
                  - selector:
                      matchLabels: {cluster.x-k8s.io/cluster-name: eo-lab-f4bd8}
                      matchExpressions:
                      - {key: isobar.dev/pool, operator: Exists}
                      - {key: isobar.dev/capacity, operator: NotIn, values: [Spot]}
                  pods:
                  - selector: {matchLabels: {component: singleuser-server}}
                  - selector: {matchExpressions: [{key: batch.kubernetes.io/job-name, operator: Exists}]}
                """));
  }

  @Test
  void nothingWhereNobodyWants() {
    assertThat(ManagementCluster.with("nodes: {waitForSessions: false}").keys())
        .doesNotContain("sessions");
  }
}
