package dev.isobar.it.examples;

import static dev.isobar.it.examples.Documents.kind;
import static dev.isobar.it.examples.Documents.label;
import static dev.isobar.it.examples.Documents.name;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.yaml.Plain;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What exists in a management cluster, with the status that Cluster API, its OpenStack provider and
 * Sveltos give it.
 */
final class ManagementCluster {
  static final String POOL = "isobar.dev/pool";

  /** The status of a Deployment whose pod runs. */
  private static final Map<String, Object> RUNNING =
      Map.of(
          "replicas",
          1,
          "readyReplicas",
          1,
          "availableReplicas",
          1,
          "updatedReplicas",
          1,
          "conditions",
          List.of(
              Map.of("type", "Available", "status", "True", "reason", "MinimumReplicasAvailable"),
              Map.of("type", "Progressing", "status", "True", "reason", "NewReplicaSetAvailable")));

  /** Without claims an app team's own objects are composites. */
  private static final Set<String> COMPOSITES =
      Set.of("XPlatformCluster", "XGpuWorkspace", "PlatformCluster", "GpuWorkspace");

  /** Cluster-scoped and namespaced ones, with how Sveltos refers to them from ClusterSummaries. */
  private static final Map<String, String> PROFILES =
      Map.of(
          "ClusterProfile", "projectsveltos.io/cluster-profile-name",
          "Profile", "projectsveltos.io/profile-name");

  private static final int CONTROL_PLANES = 3;

  /** How many nodes the autoscaler asks for, by pool. */
  private static final Map<String, Integer> NODES = Map.of("general", 3, "a100", 1);

  private final List<Map<String, @Nullable Object>> objects = new ArrayList<>();

  /** Applies what was rendered, as core does: the fields it names are set, all others stay. */
  void apply(List<Map<String, @Nullable Object>> rendered) {
    rendered.forEach(this::apply);
  }

  private void apply(Map<String, @Nullable Object> object) {
    if (isComposite(object)) {
      objects.removeIf(existing -> kind(existing).equals(kind(object)));
      objects.add(dated(object));
      return;
    }
    for (int i = 0; i < objects.size(); i++) {
      Map<String, @Nullable Object> existing = objects.get(i);
      if (kind(existing).equals(kind(object)) && name(existing).equals(name(object))) {
        Map<String, @Nullable Object> changed = Documents.overlay(existing, object);
        boolean same = Objects.equals(changed.get("spec"), existing.get("spec"));
        objects.set(i, same ? changed : newGeneration(changed));
        return;
      }
    }
    objects.add(newGeneration(object));
  }

  private static Map<String, @Nullable Object> newGeneration(Map<String, @Nullable Object> object) {
    long generation = Tree.of(object).at("metadata", "generation").whole().orElse(0L) + 1;
    return Documents.overlay(object, Map.of("metadata", Map.of("generation", generation)));
  }

  /** Core notes when conditions changed. */
  private static Map<String, @Nullable Object> dated(Map<String, @Nullable Object> composite) {
    List<Object> conditions = new ArrayList<>();
    for (Tree condition : Tree.of(composite).at("status", "conditions").items()) {
      Map<String, @Nullable Object> dated = Plain.copy(condition.plain());
      dated.put("lastTransitionTime", Status.SINCE);
      conditions.add(dated);
    }
    return Documents.overlay(composite, Map.of("status", Map.of("conditions", conditions)));
  }

  /** Lets all controllers do their work until nothing is left to do. */
  void settle() {
    objects.removeIf(object -> kind(object).equals("ClusterSummary"));
    List<Map<String, @Nullable Object>> summaries = new ArrayList<>();
    objects.replaceAll(ManagementCluster::populated);
    for (Map<String, @Nullable Object> object : objects) {
      if (PROFILES.containsKey(kind(object))) {
        summaries.add(summary(object));
      }
    }
    objects.addAll(summaries);
    objects.replaceAll(this::working);
  }

  /** Changes the one object of a kind and name ending. */
  void change(String kind, String ending, UnaryOperator<Map<String, @Nullable Object>> change) {
    objects.replaceAll(object ->
        kind(object).equals(kind) && name(object).endsWith(ending) ? change.apply(object) : object);
  }

  /** Gives an object another status. */
  static Map<String, @Nullable Object> withStatus(
      Map<String, @Nullable Object> object, Status status) {
    Map<String, @Nullable Object> changed = Plain.copy(object);
    changed.put("status", status.fields());
    return changed;
  }

