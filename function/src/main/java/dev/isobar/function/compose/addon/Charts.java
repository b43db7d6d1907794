package dev.isobar.function.compose.addon;

import dev.isobar.apis.settings.Settings;
import dev.isobar.apis.settings.Settings.ChartOverride;
import dev.isobar.function.compose.plan.AddonName;
import dev.isobar.function.compose.sveltos.Chart;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The charts of the add-ons and their versions, each known to exist; the OpenStack charts belong to
 * a Kubernetes minor (2.X to 1.X), all others serve every minor we support. Installations may
 * override version and repository by the name of the add-on.
 */
public final class Charts {
  private record Pinned(
      AddonName addon,
      String repository,
      String chart,
      String version,
      String release,
      String namespace) {}

  static final String CALICO = "tigera-operator";
  static final String CLOUD_CONTROLLER = "openstack-cloud-controller-manager";
  static final String CINDER = "openstack-cinder-csi";
  static final String AWS_CLOUD_CONTROLLER = "aws-cloud-controller-manager";
  static final String EBS = "aws-ebs-csi-driver";

  private static final String CLOUD_PROVIDER =
      "https://kubernetes.github.io/cloud-provider-openstack";

  /** By the name of the chart. */
  private static final SortedMap<String, Pinned> TABLE = new TreeMap<>();

  /** Charts of cloud-provider-openstack by Kubernetes minor: cloud controller, volumes. */
  private static final SortedMap<Integer, String[]> OPENSTACK = new TreeMap<>();

  /** Releases of AWS's cloud controller by Kubernetes minor; its chart knows of one alone. */
  private static final SortedMap<Integer, String> AWS =
      new TreeMap<>(
          Map.of(31, "v1.31.9", 32, "v1.32.8", 33, "v1.33.4", 34, "v1.34.3", 35, "v1.35.2"));

  static {
    pin(AddonName.CNI, "https://helm.cilium.io", "cilium", "1.19.6", "cilium", "kube-system");
    pin(
        AddonName.CNI,
        "https://docs.tigera.io/calico/charts",
        CALICO,
        "v3.31.7",
        "calico",
        "tigera-operator");
    pin(
        AddonName.CLOUD_CONTROLLER,
        CLOUD_PROVIDER,
        CLOUD_CONTROLLER,
        "",
        "cloud-controller",
        "kube-system");
    pin(AddonName.VOLUMES, CLOUD_PROVIDER, CINDER, "", "volumes", "kube-system");
    pin(
        AddonName.CLOUD_CONTROLLER,
        "https://kubernetes.github.io/cloud-provider-aws",
        AWS_CLOUD_CONTROLLER,
        "0.0.11",
        "cloud-controller",
        "kube-system");
    pin(
        AddonName.VOLUMES,
        "https://kubernetes-sigs.github.io/aws-ebs-csi-driver",
        EBS,
        "2.64.0",
        "volumes",
        "kube-system");
    pin(
        AddonName.METRICS_SERVER,
        "https://kubernetes-sigs.github.io/metrics-server",
        "metrics-server",
        "3.13.1",
        "metrics-server",
        "kube-system");
    pin(
        AddonName.GPU_OPERATOR,
        "https://helm.ngc.nvidia.com/nvidia",
        "gpu-operator",
        "v26.3.3",
        "gpu-operator",
        "gpu-operator");
    pin(
        AddonName.CERT_MANAGER,
        "https://charts.jetstack.io",
        "cert-manager",
        "v1.21.1",
        "cert-manager",
        "cert-manager");
    pin(
        AddonName.INGRESS,
        "https://traefik.github.io/charts",
        "traefik",
        "41.3.0",
        "traefik",
        "traefik");
    pin(
        AddonName.MONITORING,
        "https://prometheus-community.github.io/helm-charts",
        "kube-prometheus-stack",
        "88.5.3",
        "monitoring",
        "monitoring");
    pin(
        AddonName.JUPYTERHUB,
        "https://hub.jupyter.org/helm-chart",
        "jupyterhub",
        "4.4.0",
        "jupyterhub",
        "jupyterhub");
    OPENSTACK.put(31, new String[] {"2.31.4", "2.31.8"});
    OPENSTACK.put(32, new String[] {"2.32.1", "2.32.2"});
    OPENSTACK.put(33, new String[] {"2.33.1", "2.33.1"});
    OPENSTACK.put(34, new String[] {"2.34.2", "2.34.3"});
    OPENSTACK.put(35, new String[] {"2.35.0", "2.35.0"});
    OPENSTACK.put(36, new String[] {"2.36.0", "2.36.0"});
  }

  private Charts() {}

  private static void pin(
      AddonName addon,
      String repository,
      String chart,
      String version,
      String release,
      String namespace) {
    TABLE.put(chart, new Pinned(addon, repository, chart, version, release, namespace));
  }

  /** The charts an add-on of Isobar may be; none when there is no such add-on. */
  public static SortedSet<String> of(String addon) {
    var charts = new TreeSet<String>();
    for (Pinned pinned : TABLE.values()) {
      if (pinned.addon().text().equals(addon)) {
        charts.add(pinned.chart());
      }
    }
    return charts;
  }

  /** The add-on of Isobar that a chart belongs to. */
  public static Optional<String> addon(String chart) {
    return Optional.ofNullable(TABLE.get(chart)).map(pinned -> pinned.addon().text());
  }

  /** A chart of the table with the installation's override. */
  public static Chart chart(String name, Settings settings) {
    return chart(name, settings, "");
  }

  /**
   * A chart of cloud-provider-openstack for a Kubernetes minor; the nearest one when the minor is
   * not in the table.
   */
  static Chart openStack(String name, Settings settings, int minor) {
    int nearest = Math.clamp(minor, OPENSTACK.firstKey(), OPENSTACK.lastKey());
    String[] versions = OPENSTACK.getOrDefault(nearest, new String[] {"", ""});
    return chart(name, settings, versions[name.equals(CINDER) ? 1 : 0]);
  }

  /** The release of AWS's cloud controller for a Kubernetes minor; the nearest one there is. */
  static String awsController(int minor) {
    return AWS.getOrDefault(Math.clamp(minor, AWS.firstKey(), AWS.lastKey()), "");
  }

  private static Chart chart(String name, Settings settings, String version) {
    Pinned pinned = TABLE.get(name);
    if (pinned == null) {
      throw new IllegalArgumentException("no chart of the name " + name);
    }
    Optional<ChartOverride> override =
        Optional.ofNullable(settings.charts().get(pinned.addon().text()))
            .filter(other -> other.chart().filter(chart -> !chart.equals(name)).isEmpty());
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
