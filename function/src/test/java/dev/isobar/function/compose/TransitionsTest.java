package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.contract.Condition;
import dev.isobar.function.contract.Condition.Status;
import dev.isobar.function.contract.Event;
import dev.isobar.function.contract.Event.Severity;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Core makes an event of every result on every call, so a condition is told of once, when it turns.
 */
final class TransitionsTest {
  record Row(String reason, String before, Condition now, List<Event> events) {}

  private static Condition now(Status status, String reason) {
    return new Condition("PoolsReady", status, reason, "words");
  }

  private static List<Event> event(Severity severity, String reason) {
    return List.of(new Event(severity, reason, "words"));
  }

  static Stream<Row> rows() {
    String working = "{type: PoolsReady, status: 'True', reason: Available}";
    String coming = "{type: PoolsReady, status: 'False', reason: Provisioning}";
    String broken = "{type: PoolsReady, status: 'False', reason: Degraded}";
    return Stream.of(
        new Row("a beginning is no news", "", now(Status.FALSE, "Provisioning"), List.of()),
        new Row("nor is one that works at once", "", now(Status.TRUE, "NoPools"), List.of()),
        new Row(
            "unless it alarms",
            "",
            now(Status.FALSE, "WorkloadCredentialsMissing"),
            event(Severity.WARNING, "PoolsReadyWorkloadCredentialsMissing")),
        new Row(
            "it works now",
            coming,
            now(Status.TRUE, "Available"),
            event(Severity.NORMAL, "PoolsReadyAvailable")),
        new Row("it still works", working, now(Status.TRUE, "Available"), List.of()),
        new Row(
            "it is still coming", coming, now(Status.FALSE, "WaitingForControlPlane"), List.of()),
        new Row(
            "it broke",
            working,
            now(Status.FALSE, "Degraded"),
            event(Severity.WARNING, "PoolsReadyDegraded")),
        new Row(
            "it broke on its way",
            coming,
            now(Status.FALSE, "Failed"),
            event(Severity.WARNING, "PoolsReadyFailed")),
        new Row(
            "it works on, but not as well",
            working,
            now(Status.TRUE, "Weakened"),
            event(Severity.WARNING, "PoolsReadyWeakened")),
        new Row("it is still broken", broken, now(Status.FALSE, "Degraded"), List.of()),
        new Row(
            "it is on its way again",
            broken,
            now(Status.FALSE, "Provisioning"),
            event(Severity.NORMAL, "PoolsReadyProvisioning")),
        new Row(
            "mended",
            broken,
            now(Status.TRUE, "Available"),
            event(Severity.NORMAL, "PoolsReadyAvailable")));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void areToldOnce(Row row) {
    Tree composite = Tree.of(Manifest.of("status: {conditions: [" + row.before + "]}"));
    assertThat(Transitions.events(composite, List.of(row.now)))
        .as(row.reason)
        .isEqualTo(row.events);
  }
}
