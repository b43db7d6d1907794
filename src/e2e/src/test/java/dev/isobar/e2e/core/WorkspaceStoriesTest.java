package dev.isobar.e2e.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.input.Flavour;
import dev.isobar.cli.yaml.Manifest;
import dev.isobar.cli.yaml.ManifestParsing;
import dev.isobar.e2e.plane.Alone;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.e2e.story.Scene;
import dev.isobar.e2e.sveltos.PlayedSveltos;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.plane.ControlPlane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The stories of workspaces on the real core, in both flavours: it composes what they show, and
 * their status says of GPUs and servers what theirs does. Sveltos is played.
 */
@OnControlPlane
@ResourceLock(Alone.FUNCTION)
final class WorkspaceStoriesTest {
  private static final List<String> OFFERED =
      List.of("name", "pool", "perNode", "inAll", "wastedComputeSlices", "wastedMemorySlices");

  private static final List<String> STORIES =
      List.of(
          "gpu-workspace",
          "gpu-workspace-batch",
          "gpu-workspace-centre",
          "gpu-workspace-kinds",
          "gpu-workspace-mps",
          "gpu-workspace-namespaced");

  private final Await await = Await.PATIENT;
  private ControlPlane plane;
  private Kubernetes kubernetes;

  static Stream<Arguments> stories() {
    return Stream.of(Flavour.values())
        .flatMap(flavour -> STORIES.stream().map(story -> Arguments.of(flavour, story)));
  }

  @ParameterizedTest
  @MethodSource("stories")
  void becomesWhatItShows(Flavour flavour, String story) throws IOException {
    plane = Planes.bare(flavour);
    kubernetes = plane.kubernetes();
    Path folder = plane.project().story(story);
    List<Reference> cloud = apply(folder.resolve("cloud.yaml"));
    List<Reference> claims = apply(folder.resolve("claim.yaml"));
    Reference cluster = claims.getFirst();
    List<Reference> workspaces = claims.subList(1, claims.size());
    Map<String, Tree> told = told(folder.resolve("expected.yaml"));

    come(cluster, workspaces);

    for (Reference workspace : workspaces) {
      List<Object> expected =
          offers(told.getOrDefault(workspace.name(), Tree.absent()).at("status"));
      assertThat(expected).isNotEmpty();
      var _ =
          await.until(
              workspace + " offers " + expected,
              () -> offers(kubernetes.get(workspace).at("status")),
              expected::equals);
      assertThat(composed(workspace))
          .containsAll(shown(folder.resolve("expected.yaml"), workspace));
    }
    go(cluster, workspaces);
    cloud.stream().filter(one -> one.kind().equals(Kind.CLOUD)).forEach(kubernetes::delete);
  }

  private List<Reference> apply(Path file) throws IOException {
    List<Reference> applied = new ArrayList<>();
    for (Manifest manifest : parse(file)) {
      Reference reference = Reference.of(manifest.object());
      Reference namespace = Kind.NAMESPACE.named(reference.namespace());
      if (!namespace.name().isEmpty() && kubernetes.find(namespace).isEmpty()) {
        kubernetes.makeNamespace(namespace.name(), Map.of());
      }
      var _ = kubernetes.apply(manifest.object());
      applied.add(reference);
    }
    return applied;
  }

  /** Every own accelerator of every workspace comes to have its MachineDeployments. */
  private void come(Reference cluster, List<Reference> workspaces) {
    for (Reference workspace : workspaces) {
      var _ =
          await.until(
              kubernetes,
              workspace,
              "is accepted",
              Conditions.is("Accepted", "True").and(Conditions.is("Synced", "True")));
    }
    var sveltos = new PlayedSveltos(kubernetes);
    for (Reference workspace : workspaces) {
      var _ =
          await.until(
              "the pools of " + workspace + " are made",
              () -> {
                sveltos.deploys(
                    cluster.namespace(),
                    kubernetes.get(workspace).at("status", "clusterName").text().orElse(""));
                return pools(workspace);
              },
              made -> made.size() == own(workspace));
    }
  }

