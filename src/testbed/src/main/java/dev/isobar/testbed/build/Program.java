package dev.isobar.testbed.build;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A program of somebody else's, or of ours around somebody else's code. */
public enum Program {
  ETCD(Part.ETCD, "go.etcd.io/etcd/server/v3", ""),
  KUBE_APISERVER(Part.KUBERNETES, "k8s.io/kubernetes", "/cmd/kube-apiserver"),
  KUBE_CONTROLLER_MANAGER(Part.KUBERNETES, "k8s.io/kubernetes", "/cmd/kube-controller-manager"),
  KUBECTL(Part.KUBERNETES, "k8s.io/kubernetes", "/cmd/kubectl"),
  HELM(Part.HELM, "helm.sh/helm/v3", "/cmd/helm"),
  CROSSPLANE_CORE(Part.CROSSPLANE, "github.com/crossplane/crossplane/v2", "/cmd/crossplane"),
  CROSSPLANE(Part.CROSSPLANE_CLI, "github.com/crossplane/cli/v2", "/cmd/crossplane"),
  CLUSTER_API_CORE(Part.CLUSTER_API, "sigs.k8s.io/cluster-api", "/core"),
  KUBEADM_BOOTSTRAP(Part.CLUSTER_API, "sigs.k8s.io/cluster-api", "/bootstrap/kubeadm"),
  KUBEADM_CONTROL_PLANE(Part.CLUSTER_API, "sigs.k8s.io/cluster-api", "/controlplane/kubeadm"),
  /** Cluster API's provider for development: clusters that exist in its memory only. */
  CLUSTER_API_DEV(Part.CLUSTER_API, "sigs.k8s.io/cluster-api/test", "/infrastructure/docker"),
  CLUSTER_API_OPENSTACK(
      Part.CLUSTER_API_OPENSTACK, "sigs.k8s.io/cluster-api-provider-openstack", ""),
  SVELTOS_ADDON_CONTROLLER(Part.SVELTOS, "github.com/projectsveltos/addon-controller", "/cmd"),
  /** It serves a registry, besides all it can do with one. */
  CRANE(Part.REGISTRY, "github.com/google/go-containerregistry", "/cmd/crane"),
  NVIDIA_DEVICE_PLUGIN(
      Part.NVIDIA, "github.com/NVIDIA/k8s-device-plugin", "/cmd/nvidia-device-plugin"),
  /** Ours; it starts the device plugin, which it expects beside itself. */
  GPU_CONFIG_JUDGE(Part.NVIDIA, "isobar.dev/testbed/nvidia", "");

  private final Part part;
  private final String module;
  private final String folder;

  Program(Part part, String module, String folder) {
    this.part = part;
    this.module = module;
    this.folder = folder;
  }

  Part part() {
    return part;
  }

  /** The module it is in, whose version is its own. */
  String module() {
    return module;
  }

  /** What Go builds. */
  String goPackage() {
    return module + folder;
  }

  /** Its file, named as in a folder of test assets where there is a custom. */
  public String file() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static List<Program> of(Part part) {
    return Stream.of(values()).filter(program -> program.part == part).toList();
  }
}
