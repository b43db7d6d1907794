package dev.isobar.function.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** When a status says that a health check replaces nothing. */
final class BrakeTest {
  record Row(String reason, Health health, String check, Health told) {}

  static Stream<Row> rows() {
    var failing = new Health.Failing("2 of 4 nodes are missing");
    var coming = new Health.Coming("2 of 4 nodes are coming");
    String held = check("40%", "False", "TooManyUnhealthy", 1);
    return Stream.of(
        new Row("a share of the nodes", failing, held, held("40%")),
        new Row("a number of them", failing, check("1", "False", "TooManyUnhealthy", 1), held("1")),
        new Row(
            "it replaces them", failing, check("40%", "True", "RemediationAllowed", 1), failing),
        new Row("it has not looked yet", failing, "{}", failing),
        new Row(
            "nor since its limit changed",
            failing,
            check("80%", "False", "TooManyUnhealthy", 0),
            failing),
        new Row("a reason that is not known", failing, check("1", "False", "Other", 1), failing),
        new Row("new nodes have not joined either", coming, held, coming),
        new Row("nothing is wrong", new Health.Working(), held, new Health.Working()),
        new Row("nobody can tell", new Health.Stale(), held, new Health.Stale()));
  }

  private static Health held(String limit) {
    return new Health.Failing(
        "2 of 4 nodes are missing; none of the machines is replaced while more than "
            + limit
            + " of them are unhealthy or have not joined, for then the fault lies elsewhere: the"
            + " platform team must find it");
  }

  private static String check(String limit, String status, String reason, int seen) {
    return """
    metadata: {generation: 1}
    spec: {remediation: {triggerIf: {unhealthyLessThanOrEqualTo: %s}}}
    status: {conditions: [{type: RemediationAllowed, status: '%s', reason: %s, observedGeneration: %d}]}
    """
        .formatted(limit, status, reason, seen);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isToldOfWhatFails(Row row) {
    assertThat(Brake.told(row.health, Tree.of(Manifest.of(row.check))))
        .as(row.reason)
        .isEqualTo(row.told);
  }
}
