package dev.isobar.function.compose;

import dev.isobar.apis.compute.IdentityRef;
import dev.isobar.apis.tree.Fields;
import dev.isobar.function.compose.capi.CapiObjects;
import dev.isobar.function.compose.naming.Names;
import dev.isobar.function.compose.plan.ClusterPlan;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Protects credentials beside the claim for as long as the Cluster lives: without them the provider
 * can never delete its machines. An identity that is cluster-scoped belongs to the platform team
 * and needs no guard of ours.
 */
final class CredentialsUsage {
  private CredentialsUsage() {}

  static Optional<SortedMap<String, Object>> of(ClusterPlan plan) {
    IdentityRef identity = plan.cloud().spec().clusterApi().identityRef();
    if (identity.kind() != IdentityRef.Kind.Secret) {
      return Optional.empty();
    }
    Fields used =
        Fields.with("apiVersion", "v1")
            .set("kind", "Secret")
            .set("resourceRef", Fields.with("name", identity.name()));
    Fields user =
        Fields.with("apiVersion", "cluster.x-k8s.io/v1beta2")
            .set("kind", "Cluster")
            .set("resourceRef", Fields.with("name", plan.id().cluster()));
    return Optional.of(
        CapiObjects.of(
                "protection.crossplane.io/v1beta1",
                "Usage",
                plan.id(),
                Names.part(plan.id().cluster(), "credentials"))
            .spec(
                Fields.with("of", used)
                    .set("by", user)
                    .set(
                        "reason",
                        "Cluster "
                            + plan.id().cluster()
                            + " cannot delete its machines without these credentials"))
            .map());
  }
}
