package dev.isobar.function.compose.capi;

import dev.isobar.apis.tree.Fields;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.object.KubernetesObject;
import dev.isobar.function.compose.plan.ClusterId;
import dev.isobar.function.compose.plan.Marks;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;

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

  private static final String DETACHMENT = "nodeVolumeDetachTimeoutSeconds";

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
        .set(DETACHMENT, DETACH.toSeconds());
  }

  /**
   * A MachineDeployment of an earlier release, which did not say how long its machines wait for
   * volumes; that is taken to them in place.
   */
  public static SortedMap<String, Object> withDetachment(SortedMap<String, Object> deployment) {
    Tree spec = Tree.of(deployment).at("spec");
    Tree machine = spec.at("template", "spec");
    if (!machine.at("deletion").exists() || machine.at("deletion", DETACHMENT).exists()) {
      return deployment;
    }
    Fields deletion = copy(machine.at("deletion")).set(DETACHMENT, DETACH.toSeconds());
    Fields template =
        copy(spec.at("template")).set("spec", copy(machine).set("deletion", deletion));
    var all = new TreeMap<>(deployment);
    all.put("spec", copy(spec).set("template", template).map());
    return all;
  }

  private static Fields copy(Tree object) {
    Fields fields = Fields.none();
    object.fields().forEach(field -> fields.set(field, object.at(field).plain()));
    return fields;
  }

  /** A reference as the contract has it: the version is found out by Cluster API. */
  public static Fields ref(String group, String kind, String name) {
    return Fields.with("apiGroup", group).set("kind", kind).set("name", name);
  }
}
