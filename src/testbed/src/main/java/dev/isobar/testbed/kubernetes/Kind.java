package dev.isobar.testbed.kubernetes;

/**
 * A kind of objects.
 *
 * @param apiVersion its group and version
 * @param name in the singular, as in manifests
 */
public record Kind(String apiVersion, String name) {
  public static final Kind NAMESPACE = new Kind("v1", "Namespace");
  public static final Kind SECRET = new Kind("v1", "Secret");
  public static final Kind CONFIG_MAP = new Kind("v1", "ConfigMap");
  public static final Kind EVENT = new Kind("v1", "Event");
  public static final Kind NODE = new Kind("v1", "Node");
  public static final Kind CUSTOM_RESOURCE_DEFINITION =
      new Kind("apiextensions.k8s.io/v1", "CustomResourceDefinition");
  public static final Kind CLAIM = new Kind("platform.isobar.dev/v1alpha1", "PlatformCluster");
  public static final Kind COMPOSITE = new Kind("platform.isobar.dev/v1alpha1", "XPlatformCluster");
  public static final Kind WORKSPACE = new Kind("platform.isobar.dev/v1alpha1", "GpuWorkspace");
  public static final Kind CLOUD = new Kind("compute.isobar.dev/v1alpha1", "Cloud");
  public static final Kind CLUSTER = new Kind("cluster.x-k8s.io/v1beta2", "Cluster");
  public static final Kind MACHINE = new Kind("cluster.x-k8s.io/v1beta2", "Machine");
  public static final Kind MACHINE_DEPLOYMENT =
      new Kind("cluster.x-k8s.io/v1beta2", "MachineDeployment");
  public static final Kind CONTROL_PLANE =
      new Kind("controlplane.cluster.x-k8s.io/v1beta2", "KubeadmControlPlane");
  public static final Kind CLUSTER_PROFILE =
      new Kind("config.projectsveltos.io/v1beta1", "ClusterProfile");
  public static final Kind PROFILE = new Kind("config.projectsveltos.io/v1beta1", "Profile");
  public static final Kind CLUSTER_SUMMARY =
      new Kind("config.projectsveltos.io/v1beta1", "ClusterSummary");

  /** Core's, which keeps an object from being deleted while another is there. */
  public static final Kind USAGE = new Kind("protection.crossplane.io/v1beta1", "Usage");

  /** An object of it in a namespace. */
  public Reference named(String namespace, String name) {
    return new Reference(this, namespace, name);
  }

  /** An object of it, where it is cluster-scoped. */
  public Reference named(String name) {
    return new Reference(this, "", name);
  }
}
