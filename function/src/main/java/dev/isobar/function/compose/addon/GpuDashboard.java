package dev.isobar.function.compose.addon;

import dev.isobar.apis.tree.Fields;
import dev.isobar.function.compose.naming.Canonical;
import dev.isobar.function.compose.text.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A dashboard of the cluster's GPUs, from what NVIDIA's DCGM exporter measures by default; Grafana
 * finds it by its label. Legends are left to Grafana, because their templates look like Sveltos'.
 */
final class GpuDashboard {
  private static final int WIDTH = 12;
  private static final int HEIGHT = 8;
  private static final int PER_ROW = 2;

  private static final String SLICE = "(Hostname, gpu, GPU_I_PROFILE, GPU_I_ID)";

  /**
   * One diagram.
   *
   * @param unit as Grafana calls it
   * @param query in PromQL
   */
  private record Diagram(String title, String unit, String query) {}

  private static final List<Diagram> DIAGRAMS =
      List.of(
          new Diagram(
              "Busy share of each GPU or MIG slice",
              "percentunit",
              "avg by " + SLICE + " (DCGM_FI_PROF_GR_ENGINE_ACTIVE)"),
          new Diagram(
              "Memory in use of each GPU or MIG slice",
              "percentunit",
              "avg by "
                  + SLICE
                  + " (DCGM_FI_DEV_FB_USED / (DCGM_FI_DEV_FB_USED + DCGM_FI_DEV_FB_FREE))"),
          new Diagram(
              "GPUs or slices at work, by namespace",
              "short",
              "sum by (exported_namespace) (DCGM_FI_PROF_GR_ENGINE_ACTIVE{exported_pod!=\"\"})"),
          new Diagram(
              "GPUs or slices held without work for 30 minutes, by namespace",
              "short",
              "count by (exported_namespace) (avg_over_time("
                  + "DCGM_FI_PROF_GR_ENGINE_ACTIVE{exported_pod!=\"\"}[30m]) < 0.01)"),
          new Diagram(
              "Tensor cores at work",
              "percentunit",
              "avg by " + SLICE + " (DCGM_FI_PROF_PIPE_TENSOR_ACTIVE)"),
          new Diagram("Power", "watt", "sum by (Hostname) (DCGM_FI_DEV_POWER_USAGE)"),
          new Diagram("Temperature", "celsius", "max by (Hostname, gpu) (DCGM_FI_DEV_GPU_TEMP)"),
          new Diagram(
              "Last XID error of the driver",
              "none",
              "max by (Hostname, gpu) (DCGM_FI_DEV_XID_ERRORS) > 0"));

  private GpuDashboard() {}

  /** The ConfigMap with the dashboard, by file name. */
  static SortedMap<String, Object> object(String namespace) {
    SortedMap<String, Object> object =
        Fields.with("apiVersion", "v1")
            .set("kind", "ConfigMap")
            .set(
                "metadata",
                Fields.with("name", "gpu-dashboard")
                    .set("namespace", namespace)
                    .set("labels", Map.of("grafana_dashboard", "1")))
            .set("data", Map.of("isobar-gpus.json", Canonical.json(dashboard())))
            .map();
    return new TreeMap<>(Map.of("gpu-dashboard.yaml", Yaml.write(object)));
  }

  private static SortedMap<String, Object> dashboard() {
    List<Object> panels = new ArrayList<>();
    for (int i = 0; i < DIAGRAMS.size(); i++) {
      panels.add(panel(i, DIAGRAMS.get(i)));
    }
    return Fields.with("title", "GPUs")
        .set("uid", "isobar-gpus")
        .set("tags", List.of("isobar", "gpu"))
        .set("schemaVersion", 39)
        .set("refresh", "1m")
        .set("time", Fields.with("from", "now-6h").set("to", "now"))
        .set("panels", panels)
        .map();
  }

  private static SortedMap<String, Object> panel(int place, Diagram diagram) {
    Fields position =
        Fields.with("x", place % PER_ROW * WIDTH)
            .set("y", place / PER_ROW * HEIGHT)
            .set("w", WIDTH)
            .set("h", HEIGHT);
    return Fields.with("id", place + 1)
        .set("type", "timeseries")
        .set("title", diagram.title())
        .set("gridPos", position)
        .set("datasource", Fields.with("type", "prometheus").set("uid", "prometheus"))
        .set(
            "fieldConfig",
            Fields.with("defaults", Fields.with("unit", diagram.unit()).set("min", 0))
                .set("overrides", List.of()))
        .set(
            "targets",
            List.of(
                Fields.with("refId", "A")
                    .set("expr", diagram.query())
                    .set("legendFormat", "__auto")
                    .map()))
        .map();
  }
}
