package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.contract.Answer;
import dev.isobar.function.contract.Condition;
import dev.isobar.function.contract.Ready;
import dev.isobar.function.contract.Request;
import dev.isobar.function.contract.Requirement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A workspace and its cluster, which wait for each other and come to rest. */
final class WorkspaceTest {
  private static final String POOL = "pool.ml-training.slices";

  private static String reason(Answer.Composed answer, String type) {
    return answer.conditions().stream()
        .filter(condition -> condition.type().equals(type))
        .map(Condition::reason)
        .findFirst()
        .orElse("");
  }

  @Test
  void theCloudIsAskedForOnceTheClusterIsKnown() {
    WorkspaceScene scene = WorkspaceScene.of(WorkspaceScene.HUB);
    Request request = scene.request();
    var composition = new GpuWorkspaceComposition();
    Answer first =
        composition.compose(
            new Request(request.composite(), request.observed(), Map.of(), request.input()));
    assertThat(first).isInstanceOf(Answer.Unresolved.class);
    assertThat(first.requirements().stream().map(Requirement::name))
        .containsExactly(
            "cluster",
            "namespace",
            "cluster-api-cluster",
            "control-plane",
            "cluster-summaries",
            "workspaces");
    var some = new TreeMap<>(request.required());
    some.remove("cloud");
    Answer second =
        composition.compose(
            new Request(request.composite(), request.observed(), some, request.input()));
    assertThat(second).isInstanceOf(Answer.Unresolved.class);
    assertThat(second.requirements()).isEqualTo(scene.ask().requirements());
    assertThat(second.requirements()).hasSize(8);
  }

  @Test
  void poolIsMadeOnceTheClustersOperatorHasItsEntry() {
    WorkspaceScene scene = WorkspaceScene.of(WorkspaceScene.HUB);
    assertThat(scene.operatorValues()).isEmpty();
    Answer.Composed first = scene.round();
    assertThat(first.resources()).doesNotContainKey(POOL);
    assertThat(reason(first, "PoolsReady")).isEqualTo("WaitingForGpuOperator");
    String entry =
        Tree.of(first.status()).at("pools").items().getFirst().at("layout").text().orElseThrow();
    assertThat(scene.operatorValues()).contains(entry);
    assertThat(scene.round().resources()).containsKey(POOL);
  }

  @Test
  void bothComeToRest() {
    WorkspaceScene scene = WorkspaceScene.of(WorkspaceScene.HUB);
    Answer.Composed settled = scene.settle();
    assertThat(settled.ready()).isEqualTo(Ready.TRUE);
    assertThat(settled.events()).isEmpty();
    assertThat(settled.conditions().stream().map(one -> one.type() + " " + one.reason()))
        .containsExactly(
            "Accepted Valid",
            "ClusterResolved Resolved",
            "PoolsReady Available",
            "WorkspaceReady Available");
    Tree status = Tree.of(settled.status());
    assertThat(status.at("stage").text()).contains("Ready");
    assertThat(status.at("accelerators").plain())
        .isEqualTo(
            Manifest.plain(
                """
                - name: slices
                  inAll: {nvidia.com/mig-2g.20gb: 64, nvidia.com/mig-3g.40gb: 32}
                  wastedComputeSlices: 0
                  wastedMemorySlices: 0
                  wanted: 0
                  ready: 0
                  kinds:
                  - pool: ml-training.slices
                    layout: %s
                    perNode: {nvidia.com/mig-2g.20gb: 16, nvidia.com/mig-3g.40gb: 8}
                    wastedComputeSlices: 0
                    wastedMemorySlices: 0
                    most: 4
                    wanted: 0
                    ready: 0
                """
                    .formatted(
                        status.at("pools").items().getFirst().at("layout").text().orElseThrow())));
  }

  @Test
  void entryStaysUntilTheLastNodeOfAWorkspaceIsGone() {
    WorkspaceScene scene = WorkspaceScene.of(WorkspaceScene.HUB);
    scene.settle();
    String entry =
        Tree.of(scene.composed().status())
            .at("pools")
            .items()
            .getFirst()
            .at("layout")
            .text()
            .orElseThrow();
    scene.deleted();
    assertThat(scene.operatorValues()).as("its nodes are drained").contains(entry);
    scene.drained();
    assertThat(scene.operatorValues()).as("they are gone").isEmpty();
  }

  @Test
  void nodesWithTheirPresentLayoutStayUntilTheNewOneIsInPlace() {
    WorkspaceScene scene = WorkspaceScene.of(WorkspaceScene.HUB);
    scene.settle();
    Object before = Tree.of(scene.composed(POOL)).at("spec", "template").plain();
    scene.claim(
        "accelerators: [{name: slices, machineTypes: [g3.h100.8], nodes: {min: 0, max: 4},"
            + " partitioning: {mig: {layout: {2g.20gb: 3}}}}]");
    assertThat(Tree.of(scene.composed(POOL)).at("spec", "template", "spec").plain())
        .as("the Operator does not know the layout yet")
        .isEqualTo(Tree.of(before).at("spec").plain());
    scene.settle();
    assertThat(Tree.of(scene.composed(POOL)).at("spec", "template", "spec").plain())
        .isNotEqualTo(Tree.of(before).at("spec").plain());
  }

