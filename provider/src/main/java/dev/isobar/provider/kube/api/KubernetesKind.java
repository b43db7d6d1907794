package dev.isobar.provider.kube.api;

/**
 * A kind of objects.
 *
 * @param group empty for the core group
 */
public record KubernetesKind(
    String group, String version, String kind, String plural, boolean namespaced) {
  private static final String COMPUTE = "compute.isobar.dev";
  private static final String V1ALPHA1 = "v1alpha1";
  private static final String CONTROL_PLANE = "controlplane.cluster.x-k8s.io";
  private static final String CLUSTER_API = "cluster.x-k8s.io";
  private static final String INFRASTRUCTURE = "infrastructure.isobar.dev";
  private static final String V1BETA2 = "v1beta2";

  public static final KubernetesKind INSTANCE =
      new KubernetesKind(COMPUTE, V1ALPHA1, "Instance", "instances", true);
  public static final KubernetesKind PROVIDER_CONFIG =
      new KubernetesKind(COMPUTE, V1ALPHA1, "ProviderConfig", "providerconfigs", true);
  public static final KubernetesKind CLUSTER_PROVIDER_CONFIG =
      new KubernetesKind(
          COMPUTE, V1ALPHA1, "ClusterProviderConfig", "clusterproviderconfigs", false);
  public static final KubernetesKind PROVIDER_CONFIG_USAGE =
      new KubernetesKind(COMPUTE, V1ALPHA1, "ProviderConfigUsage", "providerconfigusages", true);
  public static final KubernetesKind CLUSTER_CLEANUP =
      new KubernetesKind(COMPUTE, V1ALPHA1, "ClusterCleanup", "clustercleanups", true);
  public static final KubernetesKind KUBEADM_CONTROL_PLANE =
      new KubernetesKind(
          CONTROL_PLANE, V1BETA2, "KubeadmControlPlane", "kubeadmcontrolplanes", true);
  public static final KubernetesKind AWS_MANAGED_CONTROL_PLANE =
      new KubernetesKind(
          CONTROL_PLANE, V1BETA2, "AWSManagedControlPlane", "awsmanagedcontrolplanes", true);
  public static final KubernetesKind CLOUD =
      new KubernetesKind(COMPUTE, V1ALPHA1, "Cloud", "clouds", false);
  public static final KubernetesKind CLUSTER =
      new KubernetesKind(CLUSTER_API, V1BETA2, "Cluster", "clusters", true);
  public static final KubernetesKind MACHINE =
      new KubernetesKind(CLUSTER_API, V1BETA2, "Machine", "machines", true);
  public static final KubernetesKind AWS_CLUSTER =
      new KubernetesKind(
          "infrastructure.cluster.x-k8s.io", V1BETA2, "AWSCluster", "awsclusters", true);
  public static final KubernetesKind GPU_MACHINE =
      new KubernetesKind(INFRASTRUCTURE, V1ALPHA1, "GpuMachine", "gpumachines", true);
  public static final KubernetesKind GPU_MACHINE_TEMPLATE =
      new KubernetesKind(
          INFRASTRUCTURE, V1ALPHA1, "GpuMachineTemplate", "gpumachinetemplates", true);
  public static final KubernetesKind NODE = new KubernetesKind("", "v1", "Node", "nodes", false);
  public static final KubernetesKind SECRET =
      new KubernetesKind("", "v1", "Secret", "secrets", true);
  public static final KubernetesKind EVENT = new KubernetesKind("", "v1", "Event", "events", true);
  public static final KubernetesKind NAMESPACE =
      new KubernetesKind("", "v1", "Namespace", "namespaces", false);
  public static final KubernetesKind DEFINITION =
      new KubernetesKind(
          "apiextensions.k8s.io",
          "v1",
          "CustomResourceDefinition",
          "customresourcedefinitions",
          false);

  /** As manifests write it. */
  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /** The name of its definition, where it has one. */
  public String definition() {
    return plural + "." + group;
  }

  /** What the API server has to serve, as in {@code machines of cluster.x-k8s.io/v1beta2}. */
  public String served() {
    return plural + " of " + apiVersion();
  }

  /** As metrics of Go's controllers name it. */
  public String gvk() {
    return apiVersion() + ", Kind=" + kind;
  }

  @Override
  public String toString() {
    return kind;
  }
}
