package dev.isobar.function.compose.openstack;

import dev.isobar.apis.compute.CloudSpec;
import dev.isobar.apis.compute.IdentityRef;
import dev.isobar.apis.settings.Settings.OpenStackApi;
import dev.isobar.apis.tree.Fields;
import dev.isobar.function.compose.capi.CapiObjects;
import dev.isobar.function.compose.plan.ClusterPlan;

/** What the OpenStack provider's objects have in common. */
public final class OpenStackObjects {
  /** The kind of the cloud's side of a cluster. */
  public static final String CLUSTER_KIND = "OpenStackCluster";

  /** The kind of machine templates. */
  public static final String TEMPLATE_KIND = "OpenStackMachineTemplate";

  /** The group of both. */
  public static final String GROUP = CapiObjects.INFRASTRUCTURE;

  private OpenStackObjects() {}

  /** The API version the installation's provider stores. */
  public static String apiVersion(ClusterPlan plan) {
    return GROUP + "/" + plan.settings().openStackApiVersion().name();
  }

  static boolean second(ClusterPlan plan) {
    return plan.settings().openStackApiVersion() == OpenStackApi.v1beta2;
  }

  static Fields identity(CloudSpec cloud) {
    IdentityRef identity = cloud.clusterApi().identityRef();
    boolean secret = identity.kind() == IdentityRef.Kind.Secret;
    return Fields.with("type", secret ? "Secret" : "ClusterIdentity")
        .set("name", identity.name())
        .set("cloudName", identity.cloudName())
        .set("region", cloud.region());
  }
}
