package dev.isobar.function.compose;

import dev.isobar.apis.decode.Decoded;
import dev.isobar.apis.decode.Decoder;
import dev.isobar.apis.platform.ControlPlane;
import dev.isobar.apis.platform.PlatformClusterSpec;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.capi.ControlPlaneObject;
import dev.isobar.function.compose.cloud.Catalogue;
import dev.isobar.function.compose.ec2.AwsObjects;
import dev.isobar.function.compose.naming.Names;
import dev.isobar.function.compose.openstack.OpenStackObjects;
import dev.isobar.function.compose.plan.ClusterId;
import dev.isobar.function.compose.plan.Mistakes;
import dev.isobar.function.compose.sveltos.ProfileObjects;
import dev.isobar.function.compose.workspace.WorkspaceId;
import dev.isobar.function.contract.Request;
import dev.isobar.function.contract.Requirement;
import dev.isobar.function.contract.Requirement.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the cluster that a workspace names, and what its nodes must know of it. */
final class ClusterLookup {
  private static final String CLUSTER = "cluster";
  private static final String CLOUD = "cloud";
  private static final String NAMESPACE = "namespace";
  private static final String SUMMARIES = "cluster-summaries";
  private static final String WORKSPACES = "workspaces";
  private static final String CAPI = "cluster-api-cluster";
  private static final String CONTROL_PLANE = "control-plane";
  private static final String INFRASTRUCTURE = "infrastructure";

  private static final String UNTOUCHED = "; until then the workspace is left as it is";

  private static final Decoder<PlatformClusterSpec> SPEC =
      Decoder.of(PlatformClusterSpec.class).ignoring(PlatformClusterComposition.OF_CORE);

  private final WorkspaceId id;
  private final Request request;
  private final String claim;
  private final ClusterId clusterId;

  ClusterLookup(WorkspaceId id, Request request) {
    this.id = id;
    this.request = request;
    claim = request.composite().at("spec", "clusterRef", "name").text().orElse("");
    clusterId =
        new ClusterId(id.namespace(), claim, Names.cluster(id.namespace(), claim), id.namespaced());
  }

  /**
   * What core must look up. The Cloud and the kind of the infrastructure are known when the cluster
   * has been found; from then on they stay the same.
   */
  List<Requirement> requirements() {
    if (claim.isEmpty()) {
      return List.of();
    }
    Optional<String> space = Optional.of(id.namespace());
    List<Requirement> all = new ArrayList<>();
    all.add(named(CLUSTER, WorkspaceLookup.API_VERSION, "PlatformCluster", claim, space));
    required(CLUSTER)
        .at("spec", "cloud")
        .text()
        .filter(cloud -> !cloud.isEmpty())
        .ifPresent(cloud ->
            all.add(named(CLOUD, "compute.isobar.dev/v1alpha1", "Cloud", cloud, Optional.empty())));
    all.add(named(NAMESPACE, "v1", "Namespace", id.namespace(), Optional.empty()));
    all.add(named(CAPI, "cluster.x-k8s.io/v1beta2", "Cluster", clusterId.cluster(), space));
    all.add(
        named(
            CONTROL_PLANE,
            "controlplane.cluster.x-k8s.io/v1beta2",
            controlPlaneKind(),
            ControlPlaneObject.name(clusterId),
            space));
    required(CAPI)
        .at("spec", "infrastructureRef", "kind")
        .text()
        .ifPresent(kind ->
            all.add(named(INFRASTRUCTURE, infrastructure(kind), kind, clusterId.cluster(), space)));
    all.add(
        new Requirement(
            SUMMARIES,
            ProfileObjects.API_VERSION,
            "ClusterSummary",
            new Selection.ByLabels(ProfileObjects.summaryLabels(clusterId)),
            space));
    all.add(WorkspaceLookup.all(WORKSPACES, id.namespace()));
    return all;
  }

  /** The kind of the claim's control plane, which never changes. */
  private String controlPlaneKind() {
    boolean managed =
        required(CLUSTER)
            .at("spec", "controlPlane", "kind")
            .text()
            .filter(ControlPlane.Kind.Managed.name()::equals)
            .isPresent();
    return managed ? AwsObjects.MANAGED_CONTROL_PLANE_KIND : ControlPlaneObject.KIND;
  }

  /** The API version of a cluster's infrastructure; of the OpenStack kinds the settings have it. */
  private String infrastructure(String kind) {
    return AwsObjects.isCluster(kind)
        ? AwsObjects.API_VERSION
        : OpenStackObjects.GROUP
            + "/"
            + request.input().at("openStackApiVersion").text().orElse("v1beta1");
  }

  private static Requirement named(
      String name, String apiVersion, String kind, String object, Optional<String> namespace) {
    return new Requirement(name, apiVersion, kind, new Selection.ByName(object), namespace);
  }

  private Tree required(String name) {
    return all(name).stream().findFirst().orElse(Tree.absent());
  }

  private List<Tree> all(String name) {
    return request.required().getOrDefault(name, List.of());
  }

  /** The cluster; empty when there is a mistake. */
  Optional<FoundCluster> find(Mistakes mistakes) {
    Tree object = required(CLUSTER);
    if (!object.exists()) {
      mistakes.add(
          "spec.clusterRef.name",
          "there is no PlatformCluster \"" + claim + "\" in namespace " + id.namespace(),
          "name one that `kubectl get platformclusters -n "
              + id.namespace()
              + "` lists, or make it; a workspace is always in a cluster of its own namespace"
              + untouched());
      return Optional.empty();
    }
    return switch (SPEC.decode(object.at("spec"), "PlatformCluster " + claim + ": spec")) {
      case Decoded.Invalid<PlatformClusterSpec>(var wrong) -> {
        mistakes.addAll(wrong);
        yield Optional.empty();
      }
      case Decoded.Valid<PlatformClusterSpec>(var spec) ->
          cloud(spec, mistakes).map(cloud -> found(object, spec, cloud));
    };
  }

  private Optional<Catalogue> cloud(PlatformClusterSpec spec, Mistakes mistakes) {
    return CloudAccess.resolve(
        spec.cloud(),
        all(CLOUD),
        clusterId,
        all(NAMESPACE),
        new CloudAccess.Asker("PlatformCluster " + claim + ": spec.cloud", untouched()),
        mistakes);
  }

  private String untouched() {
    return request.observed().isEmpty() ? "" : UNTOUCHED;
  }

  private FoundCluster found(Tree object, PlatformClusterSpec spec, Catalogue cloud) {
    return new FoundCluster(
        clusterId,
        object,
        spec,
        cloud,
        required(CAPI),
        required(CONTROL_PLANE),
        required(INFRASTRUCTURE),
        new Summaries(all(SUMMARIES)),
        all(WORKSPACES));
  }
}
