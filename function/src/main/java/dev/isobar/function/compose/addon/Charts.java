package dev.isobar.function.compose.addon;

import dev.isobar.apis.settings.Settings;
import dev.isobar.apis.settings.Settings.ChartOverride;
import dev.isobar.function.compose.sveltos.Chart;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The charts of the add-ons and their versions, each known to exist; the OpenStack charts belong to
 * a Kubernetes minor (2.X to 1.X), all others serve every minor we support. Installations may
 * override version and repository by name.
 */
public final class Charts {
  private record Pinned(
      String repository, String chart, String version, String release, String namespace) {}

  private static final String CLOUD_PROVIDER =
      "https://kubernetes.github.io/cloud-provider-openstack";

  private static final SortedMap<String, Pinned> TABLE = new TreeMap<>();

  /** Charts of cloud-provider-openstack by Kubernetes minor: cloud controller, volumes. */
  private static final SortedMap<Integer, String[]> OPENSTACK = new TreeMap<>();

  static {
    pin("cilium", "https://helm.cilium.io", "cilium", "1.19.6", "cilium", "kube-system");
    pin(
        "calico",
        "https://docs.tigera.io/calico/charts",
        "tigera-operator",
        "v3.31.7",
        "calico",
        "tigera-operator");
    pin(
        "cloud-controller-openstack",
        CLOUD_PROVIDER,
        "openstack-cloud-controller-manager",
        "",
        "cloud-controller",
        "kube-system");
    pin("volumes-openstack", CLOUD_PROVIDER, "openstack-cinder-csi", "", "volumes", "kube-system");
    pin(
        "metrics-server",
        "https://kubernetes-sigs.github.io/metrics-server",
        "metrics-server",
        "3.13.1",
        "metrics-server",
        "kube-system");
    pin(
        "gpu-operator",
        "https://helm.ngc.nvidia.com/nvidia",
        "gpu-operator",
        "v26.3.3",
        "gpu-operator",
        "gpu-operator");
    pin(
        "cert-manager",
        "https://charts.jetstack.io",
        "cert-manager",
        "v1.21.1",
        "cert-manager",
        "cert-manager");
    pin("traefik", "https://traefik.github.io/charts", "traefik", "41.3.0", "traefik", "traefik");
    pin(
        "monitoring",
        "https://prometheus-community.github.io/helm-charts",
        "kube-prometheus-stack",
        "88.5.3",
        "monitoring",
        "monitoring");
    OPENSTACK.put(31, new String[] {"2.31.4", "2.31.8"});
    OPENSTACK.put(32, new String[] {"2.32.1", "2.32.2"});
    OPENSTACK.put(33, new String[] {"2.33.1", "2.33.1"});
    OPENSTACK.put(34, new String[] {"2.34.2", "2.34.3"});
    OPENSTACK.put(35, new String[] {"2.35.0", "2.35.0"});
    OPENSTACK.put(36, new String[] {"2.36.0", "2.36.0"});
  }

  private Charts() {}

  private static void pin(
      String key,
      String repository,
      String chart,
      String version,
      String release,
      String namespace) {
    TABLE.put(key, new Pinned(repository, chart, version, release, namespace));
  }

  /** The names under which settings may override a chart. */
  public static SortedSet<String> names() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(TABLE.keySet()));
  }

  /** A chart of the table with the installation's override. */
  static Chart chart(String key, Settings settings) {
    return chart(key, settings, "");
  }

  /**
   * A chart of cloud-provider-openstack for a Kubernetes minor; the nearest one when the minor is
   * not in the table.
   */
  static Chart openStack(String key, Settings settings, int minor) {
    int nearest = Math.clamp(minor, OPENSTACK.firstKey(), OPENSTACK.lastKey());
    String[] versions = OPENSTACK.getOrDefault(nearest, new String[] {"", ""});
    return chart(key, settings, versions[key.startsWith("volumes") ? 1 : 0]);
  }

  private static Chart chart(String key, Settings settings, String version) {
    Pinned pinned = TABLE.get(key);
    if (pinned == null) {
      throw new IllegalArgumentException("no chart of the name " + key);
    }
    Optional<ChartOverride> override = Optional.ofNullable(settings.charts().get(key));
    return new Chart(
        override.flatMap(ChartOverride::repository).orElse(pinned.repository()),
        pinned.chart(),
        override
            .flatMap(ChartOverride::version)
            .orElse(version.isEmpty() ? pinned.version() : version),
        pinned.release(),
        pinned.namespace());
  }
}
