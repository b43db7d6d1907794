package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.contract.Answer;
import dev.isobar.function.contract.Condition;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A Cloud that lacks what a cluster was made from takes nothing from it; only what is new, or
 * changed, is refused.
 */
final class StandingTest {
  private static final String ONLY =
      "machineTypes: [{name: m1.small, cpu: 2, memory: 4Gi, disk: 20Gi}, {name: m1.large, cpu: 8,"
          + " memory: 32Gi, disk: 40Gi}]";
  private static final String SMALL =
      "machineTypes: [{name: a1.small, cpu: 4, memory: 8Gi, disk: 20Gi}]";
  private static final String LEFT =
      "; the pool is left as it is, but for its number of nodes, and a machine that is lost may not"
          + " come again";
  private static final String UNTOUCHED = "; until then the cluster that exists is left as it is";
  private static final String FOUR =
      "{name: g2.a100.2, cpu: 32, memory: 240Gi, disk: 200Gi, gpu: {model: A100-80GB, count: 4}}, ";
  private static final String DEMAND =
      "gpu: {partitioning: {mig: {demand: [{memory: 10Gi, count: 7}]}}}";
  private static final String SLICES = "gpu: {partitioning: {mig: {layout: {1g.10gb: 7}}}}";

  private static ManagementCluster settled(String claim) {
    ManagementCluster cluster = ManagementCluster.with(claim);
    cluster.settle();
    return cluster;
  }

  private static String pool(String rest) {
    return "pools: [{name: a, " + rest + "}]";
  }

  private static Map<String, Object> objects(ManagementCluster cluster) {
    var objects = new TreeMap<String, Object>();
    cluster.composed().resources().forEach((key, resource) -> objects.put(key, resource.object()));
    return objects;
  }

  private static Tree status(ManagementCluster cluster) {
    return Tree.of(cluster.composed().status()).at("pools").items().getFirst();
  }

  private static String resolved(ManagementCluster cluster) {
    return cluster.composed().conditions().stream()
        .filter(one -> one.type().equals("CloudResolved"))
        .map(one -> one.reason() + ": " + one.message())
        .findFirst()
        .orElse("");
  }

  record Row(String reason, String claim, String cloud, String why) {}

