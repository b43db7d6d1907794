package dev.isobar.function.compose.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.ManagementCluster;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which roles EKS lets machines join with, whatever a Cloud comes to say. */
final class EksRolesTest {
  private static final String ROLE = "arn:aws:iam::111122223333:role/";
  private static final String EKS =
      "clusterApi: {gpuMachines: %s, eks: {nodeRole: %s, versions: [{kubernetes: '1.35', addons:"
          + " [{name: vpc-cni, version: v1}, {name: coredns, version: v1}, {name: kube-proxy,"
          + " version: v1}], images: [{id: ami-0123456789abcdef0, purpose: gpu}]}]}}";
  private static final String GPUS =
      "pools: [{name: g, machineType: p4d.24xlarge, replicas: 1, gpu: {partitioning: {none: {}}}}]";

  @Test
  void machinesThatAreReplacedByOthersStayInUntilTheyHaveGone() {
    ManagementCluster cluster = EksLab.with(GPUS).cloud(EKS.formatted("Isobar", "'" + ROLE + "a'"));
    cluster.settle();
    cluster
        .cloud(EKS.formatted("Isobar", "null"))
        .claim("pools: [{name: g, machineType: m6i.xlarge, replicas: 1}]")
        .reconcile();
    cluster.reported(
        "pool.g",
        "status: {observedGeneration: 2, replicas: 2, upToDateReplicas: 1, conditions: [{type:"
            + " RollingOut, status: 'True'}]}");
    assertThat(roles(cluster)).as("of nodes that are drained").containsExactly(ROLE + "a");
    cluster.settle();
    assertThat(roles(cluster)).as("afterwards").isEmpty();
  }

  @Test
  void aRoleThatMachinesHadIsNoneOfPeople() {
    ManagementCluster cluster = EksLab.with(GPUS).cloud(EKS.formatted("Isobar", "'" + ROLE + "a'"));
    cluster.settle();
    cluster
        .cloud(EKS.formatted("Isobar", "'" + ROLE + "b'"))
        .claim("controlPlane: {managed: {administrators: ['" + ROLE + "a']}}");
    assertThat(cluster.refusals())
        .containsExactly(
            "spec.controlPlane.managed.administrators[0]: is a role that machines join with, as"
                + " Cloud wekeo says or has said; name the role of people instead");
  }

  /** The provider makes no second entry of a role, and nothing else of a cluster that has two. */
  @Test
  void whomARoleLetsInStays() {
    String administrators = "controlPlane: {managed: {administrators: ['" + ROLE + "ops']}}";
    ManagementCluster cluster =
        EksLab.with(GPUS + "\n" + administrators).cloud(EKS.formatted("Isobar", "'" + ROLE + "a'"));
    cluster.settle();
    cluster.cloud(EKS.formatted("Isobar", "'" + ROLE + "ops'"));
    cluster.settle();
    assertThat(roles(cluster)).containsExactly(ROLE + "a", ROLE + "ops");
    assertThat(types(cluster)).containsExactly("ec2_linux", "standard");
    assertThat(
            cluster.claim(GPUS.replace("name: g,", "name: h,") + "\n" + administrators).refusals())
        .as("nodes that could not join")
        .containsExactly(
            "spec.pools[0].gpu: EKS lets in no machines by "
                + ROLE
                + "ops, which is the role of an administrator of this cluster; remove it from"
                + " spec.controlPlane.managed.administrators first, or have the platform team set"
                + " another spec.clusterApi.eks.nodeRole of the Cloud");
    cluster.claim("controlPlane: {managed: {administrators: []}}");
    assertThat(cluster.refusals()).as("as advised, and in the same edit").isEmpty();
    cluster.settle();
    assertThat(roles(cluster)).as("whom it lets in then").contains(ROLE + "ops");
    assertThat(types(cluster)).containsOnly("ec2_linux");
  }

  private static List<String> types(ManagementCluster cluster) {
    return Tree.of(cluster.composed("control-plane")).at("spec", "accessEntries").items().stream()
        .flatMap(one -> one.at("type").text().stream())
        .toList();
  }

  private static List<String> roles(ManagementCluster cluster) {
    return Tree.of(cluster.composed("control-plane")).at("spec", "accessEntries").items().stream()
        .flatMap(one -> one.at("principalARN").text().stream())
        .toList();
  }

  record Row(String reason, String claim, String gpuMachines, String role, List<String> roles) {}

  static Stream<Row> rows() {
    String isobar = "Isobar";
    return Stream.of(
        new Row("the Cloud says the same", GPUS, isobar, ROLE + "a", List.of(ROLE + "a")),
        new Row("the Cloud says none", GPUS, isobar, "null", List.of(ROLE + "a")),
        new Row(
            "the Cloud says another, and new machines join",
            GPUS,
            isobar,
            ROLE + "b",
            List.of(ROLE + "a", ROLE + "b")),
        new Row("no such machines come any more", GPUS, "Native", "null", List.of(ROLE + "a")),
        new Row("there are none", "pools: []", isobar, ROLE + "b", List.of(ROLE + "b")));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void machinesThatAreThereStayIn(Row row) {
    ManagementCluster cluster =
        EksLab.with(row.claim).cloud(EKS.formatted("Isobar", "'" + ROLE + "a'"));
    cluster.settle();
    cluster.cloud(EKS.formatted(row.gpuMachines, row.role));
    assertThat(roles(cluster)).as(row.reason).isEqualTo(row.roles);
  }
}
