package dev.isobar.function.compose.addon;

import dev.isobar.apis.platform.Addons;
import dev.isobar.apis.platform.Addons.Ingress;
import dev.isobar.apis.tree.Fields;
import dev.isobar.function.compose.plan.ChartTable;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Predicate;

/**
 * What Prometheus measures of the other add-ons: PodMonitors that come with Prometheus itself, so
 * that no add-on waits for the kind. Kueue tells its measurements only to whom it knows.
 */
final class AddonMonitors {
  private static final String NAME = "app.kubernetes.io/name";
  private static final String INSTANCE = "app.kubernetes.io/instance";

  /**
   * Pods of an add-on.
   *
   * @param there whether a cluster has them
   * @param label a label that all of them have, and nobody else in their namespace
   * @param value the label's value
   * @param port what their chart calls the port with their measurements
   */
  private record Row(
      String chart, Predicate<Addons> there, String label, String value, String port) {}

  private static final List<Row> ROWS =
      List.of(
          new Row("cert-manager", Addons::certManager, INSTANCE, "cert-manager", "http-metrics"),
          new Row(
              "external-dns",
              addons -> addons.externalDns().isPresent(),
              NAME,
              "external-dns",
              "http"),
          new Row(
              "node-problem-detector",
              Addons::nodeProblemDetector,
              NAME,
              "node-problem-detector",
              "exporter"),
          new Row(
              "traefik", addons -> addons.ingress() == Ingress.Traefik, NAME, "traefik", "metrics"),
          new Row(
              "velero", addons -> addons.backup().isPresent(), NAME, "velero", "http-monitoring"));

  private AddonMonitors() {}

  /** The monitors of those that a cluster has, as the chart of Prometheus takes them. */
  static List<SortedMap<String, Object>> of(Addons addons) {
    return ROWS.stream().filter(row -> row.there.test(addons)).map(AddonMonitors::monitor).toList();
  }

  private static SortedMap<String, Object> monitor(Row row) {
    List<String> namespaces =
        ChartTable.chart(row.chart).stream().map(ChartTable.Row::namespace).toList();
    return Fields.with("name", row.chart)
        .set("jobLabel", NAME)
        .set("namespaceSelector", Fields.with("matchNames", namespaces))
        .set("selector", Fields.with("matchLabels", Map.of(row.label, row.value)))
        .set("podMetricsEndpoints", List.of(Fields.with("port", row.port).map()))
        .map();
  }
}
