package dev.isobar.function.compose;

import dev.isobar.apis.decode.Mistake;
import dev.isobar.apis.tree.Tree;
import dev.isobar.function.contract.Answer;
import dev.isobar.function.contract.Condition;
import dev.isobar.function.contract.Ready;
import dev.isobar.function.contract.Request;
import dev.isobar.function.contract.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** A stand-in for core with a cluster and a workspace in it, which see each other. */
final class WorkspaceScene implements Controllers.Stage {
  /** A workspace with slices and a hub. */
  static final String HUB =
      """
      clusterRef: {name: eo-lab}
      accelerators:
      - name: slices
        machineTypes: [g3.h100.8]
        nodes: {min: 0, max: 4}
        partitioning: {mig: {demand: [{memory: 20Gi, count: 12}, {memory: 40Gi, count: 2}]}}
      jupyterhub:
        host: hub.example.org
        ingress: {className: nginx}
        auth:
          oidc:
            issuer: https://login.example.org/realms/eo
            clientId: hub
            clientSecretRef: {name: hub-oidc, key: secret}
        users: {allowed: [ada]}
        profiles:
        - {name: small, accelerator: slices, gpuMemory: 20Gi, cpu: 4, memory: 32Gi, image: 'quay.io/jupyter/pytorch-notebook:cuda12'}
      """;

  private final ManagementCluster cluster;
  private final GpuWorkspaceComposition composition = new GpuWorkspaceComposition();
  private final SortedMap<String, Map<String, Object>> applied = new TreeMap<>();
  private final SortedMap<String, Map<String, Object>> ofOthers = new TreeMap<>();
  private final List<Tree> others = new ArrayList<>();
  private Map<String, Object> spec;
  private Map<String, Object> status = new LinkedHashMap<>();
  private boolean clusterless;

  private WorkspaceScene(ManagementCluster cluster, String workspace) {
    this.cluster = cluster;
    spec = Manifest.of(workspace);
    spec.put("claimRef", Manifest.of("{namespace: eo4eu, name: ml-training}"));
  }

  /** A workspace ml-training in a cluster that has come to rest. */
  static WorkspaceScene of(String workspace) {
    return in(ManagementCluster.with("{}"), workspace).clusterSettled();
  }

  /** A workspace ml-training in this cluster. */
  static WorkspaceScene in(ManagementCluster cluster, String workspace) {
    return new WorkspaceScene(cluster, workspace);
  }

  private WorkspaceScene clusterSettled() {
    cluster.settle();
    return this;
  }

  /** The cluster. */
  ManagementCluster cluster() {
    return cluster;
  }

  /** The team edits its claim. */
  WorkspaceScene claim(String overlay) {
    spec = Manifest.merged(spec, overlay);
    return this;
  }

  /** The cluster says something else of itself. */
  WorkspaceScene clusterSays(String type, String said) {
    cluster.says(type, said, "Said");
    return this;
  }

  /** The cluster's API has never been up. */
  WorkspaceScene withoutApi() {
    cluster.reported("control-plane", "status: {initialization: {controlPlaneInitialized: false}}");
    return this;
  }

  /** Nobody has made the cluster yet. */
  WorkspaceScene withoutCluster() {
    clusterless = true;
    return this;
  }

  /** There is another workspace in the namespace. */
  WorkspaceScene beside(String workspace) {
    others.add(Tree.of(Manifest.of(workspace)));
    return this;
  }

  /** The workspace is deleted; what core deletes with it may take its time. */
  void deleted() {
    cluster.workspaces(List.of(), deployments());
  }

  /** Somebody deletes an object. */
  void lost(String key) {
    applied.remove(key);
    ofOthers.remove(key);
  }

  /** The last machine of the workspace is gone. */
  void drained() {
    cluster.workspaces(List.of(), List.of());
  }

  Tree composite() {
    var object = new LinkedHashMap<String, Object>();
    object.put("apiVersion", "platform.isobar.dev/v1alpha1");
    object.put("kind", "XGpuWorkspace");
    object.put("metadata", Manifest.of("{name: ml-training-x7k2p}"));
    object.put("spec", spec);
    object.put("status", status);
    return Tree.of(object);
  }

  private List<Tree> workspaces() {
    var claim = new LinkedHashMap<String, Object>();
    claim.put(
        "metadata",
        Manifest.of(
            "{namespace: eo4eu, name: ml-training, creationTimestamp: '2026-02-01T00:00:00Z'}"));
    claim.put("spec", spec);
    claim.put("status", status);
    var all = new ArrayList<>(others);
    all.add(Tree.of(claim));
    return all;
  }

  private List<Tree> deployments() {
    return observed().values().stream()
        .filter(object -> object.at("kind").text().filter("MachineDeployment"::equals).isPresent())
        .toList();
  }

