package dev.isobar.function.compose.plan;

import dev.isobar.apis.platform.Addons;
import dev.isobar.apis.platform.ExtraAddon;
import dev.isobar.apis.platform.Network;
import dev.isobar.apis.platform.PlatformClusterSpec;
import dev.isobar.function.compose.cloud.Catalogue;
import dev.isobar.function.decode.Nearest;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Checks the app team's own add-ons: their names, and that they do not wait for each other in a
 * circle.
 */
final class AddonChecks {
  private final PlatformClusterSpec spec;
  private final Addons addons;
  private final Catalogue cloud;
  private final Mistakes mistakes;

  AddonChecks(PlatformClusterSpec spec, Catalogue cloud, Mistakes mistakes) {
    this.spec = spec;
    this.addons = spec.addons();
    this.cloud = cloud;
    this.mistakes = mistakes;
  }

  void check() {
    SortedSet<String> installed = installed();
    for (int i = 0; i < addons.extra().size(); i++) {
      ExtraAddon extra = addons.extra().get(i);
      String path = "spec.addons.extra[" + i + "]";
      if (AddonName.names().contains(extra.name())) {
        mistakes.add(
            path + ".name",
            extra.name() + " is the name of an add-on of Isobar",
            "choose another name");
      }
      for (int j = 0; j < extra.dependsOn().size(); j++) {
        checkDependency(extra.dependsOn().get(j), installed, path + ".dependsOn[" + j + "]");
      }
      if (reaches(extra.name(), extra.name(), new HashSet<>())) {
        mistakes.add(
            path + ".dependsOn",
            extra.name() + " waits for itself, directly or through others",
            "remove one of the dependencies in the circle");
      }
    }
  }

  private void checkDependency(String other, SortedSet<String> installed, String path) {
    if (installed.contains(other)) {
      return;
    }
    boolean known = AddonName.names().contains(other);
    mistakes.add(
        path,
        known
            ? "add-on " + other + " is not installed in this cluster"
            : "there is no add-on \"" + other + "\"",
        known
            ? "switch it on, or remove the dependency"
            : Nearest.remedy(other, installed, "there are"));
  }

  private SortedSet<String> installed() {
    var installed = new TreeSet<String>();
    addons.extra().forEach(extra -> installed.add(extra.name()));
    boolean credentials = cloud.spec().workloadCredentials().isPresent();
    add(installed, AddonName.CNI, spec.network().cni() != Network.Cni.None);
    add(installed, AddonName.CLOUD_CONTROLLER, credentials);
    add(installed, AddonName.VOLUMES, credentials);
    add(installed, AddonName.METRICS_SERVER, addons.metricsServer());
    add(installed, AddonName.MONITORING, addons.monitoring());
    add(installed, AddonName.CERT_MANAGER, addons.certManager());
    add(installed, AddonName.INGRESS, addons.ingress() != Addons.Ingress.None);
    add(
        installed,
        AddonName.GPU_OPERATOR,
        spec.pools().stream().anyMatch(pool -> pool.gpu().isPresent()));
    return installed;
  }

  private static void add(SortedSet<String> installed, AddonName name, boolean is) {
    if (is) {
      installed.add(name.text());
    }
  }

  private boolean reaches(String from, String goal, Set<String> seen) {
    Map<String, ExtraAddon> byName =
        addons.extra().stream()
            .collect(Collectors.toMap(ExtraAddon::name, Function.identity(), (first, _) -> first));
    ExtraAddon extra = byName.get(from);
    if (extra == null || !seen.add(from)) {
      return false;
    }
    return extra.dependsOn().stream()
        .anyMatch(other -> other.equals(goal) || reaches(other, goal, seen));
  }
}
