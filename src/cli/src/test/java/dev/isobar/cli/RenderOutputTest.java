package dev.isobar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.cli.call.Yaml;
import dev.isobar.function.wire.proto.Fn;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RenderOutputTest {
  private static final String CLAIMED =
      """
      ---
      apiVersion: platform.isobar.dev/v1alpha1
      kind: XPlatformCluster
      metadata:
        name: eo-lab-f4bd8
        labels:
          crossplane.io/claim-name: eo-lab
          crossplane.io/claim-namespace: eo4eu
          crossplane.io/composite: eo-lab-f4bd8
          team: eo
      spec:
        claimRef:
          apiVersion: platform.isobar.dev/v1alpha1
          kind: PlatformCluster
          name: eo-lab
          namespace: eo4eu
        cloud: wekeo
        version: "1.35"
      status:
        conditions:
        - type: CloudResolved
          status: "True"
          reason: Found
          message: Cloud wekeo
        - type: PoolsReady
          status: "False"
          reason: Waiting
          message: no nodes yet
        - type: Synced
          status: "True"
          reason: ReconcileSuccess
        - type: Ready
          status: "False"
          reason: Creating
          message: "Unready resources: cluster"
        pools: 2
        stage: Creating
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: eo-lab-f4bd8-89105e54b8ec
        namespace: eo4eu
        annotations:
          crossplane.io/composition-resource-name: addons
        labels:
          crossplane.io/claim-name: eo-lab
          crossplane.io/claim-namespace: eo4eu
          crossplane.io/composite: eo-lab-f4bd8
        ownerReferences:
        - apiVersion: platform.isobar.dev/v1alpha1
          kind: XPlatformCluster
          name: eo-lab-f4bd8
          blockOwnerDeletion: true
          controller: true
          uid: 9af1a54c-0d20-5450-87fa-f2d3517de5b1
      data:
        a.conf: |
          x
          y
      ---
      apiVersion: cluster.x-k8s.io/v1beta2
      kind: Cluster
      metadata:
        name: lab
        namespace: eo4eu
        annotations:
          crossplane.io/composition-resource-name: cluster
        labels:
          a: b
          crossplane.io/claim-name: eo-lab
          crossplane.io/claim-namespace: eo4eu
          crossplane.io/composite: eo-lab-f4bd8
        ownerReferences:
        - apiVersion: platform.isobar.dev/v1alpha1
          kind: XPlatformCluster
          name: eo-lab-f4bd8
          blockOwnerDeletion: true
          controller: true
          uid: 9af1a54c-0d20-5450-87fa-f2d3517de5b1
      spec:
        paused: false
      """;

  private static final String NAMESPACED =
      """
      ---
      apiVersion: platform.isobar.dev/v1alpha1
      kind: PlatformCluster
      metadata:
        name: eo-lab
        namespace: other
        labels:
          app.kubernetes.io/name: x
          crossplane.io/composite: eo-lab
          team: eo
      spec:
        cloud: wekeo
        version: "1.35"
      status:
        conditions:
        - type: CloudResolved
          status: "True"
          reason: Found
          message: Cloud wekeo
        - type: PoolsReady
          status: "False"
          reason: Waiting
          message: no nodes yet
        - type: Synced
          status: "True"
          reason: ReconcileSuccess
        - type: Ready
          status: "False"
          reason: Creating
          message: "Unready resources: cluster"
        pools: 2
        stage: Creating
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: eo-lab-b72939193c16
        namespace: other
        annotations:
          crossplane.io/composition-resource-name: addons
        labels:
          crossplane.io/composite: eo-lab
        ownerReferences:
        - apiVersion: platform.isobar.dev/v1alpha1
          kind: PlatformCluster
          name: eo-lab
          blockOwnerDeletion: true
          controller: true
          uid: 32add0c9-6207-5eb1-91e9-a3ca904cbde2
      data:
        a.conf: |
          x
          y
      ---
      apiVersion: cluster.x-k8s.io/v1beta2
      kind: Cluster
      metadata:
        name: lab
        namespace: other
        annotations:
          crossplane.io/composition-resource-name: cluster
        labels:
          a: b
          crossplane.io/composite: eo-lab
        ownerReferences:
        - apiVersion: platform.isobar.dev/v1alpha1
          kind: PlatformCluster
          name: eo-lab
          blockOwnerDeletion: true
          controller: true
          uid: 32add0c9-6207-5eb1-91e9-a3ca904cbde2
      spec:
        paused: false
      """;

  @TempDir Path temporary;

  private static StandInFunction.Script telling() {
    return (request, answer) ->
        Stories.twoResources()
            .answer(request, answer)
            .addConditions(
                Stories.condition(
                    "CloudResolved", Fn.Status.STATUS_CONDITION_TRUE, "Found", "Cloud wekeo"))
            .addConditions(
                Stories.condition(
                    "PoolsReady", Fn.Status.STATUS_CONDITION_FALSE, "Waiting", "no nodes yet"))
            .addResults(
                Stories.result(
                    Fn.Severity.SEVERITY_NORMAL, "Planned", "eo-lab gets Kubernetes 1.35.2"));
  }

  @Test
  void printsAClaimAsCoreWouldApplyIt() throws IOException {
    Folder folder =
        new Folder(temporary).file("claim.yaml", Stories.CLAIM).file("cloud.yaml", Stories.CLOUD);
    try (var function = StandInFunction.start(telling())) {
      Folder.Run run = folder.render(function);
      assertThat(run.err())
          .isEqualTo(
              """
              PlatformCluster eo4eu/eo-lab -> XPlatformCluster eo-lab-f4bd8: 1 of 2 resources ready

                READY    RESOURCE
                no       Cluster eo4eu/lab
                yes      ConfigMap eo4eu/eo-lab-f4bd8-89105e54b8ec

                CONDITION      STATUS   REASON            MESSAGE
                CloudResolved  True     Found             Cloud wekeo
                PoolsReady     False    Waiting           no nodes yet
                Synced         True     ReconcileSuccess
                Ready          False    Creating          Unready resources: cluster

                EVENTS
                normal Planned: eo-lab gets Kubernetes 1.35.2
              """);
      assertThat(run.out()).isEqualTo(CLAIMED);
      assertThat(run.code()).isZero();
      assertThat(folder.render(function)).as("the same again").isEqualTo(run);
    }
  }

  @Test
  void printsACompositeInItsNamespace() throws IOException {
    Folder folder =
        new Folder(temporary).file("cluster.yaml", Stories.CLAIM.replace("eo4eu", "other"));
    try (var function = StandInFunction.start(telling())) {
      Folder.Run run = folder.render(function, "--flavour", "namespaced");
      assertThat(run.code()).as(run.err()).isZero();
      assertThat(run.out()).as("the composite's namespace wins").isEqualTo(NAMESPACED);
    }
  }

  @Test
  void printsJson() throws IOException {
    Folder folder = new Folder(temporary).file("claim.yaml", Stories.CLAIM);
    try (var function = StandInFunction.start(Stories.twoResources())) {
      Folder.Run run = folder.render(function, "-o", "json");
      assertThat(Yaml.map(run.out()))
          .as("a List, of which the first item")
          .containsEntry("kind", "XPlatformCluster");
      assertThat(run.out())
          .startsWith("{\n  \"apiVersion\": \"v1\",\n  \"kind\": \"List\",\n  \"items\": [\n    {");
    }
  }

  @Test
  void fitsOneScreen() throws IOException {
    Folder folder = new Folder(temporary).file("claim.yaml", Stories.CLAIM);
    try (var function =
        StandInFunction.start((_, answer) -> {
          for (int i = 0; i < 60; i++) {
            answer.addResults(Stories.result(Fn.Severity.SEVERITY_WARNING, "R", "x\n".repeat(200)));
            answer.getDesiredBuilder().putResources("r" + i, Stories.cluster(Fn.Ready.READY_FALSE));
          }
          return answer;
        })) {
      Folder.Run run = folder.render(function);
      assertThat(run.err().lines()).hasSizeLessThan(50).allMatch(line -> line.length() <= 120);
      assertThat(run.err()).contains("  ... and 43 more\n", "  ... and 55 more\n");
    }
  }
}