  /** How many pools the own accelerators have: one for each kind of their nodes. */
  private int own(Reference workspace) {
    Tree there = kubernetes.get(workspace);
    Map<String, Integer> kinds = new TreeMap<>();
    for (Tree accelerator : there.at("status", "accelerators").items()) {
      kinds.put(
          accelerator.at("name").text().orElseThrow(),
          Math.max(1, accelerator.at("kinds").items().size()));
    }
    return there.at("spec", "accelerators").items().stream()
        .filter(accelerator -> accelerator.at("machineTypes").exists())
        .mapToInt(accelerator -> kinds.getOrDefault(accelerator.at("name").text().orElse(""), 1))
        .sum();
  }

  private List<Tree> pools(Reference workspace) {
    return kubernetes.list(
        Kind.MACHINE_DEPLOYMENT,
        workspace.namespace(),
        Map.of("isobar.dev/workspace", workspace.name()));
  }

  /** The next story may have a cluster of this name, so nothing of this one may be left. */
  private void go(Reference cluster, List<Reference> workspaces) {
    // A claim hears of its composite after the workspaces, whose calls are given the composite.
    String name =
        await
            .until(
                kubernetes,
                cluster,
                "says its cluster's name",
                claim -> claim.at("status", "clusterName").exists())
            .at("status", "clusterName")
            .text()
            .orElseThrow();
    workspaces.forEach(kubernetes::delete);
    workspaces.forEach(workspace -> await.untilGone(kubernetes, workspace));
    Scene.deleteUnused(kubernetes, cluster, await);
    await.untilGone(kubernetes, cluster);
    Reference machines = Kind.CLUSTER.named(cluster.namespace(), name);
    Scene.letGo(kubernetes, machines, await);
    await.untilGone(kubernetes, machines);
    var _ =
        await.until(
            "its ClusterSummaries are gone",
            () ->
                kubernetes.list(
                    Kind.CLUSTER_SUMMARY,
                    cluster.namespace(),
                    Map.of("projectsveltos.io/cluster-name", name)),
            List::isEmpty);
  }

  /** What the nodes offer and the servers ask for; how far they are is another time's. */
  private static List<Object> offers(Tree status) {
    List<Object> offers = new ArrayList<>();
    for (Tree accelerator : status.at("accelerators").items()) {
      Stream.concat(Stream.of(accelerator), accelerator.at("kinds").items().stream())
          .flatMap(nodes -> OFFERED.stream().map(nodes::at))
          .forEach(field -> offers.add(String.valueOf(field.plain())));
    }
    for (Tree profile : status.at("profiles").items()) {
      for (String field : List.of("name", "resource", "count")) {
        offers.add(String.valueOf(profile.at(field).plain()));
      }
    }
    return offers;
  }

  private Set<String> composed(Reference workspace) {
    var scene = new Scene(plane, workspace.namespace());
    return scene.composed(scene.composite(workspace)).stream()
        .map(one -> neutral(one.kind().name(), one.name()))
        .collect(Collectors.toSet());
  }

  /** What a story composes of a workspace, by the labels that all of it has. */
  private static List<String> shown(Path expected, Reference workspace) throws IOException {
    List<String> shown = new ArrayList<>();
    for (Manifest manifest : parse(expected)) {
      Tree object = Tree.of(manifest.object());
      Tree labels = object.at("metadata", "labels");
      if (labels.at("isobar.dev/workspace").text().filter(workspace.name()::equals).isPresent()) {
        shown.add(
            neutral(
                object.at("kind").text().orElse(""),
                object.at("metadata", "name").text().orElse("")));
      }
    }
    assertThat(shown).isNotEmpty();
    return shown;
  }

  /** Profiles are called alike in both flavours. */
  private static String neutral(String kind, String name) {
    return (kind.equals("ClusterProfile") ? "Profile" : kind) + " " + name;
  }

  /** The workspaces of a story's output by their names. */
  private static Map<String, Tree> told(Path expected) throws IOException {
    var told = new TreeMap<String, Tree>();
    for (Manifest manifest : parse(expected)) {
      Tree object = Tree.of(manifest.object());
      if (object.at("kind").text().filter(kind -> kind.endsWith("GpuWorkspace")).isPresent()) {
        String name =
            object
                .at("spec", "claimRef", "name")
                .text()
                .or(() -> object.at("metadata", "name").text())
                .orElseThrow();
        told.put(name, object);
      }
    }
    return told;
  }

  private static List<Manifest> parse(Path file) throws IOException {
    return ManifestParsing.parse(file.toString(), Files.readString(file));
  }
}
