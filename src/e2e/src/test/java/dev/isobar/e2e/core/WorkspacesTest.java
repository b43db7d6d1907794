package dev.isobar.e2e.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.input.Flavour;
import dev.isobar.e2e.commandline.Listing;
import dev.isobar.e2e.plane.Alone;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.e2e.story.Scene;
import dev.isobar.e2e.sveltos.PlayedSveltos;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.kubernetes.Refusal;
import dev.isobar.testbed.plane.ControlPlane;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A workspace and its cluster see each other through core, and come to rest. */
@OnControlPlane
@ResourceLock(value = Alone.FUNCTION, mode = ResourceAccessMode.READ)
final class WorkspacesTest {
  private static final String NAME = "workspaces";
  private static final int CALLS = 5;

  private static final String WORKSPACE =
      """
      apiVersion: platform.isobar.dev/v1alpha1
      kind: GpuWorkspace
      metadata: {namespace: workspaces, name: ml-training}
      spec:
        clusterRef: {name: eo-lab}
        accelerators:
        - name: slices
          machineTypes: [g2.a100.2]
          nodes: {min: 0, max: 2}
          partitioning: {mig: {layout: {3g.40gb: 2}}}
        jupyterhub:
          host: hub.example.org
          ingress: {className: nginx}
          auth: {dummy: {passwordRef: {name: trial, key: password}}}
          users: {allowed: [ada]}
          profiles:
          - {name: large, accelerator: slices, cpu: 4, memory: 32Gi, image: 'quay.io/jupyter/pytorch-notebook:cuda12'}
      """;

  private final Await await = Await.PATIENT;
  private ControlPlane plane;
  private Kubernetes kubernetes;

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void bothComeToRest(Flavour flavour) {
    plane = Planes.bare(flavour);
    kubernetes = plane.kubernetes();
    Scene scene = Scene.set(plane, NAME, NAME);
    Reference cluster = scene.claim(NAME, "eo-lab");
    var _ = await.until(kubernetes, cluster, "is Synced", Conditions.is("Synced", "True"));
    var _ = kubernetes.apply(WORKSPACE);
    Reference workspace = Kind.WORKSPACE.named(NAME, "ml-training");
    Tree waiting =
        await.until(
            kubernetes,
            workspace,
            "waits for the GPU Operator",
            Conditions.is("PoolsReady", "False", "WaitingForGpuOperator"));
    String layout =
        waiting.at("status", "pools").items().getFirst().at("layout").text().orElseThrow();
    String name = waiting.at("status", "clusterName").text().orElseThrow();
    var _ =
        await.until(
            "the Operator is given the layout", () -> operator(name), all -> all.contains(layout));
    assertThat(pools()).as("before Sveltos has delivered it").isEmpty();
    switch (flavour) {
      case CLAIMS -> {
        Listing.isAsThePageShows(plane, "get gpuworkspaces -n workspaces", "AGE");
        Listing.isAsThePageShows(plane, "get gpuworkspaces -n workspaces -o wide", "AGE");
      }
      case NAMESPACED ->
          Listing.isAsThePageShows(
              plane, "get gpuworkspaces.platform.isobar.dev -n workspaces", "AGE");
    }

    new PlayedSveltos(kubernetes).deploys(NAME, name);

    var _ = await.until("the pool is made", this::pools, all -> all.size() == 1);
    refusesToLoseItsCluster(cluster);
    rests(scene, cluster, workspace);

    kubernetes.delete(workspace);
    await.untilGone(kubernetes, workspace);
    var _ = await.until("its layout goes", () -> operator(name), all -> !all.contains(layout));
    Scene.deleteUnused(kubernetes, cluster, await);
    await.untilGone(kubernetes, cluster);
  }

  private void rests(Scene scene, Reference cluster, Reference workspace) {
    Tree ofCluster = scene.composite(cluster);
    Tree ofWorkspace = scene.composite(workspace);
    String before = scene.rest(await, cluster, workspace);
    long mark = plane.server().audit().mark();
    for (int call = 0; call < CALLS; call++) {
      scene.askAgain("measured-" + call, await, ofCluster, ofWorkspace);
    }
    assertThat(scene.state(cluster, workspace)).isEqualTo(before);
    assertThat(scene.stored(mark, ofCluster, ofWorkspace))
        .as("writes that are no comparison")
        .isEmpty();
  }

  /** Core marks what is used, which is one more write. */
  private void refusesToLoseItsCluster(Reference cluster) {
    var _ =
        await.until(
            "the Usage is in force",
            () -> kubernetes.list(Kind.USAGE, NAME),
            all -> all.stream().anyMatch(Conditions.is("Ready", "True")));
    var _ =
        await.until(
            "the cluster is marked as used",
            () -> kubernetes.get(cluster).at("metadata", "labels"),
            labels -> labels.at("crossplane.io/in-use").exists());
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> kubernetes.delete(cluster));
    assertThat(refusal).as("refusal of deleting a cluster in use").isNotNull();
    assertThat(refusal).hasMessageContaining("GpuWorkspace/ml-training");
  }

  /** The MachineDeployments of the workspace. */
  private List<Tree> pools() {
    return kubernetes.list(
        Kind.MACHINE_DEPLOYMENT, NAME, Map.of("isobar.dev/workspace", "ml-training"));
  }

  /** The profile of the cluster's GPU Operator. */
  private String operator(String cluster) {
    return Stream.of(Kind.CLUSTER_PROFILE, Kind.PROFILE)
        .flatMap(kind ->
            kubernetes
                .list(
                    kind,
                    "",
                    Map.of("isobar.dev/cluster", cluster, "isobar.dev/addon", "gpu-operator"))
                .stream())
        .map(profile -> String.valueOf(profile.at("spec").plain()))
        .reduce("", String::concat);
  }
}