  /** The status of a control plane of three machines. */
  static Status controlPlane(Map<String, @Nullable Object> object) {
    return new Status(object)
        .holds("Available", "Available")
        .holds("CertificatesAvailable", "Available")
        .holds("ControlPlaneComponentsHealthy", "Healthy")
        .holds("EtcdClusterHealthy", "Healthy")
        .holds("Initialized", "Initialized")
        .holds("MachinesReady", "Ready")
        .holds("MachinesUpToDate", "UpToDate")
        .settled()
        .set("initialization", Map.of("controlPlaneInitialized", true))
        .replicas(CONTROL_PLANES, CONTROL_PLANES, CONTROL_PLANES);
  }

  /** The status of a MachineDeployment whose machines are all there. */
  static Status deployment(Map<String, @Nullable Object> object, int nodes) {
    return new Status(object)
        .holds("Available", "Available")
        .holds("MachinesReady", "Ready")
        .holds("MachinesUpToDate", "UpToDate")
        .settled()
        .set("phase", "Running")
        .replicas(nodes, nodes, nodes)
        .version(versionOf(object), nodes);
  }

  /** The objects that fulfil a condition, as a YAML stream. */
  Optional<String> text(Predicate<Map<String, @Nullable Object>> which) {
    List<Map<String, @Nullable Object>> chosen = objects.stream().filter(which).toList();
    return chosen.isEmpty() ? Optional.empty() : Optional.of(Documents.text(chosen));
  }

  /** The objects by file: the composite, the cluster, its pools, its add-ons. */
  Map<String, String> files() {
    var files = new LinkedHashMap<String, String>();
    text(ManagementCluster::isComposite).ifPresent(text -> files.put("composite.yaml", text));
    text(ManagementCluster::ofCluster).ifPresent(text -> files.put("cluster.yaml", text));
    text(object -> !label(object, POOL).isEmpty()).ifPresent(text -> files.put("pools.yaml", text));
    text(ManagementCluster::ofAddon).ifPresent(text -> files.put("addons.yaml", text));
    return files;
  }

  /** Whether an object is what a claim was made into. */
  static boolean isComposite(Map<String, @Nullable Object> object) {
    return COMPOSITES.contains(kind(object));
  }

  private static boolean ofAddon(Map<String, @Nullable Object> object) {
    return !label(object, "isobar.dev/addon").isEmpty();
  }

  private static boolean ofCluster(Map<String, @Nullable Object> object) {
    return !isComposite(object) && label(object, POOL).isEmpty() && !ofAddon(object);
  }

  /** What others write into specs. */
  private static Map<String, @Nullable Object> populated(Map<String, @Nullable Object> object) {
    return switch (kind(object)) {
      case "Cluster" ->
          Documents.overlay(
              object,
              Map.of(
                  "spec",
                  Map.of("controlPlaneEndpoint", Map.of("host", "192.0.2.10", "port", 6443))));
      case "MachineDeployment" ->
          Documents.overlay(object, Map.of("spec", Map.of("replicas", nodes(object))));
      default -> object;
    };
  }

  private Map<String, @Nullable Object> working(Map<String, @Nullable Object> object) {
    return switch (kind(object)) {
      case "Cluster" -> withStatus(object, cluster(object));
      case "KubeadmControlPlane" ->
          withStatus(object, controlPlane(object).version(versionOf(object), CONTROL_PLANES));
      case "MachineDeployment" -> withStatus(object, deployment(object, nodes(object)));
      case "Deployment" -> Documents.overlay(object, Map.of("status", running(object)));
      case "MachineHealthCheck" ->
          withStatus(object, new Status(object).holds("RemediationAllowed", "RemediationAllowed"));
      case "AWSCluster", "OpenStackCluster" ->
          Documents.overlay(object, Map.of("status", Map.of("ready", true)));
      case "ClusterCleanup" -> Documents.overlay(object, Map.of("status", cleanup(object)));
      default -> object;
    };
  }

  /** As provider-isobar says it of a cluster with an ingress and two volumes. */
  private static Map<String, Object> cleanup(Map<String, @Nullable Object> object) {
    Tree cleanup = Tree.of(object);
    boolean all = cleanup.at("spec", "volumes").text().filter("Delete"::equals).isPresent();
    Map<String, Object> ready =
        Map.of(
            "type",
            "Ready",
            "status",
            "True",
            "reason",
            "Watching",
            "message",
            "when the cluster is deleted, 1 load balancer"
                + (all
                    ? ", 1 public address and 2 volumes are deleted and nothing is kept"
                    : " and 1 public address are deleted and 2 volumes are kept"),
            "observedGeneration",
            cleanup.at("metadata", "generation").whole().orElse(1L),
            "lastTransitionTime",
            Status.SINCE);
    Map<String, Object> counts =
        Map.of(
            "loadBalancers", 1,
            "publicAddresses", 1,
            "securityGroups", 0,
            "snapshots", 0,
            "volumes", 2);
    return Map.of("conditions", List.of(ready), "counts", counts);
  }

