package dev.isobar.function.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.Manifest;
import dev.isobar.function.compose.SveltosDefaults;
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

  /**
   * An add-on that is asked for again while Sveltos removes it, which a dead API may keep from
   * ending.
   */
  @Test
  void whatIsRemovedComesAnewAfterwards() {
    Tree summary = Tree.of(Manifest.of("metadata: {deletionTimestamp: '2026-01-01T00:00:00Z'}"));
    assertThat(AddonHealth.of(summary, CHART))
        .isEqualTo(coming("is still being removed, and comes anew afterwards"));
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
        new Change("nothing copied yet", "helmCharts: null"),
        new Change("what it waited for is gone", "dependsOn: [c-cni]"),
        new Change("what must hold is gone", "validateHealths: [{name: x}]"),
        new Change("its objects are gone", "policyRefs: [{kind: ConfigMap, name: n}]"),
        new Change("its Secret is gone", "templateResourceRefs: [{identifier: x}]"),
        new Change("it is not left alone any more", "stopMatchingBehavior: LeavePolicies"),
        new Change(
            "values from elsewhere are gone",
            "helmCharts: [{chartVersion: 1.0.0, values: 'a: 2', valuesFrom: [{kind: ConfigMap}]}]"),
        new Change(
            "its definitions are not upgraded any more",
            "helmCharts: [{chartVersion: 1.0.0, values: 'a: 2', options: {upgradeOptions:"
                + " {upgradeCRDs: true}}}]"));
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
  void fieldsOfAnElementThatAreGoneAreMissedToo() {
    var before = Manifest.merged(CHART, "helmCharts: [{chartName: a, values: 'a: 1'}]");
    var gate = "validateHealths: [{name: a, kind: K%s}]";
    var wanted = Manifest.merged(CHART, "helmCharts: [{chartName: a}]");
    assertThat(AddonHealth.of(summary(before, "{}"), wanted)).isEqualTo(coming("is being updated"));
    assertThat(
            AddonHealth.of(
                summary(Manifest.merged(CHART, gate.formatted(", namespace: n")), "{}"),
                Manifest.merged(CHART, gate.formatted(""))))
        .isEqualTo(coming("is being updated"));
  }

  private static Tree summary(Map<String, Object> spec, String status) {
    return Tree.of(
        Map.of("spec", Map.of("clusterProfileSpec", spec), "status", Manifest.of(status)));
  }

  record Delivery(String reason, String status, boolean delivered) {}

  static Stream<Delivery> deliveries() {
    String unhealthy = "failureMessage: \"health check 'x' for feature Helm failed: no\"";
    return Stream.of(
        new Delivery("nobody has begun", "{}", false),
        new Delivery("all is well", "{status: Provisioned}", true),
        new Delivery("installed, and not well", "{status: Failed, " + unhealthy + "}", true),
        new Delivery(
            "looked at again",
            "{status: Provisioning, consecutiveFailures: 3, " + unhealthy + "}",
            true),
        new Delivery(
            "another spec is being installed, and the message is of the one before",
            "{status: Provisioning, consecutiveFailures: 0, " + unhealthy + "}",
            false),
        new Delivery("under way", "{status: Provisioning}", false),
        new Delivery("not installed", "{status: Failed, failureMessage: no chart}", false));
  }

  @ParameterizedTest
  @MethodSource("deliveries")
  void aReleaseIsDeliveredHoweverItFares(Delivery row) {
    String feature = row.status.equals("{}") ? "" : row.status.replace("{", "{featureID: Helm, ");
    Tree summary =
        summary(SveltosDefaults.filledIn(Tree.of(CHART)), "featureSummaries: [" + feature + "]");
    assertThat(AddonHealth.delivered(summary, CHART)).as(row.reason).isEqualTo(row.delivered);
    assertThat(AddonHealth.delivered(summary, Manifest.merged(CHART, "dependsOn: [x]")))
        .as(row.reason + ", of another spec")
        .isFalse();
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
