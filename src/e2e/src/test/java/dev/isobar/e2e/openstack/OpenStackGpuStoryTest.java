package dev.isobar.e2e.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.yaml.ManifestParsing;
import dev.isobar.cli.yaml.Plain;
import dev.isobar.e2e.inmemory.GpuNodesInMemory;
import dev.isobar.e2e.inmemory.InMemoryPlane;
import dev.isobar.e2e.plane.Alone;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.provider.CloudAccess;
import dev.isobar.e2e.provider.GpuNode;
import dev.isobar.e2e.provider.GpuPool;
import dev.isobar.e2e.provider.ProviderProcess;
import dev.isobar.e2e.story.Scene;
import dev.isobar.e2e.sveltos.PlayedSveltos;
import dev.isobar.testbed.crossplane.Core;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.plane.ControlPlane;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The story of {@code examples/gpu-nodes}, from both claims to nothing: core, function, Cluster
 * API's controllers, the provider as it ships, and the real Nova for GPU machines. The rest of the
 * cluster is in memory; Sveltos, kubelets and GPU Operator are played.
 */
@OnControlPlane
@OnOpenStack
@ResourceLock(Alone.MEMORY)
@ResourceLock(Alone.OPENSTACK)
@Order(5)
final class OpenStackGpuStoryTest {
  /** Of Cloud, its config, the namespace, and the Composition of workspaces. */
  private static final String NAME = "gpu-story";

  private static final String FLAVOR = "g2.a100.2";

  /** What the story's Cloud calls its image; here it is another project's, for all to see. */
  private static final String IMAGE = "ubuntu-2404-kube-v1.35.2";

  private static final Kind INSTANCE = new Kind("compute.isobar.dev/v1alpha1", "Instance");
  private static final String MIG = "nvidia.com/mig.config";

  private static final Predicate<Tree> RESTS =
      Conditions.is("Ready", "True")
          .and(seen -> seen.at("status", "stage").text().filter("Ready"::equals).isPresent());

  private final InMemoryPlane memory = InMemoryPlane.shared(Core.RECOMMENDED);
  private final ControlPlane plane = memory.plane();
  private final Kubernetes kubernetes = plane.kubernetes();
  private final Await await = Await.PATIENT;
  private final Scene scene = new Scene(plane, NAME);
  private final Operator operator = new Operator(Lab.cloud());
  private final Set<String> strangers = Lab.servers();

  /** The nodes that are played, by the names of their machines. */
  private final Map<String, Reference> nodes = new TreeMap<>();

  /** Others use this control plane too. */
  private final List<ProviderProcess> providers = new ArrayList<>();

  @AfterEach
  void end() {
    providers.forEach(ProviderProcess::stop);
    operator.close();
  }

  @Test
  void twoClaimsBecomeWorkingGpuNodesAndNothingIsLeft() throws IOException {
    begins();
    Reference cluster =
        applies(
            "cluster.yaml",
            spec -> {
              memory.composition().choose(plane, spec);
              spec.put("cloud", NAME);
            });
    String name =
        await
            .until(kubernetes, cluster, "has its two nodes", nodes("2/2"))
            .at("status", "clusterName")
            .text()
            .orElseThrow();
    Reference workspace;
    try (Closeable _ = new PlayedSveltos(kubernetes).keepsDeploying(NAME, name);
        var played = GpuNodesInMemory.of(plane, NAME, name)) {
      var _ = await.until(kubernetes, cluster, "rests", RESTS);
      workspace = applies("workspace.yaml", spec -> memory.ofWorkspaces(NAME).choose(plane, spec));
      comes(workspace, played);
      var _ = await.until(kubernetes, cluster, "rests beside its workspace", RESTS);
    }
    goes(cluster, workspace);
    providers.forEach(provider -> assertThat(provider.forbidden()).isEmpty());
  }

  /** What the platform team does once, with what this Nova has. */
  private void begins() throws IOException {
    operator.offer(FLAVOR, 1, 1, 1, "");
    operator.upload(UUID.randomUUID().toString(), IMAGE);
    kubernetes.makeNamespace(NAME, Map.of());
    GpuPool.bridge(plane);
    CloudAccess.openStack(Lab.cloud().cloudsYaml(), "lab").secret(kubernetes, NAME, "cloud");
    Map<String, String> secret = Map.of("namespace", NAME, "name", "cloud", "key", "clouds.yaml");
    var _ =
        applies(
            "config.yaml",
            spec -> spec.put("credentials", Map.of("entry", "lab", "secretRef", secret)));
    Reference cloud =
        applies(
            "cloud.yaml",
            spec -> {
              spec.remove("sshKey");
              spec.put("providerConfigRef", Map.of("kind", "ClusterProviderConfig", "name", NAME));
              spec.put("zones", List.of("nova"));
            });
    providers.add(
        ProviderProcess.start(plane, "provider-gpu-story", "--enable-cluster-api", "--poll=3s"));
    var _ =
        await.until(
            kubernetes, cloud, "was looked at", Conditions.is("Ready", "True", "Available"));
  }