  private static Map<String, Object> running(Map<String, @Nullable Object> deployment) {
    Map<String, Object> status = new LinkedHashMap<>(RUNNING);
    status.put(
        "observedGeneration", Tree.of(deployment).at("metadata", "generation").whole().orElse(1L));
    return status;
  }

  private Status cluster(Map<String, @Nullable Object> object) {
    int workers = NODES.values().stream().mapToInt(Integer::intValue).sum();
    return new Status(object)
        .holds("Available", "Available")
        .holds("ControlPlaneAvailable", "Available")
        .holds("ControlPlaneInitialized", "Initialized")
        .holds("ControlPlaneMachinesReady", "Ready")
        .holds("ControlPlaneMachinesUpToDate", "UpToDate")
        .holds("InfrastructureReady", "Ready")
        .holds("RemoteConnectionProbe", "ProbeSucceeded")
        .holds("WorkerMachinesReady", "Ready")
        .holds("WorkerMachinesUpToDate", "UpToDate")
        .holds("WorkersAvailable", "Available")
        .settled()
        .set("phase", "Provisioned")
        .set(
            "initialization",
            Map.of("infrastructureProvisioned", true, "controlPlaneInitialized", true))
        .set("controlPlane", counts(CONTROL_PLANES))
        .set("workers", counts(workers));
  }

  private static Map<String, Object> counts(int machines) {
    var counts = new LinkedHashMap<String, Object>();
    for (String count :
        List.of(
            "desiredReplicas",
            "replicas",
            "readyReplicas",
            "availableReplicas",
            "upToDateReplicas")) {
      counts.put(count, machines);
    }
    return counts;
  }

  private static int nodes(Map<String, @Nullable Object> deployment) {
    return NODES.getOrDefault(label(deployment, POOL), 1);
  }

  private static String versionOf(Map<String, @Nullable Object> object) {
    Tree spec = Tree.of(object).at("spec");
    return spec.at("version")
        .text()
        .or(() -> spec.at("template", "spec", "version").text())
        .orElse("");
  }

  /** Sveltos' record of a profile in one cluster. */
  private static Map<String, @Nullable Object> summary(Map<String, @Nullable Object> profile) {
    Tree spec = Tree.of(profile).at("spec");
    Tree cluster = spec.at("clusterRefs").items().getFirst();
    String clusterName = cluster.at("name").text().orElse("");
    String namespace = cluster.at("namespace").text().orElse("");
    Map<String, @Nullable Object> labels =
        Plain.copy(Tree.of(profile).at("metadata", "labels").plain());
    labels.keySet().removeIf(label -> label.startsWith("crossplane.io/"));
    labels.put(Objects.requireNonNull(PROFILES.get(kind(profile))), name(profile));
    labels.put("projectsveltos.io/cluster-name", clusterName);
    labels.put("projectsveltos.io/cluster-type", "Capi");
    var summary = new LinkedHashMap<String, @Nullable Object>();
    summary.put("apiVersion", "config.projectsveltos.io/v1beta1");
    summary.put("kind", "ClusterSummary");
    summary.put(
        "metadata",
        Map.of(
            "name",
            (kind(profile).equals("Profile") ? "p--" : "") + name(profile) + "-capi-" + clusterName,
            "namespace",
            namespace,
            "labels",
            labels));
    var summarySpec = new LinkedHashMap<String, @Nullable Object>();
    summarySpec.put("clusterName", clusterName);
    summarySpec.put("clusterNamespace", namespace);
    summarySpec.put("clusterType", "Capi");
    summarySpec.put("clusterProfileSpec", spec.plain());
    summary.put("spec", summarySpec);
    summary.put("status", deployed(spec));
    return summary;
  }

  private static Map<String, Object> deployed(Tree profile) {
    var status = new LinkedHashMap<String, Object>();
    List<Object> features = new ArrayList<>();
    List<Object> releases = new ArrayList<>();
    for (Tree chart : profile.at("helmCharts").items()) {
      features.add(feature("Helm", "Provisioned"));
      releases.add(
          Map.of(
              "releaseName", chart.at("releaseName").text().orElse(""),
              "releaseNamespace", chart.at("releaseNamespace").text().orElse(""),
              "status", "Managing"));
    }
    if (!profile.at("policyRefs").items().isEmpty()) {
      features.add(feature("Resources", "Provisioned"));
    }
    status.put("dependencies", "no dependencies");
    status.put("featureSummaries", features);
    status.put("helmReleaseSummaries", releases);
    return status;
  }

  private static Map<String, Object> feature(String id, String status) {
    return Map.of(
        "featureID",
        id,
        "status",
        status,
        "consecutiveFailures",
        0,
        "lastAppliedTime",
        Status.SINCE);
  }
}
