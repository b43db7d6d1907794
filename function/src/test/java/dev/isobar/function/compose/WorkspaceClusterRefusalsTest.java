package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a workspace cannot have because of its cluster, or of another workspace in it. */
final class WorkspaceClusterRefusalsTest {
  private static WorkspaceScene scene() {
    return WorkspaceScene.of(WorkspaceScene.HUB);
  }

  /** A chart that the cluster's app team brings, by which slices have no names of their own. */
  @Test
  void slicesAreNoneWhereTheyAreShownByTheStrategySingle() {
    ManagementCluster cluster =
        ManagementCluster.with(
            """
            addons:
              extra:
              - name: plugin
                chart:
                  repository: https://nvidia.github.io/k8s-device-plugin
                  name: nvidia-device-plugin
                  version: 0.19.0
                  values: {migStrategy: single}
            pools: [{name: general, machineType: m1.large, replicas: 1}]
            """);
    cluster.settle();
    assertThat(WorkspaceScene.in(cluster, WorkspaceScene.HUB).refusals())
        .containsExactly(
            "spec.accelerators[0].partitioning.mig: add-on plugin of PlatformCluster eo-lab shows"
                + " slices by the strategy single, which calls all of them nvidia.com/gpu and shows"
                + " none where sizes are mixed; have the cluster's app team set migStrategy of it"
                + " to mixed or remove it, or use none, timeSlicing or mps");
  }

  /** There is nothing to name in its place, but something to do. */
  @Test
  void whereThereAreNoGpusIsToldWhereTheyWouldComeFrom() {
    ManagementCluster cluster =
        ManagementCluster.with("pools: [{name: general, machineType: m1.large, replicas: 1}]");
    cluster.settle();
    assertThat(
            WorkspaceScene.in(cluster, WorkspaceScene.HUB)
                .claim("accelerators: [{name: slices, poolRef: {name: general}}]")
                .refusals())
        .containsExactly(
            "spec.accelerators[0].poolRef.name: pool general has no GPUs; give the accelerator"
                + " nodes of its own, by machineTypes, nodes and partitioning");
    assertThat(
            WorkspaceScene.in(cluster, WorkspaceScene.HUB)
                .claim("{accelerators: [], quota: {resources: {nvidia.com/gpu: 1}}}")
                .refusals())
        .containsExactly(
            "spec.jupyterhub.profiles[0].accelerator: there is no accelerator \"slices\"; add it to"
                + " spec.accelerators, or remove it for servers without GPUs",
            "spec.quota.resources[nvidia.com/gpu]: no accelerator offers it; remove it, or add an"
                + " accelerator that does");
  }

  /** With processors enough on one machine and memory enough on another it fits on none. */
  @Test
  void serverIsOnOneMachineWhicheverItIs() {
    ManagementCluster cluster =
        ManagementCluster.with(
                "pools: [{name: wide, machineType: m1.wide, replicas: 1}, {name: high, machineType:"
                    + " m1.high, replicas: 1}]")
            .cloud(
                """
                machineTypes:
                - {name: m1.large, cpu: 8, memory: 32Gi}
                - {name: m1.wide, cpu: 64, memory: 64Gi}
                - {name: m1.high, cpu: 4, memory: 512Gi}
                - {name: g3.h100.8, cpu: 96, memory: 960Gi, gpu: {model: H100-80GB, count: 8}}
                - {name: g3b.h100.8, cpu: 88, memory: 900Gi, gpu: {model: H100-80GB, count: 8}}
                """);
    cluster.settle();
    WorkspaceScene scene =
        WorkspaceScene.in(cluster, WorkspaceScene.HUB)
            .claim(
                "accelerators: [{name: slices, machineTypes: [g3.h100.8, g3b.h100.8], nodes: {min:"
                    + " 0, max: 4}, partitioning: {none: {}}}]");
    String plain = "jupyterhub: {profiles: [{name: a, cpu: %d, memory: 64Gi, image: a}]}";
    assertThat(scene.claim(plain.formatted(2)).refusals()).isEmpty();
    assertThat(scene.claim(plain.formatted(8)).refusals())
        .containsExactly(
            "spec.jupyterhub.profiles[0].memory: those machines of the cluster without GPUs that"
                + " have processors enough have no more than 64Gi, and Kubernetes needs some; ask"
                + " for 63Gi or less, or have the cluster's app team add a pool of larger ones");
    assertThat(
            scene
                .claim(
                    "jupyterhub: {profiles: [{name: a, accelerator: slices, cpu: 90, memory: 940Gi,"
                        + " image: a}]}")
                .refusals())
        .containsExactly(
            "spec.jupyterhub.profiles[0].cpu: machine type g3b.h100.8 has 88, and Kubernetes needs"
                + " some; ask for 87 or less",
            "spec.jupyterhub.profiles[0].memory: machine type g3b.h100.8 has 900Gi, and Kubernetes"
                + " needs some; ask for 899Gi or less");
  }