  /**
   * Applies an object of the story, changed; of what an app team writes only the namespace is
   * another, everything else is called after this suite.
   */
  private Reference applies(String file, Consumer<Map<String, @Nullable Object>> change)
      throws IOException {
    Path path = plane.project().story("gpu-nodes").resolve(file);
    Map<String, @Nullable Object> object =
        Plain.copy(ManifestParsing.parse(file, Files.readString(path)).getFirst().object());
    Map<String, @Nullable Object> metadata = Plain.copy(object.get("metadata"));
    metadata.put(metadata.containsKey("namespace") ? "namespace" : "name", NAME);
    Map<String, @Nullable Object> spec = Plain.copy(object.get("spec"));
    change.accept(spec);
    object.put("metadata", metadata);
    object.put("spec", spec);
    return Reference.of(kubernetes.apply(object));
  }

  /** Its nodes come, and say step by step what their GPUs still lack. */
  private void comes(Reference workspace, GpuNodesInMemory played) {
    List<Tree> machines =
        await.until(
            "two machines run",
            () -> kubernetes.list(GpuPool.MACHINE, NAME),
            all -> all.size() == 2 && all.stream().allMatch(GpuPool::runs));
    assertThat(servers()).as("servers of the real Nova").hasSize(2);
    assertThat(machines)
        .as("machines whose image has the name that the Cloud gives it")
        .allMatch(machine -> machine.at("spec", "image", "name").text().orElse("").equals(IMAGE));
    String layout = layout(workspace);
    machines.forEach(machine -> join(machine, layout, played));
    machines.forEach(machine -> says(machine, "False", "WaitingForGpuOperator"));
    Map<String, String> divides = new TreeMap<>(GpuNode.OPERATED);
    divides.put(MIG, layout);
    divides.put(MIG + ".state", "pending");
    nodes.values().forEach(node -> played.labels(node, divides));
    machines.forEach(machine -> says(machine, "False", "WaitingForMig"));
    assertThat(nodes.values()).as("nodes that pods are kept off").allMatch(played::held);
    assertThat(Conditions.is("PoolsReady", "True").test(kubernetes.get(workspace)))
        .as("whether nodes whose GPUs do not work are called ready")
        .isFalse();
    machines.forEach(machine -> played.offers(node(machine), expected(machine)));
    nodes.values().forEach(node -> played.labels(node, Map.of(MIG + ".state", "success")));
    machines.forEach(machine -> says(machine, "True", "AsPlanned"));
    assertThat(nodes.values()).as("nodes that pods may have").noneMatch(played::held);
    var _ =
        await.until(
            kubernetes,
            workspace,
            "is ready, with its pools",
            Conditions.is("PoolsReady", "True", "Available")
                .and(Conditions.is("WorkspaceReady", "True", "Available"))
                .and(RESTS));
  }

  private String layout(Reference workspace) {
    return kubernetes
        .get(workspace)
        .at("status", "pools")
        .items()
        .getFirst()
        .at("layout")
        .text()
        .orElseThrow();
  }

  /** A kubelet does what the data of the first start says. */
  private void join(Tree machine, String layout, GpuNodesInMemory played) {
    String name = Reference.of(machine).name();
    String secret =
        kubernetes
            .get(Kind.MACHINE.named(NAME, name))
            .at("spec", "bootstrap", "dataSecretName")
            .text()
            .orElseThrow();
    String data =
        kubernetes.get(Kind.SECRET.named(NAME, secret)).at("data", "value").text().orElseThrow();
    assertThat(new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8))
        .as("what the node of %s is told to begin with", name)
        .contains("isobar.dev/gpu-not-ready", MIG + "=" + layout);
    says(machine, "False", "WaitingForNode");
    nodes.put(name, played.joins(name, GpuPool.id(machine)));
  }

  private Reference node(Tree machine) {
    return nodes.getOrDefault(Reference.of(machine).name(), Kind.NODE.named("none"));
  }

  /** What was planned of a node; of this layout on two GPUs. */
  private static Map<String, Long> expected(Tree machine) {
    var expected = new TreeMap<String, Long>();
    Tree resources = machine.at("spec", "expectedResources");
    for (String resource : resources.fields()) {
      expected.put(resource, resources.at(resource).whole().orElseThrow());
    }
    assertThat(expected)
        .isEqualTo(Map.of("nvidia.com/mig-1g.10gb", 6L, "nvidia.com/mig-2g.20gb", 4L));
    return expected;
  }

  private void says(Tree machine, String status, String reason) {
    var _ =
        await.until(
            kubernetes,
            Reference.of(machine),
            "says " + reason,
            Conditions.is("Ready", status, reason));
  }

  private void goes(Reference cluster, Reference workspace) {
    List<Reference> composed = new ArrayList<>(scene.composed(scene.composite(workspace)));
    composed.addAll(scene.composed(scene.composite(cluster)));
    kubernetes.delete(workspace);
    await.untilGone(kubernetes, workspace);
    Scene.deleteUnused(kubernetes, cluster, await);
    await.untilGone(kubernetes, cluster);
    composed.forEach(one -> await.untilGone(kubernetes, one));
    for (Kind kind : List.of(Kind.MACHINE, GpuPool.MACHINE, INSTANCE)) {
      assertThat(kubernetes.list(kind, NAME)).as("%ss that are left", kind.name()).isEmpty();
    }
    assertThat(servers()).as("servers that are left").isEmpty();
  }

  /** Those that came since the story began. */
  private Set<String> servers() {
    Set<String> ours = new TreeSet<>(Lab.servers());
    ours.removeAll(strangers);
    return ours;
  }

  private static Predicate<Tree> nodes(String ready) {
    return claim -> claim.at("status", "nodes").text().filter(ready::equals).isPresent();
  }
}
