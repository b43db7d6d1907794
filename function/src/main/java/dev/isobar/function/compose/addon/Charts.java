package dev.isobar.function.compose.addon;

import dev.isobar.apis.settings.Settings.ChartOverride;
import dev.isobar.function.compose.plan.ChartTable;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.sveltos.Chart;
import java.util.Optional;

/**
 * The charts of add-ons as a cluster gets them: those of the table, in the version for its nodes
 * that are the furthest behind, where the installation says nothing else.
 */
public final class Charts {
  private Charts() {}

  /** A chart of the table by its name. */
  public static Chart chart(String name, ClusterPlan plan) {
    ChartTable.Row row =
        ChartTable.chart(name)
            .orElseThrow(() -> new IllegalArgumentException("no chart of the name " + name));
    Optional<ChartOverride> override =
        Optional.ofNullable(plan.settings().charts().get(row.addon().text()))
            .filter(other -> other.chart().filter(chart -> !chart.equals(name)).isEmpty());
    return new Chart(
        override.flatMap(ChartOverride::repository).orElse(row.repository()),
        row.chart(),
        override
            .flatMap(ChartOverride::version)
            .orElseGet(() -> row.version(plan.versions().lowest().minor())),
        row.release(),
        row.namespace());
  }
}
