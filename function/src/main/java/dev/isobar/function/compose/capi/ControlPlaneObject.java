package dev.isobar.function.compose.capi;

import dev.isobar.apis.platform.Etcd;
import dev.isobar.apis.tree.Fields;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.naming.Names;
import dev.isobar.function.compose.plan.ClusterId;
import dev.isobar.function.compose.plan.ClusterPlan;
import dev.isobar.function.compose.plan.Marks;
import dev.isobar.function.compose.plan.ObservedCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The KubeadmControlPlane. */
public final class ControlPlaneObject {
  /** Its kind. */
  public static final String KIND = "KubeadmControlPlane";

  private static final String ETCD_FOLDER = "/var/lib/etcd";

  /**
   * At most so many tries to replace a machine, so far apart: a control plane that keeps failing
   * needs a person.
   */
  private static final int MAX_RETRY = 3;

  /**
   * Machines are replaced so long before their certificates, which kubeadm makes for a year, run
   * out.
   */
  private static final int RENEWAL_DAYS = 30;

  private static final long RETRY_SECONDS = 20 * 60L;
  private static final long HEALTHY_SECONDS = 60 * 60L;

  private final ClusterPlan plan;
  private final Registration registration;

  private ControlPlaneObject(ClusterPlan plan, Registration registration) {
    this.plan = plan;
    this.registration = registration;
  }

  /** The control plane's name; permanent. */
  public static String name(ClusterPlan plan) {
    return name(plan.id());
  }

  /** The control plane's name; permanent. */
  public static String name(ClusterId id) {
    return Names.machines(id.cluster(), "cp");
  }

  /** The labels of its machines. */
  public static SortedMap<String, String> selector(ClusterPlan plan) {
    return new TreeMap<>(
        Map.of(Marks.CAPI_CLUSTER, plan.id().cluster(), "cluster.x-k8s.io/control-plane", ""));
  }

  /**
   * The KubeadmControlPlane. What is written on machines is kept as it is for as long as the user's
   * own settings and the version stay the same, so that a new release of the function, whose
   * rendering may differ, rolls nothing.
   */
  public static SortedMap<String, Object> of(
      ClusterPlan plan,
      ObservedCluster observed,
      Registration registration,
      Fields machineTemplateRef) {
    return new ControlPlaneObject(plan, registration).object(observed, machineTemplateRef);
  }

  private SortedMap<String, Object> object(ObservedCluster observed, Fields machineTemplateRef) {
    String hash = plan.controlPlane().contentHash();
    Tree seen = observed.controlPlane();
    boolean keep =
        ObservedCluster.annotation(seen, Marks.CONTENT).filter(hash::equals).isPresent()
            && seen.at("spec", "kubeadmConfigSpec").exists();
    Object config = keep ? seen.at("spec", "kubeadmConfigSpec").plain() : kubeadmConfig().map();
    Fields deletion = CapiObjects.deletion(plan.spec().controlPlane().drainTimeout().duration());
    Fields spec =
        Fields.with("replicas", plan.spec().controlPlane().replicas())
            .set("version", plan.versions().target().tag())
            .set(
                "machineTemplate",
                Fields.with(
                    "spec",
                    Fields.with("infrastructureRef", machineTemplateRef).set("deletion", deletion)))
            .set("kubeadmConfigSpec", config)
            .set(
                "remediation",
                Fields.with("maxRetry", MAX_RETRY)
                    .set("retryPeriodSeconds", RETRY_SECONDS)
                    .set("minHealthyPeriodSeconds", HEALTHY_SECONDS))
            .set(
                "rollout",
                Fields.with("before", Fields.with("certificatesExpiryDays", RENEWAL_DAYS))
                    .set(
                        "strategy",
                        Fields.with("type", "RollingUpdate")
                            .set("rollingUpdate", Fields.with("maxSurge", 1))));
    return CapiObjects.of(
            CapiObjects.CONTROL_PLANE + "/" + CapiObjects.VERSION, KIND, plan.id(), name(plan))
        .annotation(Marks.CONTENT, hash)
        .spec(spec)
        .map();
  }

  private Fields kubeadmConfig() {
    var nodeFiles = new NodeFiles(plan);
    var apiServer = new ApiServer(plan);
    var kubelet = plan.spec().nodes().kubelet();
    List<Disks.Mount> mounts =
        plan.spec().controlPlane().etcd().disk().stream()
            .map(disk -> new Disks.Mount("etcd", ETCD_FOLDER, disk.size().gibibytes()))
            .toList();
    List<SortedMap<String, Object>> files = new ArrayList<>(apiServer.files());
    files.addAll(nodeFiles.files(kubelet));
    files.addAll(Disks.files(mounts));
    List<String> commands = new ArrayList<>(nodeFiles.commands());
    commands.addAll(Disks.commands(mounts));
    Fields node = Fields.with("nodeRegistration", registration.fields(new TreeMap<>()));
    if (nodeFiles.patches(kubelet)) {
      node.set("patches", Fields.with("directory", NodeFiles.PATCHES));
    }
    return Fields.with("clusterConfiguration", clusterConfiguration(apiServer))
        .set("initConfiguration", node.map())
        .set("joinConfiguration", node.map())
        .set("files", files)
        .setUnlessEmpty("preKubeadmCommands", commands)
        .set("ntp", nodeFiles.ntp());
  }

  private Fields clusterConfiguration(ApiServer apiServer) {
    Etcd etcd = plan.spec().controlPlane().etcd();
    var flags = new TreeMap<String, String>();
    flags.put("election-timeout", String.valueOf(etcd.electionMillis()));
    flags.put("heartbeat-interval", String.valueOf(etcd.heartbeatMillis()));
    flags.put("quota-backend-bytes", String.valueOf(etcd.quota().bytes()));
    Fields local = Fields.with("extraArgs", ApiServer.arguments(flags));
    if (etcd.disk().isPresent()) {
      // A file system of its own has a lost+found folder, which etcd would take for broken data.
      local.set("dataDir", ETCD_FOLDER + "/data");
    }
    return Fields.with("apiServer", apiServer.fields())
        .set(
            "controllerManager",
            Fields.with("extraArgs", ApiServer.arguments(Map.of("cloud-provider", "external"))))
        .set("etcd", Fields.with("local", local));
  }
}
