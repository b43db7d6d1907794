package dev.isobar.function.compose.capi;

import dev.isobar.apis.tree.Fields;
import dev.isobar.function.compose.object.KubernetesObject;
import dev.isobar.function.compose.plan.ClusterId;
import dev.isobar.function.compose.plan.Marks;

/** What Cluster API's objects have in common: contract v1beta2, references without versions. */
public final class CapiObjects {
  /** Version of the core, bootstrap and control plane kinds. */
  public static final String VERSION = "v1beta2";

  /** The group of the kinds of Cluster API's own providers for clouds. */
  public static final String INFRASTRUCTURE = "infrastructure.cluster.x-k8s.io";

  static final String CORE = "cluster.x-k8s.io";
  static final String BOOTSTRAP = "bootstrap.cluster.x-k8s.io";

  /** The group of control planes. */
  public static final String CONTROL_PLANE = "controlplane.cluster.x-k8s.io";

  private CapiObjects() {}

  /** An object of a cluster. */
  public static KubernetesObject of(String apiVersion, String kind, ClusterId id, String name) {
    return KubernetesObject.namespaced(apiVersion, kind, id.namespace(), name)
        .label(Marks.CAPI_CLUSTER, id.cluster())
        .label(Marks.CLUSTER, id.cluster());
  }

  /** A reference as the contract has it: the version is found out by Cluster API. */
  public static Fields ref(String group, String kind, String name) {
    return Fields.with("apiGroup", group).set("kind", kind).set("name", name);
  }
}
