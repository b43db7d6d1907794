package dev.isobar.function.compose.capi;

import dev.isobar.apis.tree.Fields;
import dev.isobar.function.compose.object.KubernetesObject;
import dev.isobar.function.compose.plan.ClusterId;
import dev.isobar.function.compose.plan.Marks;
import java.time.Duration;

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

  /**
   * How long the volumes of a node may take to be detached once its pods have left or had their
   * time. Those of pods that were waited for are still attached then, and Cluster API would wait
   * for them for ever.
   *
   * @see <a
   *     href="https://github.com/kubernetes-sigs/cluster-api/blob/v1.14.2/core/reconcilers/machine/machine_controller.go#L743">its
   *     wait</a>
   */
  private static final Duration DETACH = Duration.ofMinutes(5);

  private CapiObjects() {}

  /** An object of a cluster. */
  public static KubernetesObject of(String apiVersion, String kind, ClusterId id, String name) {
    return KubernetesObject.namespaced(apiVersion, kind, id.namespace(), name)
        .label(Marks.CAPI_CLUSTER, id.cluster())
        .label(Marks.CLUSTER, id.cluster());
  }

  /** How machines go whose pods may take so long to leave. */
  static Fields deletion(Duration drain) {
    return Fields.with("nodeDrainTimeoutSeconds", drain.toSeconds())
        .set("nodeVolumeDetachTimeoutSeconds", DETACH.toSeconds());
  }

  /** A reference as the contract has it: the version is found out by Cluster API. */
  public static Fields ref(String group, String kind, String name) {
    return Fields.with("apiGroup", group).set("kind", kind).set("name", name);
  }
}
