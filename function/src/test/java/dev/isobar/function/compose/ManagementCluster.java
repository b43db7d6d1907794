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

/**
 * A stand-in for core: keeps one composite, its Cloud and its composed resources, and does what the
 * composition says. {@link Controllers} play what others make of the resources.
 */
public final class ManagementCluster implements Controllers.Stage {
  /** A Cloud with two zones, two minors, and machine types of every sort. */
  public static final String CLOUD =
      """
      provider: OpenStack
      region: RegionOne
      clusterApi: {identityRef: {kind: OpenStackClusterIdentity, name: wekeo}}
      providerConfigRef: {name: wekeo}
      workloadCredentials: {secretRef: {namespace: clouds, name: wekeo-workload}}
      network: {externalNetwork: {name: public}, dnsServers: [9.9.9.9], loadBalancer: OVN}
      sshKey: platform
      zones: [az1, az2]
      images:
      - {kubernetes: 1.34.6, name: kube-1.34.6}
      - {kubernetes: 1.35.2, name: kube-1.35.2}
      - {kubernetes: 1.35.2, name: kube-1.35.2-gpu, purpose: gpu}
      machineTypes:
      - {name: m1.large, cpu: 8, memory: 32Gi, disk: 40Gi}
      - {name: m1.small, cpu: 2, memory: 4Gi, disk: 20Gi}
      - {name: m1.diskless, cpu: 2, memory: 4Gi, disk: 0Gi}
      - {name: m1.unknown}
      - {name: a1.large, cpu: 8, memory: 32Gi, disk: 40Gi, architecture: arm64}
      - {name: g2.a100.2, cpu: 32, memory: 240Gi, disk: 200Gi, scarce: true, gpu: {model: A100-80GB, count: 2}}
      - {name: g2b.a100.2, cpu: 24, memory: 250Gi, disk: 100Gi, gpu: {model: A100-80GB, count: 2}}
      - {name: g3.h100.8, cpu: 96, memory: 960Gi, disk: 400Gi, zones: [az2], gpu: {model: H100-80GB, count: 8}}
      """;

  /** Looks like a certificate as far as anybody looks. */
  public static final String CERTIFICATE =
      "-----BEGIN CERTIFICATE-----MAMCAQE=-----END CERTIFICATE-----";

  /** The least a claim can say. */
  public static final String CLAIM =
      """
      cloud: wekeo
      version: "1.35"
      controlPlane: {machineType: m1.large}
      """;

  private final PlatformClusterComposition composition = new PlatformClusterComposition();
  private final SortedMap<String, Map<String, Object>> applied = new TreeMap<>();
  private final SortedMap<String, Map<String, Object>> ofOthers = new TreeMap<>();
  private final SortedMap<String, Map<String, Object>> summaries = new TreeMap<>();
  private Map<String, Object> metadata =
      Manifest.of("{name: eo-lab-x7k2p, labels: {crossplane.io/claim-name: eo-lab}}");
  private Map<String, Object> spec;
  private Map<String, Object> status = new LinkedHashMap<>();
  private Map<String, Object> cloud = Manifest.of(CLOUD);
  private Map<String, Object> cloudStatus = new LinkedHashMap<>();
  private Map<String, Object> settings = new LinkedHashMap<>();
  private List<Tree> workspaces = List.of();
  private List<Tree> workspacePools = List.of();
  private boolean cloudless;
  private int applications;

  private ManagementCluster(Map<String, Object> spec) {
    this.spec = spec;
    spec.put("claimRef", Manifest.of("{namespace: eo4eu, name: eo-lab}"));
  }

  /** Claim eo-lab of namespace eo4eu with this YAML laid over the least a claim can say. */
  public static ManagementCluster with(String claim) {
    return new ManagementCluster(Manifest.merged(Manifest.of(CLAIM), claim));
  }

  /** A claim and a Cloud as somebody made them up. */
  public static ManagementCluster with(Map<String, Object> claim, Map<String, Object> cloud) {
    var cluster = new ManagementCluster(new LinkedHashMap<>(claim));
    cluster.cloud = cloud;
    return cluster;
  }

  /** The composite is a namespaced one of this namespace and name, and has no claim. */
  public ManagementCluster namespaced(String namespace, String name) {
    metadata = new LinkedHashMap<>(Map.of("namespace", namespace, "name", name));
    spec.remove("claimRef");
    return this;
  }

  /** The app team edits its claim. */
  public ManagementCluster claim(String overlay) {
    spec = Manifest.merged(spec, overlay);
    return this;
  }

  /** The platform team edits the Cloud. */
  public ManagementCluster cloud(String overlay) {
    cloud = Manifest.merged(cloud, overlay);
    return this;
  }