  static Stream<Row> rows() {
    String gone = "Cloud wekeo has no machine type \"%s\"";
    return Stream.of(
        new Row(
            "of a fixed pool",
            pool("machineType: a1.small, replicas: 2, zones: [az1, az2], rootDisk: {size: 50Gi}"),
            ONLY,
            gone.formatted("a1.small")),
        new Row(
            "of an autoscaled pool",
            pool("machineType: a1.small, autoscale: {min: 1, max: 3}, labels: {x: y}"),
            ONLY,
            gone.formatted("a1.small")),
        new Row(
            "of a GPU pool, whose layouts the Operator keeps",
            pool("machineType: g2.a100.2, autoscale: {min: 0, max: 3}, " + SLICES),
            ONLY,
            gone.formatted("g2.a100.2")),
        new Row(
            "of a fall-back",
            pool("machineTypes: [g2.a100.2, g2b.a100.2], replicas: 1, " + SLICES),
            "machineTypes: [{name: m1.large, cpu: 8, memory: 32Gi, disk: 40Gi}, {name: g2.a100.2,"
                + " cpu: 1, memory: 1Gi, gpu: {model: A100-80GB, count: 2}}]",
            gone.formatted("g2b.a100.2")),
        new Row(
            "of a pool with a demand, whose layouts were chosen",
            pool("machineType: g2.a100.2, autoscale: {min: 0, max: 3}, " + DEMAND),
            ONLY,
            gone.formatted("g2.a100.2")),
        new Row(
            "a type has lost the processors an autoscaler must know",
            pool("machineType: a1.small, autoscale: {min: 1, max: 3}"),
            ONLY.replace("[", "[{name: a1.small, memory: 8Gi, disk: 20Gi}, "),
            "cpu and memory of machine type a1.small are not known, so it cannot be autoscaled"),
        new Row(
            "or the memory",
            pool("machineType: a1.small, autoscale: {min: 1, max: 3}"),
            ONLY.replace("[", "[{name: a1.small, cpu: 4, disk: 20Gi}, "),
            "cpu and memory of machine type a1.small are not known, so it cannot be autoscaled"),
        new Row(
            "a type is said to have no disk",
            pool("machineType: a1.small, replicas: 2"),
            ONLY.replace("[", "[{name: a1.small, cpu: 4, memory: 8Gi, disk: 0Gi}, "),
            "rootDisk is missing, and machine type a1.small brings no disk of its own"),
        new Row(
            "a type is said to have more GPUs than its nodes were made with",
            pool("machineType: g2.a100.2, autoscale: {min: 0, max: 3}, " + SLICES),
            ONLY.replace("[", "[" + FOUR),
            "Cloud wekeo has come to say 4 x A100-80GB of machine type g2.a100.2, and the nodes"
                + " were made for other GPUs"),
        new Row(
            "and its layout is one of each GPU, which it does not fit any more",
            pool(
                "machineType: g2.a100.2, replicas: 1, gpu: {partitioning: {mig: {layouts:"
                    + " [{1g.10gb: 7}, {}]}}}"),
            ONLY.replace("[", "[" + FOUR),
            "has 2 layouts for the 4 GPUs of a node"),
        new Row(
            "a type has no GPUs any more",
            pool("machineType: g2.a100.2, replicas: 1, " + SLICES),
            "machineTypes: [{name: m1.large, cpu: 8, memory: 32Gi, disk: 40Gi}, {name: g2.a100.2}]",
            "machine type g2.a100.2 has no GPU as far as Cloud wekeo says"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aPoolWhoseMachineTypeIsGoneIsComposedAsItIs(Row row) {
    ManagementCluster cluster = ManagementCluster.with(row.claim).discovered(SMALL);
    cluster.settle();
    Map<String, Object> before = objects(cluster);
    Map<String, Object> status = Manifest.object(status(cluster).plain());
    cluster.discovered("machineTypes: null").cloud(row.cloud);
    assertThat(objects(cluster)).as(row.reason).isEqualTo(before);
    assertThat(Manifest.object(status(cluster).plain()))
        .as(row.reason)
        .isEqualTo(Manifest.merged(status, Map.of("message", row.why + LEFT)));
    assertThat(resolved(cluster))
        .as(row.reason)
        .isEqualTo(
            "Incomplete: Cloud wekeo is known and may be used, but lacks what the cluster uses,"
                + " which goes on and cannot be made again: pool a: "
                + row.why
                + "; the platform team must bring it back, or the app team move to something else");
    Answer.Composed settled = cluster.settle();
    assertThat(settled.status()).as("and stays so").containsEntry("stage", "Ready");
  }

  @Test
  void whatTheAutoscalerKnowsOfNodesStaysThoughTheCloudForgetsOrSaysOtherwise() {
    ManagementCluster cluster =
        ManagementCluster.with(pool("machineType: a1.small, autoscale: {min: 0, max: 3}"))
            .discovered(SMALL);
    cluster.settle();
    Map<String, Object> before = objects(cluster);
    cluster.discovered(
        "machineTypes: [{name: a1.small, cpu: 4, memory: 8Gi, architecture: arm64}]");
    assertThat(objects(cluster)).isEqualTo(before);
  }

  @Test
  void aPauseBeginsAndEndsWithTheClaimsThoughTheMachineTypeIsGone() {
    ManagementCluster cluster =
        ManagementCluster.with(pool("machineType: a1.small, autoscale: {min: 1, max: 3}"))
            .discovered("machineTypes: [{name: a1.small, cpu: 4, memory: 8Gi, disk: 20Gi}]");
    cluster.settle();
    cluster.discovered("machineTypes: null").cloud(ONLY).claim("paused: true").reconcile();
    assertThat(pause(cluster)).isEqualTo("true");
    cluster.claim("paused: false");
    assertThat(pause(cluster)).isEmpty();
    cluster.reconcile();
    cluster.reported("pool.a", "metadata: {annotations: {cluster.x-k8s.io/paused: 'true'}}");
    assertThat(pause(cluster)).as("what others set is theirs to remove").isEmpty();
  }

  private static String pause(ManagementCluster cluster) {
    return Tree.of(cluster.composed("pool.a"))
        .at("metadata", "annotations", "cluster.x-k8s.io/paused")
        .text()
        .orElse("");
  }

  record Change(String reason, String claim, String replicas, String refusal) {}

  static Stream<Change> changes() {
    String gone =
        "spec.pools[%d].machineType: Cloud wekeo has no machine type \"a1.small\"; did you mean"
            + " m1.small?"
            + UNTOUCHED;
    String small = "machineType: a1.small, replicas: ";
    return Stream.of(
        new Change("nothing", pool(small + "2"), "2", ""),
        new Change("the number of nodes", pool(small + "5"), "5", ""),
        new Change(
            "the machines", pool(small + "2, rootDisk: {size: 90Gi}"), "", gone.formatted(0)),
        new Change("the zone", pool(small + "2, zones: [az2]"), "", gone.formatted(0)),
        new Change("the zones", pool(small + "2, zones: [az1, az2]"), "", gone.formatted(0)),
        new Change(
            "a pool more",
            "pools: [{name: a, " + small + "2}, {name: b, " + small + "2}]",
            "",
            gone.formatted(1)));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void onlyTheNumberOfItsNodesMayChange(Change row) {
    ManagementCluster cluster =
        ManagementCluster.with(pool("machineType: a1.small, replicas: 2")).discovered(SMALL);
    cluster.settle();
    cluster.discovered("machineTypes: null").cloud(ONLY).claim(row.claim);
    assertThat(cluster.refusals())
        .as(row.reason)
        .isEqualTo(row.refusal.isEmpty() ? List.of() : List.of(row.refusal));
    if (row.refusal.isEmpty()) {
      assertThat(
              Tree.of(cluster.composed("pool.a"))
                  .at("spec", "replicas")
                  .whole()
                  .map(String::valueOf))
          .as(row.reason)
          .contains(row.replicas);
    }
  }

  @Test
  void aControlPlaneWhoseMachineTypeIsGoneGoesOnUntilItsMachinesAreToBeReplaced() {
    ManagementCluster cluster = settled("version: '1.34'");
    Map<String, Object> before = objects(cluster);
    cluster.cloud("machineTypes: [{name: m1.small, cpu: 2, memory: 4Gi, disk: 20Gi}]");
    assertThat(objects(cluster)).isEqualTo(before);
    assertThat(resolved(cluster)).contains("the control plane: Cloud wekeo has no machine type");
    String refusal =
        "spec.controlPlane.machineType: Cloud wekeo has no machine type \"m1.large\"; there are"
            + " m1.small"
            + UNTOUCHED;
    for (String change :
        List.of(
            "version: '1.35'",
            "controlPlane: {rootDisk: {size: 90Gi}}",
            "controlPlane: {apiServerFlags: {v: '4'}}")) {
      cluster = settled("version: '1.34'");
      cluster.cloud("machineTypes: [{name: m1.small, cpu: 2, memory: 4Gi, disk: 20Gi}]");
      assertThat(cluster.claim(change).refusals()).as(change).containsExactly(refusal);
    }
    assertThat(
            settled("version: '1.34'").cloud(ONLY).claim("controlPlane: {replicas: 5}").refusals())
        .isEmpty();
  }

  @Test
  void noVersionIsBegunThatAPoolCannotFollow() {
    ManagementCluster cluster =
        ManagementCluster.with("version: '1.34'\n" + pool("machineType: a1.small, replicas: 2"))
            .discovered(SMALL);
    cluster.settle();
    assertThat(upgrades(cluster)).isEqualTo("[1.35.2]");
    cluster.discovered("machineTypes: null").cloud(ONLY);
    assertThat(upgrades(cluster)).isEqualTo("[]");
    assertThat(cluster.claim("version: '1.35'").refusals())
        .containsExactly(
            "spec.version: pool a cannot follow: Cloud wekeo has no machine type \"a1.small\";"
                + " change or remove the pool, or have the platform team bring back what it was"
                + " made from"
                + UNTOUCHED);
    assertThat(cluster.claim(pool("machineType: m1.large, replicas: 2")).refusals())
        .as("with other machines")
        .isEmpty();
    assertThat(cluster.claim("pools: []").refusals()).as("without the pool").isEmpty();
  }

  @Test
  void aVersionIsNotWaitedForThatAPoolCannotFollow() {
    ManagementCluster cluster = halfWay();
    cluster.cloud("images: [{kubernetes: 1.35.2, name: a}, {kubernetes: 1.36.1, name: b}]");
    assertThat(cluster.claim("version: '1.36'").refusals())
        .containsExactly(
            "spec.version: pool a cannot follow: Cloud wekeo has no machine type \"a1.small\";"
                + " change or remove the pool, or have the platform team bring back what it was"
                + " made from"
                + UNTOUCHED);
  }

  @Test
  void anUpgradeThatIsUnderWaySaysWhichPoolCannotFollow() {
    ManagementCluster cluster = halfWay();
    String stays =
        "pool a cannot follow and stays at 1.34.6: Cloud wekeo has no machine type \"a1.small\";"
            + " the app team must change or remove it, or the platform team bring back what it was"
            + " made from";
    assertThat(upgrading(cluster)).isEqualTo("Pools: pool b is brought to 1.35.2; " + stays);
    cluster.settle();
    assertThat(upgrading(cluster)).isEqualTo("LeftBehind: everything else runs 1.35.2; " + stays);
    assertThat(cluster.composed().status()).as("it is no upgrade").containsEntry("stage", "Ready");
    cluster.discovered(SMALL);
    assertThat(upgrading(cluster)).isEqualTo("Pools: pool a is brought to 1.35.2");
    cluster.settle();
    assertThat(upgrading(cluster)).isEqualTo("UpToDate: everything runs 1.35.2");
  }

  /** The control plane runs 1.35.2, and the machine type of one of two pools is gone. */
  private static ManagementCluster halfWay() {
    ManagementCluster cluster =
        ManagementCluster.with(
                "version: '1.34'\npools: [{name: a, machineType: a1.small, replicas: 2}, {name: b,"
                    + " machineType: m1.large, replicas: 2}]")
            .discovered(SMALL);
    cluster.settle();
    cluster.claim("version: '1.35'").reconcile();
    return cluster
        .reported(
            "control-plane",
            "status: {version: v1.35.2, versions: [{version: v1.35.2, replicas: 3}]}")
        .discovered("machineTypes: null")
        .cloud(ONLY);
  }

  private static String upgrading(ManagementCluster cluster) {
    return cluster.composed().conditions().stream()
        .filter(one -> one.type().equals("Upgrading"))
        .map(one -> one.reason() + ": " + one.message())
        .findFirst()
        .orElse("");
  }

  private static String upgrades(ManagementCluster cluster) {
    return String.valueOf(cluster.composed().status().getOrDefault("availableUpgrades", List.of()));
  }

  @Test
  void noImageIsOfferedToAPoolThatWouldNotTakeIt() {
    ManagementCluster cluster = settled(pool("machineType: g2.a100.2, replicas: 1, " + SLICES));
    assertThat(upgrades(cluster)).isEqualTo("[]");
    assertThat(upgrades(cluster.cloud(ONLY))).isEqualTo("[]");
  }

  @Test
  void whatIsInAZoneThatIsGoneGoesOn() {
    String own = "machineType: g2.a100.2, replicas: 1, zones: [az2, az1], " + SLICES;
    ManagementCluster cluster =
        settled(
            "{controlPlane: {zones: [az2]}, pools: [{name: a, machineType: m1.large, replicas: 2,"
                + " zones: [az1, az2]}, {name: g, "
                + own
                + "}]}");
    Map<String, Object> before = objects(cluster);
    cluster.cloud("zones: [az1]");
    assertThat(objects(cluster)).isEqualTo(before);
    String zone = "Cloud wekeo has no zone \"az2\"";
    assertThat(resolved(cluster))
        .contains("the control plane: " + zone + "; pool a: " + zone + "; pool g: " + zone);
    assertThat(
            cluster
                .claim("pools: [{name: n, machineType: m1.large, replicas: 2, zones: [az2]}]")
                .refusals())
        .as("a new pool")
        .containsExactly("spec.pools[0].zones[0]: " + zone + "; did you mean az1?");
  }

  @Test
  void aClusterThatExistsIsLeftAsItIsWithoutItsCloud() {
    String gone =
        "spec.cloud: there is no Cloud \"wekeo\"; name one that `kubectl get clouds` lists, or ask"
            + " the platform team to make it";
    assertThat(ManagementCluster.with("{}").withoutCloud().refusals()).containsExactly(gone);
    assertThat(settled("{}").withoutCloud().refusals()).containsExactly(gone + UNTOUCHED);
    assertThat(settled("{}").cloud("allowedNamespaces: {matchLabels: {team: other}}").refusals())
        .singleElement()
        .asString()
        .endsWith(UNTOUCHED);
  }

  @Test
  void theConditionIsTrueAllTheSame() {
    ManagementCluster cluster = settled(pool("machineType: g2.a100.2, replicas: 1, " + SLICES));
    cluster.cloud(ONLY);
    assertThat(
            cluster.composed().conditions().stream()
                .filter(one -> one.type().equals("CloudResolved"))
                .map(Condition::status))
        .containsExactly(Condition.Status.TRUE);
  }
}
