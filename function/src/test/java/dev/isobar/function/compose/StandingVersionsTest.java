package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.ec2.EksLab;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nodes that stand hold up the versions under which none of them could come any more. */
final class StandingVersionsTest {
  private static final String IMAGES =
      "images: [{kubernetes: 1.34.6, name: a}, {kubernetes: 1.34.9, name: b}, {kubernetes: 1.35.2,"
          + " name: c}]";
  private static final String ONLY =
      "machineTypes: [{name: m1.large, cpu: 8, memory: 32Gi, disk: 40Gi}]";
  private static final String UNTOUCHED = "; until then the cluster that exists is left as it is";
  private static final String WORKSPACE =
      """
      metadata: {namespace: eo4eu, name: ml}
      spec: {clusterRef: {name: eo-lab}, accelerators: [{name: big, machineTypes: [g9.gone]}]}
      """;
  private static final String NODES =
      """
      kind: MachineDeployment
      metadata: {labels: {isobar.dev/workspace: ml, isobar.dev/pool: ml.big}}
      spec: {template: {spec: {version: v1.34.6}}}
      status: {replicas: 0}
      """;

  record Row(String reason, String version, List<String> ofPool, List<String> ofWorkspace) {}

  static Stream<Row> rows() {
    String begins = "spec.version: %s cannot follow: Cloud wekeo has no machine type \"%s\"; %s";
    return Stream.of(
        new Row("nothing moves", "1.34.6", List.of(), List.of()),
        new Row("nodes of an older patch may come", "1.34.9", List.of(), List.of()),
        new Row(
            "nodes of an older minor may not",
            "'1.35'",
            List.of(
                begins.formatted("pool a", "a1.small", "change or remove the pool")
                    + ", or have the platform team bring back what it was made from"
                    + UNTOUCHED),
            List.of(
                begins.formatted("workspace ml", "g9.gone", "change or remove its accelerator big")
                    + ", or have the platform team bring the machine type back"
                    + UNTOUCHED)));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aPatchIsBegunWithoutAPoolAndAMinorIsNot(Row row) {
    ManagementCluster cluster =
        ManagementCluster.with(
                "version: 1.34.6\npools: [{name: a, machineType: a1.small, replicas: 2}]")
            .cloud(IMAGES)
            .discovered("machineTypes: [{name: a1.small, cpu: 4, memory: 8Gi, disk: 20Gi}]");
    cluster.settle();
    cluster.discovered("machineTypes: null").cloud(ONLY);
    assertThat(upgrades(cluster)).as(row.reason).isEqualTo("[1.34.9]");
    assertThat(cluster.claim("version: " + row.version).refusals())
        .as(row.reason)
        .isEqualTo(row.ofPool);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void norIsItBegunWithoutAWorkspace(Row row) {
    ManagementCluster cluster = ManagementCluster.with("version: 1.34.6").cloud(IMAGES);
    cluster.settle();
    cluster.workspaces(
        List.of(Tree.of(Manifest.of(WORKSPACE))), List.of(Tree.of(Manifest.of(NODES))));
    assertThat(upgrades(cluster)).as(row.reason).isEqualTo("[1.34.9]");
    assertThat(cluster.claim("version: " + row.version).refusals())
        .as(row.reason)
        .isEqualTo(row.ofWorkspace);
  }

  @Test
  void aPatchEndsThoughNodesOfAWorkspaceStand() {
    ManagementCluster cluster = ManagementCluster.with("version: 1.34.6").cloud(IMAGES);
    cluster.settle();
    cluster.claim("version: 1.34.9").settle();
    String running = "replicas: 1, versions: [{version: v1.34.6, replicas: 1}]";
    cluster.workspaces(
        List.of(Tree.of(Manifest.of(WORKSPACE))),
        List.of(Tree.of(Manifest.of(NODES.replace("replicas: 0", running)))));
    String left =
        "everything else runs 1.34.9; nodes of workspace ml cannot follow and stay at 1.34.6: Cloud"
            + " wekeo has no machine type \"g9.gone\"; the app team must change or remove its"
            + " accelerator big, or have the platform team bring the machine type back";
    assertThat(cluster.composed().conditions())
        .contains(Conditions.condition("Upgrading", false, "LeftBehind", left));
    assertThat(cluster.composed().status())
        .containsEntry("stage", "Ready")
        .containsEntry("message", left);
  }

  record Head(String reason, String cloud, String upgrades, boolean refused) {}

  static Stream<Head> heads() {
    String rebuilt = IMAGES.replace("name: a}", "name: a2}");
    String other = "machineTypes: [{name: m1.small, cpu: 2, memory: 4Gi, disk: 20Gi}]";
    String tiny = "machineTypes: [{name: m1.large, cpu: 1, memory: 1Gi, disk: 20Gi}]";
    return Stream.of(
        new Head("all is there", ONLY, "[1.34.9, 1.35.2]", false),
        new Head(
            "and a new image", ONLY + "\n" + rebuilt, "[1.34.6 (image a2), 1.34.9, 1.35.2]", false),
        new Head("its machine type is gone", other, "[]", true),
        new Head("which a new image does not help", other + "\n" + rebuilt, "[]", true),
        new Head("its machine type has become too small", tiny, "[]", true));
  }

  @ParameterizedTest
  @MethodSource("heads")
  void nothingIsListedThatTheControlPlaneCannotBeBroughtTo(Head row) {
    ManagementCluster cluster = ManagementCluster.with("version: 1.34.6").cloud(IMAGES);
    cluster.settle();
    cluster.cloud(row.cloud);
    assertThat(upgrades(cluster)).as(row.reason).isEqualTo(row.upgrades);
    assertThat(cluster.claim("version: 1.34.9").refusals().isEmpty())
        .as("the next patch is taken: %s", row.reason)
        .isNotEqualTo(row.refused);
  }

  record OnEks(String reason, String nodes, String upgrades) {}

  static Stream<OnEks> onEks() {
    return Stream.of(
        new OnEks("nodes of an older minor may come", "v1.34.0", "[1.35]"),
        new OnEks("but not be two behind", "v1.33.0", "[]"));
  }

  @ParameterizedTest
  @MethodSource("onEks")
  void aMinorOfEksIsBegunOnce(OnEks row) {
    ManagementCluster cluster = EksLab.with("version: '1.34'");
    cluster.settle();
    String nodes =
        NODES
            .replace(
                "v1.34.6", row.nodes + ", bootstrap: {configRef: {kind: NodeadmConfigTemplate}}")
            .replace("replicas: 0", "replicas: 1");
    cluster.workspaces(
        List.of(Tree.of(Manifest.of(WORKSPACE))), List.of(Tree.of(Manifest.of(nodes))));
    assertThat(upgrades(cluster)).as(row.reason).isEqualTo(row.upgrades);
    List<String> refused =
        cluster.claim("version: '1.35'").refusals().stream()
            .map(words -> words.substring(0, words.indexOf(':', words.indexOf(':') + 1)))
            .toList();
    assertThat(refused)
        .as(row.reason)
        .isEqualTo(
            row.upgrades.equals("[]")
                ? List.of("spec.version: workspace ml cannot follow")
                : List.of());
  }

  record Gap(String reason, String machineType, String why) {}

  static Stream<Gap> gaps() {
    return Stream.of(
        new Gap("it has all it needs", "gpu: {model: H100-80GB, count: 8}", ""),
        new Gap(
            "discovery lost the flavor's property",
            "architecture: amd64",
            "machine type g3.h100.8 has no GPU as far as Cloud wekeo says"),
        new Gap(
            "the type has come to be another",
            "gpu: {model: H100-80GB, count: 4}",
            "Cloud wekeo has come to say 4 x H100-80GB of machine type g3.h100.8, and the nodes"
                + " were made for other GPUs"));
  }

  @ParameterizedTest
  @MethodSource("gaps")
  void aWorkspaceSaysItselfWhyItsNodesCannotFollow(Gap row) {
    ManagementCluster cluster =
        ManagementCluster.with("{}")
            .cloud(
                "images: [{kubernetes: 1.35.2, name: a}, {kubernetes: 1.35.2, name: b, purpose:"
                    + " gpu}, {kubernetes: 1.36.1, name: c}, {kubernetes: 1.36.1, name: d, purpose:"
                    + " gpu}]");
    cluster.settle();
    WorkspaceScene scene =
        WorkspaceScene.in(
            cluster,
            """
            clusterRef: {name: eo-lab}
            accelerators:
            - name: slices
              machineTypes: [g3.h100.8]
              nodes: {min: 0, max: 2}
              partitioning: {mig: {layout: {1g.10gb: 7}}}
            """);
    scene.settle();
    cluster.cloud(
        "machineTypes: [{name: m1.large, cpu: 8, memory: 32Gi, disk: 40Gi}, {name: g3.h100.8, cpu:"
            + " 96, memory: 960Gi, disk: 400Gi, zones: [az2], "
            + row.machineType
            + "}]");
    scene.settle();
    assertThat(upgrades(cluster)).as(row.reason).isEqualTo(row.why.isEmpty() ? "[1.36.1]" : "[]");
    assertThat(cluster.claim("version: '1.36'").refusals())
        .as(row.reason)
        .isEqualTo(
            row.why.isEmpty()
                ? List.of()
                : List.of(
                    "spec.version: workspace ml-training cannot follow: "
                        + row.why
                        + "; change or remove its accelerator slices, or have the platform team"
                        + " bring back what it was made from"
                        + UNTOUCHED));
  }

  private static String upgrades(ManagementCluster cluster) {
    return String.valueOf(cluster.composed().status().getOrDefault("availableUpgrades", List.of()));
  }
}
