package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.ec2.EksLab;
import dev.isobar.function.contract.Requirement;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** A workspace in a cluster whose control plane EKS runs: its nodes join as those of EKS do. */
final class WorkspaceOnEksTest {
  private static final String BATCH =
      """
      clusterRef: {name: eo-lab}
      accelerators:
      - name: slices
        machineTypes: [p4d.24xlarge]
        nodes: {min: 0, max: 2}
        partitioning: {mig: {layout: {1g.5gb: 7}}}
      """;

  private static WorkspaceScene scene() {
    ManagementCluster cluster = EksLab.with("{}");
    cluster.settle();
    return WorkspaceScene.in(cluster, BATCH);
  }

  private static Tree made(WorkspaceScene scene, String kind) {
    return scene.composed().resources().values().stream()
        .map(resource -> Tree.of(resource.object()))
        .filter(one -> one.at("kind").text().filter(kind::equals).isPresent())
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + kind));
  }

  @Test
  void theInfrastructureIsLookedUpByTheKindThatTheClusterHas() {
    assertThat(scene().composed().requirements())
        .filteredOn(one -> one.name().equals("infrastructure"))
        .extracting(Requirement::apiVersion, Requirement::kind)
        .containsExactly(
            Tuple.tuple("infrastructure.cluster.x-k8s.io/v1beta2", "AWSManagedCluster"));
  }

  @Test
  void nodesJoinByNodeadmWithTheMarkOfTheirPool() {
    WorkspaceScene scene = scene();
    Tree kubelet = made(scene, "NodeadmConfigTemplate").at("spec", "template", "spec", "kubelet");
    assertThat(kubelet.at("flags").items().stream().map(flag -> flag.text().orElse("")).toList())
        .singleElement()
        .satisfies(labels ->
            assertThat(labels)
                .startsWith("--node-labels=")
                .contains("isobar.dev/pool=ml-training.slices"));
    assertThat(kubelet.at("config", "registerWithTaints").items())
        .extracting(taint -> taint.at("key").text().orElse(""))
        .contains("nvidia.com/gpu");
  }

  @Test
  void machinesHaveTheImageWithTheDriver() {
    Tree machine = made(scene(), "AWSMachineTemplate").at("spec", "template", "spec");
    assertThat(machine.at("ami").plain())
        .isEqualTo(Manifest.plain("{eksLookupType: AmazonLinux2023GPU}"));
    assertThat(machine.at("instanceType").text()).contains("p4d.24xlarge");
  }

  @Test
  void machinesThatEksWouldNotLetInAreRefused() {
    ManagementCluster cluster =
        EksLab.with("{}")
            .cloud(
                "clusterApi: {gpuMachines: Isobar, eks: {versions: [{kubernetes: '1.35', addons:"
                    + " [{name: vpc-cni, version: v1}, {name: coredns, version: v1}, {name:"
                    + " kube-proxy, version: v1}], images: [{id: ami-0123456789abcdef0, purpose:"
                    + " gpu}]}]}}");
    cluster.settle();
    assertThat(WorkspaceScene.in(cluster, BATCH).refusals())
        .containsExactly(
            "spec.accelerators[0].machineTypes: EKS lets in no machines that Isobar makes: Cloud"
                + " wekeo does not say which role they have; the platform team must set"
                + " spec.clusterApi.eks.nodeRole of the Cloud, or spec.clusterApi.gpuMachines to"
                + " Native");
  }

  @Test
  void comesToRest() {
    WorkspaceScene scene = scene();
    assertThat(scene.settle().conditions()).isNotEmpty();
    assertThat(made(scene, "MachineDeployment").at("spec", "template", "spec", "version").text())
        .as("the version of its machines, of which Cluster API takes exact ones alone")
        .contains("v1.35.0");
  }
}