  /** The Cloud becomes another. */
  public ManagementCluster cloud(Map<String, Object> other) {
    cloud = other;
    return this;
  }

  /** The platform team deletes the Cloud. */
  public ManagementCluster withoutCloud() {
    cloudless = true;
    return this;
  }

  /** There are workspaces in the namespace, and MachineDeployments of theirs in the cluster. */
  public ManagementCluster workspaces(List<Tree> all, List<Tree> deployments) {
    workspaces = all;
    workspacePools = deployments;
    return this;
  }

  /** Discovery finds something. */
  public ManagementCluster discovered(String overlay) {
    cloudStatus = Manifest.merged(cloudStatus, overlay);
    return this;
  }

  /** The platform team edits the settings of the installation. */
  public ManagementCluster settings(String overlay) {
    Map<String, Object> below =
        settings.isEmpty()
            ? Manifest.of("{apiVersion: isobar.fn.crossplane.io/v1alpha1, kind: Settings}")
            : settings;
    settings = Manifest.merged(below, overlay);
    return this;
  }

  /** Somebody else, an earlier release included, wrote on a composed resource. */
  public ManagementCluster observed(String key, String overlay) {
    applied.computeIfPresent(key, (_, object) -> Manifest.merged(object, overlay));
    return this;
  }

  /** An earlier release made the same resource under another key. */
  public ManagementCluster copied(String prefix, String key) {
    String first = applied.tailMap(prefix).firstKey();
    applied.put(key, Objects.requireNonNull(applied.get(first)));
    return this;
  }

  /** A controller wrote on a composed resource; what core applies does not touch it. */
  @Override
  public ManagementCluster reported(String key, String overlay) {
    ofOthers.merge(key, Manifest.of(overlay), Manifest::merged);
    return this;
  }

  /** Sveltos wrote on the ClusterSummary of an add-on. */
  @Override
  public ManagementCluster summary(String profile, String overlay) {
    summaries.merge(profile, Manifest.of(overlay), Manifest::merged);
    return this;
  }

  /** Sveltos took over the spec of an add-on's profile. */
  @Override
  public ManagementCluster summarySpec(String profile, Map<String, Object> spec) {
    Map<String, Object> summary = Map.of("spec", Map.of("clusterProfileSpec", spec));
    summaries.merge(profile, summary, Manifest::merged);
    return this;
  }

  /** Sveltos has not made, or has forgotten, the ClusterSummary of an add-on. */
  @Override
  public ManagementCluster withoutSummary(String profile) {
    summaries.remove(profile);
    return this;
  }

  /** Somebody deleted a composed resource. */
  public ManagementCluster deleted(String key) {
    applied.remove(key);
    ofOthers.remove(key);
    return this;
  }

  /** Core wrote a condition of its own on the composite; it stays until the next reconcile. */
  public ManagementCluster coreSays(String condition) {
    var conditions = new ArrayList<Object>();
    if (status.get("conditions") instanceof List<?> before) {
      conditions.addAll(before);
    }
    conditions.add(Manifest.of(condition));
    status.put("conditions", conditions);
    return this;
  }

  /** The composite has another status of a condition. */
  public ManagementCluster says(String type, String said, String reason) {
    if (status.get("conditions") instanceof List<?> before) {
      var conditions = new ArrayList<Object>(before);
      conditions.removeIf(one -> Tree.of(one).at("type").text().filter(type::equals).isPresent());
      conditions.add(Map.of("type", type, "status", said, "reason", reason, "message", ""));
      status.put("conditions", conditions);
    }
    return this;
  }

  /** What core asks. */
  public Request request() {
    return new Request(
        composite(),
        observed(),
        required(),
        settings.isEmpty() ? Tree.absent() : Tree.of(settings));
  }

  /** The composite as core shows it. */
  public Tree composite() {
    var object = new LinkedHashMap<String, Object>();
    object.put("apiVersion", "platform.isobar.dev/v1alpha1");
    object.put("kind", spec.containsKey("claimRef") ? "XPlatformCluster" : "PlatformCluster");
    object.put("metadata", metadata);
    object.put("spec", spec);
    object.put("status", status);
    return Tree.of(object);
  }

  /** The composed resources as core shows them. */
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

  private Map<String, List<Tree>> required() {
    var object = new LinkedHashMap<String, Object>();
    object.put("apiVersion", "compute.isobar.dev/v1alpha1");
    object.put("kind", "Cloud");
    object.put("metadata", Map.of("name", "wekeo"));
    object.put("spec", cloud);
    object.put("status", cloudStatus);
    return Map.of(
        "cloud",
        cloudless ? List.of() : List.of(Tree.of(object)),
        "namespace",
        List.of(Tree.of(Map.of("metadata", Map.of("labels", Map.of("team", "eo"))))),
        "cluster-summaries",
        summaries.values().stream().map(Tree::of).toList(),
        "workspaces",
        workspaces,
        "workspace-pools",
        workspacePools);
  }

