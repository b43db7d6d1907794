package dev.isobar.function.compose.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.ManagementCluster;
import java.util.List;
import java.util.stream.Stream;
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
    Tree entries = Tree.of(cluster.composed("control-plane")).at("spec", "accessEntries");
    assertThat(
            entries.items().stream()
                .flatMap(one -> one.at("principalARN").text().stream())
                .toList())
        .as(row.reason)
        .isEqualTo(row.roles);
  }
}
