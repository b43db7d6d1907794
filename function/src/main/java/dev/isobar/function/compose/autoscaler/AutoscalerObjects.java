package dev.isobar.function.compose.autoscaler;

import dev.isobar.apis.platform.ClusterAutoscaler.Expander;
import dev.isobar.apis.tree.Fields;
import dev.isobar.function.compose.capi.CapiObjects;
import dev.isobar.function.compose.naming.Names;
import dev.isobar.function.compose.object.KubernetesObject;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.Keys;
import dev.isobar.function.compose.plan.Marks;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What runs the cluster autoscaler of a cluster: a Deployment in the claim's namespace, its
 * account, and the binding of that account to the role an installation brings.
 *
 * @see <a
 *     href="https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/clusterapi/README.md">
 *     the autoscaler on Cluster API</a>
 */
public final class AutoscalerObjects {
  /** The ClusterRole that every autoscaler's account is bound to in its own namespace. */
  public static final String ROLE = "isobar:cluster-autoscaler";

  private static final String RBAC = "rbac.authorization.k8s.io";
  private static final String ACCESS = "cluster";
  private static final String FOLDER = "/etc/isobar/cluster";
  private static final String HEALTH = "health";

  private final ClusterPlan plan;
  private final String name;

  private AutoscalerObjects(ClusterPlan plan) {
    this.plan = plan;
    name = Names.part(plan.id().cluster(), "autoscaler");
  }

  /** The objects by composition resource name. */
  public static SortedMap<String, SortedMap<String, Object>> of(ClusterPlan plan) {
    var made = new AutoscalerObjects(plan);
    var objects = new TreeMap<String, SortedMap<String, Object>>();
    objects.put(Keys.AUTOSCALER, made.deployment());
    objects.put(Keys.AUTOSCALER_ACCOUNT, made.object("v1", "ServiceAccount").map());
    objects.put(Keys.AUTOSCALER_RIGHTS, made.binding());
    return objects;
  }

  /** The tag of the image: what users know as its version. */
  public static String version(ClusterPlan plan) {
    return AutoscalerReleases.tag(plan.versions().lowest(), plan.settings().autoscaler());
  }

  private KubernetesObject object(String apiVersion, String kind) {
    return CapiObjects.of(apiVersion, kind, plan.id(), name).labels(selector());
  }

  private SortedMap<String, String> selector() {
    return new TreeMap<>(
        Map.of(
            "app.kubernetes.io/name",
            "cluster-autoscaler",
            "app.kubernetes.io/instance",
            plan.id().cluster()));
  }

  private SortedMap<String, Object> binding() {
    return object(RBAC + "/v1", "RoleBinding")
        .field("roleRef", CapiObjects.ref(RBAC, "ClusterRole", ROLE))
        .field(
            "subjects",
            List.of(
                Fields.with("kind", "ServiceAccount")
                    .set("namespace", plan.id().namespace())
                    .set("name", name)
                    .map()))
        .map();
  }

  private SortedMap<String, Object> deployment() {
    SortedMap<String, String> labels = new TreeMap<>(selector());
    labels.put(Marks.CLUSTER, plan.id().cluster());
    Fields pod =
        Fields.with("serviceAccountName", name)
            .set("securityContext", podSecurity())
            .set("containers", List.of(container().map()))
            .set(
                "volumes",
                List.of(
                    Fields.with("name", ACCESS)
                        .set(
                            "secret",
                            Fields.with("secretName", plan.id().cluster() + "-kubeconfig"))
                        .map()));
    return object("apps/v1", "Deployment")
        .spec(
            Fields.with("replicas", 1)
                // Two that scale the same pools at a time would hinder each other.
                .set("strategy", Fields.with("type", "Recreate"))
                .set("selector", Fields.with("matchLabels", selector()))
                .set(
                    "template",
                    Fields.with("metadata", Fields.with("labels", labels)).set("spec", pod)))
        .map();
  }

  private Fields container() {
    return Fields.with("name", "cluster-autoscaler")
        .set("image", plan.settings().autoscaler().image() + ":" + version(plan))
        .set("args", flags())
        .set("ports", List.of(Fields.with("name", HEALTH).set("containerPort", 8085).map()))
        // It answers no more once its loop stands still, as when its kubeconfig has run out.
        .set("livenessProbe", probe().set("initialDelaySeconds", 60).set("periodSeconds", 30))
        .set("readinessProbe", probe().set("periodSeconds", 10))
        .set(
            "resources",
            Fields.with("requests", Fields.with("cpu", "50m").set("memory", "200Mi"))
                .set("limits", Fields.with("memory", "1Gi")))
        .set(
            "securityContext",
            Fields.with("allowPrivilegeEscalation", false)
                .set("readOnlyRootFilesystem", true)
                .set("capabilities", Fields.with("drop", List.of("ALL"))))
        .set(
            "volumeMounts",
            List.of(
                Fields.with("name", ACCESS).set("mountPath", FOLDER).set("readOnly", true).map()));
  }

  private static Fields probe() {
    return Fields.with("httpGet", Fields.with("path", "/health-check").set("port", HEALTH));
  }

  private static Fields podSecurity() {
    return Fields.with("runAsNonRoot", true)
        .set("runAsUser", 65532)
        .set("seccompProfile", Fields.with("type", "RuntimeDefault"));
  }

  /**
   * The account of the pod is that of the management cluster, the kubeconfig that of the cluster:
   * for EKS the one whose token is a file of its own, for a token lives a quarter of an hour. The
   * zones of a pool are balanced by its label alone, for other labels differ from zone to zone, as
   * those of the volumes' driver do. Pods with local storage keep no node, for many add-ons have
   * some; users' servers keep theirs, for nobody would start them elsewhere.
   */
  private List<String> flags() {
    var wanted = plan.spec().autoscaler();
    return List.of(
        "--cloud-provider=clusterapi",
        "--clusterapi-cloud-config-authoritative",
        "--kubeconfig=" + FOLDER + "/" + (plan.managed() ? "relative" : "value"),
        "--node-group-auto-discovery=clusterapi:namespace="
            + plan.id().namespace()
            + ",clusterName="
            + plan.id().cluster(),
        "--startup-taint=" + Marks.NOT_READY_TAINT,
        "--enforce-node-group-min-size=true",
        "--balance-similar-node-groups=true",
        "--balancing-label=" + Marks.POOL,
        "--skip-nodes-with-local-storage=false",
        "--ignore-daemonsets-utilization=true",
        "--expander=" + expander(wanted.expander()),
        "--scale-down-unneeded-time=" + wanted.scaleDownUnneededTime().seconds() + "s",
        "--max-node-provision-time=" + wanted.maxNodeProvisionTime().seconds() + "s");
  }

  /** Two pools that are as good are chosen from at random. */
  private static String expander(Expander wanted) {
    return switch (wanted) {
      case LeastWaste -> "least-waste";
      case MostPods -> "most-pods";
      case LeastNodes -> "least-nodes";
      case Random -> "random";
    };
  }
}
