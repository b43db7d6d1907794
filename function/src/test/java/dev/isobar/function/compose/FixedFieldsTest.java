package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the infrastructure forbids to change is refused even where the API server's rules do not
 * reach.
 */
final class FixedFieldsTest {
  private static final String SUFFIX =
      "; set it back, or make a new cluster and move the work there";

  record Row(String field, String claim, String from, String to) {}

  static Stream<Row> rows() {
    return Stream.of(
        new Row(
            "network.podCidr", "network: {podCidr: 10.64.0.0/12}", "172.16.0.0/13", "10.64.0.0/12"),
        new Row(
            "network.serviceCidr",
            "network: {serviceCidr: 10.96.0.0/16}",
            "172.24.0.0/13",
            "10.96.0.0/16"),
        new Row(
            "network.nodeCidr",
            "network: {nodeCidr: 192.168.0.0/20}",
            "10.8.0.0/20",
            "192.168.0.0/20"),
        new Row(
            "network.serviceDomain",
            "network: {serviceDomain: lab.local}",
            "cluster.local",
            "lab.local"),
        new Row("network.cni", "network: {cni: Calico}", "Cilium", "Calico"),
        new Row("network.mtu", "network: {mtu: 1450}", "nothing", "1450"),
        new Row("network.api.port", "network: {api: {port: 443}}", "6443", "443"),
        new Row(
            "network.api.publicAddress", "network: {api: {publicAddress: false}}", "true", "false"),
        new Row(
            "network.api.address", "network: {api: {address: 192.0.2.1}}", "nothing", "192.0.2.1"),
        new Row(
            "network.api.loadBalancer",
            "network: {api: {loadBalancer: Amphora}}",
            "OVN",
            "Amphora"),
        new Row(
            "network.existing.network",
            "network: {existing: {network: {name: lab}}}",
            "nothing",
            "name lab"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void cannotBeChanged(Row row) {
    ManagementCluster cluster = ManagementCluster.with("{}");
    cluster.settle();
    assertThat(cluster.claim(row.claim).refusals())
        .containsExactly(
            "spec."
                + row.field
                + ": cannot be changed from "
                + row.from
                + " to "
                + row.to
                + SUFFIX);
  }

  @Test
  void anExistingNetworkCannotBeChangedEither() {
    ManagementCluster cluster =
        ManagementCluster.with(
            "network: {existing: {network: {name: lab}, subnet: {name: a}, router: {name: r}}}");
    cluster.settle();
    cluster.claim(
        "network: {existing: {network: {name: null, id: 00000000-0000-4000-8000-000000000001},"
            + " subnet: null, router: {name: s}}}");
    assertThat(cluster.refusals())
        .containsExactly(
            "spec.network.existing.network: cannot be changed from name lab to id"
                + " 00000000-0000-4000-8000-000000000001"
                + SUFFIX,
            "spec.network.existing.router: cannot be changed from name r to name s" + SUFFIX,
            "spec.network.existing.subnet: cannot be changed from name a to nothing" + SUFFIX);
  }

  @Test
  void theCloudsBalancerIsTakenOnceAndMayBeNamedLater() {
    ManagementCluster cluster = ManagementCluster.with("{}");
    cluster.settle();
    cluster.cloud("network: {loadBalancer: Amphora}");
    assertThat(cluster.refusals()).isEmpty();
    assertThat(cluster.claim("network: {api: {loadBalancer: OVN}}").refusals()).isEmpty();
  }

  @Test
  void theNoteOnTheClusterIsNeverRewritten() {
    ManagementCluster cluster = ManagementCluster.with("{}");
    cluster.settle();
    var before = cluster.composed("cluster");
    cluster.cloud("network: {loadBalancer: Amphora}").claim("network: {api: {loadBalancer: OVN}}");
    assertThat(cluster.composed("cluster")).isEqualTo(before);
  }

  @Test
  void aBalancerThatNobodyKnowsOnTheClusterIsNamedThere() {
    ManagementCluster cluster = ManagementCluster.with("{}");
    cluster.settle();
    String name = Tree.of(cluster.composed("cluster")).at("metadata", "name").text().orElseThrow();
    cluster.observed(
        "cluster", "metadata: {annotations: {isobar.dev/fixed: network.api.loadBalancer=Haproxy}}");
    assertThat(cluster.refusals()).as("the balancer is there to be looked at").isEmpty();
    cluster.observed("infrastructure", "spec: {apiServerLoadBalancer: {provider: haproxy}}");
    assertThat(cluster.refusals())
        .containsExactly(
            "Cluster "
                + name
                + ": metadata.annotations[isobar.dev/fixed]: network.api.loadBalancer"
                + " is \"Haproxy\", which is no load balancer; the platform team must set it back"
                + " to what the cluster began with: OVN or Amphora or None");
  }
}
