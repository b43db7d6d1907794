package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.ec2.Ec2Lab;
import dev.isobar.function.contract.Requirement;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** A workspace in a cluster on EC2: what it looks up, and what its own nodes are. */
final class WorkspaceOnEc2Test {
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
    ManagementCluster cluster = Ec2Lab.with("{}");
    cluster.settle();
    return WorkspaceScene.in(cluster, BATCH);
  }

  /** Where no Cloud is of OpenStack, its kinds need not be installed. */
  @Test
  void theInfrastructureIsLookedUpByTheKindThatTheClusterHas() {
    assertThat(scene().composed().requirements())
        .filteredOn(one -> one.name().equals("infrastructure"))
        .extracting(Requirement::apiVersion, Requirement::kind)
        .containsExactly(Tuple.tuple("infrastructure.cluster.x-k8s.io/v1beta2", "AWSCluster"));
  }

  @Test
  void nodesJoinAsThoseOfTheClusterDo() {
    WorkspaceScene scene = scene();
    Tree bootstrap =
        scene.composed().resources().values().stream()
            .map(resource -> Tree.of(resource.object()))
            .filter(
                one -> one.at("kind").text().filter("KubeadmConfigTemplate"::equals).isPresent())
            .findFirst()
            .orElseThrow();
    Tree registration =
        bootstrap.at("spec", "template", "spec", "joinConfiguration").at("nodeRegistration");
    assertThat(registration.at("name").text()).contains("{{ ds.meta_data.local_hostname }}");
    assertThat(registration.at("kubeletExtraArgs").items())
        .extracting(argument -> argument.at("name").text().orElse(""))
        .containsExactly("cloud-provider", "node-labels");
  }

  @Test
  void comesToRest() {
    assertThat(scene().settle().conditions()).isNotEmpty();
  }
}
