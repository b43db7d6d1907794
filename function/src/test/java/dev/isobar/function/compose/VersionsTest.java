package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.contract.Answer;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A version is resolved once and kept; upgrades go one minor at a time, control plane first. */
final class VersionsTest {
  private static final String POOL = "pools: [{name: a, machineType: m1.large, replicas: 2}]";

  private static final String IMAGES =
      """
      images:
      - {kubernetes: 1.33.9, name: kube-1.33.9}
      - {kubernetes: 1.34.6, name: kube-1.34.6}
      - {kubernetes: v1.34.8, name: kube-1.34.8}
      - {kubernetes: 1.35.2, name: kube-1.35.2}
      - {kubernetes: 1.35.10, name: kube-1.35.10}
      - {kubernetes: 1.36.1, name: kube-1.36.1}
      - {kubernetes: 1.35.2, name: kube-1.35.2-arm64, architecture: arm64}
      - {kubernetes: 1.35.11, name: kube-1.35.11-gpu, purpose: gpu}
      """;

  /** A cluster that runs 1.34.6, with one pool. */
  private static ManagementCluster running() {
    var cluster = ManagementCluster.with("version: 1.34.6\n" + POOL).cloud(IMAGES);
    cluster.settle();
    return cluster;
  }

  /** What control plane and pool are set to, and what may come next. */
  private static String versions(ManagementCluster cluster) {
    Answer.Composed composed = cluster.composed();
    Tree head = Tree.of(composed.resources().get("control-plane").object());
    Tree pool = Tree.of(composed.resources().get("pool.a").object());
    return head.at("spec", "version").text().orElse("")
        + " "
        + pool.at("spec", "template", "spec", "version").text().orElse("")
        + " "
        + composed.status().get("availableUpgrades");
  }

  record New(String reason, String version, String cloud, String expected) {}

  static Stream<New> newClusters() {
    return Stream.of(
        new New("a minor is its newest patch", "1.35", IMAGES, "v1.35.10 v1.35.10 [1.36.1]"),
        new New("with a v as well", "v1.34", IMAGES, "v1.34.8 v1.34.8 [1.35.2, 1.35.10]"),
        new New(
            "an exact patch is that",
            "1.34.6",
            IMAGES,
            "v1.34.6 v1.34.6 [1.34.8, 1.35.2, 1.35.10]"),
        new New(
            "an image for GPU nodes alone makes no version",
            "1.35",
            "images: [{kubernetes: 1.35.2, name: a}, {kubernetes: 1.35.3, name: b, purpose: gpu}]",
            "v1.35.2 v1.35.2 null"));
  }

  @ParameterizedTest
  @MethodSource("newClusters")
  void resolvesTheVersionOfANewCluster(New row) {
    ManagementCluster cluster =
        ManagementCluster.with("version: '" + row.version + "'\n" + POOL).cloud(row.cloud);
    assertThat(versions(cluster)).as(row.reason).isEqualTo(row.expected);
  }

  record Asked(String reason, String version, String expected) {}

  static Stream<Asked> asked() {
    return Stream.of(
        new Asked("nothing new", "1.34.6", "v1.34.6 v1.34.6 [1.34.8, 1.35.2, 1.35.10]"),
        new Asked(
            "its minor keeps the patch it has, although there is a newer one",
            "1.34",
            "v1.34.6 v1.34.6 [1.34.8, 1.35.2, 1.35.10]"),
        new Asked(
            "a newer patch: control plane first, nodes later",
            "1.34.8",
            "v1.34.8 v1.34.6 [1.35.2, 1.35.10]"),
        new Asked("the next minor", "1.35", "v1.35.10 v1.34.6 [1.36.1]"),
        new Asked("the next minor, exactly", "1.35.2", "v1.35.2 v1.34.6 [1.35.10, 1.36.1]"));
  }

  @ParameterizedTest
  @MethodSource("asked")
  void followsTheClaim(Asked row) {
    ManagementCluster cluster = running().claim("version: '" + row.version + "'");
    assertThat(versions(cluster)).as(row.reason).isEqualTo(row.expected);
  }

