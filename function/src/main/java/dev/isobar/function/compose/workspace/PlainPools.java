package dev.isobar.function.compose.workspace;

import dev.isobar.apis.platform.Autoscale;
import dev.isobar.apis.platform.PlatformClusterSpec;
import dev.isobar.apis.platform.Pool;
import dev.isobar.apis.platform.Taint;
import java.util.List;
import java.util.Set;

/** The pools of a cluster that what needs no GPU runs in. */
final class PlainPools {
  /** What the chart's pods tolerate with the value of their purpose. */
  private static final Set<String> DEDICATED =
      Set.of("hub.jupyter.org/dedicated", "hub.jupyter.org_dedicated");

  private PlainPools() {}

  /**
   * Those that may have a node, and whose nodes let such pods in.
   *
   * @param purpose what the pods are to the chart of a hub: core or user
   */
  static List<Pool> of(PlatformClusterSpec cluster, String purpose) {
    return cluster.pools().stream()
        .filter(pool -> pool.gpu().isEmpty())
        .filter(pool -> pool.autoscale().map(Autoscale::max).or(pool::replicas).orElse(0) > 0)
        .filter(pool -> pool.taints().stream().allMatch(taint -> lets(taint, purpose)))
        .toList();
  }

  private static boolean lets(Taint taint, String purpose) {
    return switch (taint.effect()) {
      case PreferNoSchedule -> true;
      case NoSchedule -> DEDICATED.contains(taint.key()) && taint.value().equals(purpose);
      case NoExecute -> false;
    };
  }
}
