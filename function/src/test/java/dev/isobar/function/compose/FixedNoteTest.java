package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The note of what cannot be changed may be lost or damaged; what exists is then what counts, and
 * the note is written again.
 */
final class FixedNoteTest {
  private static final String CLAIM =
      """
      network:
        podCidr: 10.64.0.0/12
        mtu: 1450
        api: {loadBalancer: Amphora, address: 203.0.113.7, port: 443}
      """;

  private static final String EXISTING =
      "network: {cni: Calico, existing: {network: {name: lab}, subnet: {name: a}, router: {name:"
          + " r}}, api: {publicAddress: false}}";

  private static String note(ManagementCluster cluster) {
    return Tree.of(cluster.composed("cluster"))
        .at("metadata", "annotations", "isobar.dev/fixed")
        .text()
        .orElseThrow();
  }

  private static ManagementCluster damaged(String claim, String note) {
    ManagementCluster cluster = ManagementCluster.with(claim);
    cluster.settle();
    return cluster.observed("cluster", "metadata: {annotations: {isobar.dev/fixed: " + note + "}}");
  }

  record Row(String reason, String claim, String note) {}

  static Stream<Row> rows() {
    return Stream.of(CLAIM, EXISTING, "network: {cni: None}", "settingsV2")
        .flatMap(claim ->
            Stream.of(
                new Row("lost", claim, "null"),
                new Row("empty", claim, "''"),
                new Row("anything", claim, "\"garbage\\n===\\u0007\""),
                new Row("cut short", claim, "\"cloud=wekeo\\nnetwork.podC\""),
                new Row(
                    "values nobody can have",
                    claim,
                    "\"network.podCidr=wide\\nnetwork.cni=Flannel\\nnetwork.api.loadBalancer=x\"")));
  }

  private static ManagementCluster damaged(Row row) {
    return row.claim.equals("settingsV2") ? damagedSecond(row.note) : damaged(row.claim, row.note);
  }

  /** The same with the newer API version of the provider. */
  private static ManagementCluster damagedSecond(String note) {
    ManagementCluster cluster =
        ManagementCluster.with(CLAIM).settings("openStackApiVersion: v1beta2");
    cluster.settle();
    return cluster.observed("cluster", "metadata: {annotations: {isobar.dev/fixed: " + note + "}}");
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isWrittenAgain(Row row) {
    String claim = row.claim.equals("settingsV2") ? CLAIM : row.claim;
    assertThat(note(damaged(row))).as(row.reason).isEqualTo(note(ManagementCluster.with(claim)));
  }

  static Stream<Row> plain() {
    return rows().filter(row -> row.claim.equals(CLAIM));
  }

  @ParameterizedTest
  @MethodSource("plain")
  void isWrittenAgainWhateverTheCloudHasComeToSay(Row row) {
    assertThat(note(damaged(row).cloud("region: Elsewhere")))
        .as(row.reason)
        .isEqualTo(note(ManagementCluster.with(CLAIM)));
  }

  record Change(String field, String claim, String change) {}

  static Stream<Change> changes() {
    return Stream.of(
        new Change("podCidr", "{}", "network: {podCidr: 10.64.0.0/13}"),
        new Change("serviceCidr", "{}", "network: {serviceCidr: 10.96.0.0/16}"),
        new Change("serviceDomain", "{}", "network: {serviceDomain: lab.local}"),
        new Change("nodeCidr", "{}", "network: {nodeCidr: 192.168.0.0/20}"),
        new Change("mtu", "{}", "network: {mtu: 1400}"),
        new Change("cni", "{}", "network: {cni: Calico}"),
        new Change("cni", "network: {cni: Calico}", "network: {cni: Cilium}"),
        new Change("cni", "network: {cni: None}", "network: {cni: Cilium}"),
        new Change("api.port", "{}", "network: {api: {port: 443}}"),
        new Change("api.publicAddress", "{}", "network: {api: {publicAddress: false}}"),
        new Change("api.address", "{}", "network: {api: {address: 192.0.2.1}}"),
        new Change("api.loadBalancer", "{}", "network: {api: {loadBalancer: Amphora}}"),
        new Change("existing.network", "{}", "network: {existing: {network: {name: lab}}}"));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void whatExistsIsNotChangedBecauseOfIt(Change change) {
    for (String note : Arrays.asList("null", "garbage")) {
      assertThat(damaged(change.claim, note).claim(change.change).refusals())
          .as(change.change)
          .singleElement()
          .asString()
          .startsWith("spec.network." + change.field + ": cannot be changed from ");
    }
  }

  @Test
  void aNoteThatSaysOtherwiseIsSetRight() {
    ManagementCluster cluster = damaged(CLAIM, "\"network.podCidr=10.0.0.0/8\\nfuture=yes\"");
    assertThat(note(cluster)).contains("network.podCidr=10.64.0.0/12", "future=yes");
    assertThat(cluster.claim("network: {podCidr: 10.32.0.0/12}").refusals())
        .containsExactly(
            "spec.network.podCidr: cannot be changed from 10.0.0.0/8 to 10.32.0.0/12; set it back,"
                + " or make a new cluster and move the work there");
  }

  @Test
  void aClusterThatSomebodyEditedIsSetRight() {
    ManagementCluster cluster = ManagementCluster.with("{}");
    cluster.settle();
    cluster.observed("cluster", "spec: {clusterNetwork: {pods: {cidrBlocks: [10.0.0.0/8]}}}");
    assertThat(
            Tree.of(cluster.composed("cluster"))
                .at("spec", "clusterNetwork", "pods", "cidrBlocks")
                .plain())
        .hasToString("[172.16.0.0/13]");
  }
}