  @Test
  void clusterThatIsNotThereIsToldAndNothingIsTouched() {
    assertThat(scene().withoutCluster().refusals())
        .containsExactly(
            "spec.clusterRef.name: there is no PlatformCluster \"eo-lab\" in namespace eo4eu; name"
                + " one that `kubectl get platformclusters -n eo4eu` lists, or make it; a workspace"
                + " is always in a cluster of its own namespace");
  }

  /** The workspace has no such field: it is the cluster's. */
  @Test
  void cloudThatIsNotThereIsToldOfTheCluster() {
    ManagementCluster cluster = ManagementCluster.with("{}");
    cluster.settle();
    WorkspaceScene scene = WorkspaceScene.in(cluster, WorkspaceScene.HUB);
    scene.settle();
    cluster.withoutCloud();
    assertThat(scene.refusals())
        .containsExactly(
            "PlatformCluster eo-lab: spec.cloud: there is no Cloud \"wekeo\"; name one that"
                + " `kubectl get clouds` lists, or ask the platform team to make it; until then the"
                + " workspace is left as it is");
  }

  @Test
  void hostBelongsToWhoWasThereFirst() {
    WorkspaceScene scene =
        scene()
            .beside(
                """
                metadata: {name: earlier, creationTimestamp: '2026-01-01T00:00:00Z'}
                spec: {clusterRef: {name: eo-lab}, jupyterhub: {host: hub.example.org}}
                """);
    assertThat(scene.refusals())
        .containsExactly(
            "spec.jupyterhub.host: hub.example.org is the host of GpuWorkspace earlier already;"
                + " choose another host, for example ml-training.example.org");
    assertThat(
            scene()
                .beside(
                    """
                    metadata: {name: later, creationTimestamp: '2026-03-01T00:00:00Z'}
                    spec: {clusterRef: {name: eo-lab}, jupyterhub: {host: hub.example.org}}
                    """)
                .refusals())
        .isEmpty();
  }

  /** An older workspace that moves to the host of another that runs would take its users. */
  @Test
  void hostStaysWithWhoHasIt() {
    String other =
        """
        metadata: {name: other, creationTimestamp: '%s'}
        spec: {clusterRef: {name: eo-lab}, jupyterhub: {host: hub.example.org}}
        status: {url: 'https://%s'}
        """;
    WorkspaceScene running = scene();
    running.settle();
    assertThat(
            running.beside(other.formatted("2026-01-01T00:00:00Z", "old.example.org")).refusals())
        .isEmpty();
    assertThat(
            scene().beside(other.formatted("2026-03-01T00:00:00Z", "hub.example.org")).refusals())
        .containsExactly(
            "spec.jupyterhub.host: hub.example.org is the host of GpuWorkspace other already;"
                + " choose another host, for example ml-training.example.org");
  }
}
