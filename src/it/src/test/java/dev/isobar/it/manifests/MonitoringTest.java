package dev.isobar.it.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.it.architecture.Checkout;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Alerts and dashboard ask for nothing that the programs do not export. */
final class MonitoringTest {
  /** In the rules an expression is a line or a folded text, in the dashboard a text of JSON. */
  private static final Pattern EXPRESSION =
      Pattern.compile(
          "^ *expr: (?:>-\\n)?(?<rule>.+(?:\\n {8}.+)*)$"
              + "|\"expr\": \"(?<panel>(?:[^\"\\\\]|\\\\.)*)\"",
          Pattern.MULTILINE);

  private static final Pattern ALERT = Pattern.compile("- alert: \\w+\\n(?: {6}.*\\n?)+");

  /** What Prometheus adds to all that it reads. */
  private static final Set<String> ADDED = Set.of("job", "pod", "le");

  private final Checkout checkout = Checkout.here();

  @ParameterizedTest
  @CsvSource({
    "alerts.yaml, 8, each alert has one",
    "dashboard.json, 30, each panel has one or more",
  })
  void everyMetricThatIsAskedForIsExported(String file, int expressions, String reason) {
    List<String> asked = expressions(Path.of("package/monitoring", file));
    assertThat(asked).as(reason).hasSizeGreaterThanOrEqualTo(expressions);
    Set<String> exported = exported();
    assertThat(asked)
        .allSatisfy(expression ->
            assertThat(MetricNames.askedFor(expression))
                .as(expression)
                .isNotEmpty()
                .isSubsetOf(exported));
  }

  @ParameterizedTest
  @ValueSource(strings = {"alerts.yaml", "dashboard.json"})
  void everyLabelIsATextOfTheSources(String file) {
    List<String> sources = sources();
    for (String expression : expressions(Path.of("package/monitoring", file))) {
      assertThat(MetricNames.labelsOf(expression))
          .as(expression)
          .allSatisfy(label ->
              assertThat(
                      ADDED.contains(label)
                          || sources.stream().anyMatch(text -> text.contains('"' + label + '"')))
                  .as(label)
                  .isTrue());
    }
  }

  @Test
  void everyAlertSaysWhoMustAct() {
    List<String> alerts =
        ALERT
            .matcher(checkout.read(Path.of("package/monitoring/alerts.yaml")))
            .results()
            .map(MatchResult::group)
            .toList();
    assertThat(alerts)
        .hasSize(8)
        .allSatisfy(alert ->
            assertThat(alert)
                .contains("severity: ", "summary: ", "description: The platform team "));
  }

  @Test
  void theDocumentationHasEveryAlert() {
    String page = checkout.read(Path.of("src/site/markdown/packages.md"));
    assertThat(checkout.read(Path.of("package/monitoring/alerts.yaml")).lines())
        .filteredOn(line -> line.contains("- alert: "))
        .hasSize(8)
        .allSatisfy(line -> assertThat(page).contains(line.replace("- alert: ", "").strip()));
  }

  @Test
  void namesAreReadFromExpressionsAndSources() {
    assertThat(
            MetricNames.askedFor(
                "histogram_quantile(0.95, sum by (le, name) (rate(a_bucket{job=~\"}b\"}[5m])))"
                    + " - max(c{d=\"e\"}) > 0"))
        .containsExactly("a_bucket", "c");
    assertThat(
            MetricNames.labelsOf(
                "sum by (le, name) (rate(a_bucket{job=~\"}b=\"}[5m])) - max(c{d=\"e\", f!~\"g\"})"))
        .containsExactly("d", "f", "job", "le", "name");
    assertThat(
            MetricNames.exportedBy(
                """
                meters.spread(
                    "a", "Help.", BOUNDS);
                gauge(meters, "b", "Help.");
                meters.gauge("begin_" + name, help);
                """))
        .contains("a_bucket", "a_sum", "a_count", "begin_b")
        .doesNotContain("a", "begin_");
  }

  /** The usual chart of Prometheus reads by the label of its release alone. */
  @Test
  void theDocumentationSaysHowItIsRead() {
    assertThat(checkout.read(Path.of("src/site/markdown/packages.md")))
        .contains(
            "podMonitorSelectorNilUsesHelmValues: false",
            "ruleSelectorNilUsesHelmValues: false",
            "- ../isobar/package/monitoring\nlabels:\n- pairs: {release: ");
  }

  @Test
  void grafanaFindsTheDashboard() {
    assertThat(checkout.read(Path.of("package/monitoring/kustomization.yaml")))
        .as("the label that its sidecar looks for, and the file")
        .contains("grafana_dashboard: \"1\"", "files: [dashboard.json]");
  }

  private List<String> expressions(Path file) {
    return EXPRESSION
        .matcher(checkout.read(file))
        .results()
        .map(found ->
            found.group("rule") != null
                ? found.group("rule")
                : found.group("panel").replace("\\\"", "\""))
        .toList();
  }

  private Set<String> exported() {
    return sources().stream()
        .flatMap(source -> MetricNames.exportedBy(source).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private List<String> sources() {
    return checkout.files(".java").stream()
        .filter(file ->
            file.startsWith("provider/src/main/java") || file.startsWith("function/src/main/java"))
        .map(checkout::read)
        .toList();
  }
}