  @Test
  void nothingButTheUsageIsMadeBeforeTheClusterHasAControlPlane() {
    WorkspaceScene scene = WorkspaceScene.in(ManagementCluster.with("{}"), WorkspaceScene.HUB);
    Answer.Composed waiting = scene.composed();
    assertThat(waiting.resources().keySet()).containsExactly("cluster.usage");
    assertThat(waiting.conditions())
        .as("nobody has asked the Cloud yet whether it can be had")
        .contains(
            new Condition(
                "Accepted",
                Condition.Status.TRUE,
                "Valid",
                "nothing in the claim is wrong by itself; whether its cluster can have it is looked"
                    + " at when the control plane is there"));
    assertThat(reason(waiting, "ClusterResolved")).isEqualTo("WaitingForControlPlane");
    assertThat(Tree.of(waiting.status()).at("stage").text()).contains("Waiting");
  }

  @Test
  void workspaceWhoseControlPlaneIsGoneIsLeftAsItIs() {
    WorkspaceScene scene = WorkspaceScene.of(WorkspaceScene.HUB);
    scene.settle();
    scene.cluster().deleted("control-plane");
    assertThat(scene.refusals())
        .containsExactly(
            "spec.clusterRef.name: the control plane of PlatformCluster eo-lab is not there any"
                + " more; wait until the cluster has made it anew; until then the workspace is left"
                + " as it is");
  }

  @Test
  void batchWorkspaceHasNoHub() {
    WorkspaceScene scene =
        WorkspaceScene.of(
            """
            clusterRef: {name: eo-lab}
            accelerators:
            - {name: whole, machineTypes: [g2.a100.2], nodes: {min: 1, max: 1}, partitioning: {none: {}}}
            access: [{group: 'oidc:forecasters'}]
            quota: {gpus: 1, storage: 1Ti}
            """);
    Answer.Composed settled = scene.settle();
    assertThat(settled.resources().keySet())
        .allMatch(key -> !key.contains("jupyterhub") && !key.contains("login"));
    assertThat(settled.status()).doesNotContainKey("url");
    assertThat(
            Tree.of(scene.composed("addon.ml-training.namespace.config"))
                .at("data", "workspace.yaml")
                .text()
                .orElse(""))
        .isEqualTo(
            """
            apiVersion: v1
            kind: Namespace
            metadata:
              labels:
                isobar.dev/workspace: ml-training
                pod-security.kubernetes.io/enforce: baseline
              name: workspace-ml-training
            ---
            apiVersion: v1
            kind: ResourceQuota
            metadata:
              name: workspace
              namespace: workspace-ml-training
            spec:
              hard:
                requests.nvidia.com/gpu: "1"
                requests.storage: "1Ti"
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata:
              name: workspace-edit
              namespace: workspace-ml-training
            roleRef:
              apiGroup: rbac.authorization.k8s.io
              kind: ClusterRole
              name: edit
            subjects:
              - apiGroup: rbac.authorization.k8s.io
                kind: Group
                name: "oidc:forecasters"
            """);
  }

  /** Version v1beta1 of it is deprecated in the Kueue that clusters get. */
  @Test
  void jobsWaitInTheQueueOfTheNamespace() {
    WorkspaceScene scene =
        WorkspaceScene.of(WorkspaceScene.HUB).claim("scheduler: {kueue: {clusterQueue: gpus}}");
    assertThat(
            Tree.of(scene.composed("addon.ml-training.namespace.config"))
                .at("data", "workspace.yaml")
                .text()
                .orElse(""))
        .contains(
            """
            apiVersion: kueue.x-k8s.io/v1beta2
            kind: LocalQueue
            metadata:
              name: workspace
              namespace: workspace-ml-training
            spec:
              clusterQueue: gpus
            """);
  }

  /** Neither counts as the team's: a place that is kept free, and the volume of the hub. */
  @Test
  void quotaIsTheTeamsAlone() {
    WorkspaceScene scene =
        WorkspaceScene.of(WorkspaceScene.HUB)
            .claim(
                "{quota: {resources: {nvidia.com/mig-3g.40gb: 4}, storage: 10Gi, volumes: 1},"
                    + " jupyterhub: {profiles: [{name: small, accelerator: slices, gpuMemory: 40Gi,"
                    + " cpu: 4, memory: 32Gi, image: a, placeholders: 2}]}}");
    assertThat(
            Tree.of(scene.composed("addon.ml-training.namespace.config"))
                .at("data", "workspace.yaml")
                .text()
                .orElse(""))
        .contains(
            """
              hard:
                persistentvolumeclaims: "2"
                requests.nvidia.com/mig-3g.40gb: "6"
                requests.storage: "11Gi"
            """);
  }

