package dev.isobar.function.compose.jupyterhub;

import dev.isobar.apis.workspace.JupyterHub;
import dev.isobar.function.compose.addon.AddonList;
import dev.isobar.function.compose.addon.Charts;
import dev.isobar.function.compose.plan.AddonName;
import dev.isobar.function.compose.sveltos.Addon;
import dev.isobar.function.compose.sveltos.Chart;
import dev.isobar.function.compose.sveltos.HealthGate;
import dev.isobar.function.compose.workspace.NamespaceAddon;
import dev.isobar.function.compose.workspace.WorkspacePlan;
import java.util.ArrayList;
import java.util.List;

/** The hub of a workspace as add-ons: the Secret it logs in with, and the chart. */
public final class HubAddon {
  /** What the add-on is called in the status. */
  public static final String NAME = AddonName.JUPYTERHUB.text();

  private HubAddon() {}

  /** The add-ons of a hub, in the order they are installed in. */
  public static List<Addon> of(WorkspacePlan plan, JupyterHub hub) {
    List<Addon> addons = new ArrayList<>();
    LoginSecret.addon(plan, hub).ifPresent(addons::add);
    addons.add(chart(plan, hub));
    return addons;
  }

  private static Addon chart(WorkspacePlan plan, JupyterHub hub) {
    Chart pinned = Charts.chart(NAME, plan.nodes());
    var release =
        new Chart(
            pinned.repository(),
            pinned.name(),
            pinned.version(),
            plan.id().inCluster(),
            plan.namespace());
    List<String> before = new ArrayList<>(AddonList.afterNetwork(plan.nodes()));
    before.add(plan.id().addon(NamespaceAddon.NAME));
    if (LoginSecret.source(hub.auth()).isPresent()) {
      before.add(plan.id().addon(LoginSecret.NAME));
    }
    return Addon.chart(plan.id().addon(NAME), release, new HubValues(plan, hub).map())
        .after(before)
        .gated(
            HealthGate.deployment("hub", plan.namespace(), "component", "hub"),
            HealthGate.deployment("proxy", plan.namespace(), "component", "proxy"));
  }
}