  static Stream<Asked> refused() {
    return Stream.of(
        new Asked(
            "an older minor",
            "1.33",
            "spec.version: the cluster runs 1.34.6 and Kubernetes cannot go back to an older"
                + " version; set it to 1.34 or 1.34.6"),
        new Asked(
            "an older patch",
            "1.34.1",
            "spec.version: the cluster runs 1.34.6 and Kubernetes cannot go back to an older"
                + " version; set it to 1.34 or 1.34.6"),
        new Asked(
            "a minor skipped",
            "1.36",
            "spec.version: the cluster runs 1.34.6 and minor versions cannot be skipped; upgrade"
                + " one minor at a time: 1.35, then 1.36"),
        new Asked(
            "no image of the patch",
            "1.35.4",
            "spec.version: Cloud wekeo has no image for Kubernetes 1.35.4 on amd64; nearest is"
                + " 1.35.2; there are 1.33.9, 1.34.6, 1.34.8, 1.35.2, 1.35.10, 1.36.1"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesWhatKubernetesCannotDo(Asked row) {
    ManagementCluster cluster = running().claim("version: '" + row.version + "'");
    assertThat(cluster.refusals()).as(row.reason).containsExactly(row.expected);
  }

  record Release(String reason, String version, String release, String expected) {}

  static Stream<Release> releases() {
    String stuck =
        "spec.version: Cluster API v1.13.1, as settings.clusterApiVersion says, never ends the"
            + " rollout of a control plane to Kubernetes %s, whose API server may not reach the new"
            + " nodes; the platform team must bring Cluster API to v1.13.2 or newer; until then,"
            + " nearest is %s";
    return Stream.of(
        new Release(
            "a patch that shuts it out", "1.34.8", "v1.13.1", stuck.formatted("1.34.8", "1.34.6")),
        new Release(
            "one after it, a minor on", "1.35.10", "1.13.1", stuck.formatted("1.35.10", "1.35.2")),
        new Release("of a minor, the newest that goes", "1.35", "v1.13.1", "v1.35.2 v1.34.6 null"),
        new Release("nothing new", "1.34.6", "v1.13.0", "v1.34.6 v1.34.6 [1.35.2]"),
        new Release(
            "a release that is mended", "1.34.8", "v1.13.2", "v1.34.8 v1.34.6 [1.35.2, 1.35.10]"),
        new Release("one after it", "1.35", "v1.14.0", "v1.35.10 v1.34.6 [1.36.1]"));
  }

  @ParameterizedTest
  @MethodSource("releases")
  void beginsNothingThatClusterApiCannotEnd(Release row) {
    ManagementCluster cluster =
        running()
            .settings("clusterApiVersion: " + row.release)
            .claim("version: '" + row.version + "'");
    List<String> refusals = cluster.refusals();
    assertThat(refusals.isEmpty() ? List.of(versions(cluster)) : refusals)
        .as(row.reason)
        .containsExactly(row.expected);
  }

  @Test
  void leavesAClusterAloneThatCameThroughIt() {
    var cluster = ManagementCluster.with("version: 1.34.8\n" + POOL).cloud(IMAGES);
    cluster.settle();
    assertThat(versions(cluster.settings("clusterApiVersion: v1.13.1").claim("version: '1.35'")))
        .isEqualTo("v1.35.10 v1.34.8 [1.36.1]");
  }

  @Test
  void refusesAVersionThatLacksAnImageForOneArchitecture() {
    var cluster =
        ManagementCluster.with("pools: [{name: a, machineType: a1.large, replicas: 1}]")
            .cloud(IMAGES)
            .claim("version: 1.36.1");
    assertThat(cluster.refusals())
        .containsExactly(
            "spec.version: Cloud wekeo has an image for Kubernetes 1.36.1 only for amd64 machines,"
                + " none for machine type a1.large (arm64, no GPU); nearest is 1.35.2; there are"
                + " 1.35.2");
  }

  @Test
  void refusesAPoolOfAnArchitectureWithoutImageOfTheVersionInUse() {
    ManagementCluster cluster =
        running().claim("pools: [{name: b, machineType: a1.large, replicas: 1}]");
    assertThat(cluster.refusals())
        .containsExactly(
            "spec.pools[0]: Cloud wekeo has no image for Kubernetes 1.34.6 on arm64, which machine"
                + " type a1.large needs; the platform team must add one to spec.images of the"
                + " Cloud");
  }

  private static final String GPUS = "images: [{kubernetes: 1.35.2, name: g, purpose: gpu}]";

  static Stream<New> lacking() {
    String head = "machine type m1.large (amd64, no GPU)";
    return Stream.of(
        new New(
            "an image for GPU nodes, and the control plane has none",
            "pools: []",
            GPUS,
            "1.35.2 only for amd64 machines with GPUs, none for " + head + "; the platform team"),
        new New(
            "of two machine types without image both are named",
            "pools: [{name: a, machineType: a1.large, replicas: 1}]",
            GPUS,
            "1.35.2 only for amd64 machines with GPUs, none for "
                + head
                + " and machine type a1.large (arm64, no GPU); the platform team"),
        new New(
            "images for one architecture, and GPU nodes have the other",
            "pools: [{name: a, machineType: g2.a100.2, replicas: 1, gpu: {partitioning: {none:"
                + " {}}}}]",
            "{images: [{kubernetes: 1.35.2, name: a}], machineTypes: [{name: m1.large, cpu: 8,"
                + " memory: 32Gi, disk: 40Gi}, {name: g2.a100.2, cpu: 32, memory: 240Gi, disk:"
                + " 200Gi, architecture: arm64, gpu: {model: A100-80GB, count: 2}}]}",
            "1.35.2 only for amd64 machines, none for machine type g2.a100.2 (arm64, GPUs); the"
                + " platform team"));
  }

  @ParameterizedTest
  @MethodSource("lacking")
  void saysForWhomAnImageIsMissing(New row) {
    assertThat(ManagementCluster.with(row.version).cloud(row.cloud).refusals())
        .as(row.reason)
        .containsExactly(
            "spec.version: Cloud wekeo has an image for Kubernetes "
                + row.expected
                + " must add images to spec.images of the Cloud");
  }

  @Test
  void aPoolWithoutGpusTakesNoImageForGpus() {
    ManagementCluster cluster = ManagementCluster.with("{}");
    cluster.settle();
    cluster.cloud(GPUS).claim("imageRevision: b\n" + POOL.replace("m1.large", "m1.small"));
    assertThat(cluster.refusals()).isEmpty();
    cluster.observed("control-plane", "spec: {machineTemplate: null}");
    assertThat(cluster.refusals())
        .containsOnlyOnce(
            "spec.pools[0]: Cloud wekeo has no image for Kubernetes 1.35.2 on amd64 for machines"
                + " without GPUs, which machine type m1.small needs; the platform team must add"
                + " one to spec.images of the Cloud");
  }

  @Test
  void numbersDoNotBeginWithZero() {
    String zero = "\" has a number that begins with 0, as no version of Kubernetes has; write ";
    ManagementCluster cluster = ManagementCluster.with("version: '1.034'").cloud(IMAGES);
    assertThat(cluster.refusals()).containsExactly("spec.version: \"1.034" + zero + "1.34");
    cluster.claim("version: v1.34.06");
    assertThat(cluster.refusals()).containsExactly("spec.version: \"v1.34.06" + zero + "1.34.6");
    cluster.claim("version: 1.34.6").settle();
    assertThat(cluster.claim("version: '1.034'").refusals()).as("it runs that").isEmpty();
    assertThat(cluster.claim("version: '1.034.06'").refusals()).as("and that").isEmpty();
    assertThat(cluster.claim("version: '1.035'").refusals())
        .containsExactly("spec.version: \"1.035" + zero + "1.35");
  }

  @Test
  void refusesEveryVersionOfACloudWithoutImages() {
    assertThat(ManagementCluster.with(POOL).cloud("images: []").refusals())
        .containsExactly(
            "spec.version: Cloud wekeo has no image for Kubernetes 1.35 on amd64; the platform team"
                + " must add images to spec.images of the Cloud");
  }

  record Held(String reason, String head, String pool, String expected) {}

  static Stream<Held> held() {
    String at34 = "status: {versions: [{version: v1.34.6, replicas: 3}]}";
    String at35 = "status: {versions: [{version: v1.35.2, replicas: 3}]}";
    return Stream.of(
        new Held("the control plane rolls", at34, at34, "v1.35.2 v1.34.6"),
        new Held(
            "some of the control plane is behind",
            "status: {versions: [{version: v1.34.6, replicas: 1}, {version: v1.35.2, replicas:"
                + " 2}]}",
            at34,
            "v1.35.2 v1.34.6"),
        new Held("the control plane is done", at35, at34, "v1.35.2 v1.35.2"),
        new Held(
            "Cluster API 1.13 knows only the lowest version",
            "status: {versions: null, version: v1.34.6}",
            at34,
            "v1.35.2 v1.34.6"),
        new Held(
            "Cluster API 1.13, done",
            "status: {versions: null, version: v1.35.2}",
            at34,
            "v1.35.2 v1.35.2"));
  }

  @ParameterizedTest
  @MethodSource("held")
  void holdsPoolsUntilTheControlPlaneIsDone(Held row) {
    ManagementCluster cluster = running().claim("version: 1.35.2");
    cluster.reconcile();
    cluster.reported("control-plane", row.head).reported("pool.a", row.pool);
    assertThat(versions(cluster)).as(row.reason).startsWith(row.expected);
  }

  @ParameterizedTest
  @MethodSource("held")
  void whatTalksToTheApiServersIsNeverNewerThanTheOldestOfThem(Held row) {
    ManagementCluster cluster = running().claim("version: 1.35.2");
    assertThat(charts(cluster)).isEqualTo("2.34.2 2.34.3");
    cluster.reconcile();
    cluster.reported("control-plane", row.head).reported("pool.a", row.pool);
    assertThat(charts(cluster))
        .as(row.reason)
        .isEqualTo(row.expected.endsWith("v1.34.6") ? "2.34.2 2.34.3" : "2.35.0 2.35.0");
  }

  /** The versions of the charts of cloud controller and volumes. */
  private static String charts(ManagementCluster cluster) {
    return Stream.of("addon.cloud-controller", "addon.volumes")
        .map(key -> Tree.of(cluster.composed(key)).at("spec", "helmCharts").items().getFirst())
        .map(chart -> chart.at("chartVersion").text().orElse(""))
        .collect(Collectors.joining(" "));
  }

  static Stream<Held> next() {
    String at34 = "status: {versions: [{version: v1.34.6, replicas: 2}]}";
    String at35 = "status: {versions: [{version: v1.35.2, replicas: 2}]}";
    return Stream.of(
        new Held("the control plane is not at 1.35 yet", at34, at34, "v1.35.2 v1.34.6"),
        new Held("nodes have not begun", at35, at34, "v1.35.2 v1.35.2"),
        new Held("all nodes are at 1.35", at35, at35, "v1.36.1 v1.35.2"));
  }

  @ParameterizedTest
  @MethodSource("next")
  void theNextMinorBeginsWhenAllNodesFollowed(Held row) {
    ManagementCluster cluster = running().claim("version: 1.35.2");
    cluster.reconcile();
    cluster.reported("control-plane", row.head);
    if (row.head.contains("1.35")) {
      cluster.reconcile();
    }
    cluster.reported("pool.a", row.pool).claim("version: '1.36'");
    assertThat(versions(cluster)).as(row.reason).startsWith(row.expected);
    boolean held = row.expected.startsWith("v1.35");
    String waits =
        row.head.contains("1.35")
            ? "the step to 1.36 begins when all nodes run 1.35.2; pool a is brought to 1.35.2"
            : "the control plane is brought to 1.35.2; the step to 1.36 begins after that";
    assertThat(cluster.composed().conditions().getLast().message())
        .isEqualTo(held ? waits : "the control plane is brought to 1.36.1");
  }

  @Test
  void aControlPlaneWithoutNodesIsNotHurriedEither() {
    ManagementCluster cluster = ManagementCluster.with("version: 1.34.6").cloud(IMAGES);
    cluster.settle();
    cluster.claim("version: 1.35.2").reconcile();
    cluster.claim("version: 1.36.1");
    assertThat(Tree.of(cluster.composed("control-plane")).at("spec", "version").text())
        .contains("v1.35.2");
    cluster.settle();
    assertThat(Tree.of(cluster.composed("control-plane")).at("spec", "version").text())
        .contains("v1.36.1");
  }

  @Test
  void withClusterApi113NodesCountAsBehindWhileTheyRoll() {
    ManagementCluster cluster = running().claim("version: 1.35.2");
    cluster.settle();
    cluster
        .reported("control-plane", "status: {versions: null, version: v1.35.2}")
        .reported(
            "pool.a", "status: {versions: null, conditions: [{type: RollingOut, status: 'True'}]}")
        .claim("version: '1.36'");
    assertThat(versions(cluster)).startsWith("v1.35.2 v1.35.2");
  }

  @Test
  void anUpgradeComesToRestAtTheNewVersion() {
    ManagementCluster cluster = running().claim("version: '1.35'");
    cluster.settle();
    assertThat(versions(cluster)).isEqualTo("v1.35.10 v1.35.10 [1.36.1]");
    assertThat(cluster.keys().stream().filter(key -> key.contains(".machines.")).toList())
        .as("templates of 1.34 are gone")
        .hasSize(2);
    assertThat(List.of(String.valueOf(cluster.composed().status().get("version"))))
        .containsExactly("1.35.10");
  }
}
