package dev.isobar.function.compose.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The charts of Isobar's add-ons: where they come from, as which release, and in which version for
 * which minor version of Kubernetes. Each version is known to exist.
 */
public final class ChartTable {
  /**
   * A chart.
   *
   * @param repository its repository's address, without the chart
   * @param release the name of its release
   * @param namespace where that is installed
   * @param versions by the minor version of Kubernetes they are from on, 35 for 1.35
   */
  public record Row(
      AddonName addon,
      String chart,
      String repository,
      String release,
      String namespace,
      SortedMap<Integer, String> versions) {
    /** The version for a minor, the first for those before it. */
    public String version(int minor) {
      return versions.headMap(minor + 1).isEmpty()
          ? versions.firstEntry().getValue()
          : versions.headMap(minor + 1).lastEntry().getValue();
    }
  }

  /** The first minor of Kubernetes that clusters may have. */
  private static final int FIRST = 31;

  private static final String SYSTEM = "kube-system";
  private static final String OPENSTACK = "https://kubernetes.github.io/cloud-provider-openstack";

  /** By the name of the chart. */
  private static final SortedMap<String, Row> ROWS = new TreeMap<>();

  static {
    network();
    clouds();
    sharedVolumes();
    waysIn();
    work();
    observation();
  }

  private ChartTable() {}

  private static void network() {
    put(AddonName.CNI, "cilium", "https://helm.cilium.io", "cilium", SYSTEM, "1.19.6");
    put(
        AddonName.CNI,
        "tigera-operator",
        "https://docs.tigera.io/calico/charts",
        "calico",
        "tigera-operator",
        "v3.31.7");
  }

  private static void clouds() {
    put(
        AddonName.CLOUD_CONTROLLER,
        "openstack-cloud-controller-manager",
        OPENSTACK,
        "cloud-controller",
        SYSTEM,
        Map.of(31, "2.31.4", 32, "2.32.1", 33, "2.33.1", 34, "2.34.2", 35, "2.35.0", 36, "2.36.0"));
    put(
        AddonName.VOLUMES,
        "openstack-cinder-csi",
        OPENSTACK,
        "volumes",
        SYSTEM,
        Map.of(31, "2.31.8", 32, "2.32.2", 33, "2.33.1", 34, "2.34.3", 35, "2.35.0", 36, "2.36.0"));
    put(
        AddonName.CLOUD_CONTROLLER,
        "aws-cloud-controller-manager",
        "https://kubernetes.github.io/cloud-provider-aws",
        "cloud-controller",
        SYSTEM,
        "0.0.11");
    put(
        AddonName.VOLUMES,
        "aws-ebs-csi-driver",
        "https://kubernetes-sigs.github.io/aws-ebs-csi-driver",
        "volumes",
        SYSTEM,
        "2.64.0");
  }

  private static void sharedVolumes() {
    put(
        AddonName.SHARED_VOLUMES,
        "openstack-manila-csi",
        OPENSTACK,
        "shared-volumes",
        SYSTEM,
        Map.of(31, "2.31.5", 32, "2.32.1", 33, "2.33.1", 34, "2.34.2", 35, "2.35.0", 36, "2.36.0"));
    put(
        AddonName.SHARED_VOLUMES,
        "aws-efs-csi-driver",
        "https://kubernetes-sigs.github.io/aws-efs-csi-driver",
        "shared-volumes",
        SYSTEM,
        "4.4.1");
    put(
        AddonName.SHARE_DRIVER,
        "csi-driver-nfs",
        "https://raw.githubusercontent.com/kubernetes-csi/csi-driver-nfs/master/charts",
        "share-driver",
        SYSTEM,
        "4.13.4");
    put(
        AddonName.SHARE_DRIVER,
        "ceph-csi-cephfs",
        "https://ceph.github.io/csi-charts",
        "share-driver",
        SYSTEM,
        "3.12.2");
  }

  private static void waysIn() {
    String traefik = "https://traefik.github.io/charts";
    put(AddonName.INGRESS, "traefik", traefik, "traefik", "traefik", "41.3.0");
    put(AddonName.GATEWAY_API, "traefik-crds", traefik, "gateway-api", SYSTEM, "1.18.0");
    put(
        AddonName.CERT_MANAGER,
        "cert-manager",
        "https://charts.jetstack.io",
        "cert-manager",
        "cert-manager",
        "v1.21.1");
    put(
        AddonName.EXTERNAL_DNS,
        "external-dns",
        "https://kubernetes-sigs.github.io/external-dns",
        "external-dns",
        "external-dns",
        "1.21.1");
  }

  private static void work() {
    put(
        AddonName.GPU_OPERATOR,
        "gpu-operator",
        "https://helm.ngc.nvidia.com/nvidia",
        "gpu-operator",
        "gpu-operator",
        "v26.3.3");
    put(
        AddonName.KUEUE,
        "kueue",
        "oci://registry.k8s.io/kueue/charts",
        "kueue",
        "kueue-system",
        "0.19.2");
    put(
        AddonName.BACKUP,
        "velero",
        "https://vmware-tanzu.github.io/helm-charts",
        "velero",
        "velero",
        "12.1.0");
    put(
        AddonName.JUPYTERHUB,
        "jupyterhub",
        "https://hub.jupyter.org/helm-chart",
        "jupyterhub",
        "jupyterhub",
        "4.4.0");
  }

  private static void observation() {
    put(
        AddonName.METRICS_SERVER,
        "metrics-server",
        "https://kubernetes-sigs.github.io/metrics-server",
        "metrics-server",
        SYSTEM,
        "3.13.1");
    put(
        AddonName.MONITORING,
        "kube-prometheus-stack",
        "https://prometheus-community.github.io/helm-charts",
        "monitoring",
        "monitoring",
        "88.5.3");
    put(
        AddonName.NODE_PROBLEM_DETECTOR,
        "node-problem-detector",
        "https://charts.deliveryhero.io",
        "node-problem-detector",
        SYSTEM,
        "2.4.1");
  }

  private static void put(
      AddonName addon,
      String chart,
      String repository,
      String release,
      String namespace,
      String version) {
    put(addon, chart, repository, release, namespace, Map.of(FIRST, version));
  }

  private static void put(
      AddonName addon,
      String chart,
      String repository,
      String release,
      String namespace,
      Map<Integer, String> versions) {
    ROWS.put(chart, new Row(addon, chart, repository, release, namespace, new TreeMap<>(versions)));
  }

  /** All rows in the order of their charts. */
  public static List<Row> rows() {
    return List.copyOf(ROWS.values());
  }

  /** The row of a chart. */
  public static Optional<Row> chart(String chart) {
    return Optional.ofNullable(ROWS.get(chart));
  }

  /** The charts an add-on may be; none when there is no such add-on. */
  public static SortedSet<String> charts(String addon) {
    var charts = new TreeSet<String>();
    ROWS.values().stream()
        .filter(row -> row.addon().text().equals(addon))
        .forEach(row -> charts.add(row.chart()));
    return charts;
  }

  /** The add-ons of clusters that come from charts, as users see them. */
  public static SortedSet<String> addonsOfClusters() {
    var addons = new TreeSet<String>();
    ROWS.values().forEach(row -> addons.add(row.addon().text()));
    addons.remove(AddonName.JUPYTERHUB.text());
    return addons;
  }
}
