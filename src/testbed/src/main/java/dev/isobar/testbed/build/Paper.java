package dev.isobar.testbed.build;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A file or folder that a project publishes beside its programs, for those who install it. */
public enum Paper {
  /** The objects of its chart. */
  CROSSPLANE_CHART(
      Part.CROSSPLANE,
      Way.HELM,
      "github.com/crossplane/crossplane/v2",
      "cluster/charts/crossplane"),
  /** A folder; core installs them itself. */
  CROSSPLANE_CRDS(Part.CROSSPLANE, Way.COPY, "github.com/crossplane/crossplane/v2", "cluster/crds"),
  /** A folder; core installs them itself. */
  CROSSPLANE_WEBHOOKS(
      Part.CROSSPLANE,
      Way.COPY,
      "github.com/crossplane/crossplane/v2",
      "cluster/webhookconfigurations"),
  CLUSTER_API_CORE(
      Part.CLUSTER_API, Way.KUSTOMIZE, "sigs.k8s.io/cluster-api", "core/config/default"),
  KUBEADM_BOOTSTRAP(
      Part.CLUSTER_API,
      Way.KUSTOMIZE,
      "sigs.k8s.io/cluster-api",
      "bootstrap/kubeadm/config/default"),
  KUBEADM_CONTROL_PLANE(
      Part.CLUSTER_API,
      Way.KUSTOMIZE,
      "sigs.k8s.io/cluster-api",
      "controlplane/kubeadm/config/default"),
  CLUSTER_API_DEV(
      Part.CLUSTER_API,
      Way.KUSTOMIZE,
      "sigs.k8s.io/cluster-api/test",
      "infrastructure/docker/config/default"),
  CLUSTER_API_OPENSTACK(
      Part.CLUSTER_API_OPENSTACK,
      Way.KUSTOMIZE,
      "sigs.k8s.io/cluster-api-provider-openstack",
      "config/default"),
  /** Images as objects, of another project; without this CRD the OpenStack provider ends. */
  OPENSTACK_IMAGES(
      Part.CLUSTER_API_OPENSTACK,
      Way.COPY,
      "github.com/k-orc/openstack-resource-controller/v2",
      "config/crd/bases/openstack.k-orc.cloud_images.yaml"),
  /** CRDs only: nothing of the provider for AWS runs here. */
  CLUSTER_API_AWS(
      Part.CLUSTER_API_AWS, Way.KUSTOMIZE, "sigs.k8s.io/cluster-api-provider-aws/v2", "config/crd"),
  SVELTOS(
      Part.SVELTOS, Way.KUSTOMIZE, "github.com/projectsveltos/addon-controller", "config/default"),
  /** CRDs that Sveltos' programs share. */
  SVELTOS_LIBRARY(
      Part.SVELTOS, Way.KUSTOMIZE, "github.com/projectsveltos/libsveltos", "config/crd"),
  /** The CRD of its Application. */
  ARGO_CD(
      Part.GITOPS,
      Way.COPY,
      "github.com/argoproj/argo-cd/v3",
      "manifests/crds/application-crd.yaml"),
  /** The CRD of its Kustomization. */
  FLUX(
      Part.GITOPS,
      Way.COPY,
      "github.com/fluxcd/kustomize-controller",
      "config/crd/bases/kustomize.toolkit.fluxcd.io_kustomizations.yaml");

  /** How it is made of what the module holds. */
  enum Way {
    COPY,
    KUSTOMIZE,
    HELM
  }

  private final Part part;
  private final Way way;
  private final String module;
  private final String source;

  Paper(Part part, Way way, String module, String source) {
    this.part = part;
    this.way = way;
    this.module = module;
    this.source = source;
  }

  Part part() {
    return part;
  }

  Way way() {
    return way;
  }

  String module() {
    return module;
  }

  /** Where it is in the module. */
  String source() {
    return source;
  }

  /** Its file or folder in the cache, beside those of programs. */
  String file() {
    boolean folder = way == Way.COPY && !source.endsWith(".yaml");
    return name().toLowerCase(Locale.ROOT).replace('_', '-') + (folder ? "" : ".yaml");
  }

  /** How it is made; another way has another result. */
  String recipe() {
    return String.join(" ", file(), way.name(), module, source);
  }

  static List<Paper> of(Part part) {
    return Stream.of(values()).filter(paper -> paper.part == part).toList();
  }
}
