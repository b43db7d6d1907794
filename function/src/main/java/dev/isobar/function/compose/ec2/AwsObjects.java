package dev.isobar.function.compose.ec2;

import dev.isobar.apis.compute.IdentityRef;
import dev.isobar.apis.infrastructure.MachineTags;
import dev.isobar.apis.tree.Fields;
import dev.isobar.function.compose.capi.CapiObjects;
import dev.isobar.function.compose.plan.ClusterPlan;
import java.util.Map;
import java.util.Set;

/** What the AWS provider's objects have in common. */
public final class AwsObjects {
  /** The only API version that the provider serves. */
  public static final String API_VERSION = CapiObjects.INFRASTRUCTURE + "/v1beta2";

  /** The kind of the control planes that EKS runs. */
  public static final String MANAGED_CONTROL_PLANE_KIND = "AWSManagedControlPlane";

  static final String CLUSTER_KIND = "AWSCluster";
  static final String MANAGED_CLUSTER_KIND = "AWSManagedCluster";
  static final String TEMPLATE_KIND = "AWSMachineTemplate";

  private AwsObjects() {}

  /** Whether a kind of the cloud's side of a cluster is the provider's. */
  public static boolean isCluster(String kind) {
    return Set.of(CLUSTER_KIND, MANAGED_CLUSTER_KIND).contains(kind);
  }

  static Fields identity(ClusterPlan plan) {
    IdentityRef identity = plan.cloud().spec().clusterApi().identityRef();
    return Fields.with("kind", identity.kind().name()).set("name", identity.name());
  }

  static Map<String, String> tags(ClusterPlan plan) {
    return Map.of(MachineTags.CLUSTER, plan.id().cluster());
  }
}
