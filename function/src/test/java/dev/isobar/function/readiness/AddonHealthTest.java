package dev.isobar.function.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.function.compose.Manifest;
import dev.isobar.function.compose.SveltosDefaults;
import dev.isobar.function.tree.Tree;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The fields are those of a ClusterSummary of Sveltos 1.12. */
final class AddonHealthTest {
  private static final Map<String, Object> CHART =
      Manifest.of(
          """
          clusterRefs: [{apiVersion: cluster.x-k8s.io/v1beta2, kind: Cluster, namespace: ns, name: c}]
          helmCharts: [{repositoryURL: 'https://r', chartName: r/c, chartVersion: 1.0.0, releaseName: r, releaseNamespace: n}]
          """);
  private static final Map<String, Object> BOTH =
      Manifest.merged(CHART, "policyRefs: [{kind: ConfigMap, namespace: ns, name: n}]");

  record Row(String reason, Map<String, Object> wanted, String status, Health health) {}

  private static Health coming(String message) {
    return new Health.Coming(message);
  }

  private static Health failing(String message) {
    return new Health.Failing(message);
  }

  static Stream<Row> rows() {
    String helm = "{featureID: Helm, status: %s}";
    String objects = "{featureID: Resources, status: %s}";
    String done = helm.formatted("Provisioned");
    return Stream.of(
        new Row("nobody has begun", CHART, "{}", coming("is being deployed")),
        new Row("deployed", CHART, "featureSummaries: [" + done + "]", new Health.Working()),
        new Row(
            "under way",
            CHART,
            "featureSummaries: [" + helm.formatted("Provisioning") + "]",
            coming("is being deployed")),
        new Row(
            "one of two parts",
            BOTH,
            "featureSummaries: [" + done + "]",
            coming("is being deployed")),
        new Row(
            "both parts",
            BOTH,
            "featureSummaries: [" + done + ", " + objects.formatted("Provisioned") + "]",
            new Health.Working()),
        new Row(
            "a part that is on its way out",
            CHART,
            "featureSummaries: [" + done + ", " + objects.formatted("Removing") + "]",
            coming("is being deployed")),
        new Row(
            "waits for another",
            CHART,
            "dependencies: \"Profile c-cni is a dependency and it is not fully deployed yet\\n\"",
            coming(
                "waits for another add-on: Profile c-cni is a dependency and it is not fully"
                    + " deployed yet")),
        new Row(
            "waits for none any more",
            CHART,
            "dependencies: all dependencies deployed",
            coming("is being deployed")),
        new Row(
            "failed, to be tried again",
            CHART,
            "featureSummaries: [{featureID: Helm, status: Failed, failureMessage: \"no such\\n"
                + "  chart\"}]",
            failing("no such chart")),
        new Row(
            "failed for good",
            CHART,
            "featureSummaries: [{featureID: Helm, status: FailedNonRetriable, failureMessage:"
                + " gone}]",
            failing("gone")),
        new Row(
            "failed without a word",
            CHART,
            "featureSummaries: [" + helm.formatted("Failed") + "]",
            failing("Sveltos gives no reason")),
        new Row(
            "failed before, and tried again: nothing is mended by that",
            CHART,
            "featureSummaries: [{featureID: Helm, status: Provisioning, consecutiveFailures: 2,"
                + " failureMessage: gone}]",
            failing("gone")),
        new Row(
            "installed, and not healthy yet",
            CHART,
            "featureSummaries: [{featureID: Helm, status: Failed, failureMessage: health check"
                + " cilium failed}]",
            coming("is installed, but not healthy yet: health check cilium failed")),
        new Row(
            "another profile has the release",
            CHART,
            "{featureSummaries: ["
                + done
                + "], helmReleaseSummaries: [{releaseName: r, status: Conflict, conflictMessage: of"
                + " b}]}",
            failing("release r conflicts: of b")),
        new Row(
            "somebody has the release",
            CHART,
            "helmReleaseSummaries: [{releaseName: r, status: Conflict}]",
            failing("release r conflicts: another profile manages it")),
        new Row(
            "a release that is managed",
            CHART,
            "{featureSummaries: ["
                + done
                + "], helmReleaseSummaries: [{releaseName: r, status: Managing}]}",
            new Health.Working()));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isWhatTheSummarySays(Row row) {
    Tree summary =
        Tree.of(
            Map.of(
                "spec",
                Map.of("clusterProfileSpec", SveltosDefaults.filledIn(Tree.of(row.wanted))),
                "status",
                Manifest.of(row.status)));
    assertThat(AddonHealth.of(summary, row.wanted)).as(row.reason).isEqualTo(row.health);
  }

  @Test
  void withoutASummaryTheClusterIsNotReachableYet() {
    assertThat(AddonHealth.of(Tree.absent(), CHART))
        .isEqualTo(coming("waits for the control plane"));
  }

  record Change(String reason, String before) {}

  static Stream<Change> changes() {
    return Stream.of(
        new Change("another version", "helmCharts: [{chartVersion: 0.9.0}]"),
        new Change("one chart more", "helmCharts: [{chartVersion: 1.0.0}, {chartVersion: 1.0.0}]"),
        new Change("other values", "helmCharts: [{values: 'a: 1'}]"),
        new Change("nothing copied yet", "helmCharts: null"));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void whatItSaysOfTheSpecBeforeDoesNotCount(Change row) {
    var wanted = Manifest.merged(CHART, "helmCharts: [{chartVersion: 1.0.0, values: 'a: 2'}]");
    for (String status : new String[] {"Provisioned", "Failed"}) {
      Tree summary =
          Tree.of(
              Map.of(
                  "spec",
                  Map.of("clusterProfileSpec", Manifest.merged(wanted, row.before)),
                  "status",
                  Manifest.of("featureSummaries: [{featureID: Helm, status: " + status + "}]")));
      assertThat(AddonHealth.of(summary, wanted))
          .as(row.reason)
          .isEqualTo(coming("is being updated"));
    }
  }

  @Test
  void longFailuresAreCut() {
    Tree summary =
        Tree.of(
            Map.of(
                "status",
                Map.of(
                    "featureSummaries",
                    List.of(
                        Map.of(
                            "featureID",
                            "Helm",
                            "status",
                            "Failed",
                            "failureMessage",
                            "x".repeat(999))))));
    assertThat(AddonHealth.of(summary, Map.of()).message()).hasSize(403).endsWith("x...");
  }
}
