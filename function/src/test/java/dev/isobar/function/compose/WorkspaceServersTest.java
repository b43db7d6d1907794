package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether servers of a workspace find a node, keep it, and leave others theirs. */
final class WorkspaceServersTest {
  private static final String POOL = "pool.ml-training.slices";

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "replicas: 0 | false | it has no nodes",
        "autoscale: {min: 0, max: 2} | true | it may have some",
        "replicas: 1, taints: [{key: team, effect: NoSchedule}] | false | nobody tolerates that",
        "replicas: 1, taints: [{key: team, effect: PreferNoSchedule}] | true | if they must",
        "replicas: 1, taints: [{key: hub.jupyter.org/dedicated, value: user, effect: NoSchedule}] |"
            + " true | it is for servers",
        "replicas: 1, taints: [{key: hub.jupyter.org/dedicated, value: core, effect: NoSchedule}] |"
            + " false | it is for hubs"
      })
  void nodesWithoutGpusMustTakeServers(String pool, boolean schedulable, String reason) {
    ManagementCluster cluster =
        ManagementCluster.with(
            "pools: [{name: general, machineType: m1.large, %s}]".formatted(pool));
    cluster.settle();
    WorkspaceScene scene =
        WorkspaceScene.in(cluster, WorkspaceScene.HUB)
            .claim("jupyterhub: {profiles: [{name: plain, cpu: 1, memory: 1Gi, image: a}]}");
    Tree server = Tree.of(scene.composed().status()).at("profiles").items().getFirst();
    assertThat(server.at("schedulable").truth()).as(reason).contains(schedulable);
    assertThat(server.at("message").text())
        .isEqualTo(
            schedulable
                ? Optional.empty()
                : Optional.of(
                    "PlatformCluster eo-lab has no pool without GPUs that may have nodes and has no"
                        + " taints; its app team must add one, or allow nodes"));
  }

  @ParameterizedTest(name = "{3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | idle: {maxAge: 36h} | servers may become 36h old (idle.maxAge), and nodes of pool"
            + " a100 that are replaced end them after 24h; the cluster's app team can set"
            + " drainTimeout of the pool to 36h | what pools have unless they are told otherwise",
        "drainTimeout: 2h | idle: {maxAge: 3h} | servers may become 3h old (idle.maxAge), and nodes"
            + " of pool a100 that are replaced end them after 2h; the cluster's app team can set"
            + " drainTimeout of the pool to 3h | what the pool says",
        "drainTimeout: 36h | idle: {maxAge: 36h} | '' | just as long",
        "{} | {} | '' | nobody says how old they may become"
      })
  void serversThatEndWithNodesOfTheClusterAreTold(
      String pool, String hub, String message, String reason) {
    ManagementCluster cluster =
        ManagementCluster.with(
            "pools: [{name: a100, machineTypes: [g2.a100.2], replicas: 1, gpu: {partitioning:"
                + " {none: {}}}%s}]".formatted(pool.equals("{}") ? "" : ", " + pool));
    cluster.settle();
    WorkspaceScene scene =
        WorkspaceScene.in(cluster, WorkspaceScene.HUB)
            .claim(
                "{accelerators: [{name: slices, poolRef: {name: a100}}], jupyterhub: {profiles:"
                    + " [{name: small, accelerator: slices, cpu: 4, memory: 32Gi, image: a}]}}")
            .claim(hub.equals("{}") ? "{}" : "jupyterhub: {%s}".formatted(hub));
    Tree accelerator = Tree.of(scene.settle().status()).at("accelerators").items().getFirst();
    assertThat(accelerator.at("message").text().orElse("")).as(reason).isEqualTo(message);
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "drainTimeout: 1h | servers may become 30h old (idle.maxAge), and nodes that are replaced"
            + " end them after 1h; set its drainTimeout to 30h, or leave it out | what was written",
        "drainTimeout: 2d | '' | longer than any server lives",
        "zones: [] | '' | then nodes are drained as long as servers live"
      })
  void serversThatEndWithNodesOfTheirOwnAreTold(String field, String ending, String reason) {
    WorkspaceScene scene =
        WorkspaceScene.of(WorkspaceScene.HUB)
            .claim(
                """
                accelerators:
                - name: slices
                  machineTypes: [g3.h100.8]
                  nodes: {min: 0, max: 4}
                  partitioning: {none: {}}
                  %s
                jupyterhub:
                  profiles: [{name: small, accelerator: slices, cpu: 4, memory: 32Gi, image: a}]
                  idle: {maxAge: 30h}
                """
                    .formatted(field));
    Tree accelerator = Tree.of(scene.settle().status()).at("accelerators").items().getFirst();
    assertThat(accelerator.at("message").text().orElse("")).as(reason).isEqualTo(ending);
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "No valid host was found. There are not enough hosts available. | false | OpenStack",
        "InsufficientInstanceCapacity: We currently do not have sufficient capacity | false | EC2",
        "the server is being built | true | one is on its way"
      })
  void aCloudThatHasNoMachineFreeIsTold(String said, boolean schedulable, String reason) {
    WorkspaceScene scene = WorkspaceScene.of(WorkspaceScene.HUB);
    scene.settle();
    scene.reported(
        POOL,
        "{spec: {replicas: 1}, status: {readyReplicas: 0, availableReplicas: 0, conditions: [{type:"
            + " Available, status: 'False', message: ''}, {type: MachinesReady, status: 'False',"
            + " message: '%s'}]}}".formatted(said));
    Tree server = Tree.of(scene.composed().status()).at("profiles").items().getFirst();
    assertThat(server.at("schedulable").truth()).as(reason).contains(schedulable);
    assertThat(server.at("message").text().orElse("")).as(reason).contains(said);
  }

  @ParameterizedTest(name = "{3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "4 | 32Gi | '' | sixteen are of 64 processors and 512Gi",
        "8 | 32Gi | a node of machine type g3.h100.8 has 16 nvidia.com/mig-2g.20gb, but processors"
            + " and memory for 11 such servers | twelve would be of all 96 processors",
        "4 | 320Gi | a node of machine type g3.h100.8 has 16 nvidia.com/mig-2g.20gb, but processors"
            + " and memory for 2 such servers | three would be of all 960Gi"
      })
  void slicesThatServersHaveNoRoomForAreTold(
      int cpu, String memory, String message, String reason) {
    WorkspaceScene scene =
        WorkspaceScene.of(WorkspaceScene.HUB)
            .claim(
                "jupyterhub: {profiles: [{name: small, accelerator: slices, gpuMemory: 20Gi, cpu:"
                    + " %d, memory: %s, image: a}]}".formatted(cpu, memory));
    scene.settle();
    scene.reported(
        POOL,
        "{spec: {replicas: 1}, status: {readyReplicas: 1, availableReplicas: 1, conditions: [{type:"
            + " Available, status: 'True'}]}}");
    Tree server = Tree.of(scene.composed().status()).at("profiles").items().getFirst();
    assertThat(server.at("schedulable").truth()).contains(true);
    assertThat(server.at("message").text().orElse("")).as(reason).isEqualTo(message);
  }

  /** A resource that a quota does not name is not limited, and jobs may ask for any. */
  @Test
  void gpusOfOthersAreNotTheTeams() {
    ManagementCluster cluster =
        ManagementCluster.with(
            "pools: [{name: a100, machineTypes: [g2.a100.2], replicas: 1, gpu: {partitioning:"
                + " {none: {}}}}]");
    cluster.settle();
    WorkspaceScene scene =
        WorkspaceScene.in(cluster, WorkspaceScene.HUB)
            .claim("quota: {gpus: 1}")
            .beside(
                """
                metadata: {name: other}
                spec: {clusterRef: {name: eo-lab}}
                status: {accelerators: [{name: a, inAll: {nvidia.com/mig-1g.10gb: 7}}]}
                """)
            .beside(
                """
                metadata: {name: elsewhere}
                spec: {clusterRef: {name: eo-test}}
                status: {accelerators: [{name: a, inAll: {nvidia.com/mig-7g.80gb: 1}}]}
                """);
    assertThat(
            Tree.of(scene.composed("addon.ml-training.namespace.config"))
                .at("data", "workspace.yaml")
                .text()
                .orElse(""))
        .contains(
            """
              hard:
                requests.nvidia.com/gpu: "0"
                requests.nvidia.com/mig-1g.10gb: "0"
                requests.nvidia.com/mig-2g.20gb: "2"
                requests.nvidia.com/mig-3g.40gb: "1"
            """);
  }
}
