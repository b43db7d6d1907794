package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Machines of the control plane come, go, are replaced, or are lost: each is called what it is. */
final class HeadCountTest {
  record Row(String reason, HeadCount count, String moving, String missing) {}

  private static HeadCount of(int wanted, int ready, int upToDate, int outdated, boolean lost) {
    return new HeadCount(wanted, ready, new Renewal(upToDate, outdated), true, lost, "");
  }

  static Stream<Row> rows() {
    return Stream.of(
        new Row("all are there", of(3, 3, 3, 0, false), "", ""),
        new Row(
            "nobody has counted", new HeadCount(3, 0, new Renewal(0, 0), false, false, ""), "", ""),
        new Row(
            "they are replaced, one more than wanted at a time",
            of(3, 4, 1, 3, false),
            "control plane machines are being replaced one by one: 1 of 3 are as they shall be",
            ""),
        new Row("it grows", of(5, 3, 3, 0, false), "2 of 5 control plane machines are coming", ""),
        new Row(
            "it grows, and the new one exists but is not ready",
            new HeadCount(5, 4, new Renewal(5, 0), true, false, "Machine b: no capacity"),
            "1 of 5 control plane machines is coming: Machine b: no capacity",
            ""),
        new Row(
            "it shrinks",
            of(3, 5, 5, 0, false),
            "control plane machines go one by one: 5 are there, 3 wanted",
            ""),
        new Row(
            "one died",
            new HeadCount(3, 2, new Renewal(3, 0), true, true, "Machine a: no kubelet"),
            "1 of 3 control plane machines is coming: Machine a: no kubelet",
            "1 of 3 control plane machines is missing: Machine a: no kubelet"),
        new Row(
            "two died, and say nothing",
            of(3, 1, 3, 0, true),
            "2 of 3 control plane machines are coming",
            "2 of 3 control plane machines are missing"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void tellsWhatHappens(Row row) {
    assertThat(row.count.moving().orElse("")).as(row.reason).isEqualTo(row.moving);
    assertThat(row.count.missing().orElse("")).as(row.reason).isEqualTo(row.missing);
  }

  @Test
  void aMachineIsMissingUntilAllAreThereAgain() {
    ManagementCluster cluster = ConditionsTest.settled();
    cluster.reported("control-plane", "status: {readyReplicas: 2}").reconcile();
    assertThat(said(cluster)).as("still missing").isEqualTo("ControlPlaneReady=TRUE/Weakened");
    cluster.reported("control-plane", "status: {readyReplicas: 3}");
    assertThat(said(cluster)).as("back").isEqualTo("ControlPlaneReady=TRUE/Available");
  }

  /** The change of the number makes Cluster API look anew, which tells nothing of the machines. */
  @Test
  void growthIsNoReplacement() {
    ManagementCluster cluster = ConditionsTest.settled();
    cluster
        .reported("control-plane", "status: {observedGeneration: 1}")
        .claim("controlPlane: {replicas: 5}");
    String coming = "2 of 5 control plane machines are coming";
    assertThat(cluster.reconcile().status()).as("asked for").containsEntry("message", coming);
    assertThat(cluster.reconcile().status()).as("not looked at").containsEntry("message", coming);
  }

  private static String said(ManagementCluster cluster) {
    return ConditionsTest.conditions(cluster.composed().conditions()).get(3);
  }
}