  @Test
  void serversWithoutGpusNeedNodesWithout() {
    WorkspaceScene scene =
        WorkspaceScene.of(WorkspaceScene.HUB)
            .claim("jupyterhub: {profiles: [{name: plain, cpu: 1, memory: 1Gi, image: a}]}");
    String none = "PlatformCluster eo-lab has no pool without GPUs; its app team must add one";
    assertThat(Tree.of(scene.composed().status()).at("profiles").items().getFirst().plain())
        .isEqualTo(
            Manifest.plain("{name: plain, schedulable: false, message: '%s'}".formatted(none)));
    scene.cluster().claim("pools: [{name: general, machineType: m1.large, replicas: 1}]");
    assertThat(Tree.of(scene.composed().status()).at("profiles").items().getFirst().plain())
        .isEqualTo(Manifest.plain("{name: plain, schedulable: true}"));
  }

  @Test
  void usageKeepsTheCluster() {
    assertThat(
            Tree.of(WorkspaceScene.of(WorkspaceScene.HUB).composed("cluster.usage"))
                .at("spec")
                .plain())
        .isEqualTo(
            Manifest.plain(
                """
                of: {apiVersion: platform.isobar.dev/v1alpha1, kind: PlatformCluster, resourceRef: {name: eo-lab}}
                by: {apiVersion: platform.isobar.dev/v1alpha1, kind: XGpuWorkspace, resourceRef: {name: ml-training-x7k2p}}
                reason: GpuWorkspace ml-training is in it; delete the workspace first
                """));
  }

  @Test
  void poolOfTheClusterIsUsedAsItIs() {
    ManagementCluster cluster =
        ManagementCluster.with(
            "pools: [{name: a100, machineTypes: [g2.a100.2], autoscale: {min: 0, max: 4}, gpu:"
                + " {partitioning: {mig: {layout: {1g.10gb: 3, 2g.20gb: 2}}}}, taints: [{key: team,"
                + " effect: NoExecute}]}]");
    cluster.settle();
    WorkspaceScene scene =
        WorkspaceScene.in(
            cluster,
            WorkspaceScene.HUB.replaceAll(
                "(?s)- name: slices.*?jupyterhub",
                "- {name: slices, poolRef: {name: a100}}\njupyterhub"));
    Answer.Composed settled = scene.settle();
    assertThat(settled.resources()).doesNotContainKey(POOL);
    assertThat(scene.hubValues()).contains("nvidia.com/mig-2g.20gb", "isobar.dev/pool: a100");
    assertThat(List.of("NoExecute")).allMatch(scene.hubValues()::contains);
    Tree pool = cluster.composite().at("status", "pools").items().getFirst();
    Tree accelerator = Tree.of(settled.status()).at("accelerators").items().getFirst();
    Tree kind = accelerator.at("kinds").items().getFirst();
    for (String field : List.of("layout", "wanted", "ready")) {
      assertThat(kind.at(field).plain())
          .as("%s, as the cluster says", field)
          .isNotNull()
          .isEqualTo(pool.at(field).plain());
    }
  }

  /** A pool of the cluster is told by the cluster, and what a user waits for is in its words. */
  @Test
  void poolOfTheClusterThatIsLostIsTold() {
    ManagementCluster cluster =
        ManagementCluster.with(
            "pools: [{name: a100, machineTypes: [g2.a100.2], replicas: 1, gpu: {partitioning:"
                + " {none: {}}}}]");
    cluster.settle();
    cluster.reported(
        "pool.a100",
        "status: {readyReplicas: 0, availableReplicas: 0, conditions: [{type: Available, status:"
            + " 'False', message: no such flavor}]}");
    cluster.reconcile();
    WorkspaceScene scene =
        WorkspaceScene.in(cluster, WorkspaceScene.HUB)
            .claim(
                "{accelerators: [{name: slices, poolRef: {name: a100}}], jupyterhub: {profiles:"
                    + " [{name: small, accelerator: slices, cpu: 4, memory: 32Gi, image: a}]}}");
    assertThat(Tree.of(scene.composed().status()).at("profiles").items().getFirst().plain())
        .isEqualTo(
            Manifest.plain(
                """
                name: small
                resource: nvidia.com/gpu
                count: 1
                schedulable: false
                message: 'accelerator slices has no node: no such flavor'
                """));
  }

  @Test
  void homesStayAndFreePlacesGo() {
    WorkspaceScene scene =
        WorkspaceScene.of(WorkspaceScene.HUB)
            .claim(
                "jupyterhub: {profiles: [{name: small, accelerator: slices, gpuMemory: 20Gi, cpu:"
                    + " 4, memory: 32Gi, image: a, placeholders: 2}]}");
    assertThat(stays(scene, "namespace")).as("homes are in it").contains("LeavePolicies");
    assertThat(stays(scene, "free-places")).as("they occupy GPUs").isEmpty();
    assertThat(stays(scene, "jupyterhub")).isEmpty();
    assertThat(stays(scene.claim("jupyterhub: {storage: {onDelete: Delete}}"), "namespace"))
        .isEmpty();
  }

  private static Optional<String> stays(WorkspaceScene scene, String addon) {
    return Tree.of(scene.composed("addon.ml-training." + addon))
        .at("spec", "stopMatchingBehavior")
        .text();
  }
}
