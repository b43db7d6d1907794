package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.function.contract.Answer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A reconcile of core's failed, which overwrote all conditions of the composite: what is said next
 * is what would have been said otherwise.
 */
final class SaidTest {
  private static final String BEHIND =
      "{metadata: {generation: 9}, status: {conditions: [{type: %s, status: 'True', reason: R,"
          + " message: m, observedGeneration: 1}, {type: RollingOut, status: 'False', reason: R,"
          + " message: m, observedGeneration: 9}]}}";

  private static final String UNREACHED =
      "status: {conditions: [{type: InfrastructureReady, status: 'True'}, {type:"
          + " RemoteConnectionProbe, status: 'False', reason: ProbeFailed, message: 'Remote"
          + " connection probe failed, probe last succeeded at T'}]}";

  record Row(String reason, ManagementCluster cluster) {}

  private static ManagementCluster unreached() {
    ManagementCluster cluster = ConditionsTest.settled().reported("cluster", UNREACHED);
    cluster.reconcile();
    return cluster;
  }

  private static ManagementCluster failed(ManagementCluster cluster) {
    cluster.composite().at("status", "conditions").items().stream()
        .map(said -> said.at("type").text().orElse(""))
        .filter(type -> !type.equals("Ready"))
        .toList()
        .forEach(type -> {
          var _ = cluster.says(type, "Unknown", "FatalError");
        });
    return cluster;
  }

  static Stream<Row> rows() {
    return Stream.of(
        new Row("everything works", ConditionsTest.settled()),
        new Row(
            "the network's controller has not looked at a change yet",
            ConditionsTest.settled().reported("cluster", BEHIND.formatted("InfrastructureReady"))),
        new Row(
            "nor has that of the control plane",
            ConditionsTest.settled().reported("control-plane", BEHIND.formatted("Available"))),
        new Row(
            "nor has that of nodes",
            ConditionsTest.settled().reported("pool.a", BEHIND.formatted("Available"))),
        new Row(
            "the API is not reached any more",
            ConditionsTest.settled().reported("cluster", UNREACHED)),
        new Row("it was not reached before either", unreached()));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void thePastIsKnownFromTheStage(Row row) {
    Answer.Composed otherwise = row.cluster.composed();
    Answer.Composed afterwards = failed(row.cluster).composed();
    assertThat(afterwards.conditions()).as(row.reason).isEqualTo(otherwise.conditions());
    assertThat(afterwards.status()).as(row.reason).isEqualTo(otherwise.status());
    assertThat(afterwards.ready()).as(row.reason).isEqualTo(otherwise.ready());
  }

  /** How it stood before is not known any more; words outside the list are never repeated. */
  @Test
  void ofAClusterThatDidNotRestNothingIsMadeUp() {
    ManagementCluster cluster =
        ConditionsTest.settled().reported("pool.a", ConditionsTest.broken("Available", "0 of 2"));
    cluster.reconcile();
    cluster.reported("control-plane", BEHIND.formatted("Available"));
    assertThat(ConditionsTest.conditions(failed(cluster).composed().conditions()))
        .contains("ControlPlaneReady=FALSE/Provisioning")
        .noneMatch(said -> said.contains("FatalError"));
  }

  @Test
  void thatItIsKnownAgainIsNoNews() {
    assertThat(failed(ConditionsTest.settled()).composed().events()).isEmpty();
  }

  @Test
  void whatSomebodyMustMendIsToldAgain() {
    List<String> told =
        failed(unreached()).composed().events().stream().map(event -> event.reason()).toList();
    assertThat(told).containsExactly("ControlPlaneReadyDegraded");
  }
}