  /** What a workspace finds out of it, by the names it asks for. */
  Map<String, List<Tree>> forWorkspaces() {
    SortedMap<String, Tree> observed = observed();
    var claim = new LinkedHashMap<String, Object>();
    claim.put("metadata", Map.of("namespace", "eo4eu", "name", "eo-lab"));
    claim.put("spec", spec);
    claim.put("status", status);
    var found = new TreeMap<String, List<Tree>>(required());
    found.put("cluster", List.of(Tree.of(claim)));
    found.put("cluster-api-cluster", one(observed, "cluster"));
    found.put("control-plane", one(observed, "control-plane"));
    found.put("infrastructure", one(observed, "infrastructure"));
    found.keySet().remove("workspace-pools");
    return found;
  }

  private static List<Tree> one(SortedMap<String, Tree> observed, String key) {
    return observed.containsKey(key)
        ? List.of(observed.getOrDefault(key, Tree.absent()))
        : List.of();
  }

  /** The answer; nothing is done about it. */
  public Answer ask() {
    return composition.compose(request());
  }

  /** The mistakes of an answer that must be a refusal, a sentence each. */
  public List<String> refusals() {
    return switch (ask()) {
      case Answer.Rejected rejected -> rejected.mistakes().stream().map(Mistake::sentence).toList();
      case Answer.Composed _, Answer.Unresolved _ -> List.of();
    };
  }

  /** The answer, which must not be a refusal; nothing is done about it. */
  public Answer.Composed composed() {
    return switch (ask()) {
      case Answer.Composed composed -> composed;
      case Answer.Rejected rejected -> throw new AssertionError(rejected.mistakes().toString());
      case Answer.Unresolved _ -> throw new AssertionError("unresolved");
    };
  }

  /** One object of the answer. */
  public SortedMap<String, Object> composed(String key) {
    Resource resource = composed().resources().get(key);
    return Objects.requireNonNull(resource, key).object();
  }

  /** The keys of the answer. */
  public List<String> keys() {
    return List.copyOf(composed().resources().keySet());
  }

  /**
   * Asks, and does as core does: applies what is desired, deletes what is not, writes the status.
   */
  public Answer.Composed reconcile() {
    Answer.Composed answer = composed();
    applied.keySet().retainAll(answer.resources().keySet());
    ofOthers.keySet().retainAll(answer.resources().keySet());
    applications++;
    answer.resources().forEach((key, resource) -> apply(key, resource.object()));
    status = new LinkedHashMap<>(answer.status());
    status.put("conditions", conditions(answer));
    return answer;
  }

  /** Reconciles, and lets all controllers do their work, until nothing changes any more. */
  public Answer.Composed settle() {
    // What Sveltos reports is no composed resource, so one quiet round may only mean that it moved.
    int quiet = 0;
    for (int round = 0; round < 10; round++) {
      var before = observed();
      Answer.Composed answer = reconcile();
      new Controllers(this).work();
      quiet = observed().equals(before) ? quiet + 1 : 0;
      if (quiet == 2) {
        return answer;
      }
    }
    throw new AssertionError("does not come to rest");
  }

  private void apply(String key, Map<String, Object> object) {
    Map<String, Object> before = applied.put(key, object);
    takeOver(key, object);
    if (before == null) {
      String minute = String.format(Locale.ROOT, "%02d", applications);
      reported(key, "metadata: {creationTimestamp: '2026-01-01T00:" + minute + ":00Z'}");
    }
    Object spec = object.get("spec");
    if (before == null || !Objects.equals(before.get("spec"), spec)) {
      long generation = Tree.of(ofOthers.get(key)).at("metadata", "generation").whole().orElse(0L);
      reported(key, "metadata: {generation: " + (generation + 1) + "}");
    }
  }

  /** What core applies is its own from then on, whoever wrote it before. */
  private void takeOver(String key, Map<String, Object> object) {
    if (Tree.of(object).at("spec", "replicas").exists()
        && ofOthers.getOrDefault(key, Map.of()).get("spec") instanceof Map<?, ?> spec) {
      spec.remove("replicas");
    }
  }

  private static List<Object> conditions(Answer.Composed answer) {
    var conditions = new ArrayList<Object>();
    for (Condition condition : answer.conditions()) {
      String word = condition.status().name();
      conditions.add(
          Map.of(
              "type",
              condition.type(),
              "status",
              word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT),
              "reason",
              condition.reason(),
              "message",
              condition.message()));
    }
    String ready = answer.ready() == Ready.TRUE ? "True" : "False";
    conditions.add(Map.of("type", "Ready", "status", ready, "reason", "Available"));
    return conditions;
  }
}
