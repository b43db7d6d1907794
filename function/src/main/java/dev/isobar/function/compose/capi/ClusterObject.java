package dev.isobar.function.compose.capi;

import dev.isobar.apis.tree.Fields;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.FixedFields;
import dev.isobar.function.compose.plan.Marks;
import dev.isobar.function.compose.plan.ObservedCluster;
import java.util.List;
import java.util.SortedMap;

/** The Cluster. Its endpoint is never emitted: Cluster API copies it from the infrastructure. */
public final class ClusterObject {
  /**
   * Cluster API's own, which it sets when it first works on a Cluster. One that is deleted before
   * that would be gone at once, and a MachineDeployment without its Cluster cannot be deleted.
   */
  private static final String FINALIZER = "cluster.cluster.x-k8s.io";

  private ClusterObject() {}

  /** The Cluster of a plan, with infrastructure and control plane of a provider. */
  public static SortedMap<String, Object> of(
      ClusterPlan plan, ObservedCluster observed, InfrastructureProvider provider) {
    String name = plan.id().cluster();
    var network = plan.spec().network();
    Fields clusterNetwork =
        Fields.with("services", Fields.with("cidrBlocks", List.of(network.serviceCidr().text())))
            .set("serviceDomain", network.serviceDomain());
    if (!plan.managed()) {
      clusterNetwork
          .set("pods", Fields.with("cidrBlocks", List.of(network.podCidr().text())))
          .set("apiServerPort", network.api().port());
    }
    Fields spec =
        Fields.with("clusterNetwork", clusterNetwork)
            .set(
                "controlPlaneRef",
                CapiObjects.ref(
                    CapiObjects.CONTROL_PLANE,
                    provider.controlPlaneKind(),
                    ControlPlaneObject.name(plan)))
            .set(
                "infrastructureRef",
                CapiObjects.ref(CapiObjects.INFRASTRUCTURE, provider.clusterKind(), name));
    if (plan.spec().paused()) {
      spec.set("paused", true);
    }
    return CapiObjects.of(CapiObjects.CORE + "/" + CapiObjects.VERSION, "Cluster", plan.id(), name)
        .annotation(Marks.FIXED, FixedFields.annotation(plan, observed))
        .finalizers(finalizers(observed.cluster()))
        .spec(spec)
        .map();
  }

  /** What another's finalizer holds when Cluster API has let go of it takes none any more. */
  private static List<String> finalizers(Tree cluster) {
    boolean released =
        cluster.at("metadata", "deletionTimestamp").exists()
            && cluster.at("metadata", "finalizers").items().stream()
                .noneMatch(one -> one.text().filter(FINALIZER::equals).isPresent());
    return released ? List.of() : List.of(FINALIZER);
  }
}