  Request request() {
    var required = new TreeMap<>(cluster.forWorkspaces());
    required.put("workspaces", workspaces());
    if (clusterless) {
      required.put("cluster", List.of());
    }
    return new Request(composite(), observed(), required, Tree.absent());
  }

  Answer ask() {
    return composition.compose(request());
  }

  List<String> refusals() {
    return ask() instanceof Answer.Rejected rejected
        ? rejected.mistakes().stream().map(Mistake::sentence).toList()
        : List.of();
  }

  Answer.Composed composed() {
    return switch (ask()) {
      case Answer.Composed composed -> composed;
      case Answer.Rejected rejected -> throw new AssertionError(rejected.mistakes().toString());
      case Answer.Unresolved _ -> throw new AssertionError("unresolved");
    };
  }

  /** One object of the answer. */
  SortedMap<String, Object> composed(String key) {
    Resource resource = composed().resources().get(key);
    return Objects.requireNonNull(resource, key).object();
  }

  /** The values of the hub's chart as the profile has them. */
  String hubValues() {
    return Tree.of(composed("addon.ml-training.jupyterhub"))
        .at("spec", "helmCharts")
        .items()
        .stream()
        .findFirst()
        .flatMap(chart -> chart.at("values").text())
        .orElse("");
  }

  /** The entries that the cluster's GPU Operator is given. */
  String operatorValues() {
    return cluster.composed().resources().containsKey("addon.gpu-operator")
        ? String.valueOf(cluster.composed("addon.gpu-operator"))
        : "";
  }

  /** Asks, and does as core does; then the cluster learns of it, and everybody does their work. */
  Answer.Composed round() {
    Answer.Composed answer = composed();
    applied.keySet().retainAll(answer.resources().keySet());
    ofOthers.keySet().retainAll(answer.resources().keySet());
    answer.resources().forEach((key, resource) -> apply(key, resource.object()));
    status = new LinkedHashMap<>(answer.status());
    status.put("conditions", conditions(answer));
    new Controllers(this).work();
    cluster.workspaces(workspaces(), deployments());
    cluster.reconcile();
    new Controllers(cluster).work();
    return answer;
  }

  /** Goes on until neither composite nor anything composed changes any more. */
  Answer.Composed settle() {
    int quiet = 0;
    for (int rounds = 0; rounds < 12; rounds++) {
      String before = everything();
      Answer.Composed answer = round();
      quiet = everything().equals(before) ? quiet + 1 : 0;
      if (quiet == 2) {
        return answer;
      }
    }
    throw new AssertionError("does not come to rest");
  }

  private String everything() {
    return String.valueOf(observed())
        + composite().plain()
        + cluster.observed()
        + cluster.composite().plain();
  }

  private void apply(String key, Map<String, Object> object) {
    Map<String, Object> before = applied.put(key, object);
    Object wanted = object.get("spec");
    if (before == null || !Objects.equals(before.get("spec"), wanted)) {
      long generation = Tree.of(ofOthers.get(key)).at("metadata", "generation").whole().orElse(0L);
      var _ =
          reported(key, String.format(Locale.ROOT, "metadata: {generation: %d}", generation + 1));
    }
  }

  /** Somebody deleted a composed resource. */
  void deleted(String key) {
    applied.remove(key);
    ofOthers.remove(key);
  }

  private static List<Object> conditions(Answer.Composed answer) {
    var conditions = new ArrayList<Object>();
    for (Condition condition : answer.conditions()) {
      conditions.add(
          Map.of(
              "type",
              condition.type(),
              "status",
              condition.status() == Condition.Status.TRUE ? "True" : "False",
              "reason",
              condition.reason(),
              "message",
              condition.message()));
    }
    String ready = answer.ready() == Ready.TRUE ? "True" : "False";
    conditions.add(Map.of("type", "Ready", "status", ready, "reason", "Available"));
    return conditions;
  }

  @Override
  public SortedMap<String, Tree> observed() {
    var observed = new TreeMap<String, Tree>();
    applied.forEach((key, object) ->
        observed.put(
            key,
            Tree.of(
                Tree.of(Manifest.merged(object, ofOthers.getOrDefault(key, Map.of()))).plain())));
    return observed;
  }

  @Override
  public Object reported(String key, String overlay) {
    return Objects.requireNonNullElse(
        ofOthers.merge(key, Manifest.of(overlay), Manifest::merged), Map.of());
  }

  @Override
  public Object withoutSummary(String profile) {
    return cluster.withoutSummary(profile);
  }

  @Override
  public Object summary(String profile, String overlay) {
    return cluster.summary(profile, overlay);
  }

  @Override
  public Object summarySpec(String profile, Map<String, Object> spec) {
    return cluster.summarySpec(profile, spec);
  }
}
