package dev.isobar.e2e.clusterapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.e2e.inmemory.BatchJob;
import dev.isobar.e2e.inmemory.GpuNodesInMemory;
import dev.isobar.e2e.inmemory.InMemoryPlane;
import dev.isobar.e2e.plane.Alone;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.story.Scene;
import dev.isobar.e2e.sveltos.PlayedSveltos;
import dev.isobar.testbed.crossplane.Core;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * What comes right by itself with Cluster API's own controllers, by what is composed for them: a
 * node that is lost is replaced, unless the brake holds, which is told; so is a machine of the
 * control plane whose certificates run out; a node goes though a session on it outstays its time;
 * and a Cluster that somebody deleted goes, and comes again, for as long as its claim lives.
 */
@ResourceLock(value = Alone.MEMORY, mode = ResourceAccessMode.READ)
@OnControlPlane
final class RepairTest {
  private static final String NAME = "repair";
  private static final String CLAIM = "eo-lab";
  private static final String EXPIRY = "machine.cluster.x-k8s.io/certificates-expiry";
  private static final Map<String, String> OF_THE_POOL = Map.of("isobar.dev/pool", "general");
  private static final Map<String, String> OF_THE_CONTROL_PLANE =
      Map.of("cluster.x-k8s.io/control-plane", "");

  private final InMemoryPlane memory = InMemoryPlane.shared(Core.RECOMMENDED);
  private final Kubernetes kubernetes = memory.plane().kubernetes();
  private final Await await = Await.PATIENT;
  private final Scene scene = Scene.set(memory.plane(), NAME, NAME);
  private final Reference claim = Kind.CLAIM.named(NAME, CLAIM);

  @Test
  void replacesWhatIsLostAndWhatRunsOut() {
    claims(Map.of("maxUnhealthy", "0"));
    String cluster = comesUp();
    SortedSet<String> before = names(OF_THE_POOL);
    Tree lost = kubernetes.list(Kind.MACHINE, NAME, OF_THE_POOL).getFirst();
    Reference node = Kind.NODE.named(lost.at("status", "nodeRef", "name").text().orElseThrow());
    try (var nodes = GpuNodesInMemory.of(memory.plane(), NAME, cluster)) {
      nodes.says(node, "Unknown", hourAgo());
      theBrakeHolds(lost, before);
    }
    claims(Map.of());
    await.untilGone(kubernetes, Reference.of(lost));
    rests("has another node");
    assertThat(names(OF_THE_POOL))
        .as("machines of the pool")
        .hasSize(3)
        .containsAll(before.stream().filter(name -> !name.equals(name(lost))).toList())
        .doesNotContain(name(lost));

    certificatesAreRenewed();
    sessionsHaveTheirTimeAndNoMore(cluster);
    comesAgain(cluster);

    List<Reference> composed = scene.composed(scene.composite(claim));
    kubernetes.delete(claim);
    await.untilGone(kubernetes, claim);
    composed.forEach(one -> await.untilGone(kubernetes, one));
  }

  private String comesUp() {
    Tree up = await.until(kubernetes, claim, "has its nodes", nodes("4/4"));
    String cluster = up.at("status", "clusterName").text().orElseThrow();
    new PlayedSveltos(kubernetes).deploys(NAME, cluster);
    rests("is ready");
    return cluster;
  }

  private void theBrakeHolds(Tree lost, SortedSet<String> before) {
    Tree told =
        await.until(
            kubernetes,
            claim,
            "tells that its pool lacks a node, and why none comes",
            stage("Degraded")
                .and(Conditions.is("PoolsReady", "False", "Degraded"))
                .and(
                    seen -> Conditions.words(seen, "PoolsReady").contains("none of the machines")));
    assertThat(Conditions.words(told, "PoolsReady"))
        .contains(
            name(lost),
            "; none of the machines is replaced while more than 0 of them are unhealthy or have not"
                + " joined, for then the fault lies elsewhere: the platform team must find it");
    assertThat(names(OF_THE_POOL)).as("machines while the brake holds").isEqualTo(before);
  }

  /** A month before they end. Cluster API knows when from the machine, or asks it. */
  private void certificatesAreRenewed() {
    Tree machine = kubernetes.list(Kind.MACHINE, NAME, OF_THE_CONTROL_PLANE).getFirst();
    Instant end = Instant.now().plus(Duration.ofDays(29)).truncatedTo(ChronoUnit.SECONDS);
    var _ =
        kubernetes.patch(
            Reference.of(machine),
            Map.of("metadata", Map.of("annotations", Map.of(EXPIRY, end.toString()))));
    var _ =
        await.until(
            kubernetes,
            claim,
            "has its control plane replaced",
            stage("Changing").or(seen -> !names(OF_THE_CONTROL_PLANE).contains(name(machine))));
    await.untilGone(kubernetes, Reference.of(machine));
    rests("has another control plane");
    assertThat(names(OF_THE_CONTROL_PLANE))
        .as("machines of the control plane")
        .hasSize(1)
        .doesNotContain(name(machine));
  }

  /** Nobody detaches the volumes of a pod that stays, and Cluster API waits for them as well. */
  private void sessionsHaveTheirTimeAndNoMore(String cluster) {
    Tree machine = kubernetes.list(Kind.MACHINE, NAME, OF_THE_POOL).getFirst();
    Reference going = Reference.of(machine);
    String node = machine.at("status", "nodeRef", "name").text().orElseThrow();
    try (var nodes = GpuNodesInMemory.of(memory.plane(), NAME, cluster);
        var _ = BatchJob.on(kubernetes, NAME, cluster, node)) {
      nodes.holds(Kind.NODE.named(node), "home");
      kubernetes.delete(going);
      var _ =
          await.until(
              kubernetes,
              going,
              "waits for the volume, as the pod has had its time",
              Conditions.is("Deleting", "True", "WaitingForVolumeDetach"));
      var _ =
          kubernetes.patchStatus(
              going,
              Map.of("deletion", Map.of("waitForNodeVolumeDetachStartTime", hourAgo().toString())));
      await.untilGone(kubernetes, going);
    }
    rests("has another node for it");
  }

  private void comesAgain(String cluster) {
    Reference deleted = Kind.CLUSTER.named(NAME, cluster);
    String before = uid(kubernetes.get(deleted));
    kubernetes.delete(deleted);
    var _ = await.until(kubernetes, claim, "says that its Cluster goes", stage("Deleting"));
    var _ =
        await.until(
            "there is another Cluster",
            () -> kubernetes.find(deleted),
            found -> found.filter(one -> !uid(one).equals(before)).isPresent());
    rests("is as it was");
  }

  private static Instant hourAgo() {
    return Instant.now().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
  }

  private static String uid(Tree object) {
    return object.at("metadata", "uid").text().orElseThrow();
  }

  private void claims(Map<String, String> healthCheck) {
    var _ =
        scene.claim(
            NAME,
            CLAIM,
            spec -> {
              memory.composition().choose(memory.plane(), spec);
              spec.put("controlPlane", Map.of("machineType", "m1.large", "replicas", 1));
              spec.put(
                  "pools",
                  List.of(
                      Map.of(
                          "name",
                          "general",
                          "machineType",
                          "m1.large",
                          "replicas",
                          3,
                          "drainTimeout",
                          "5s",
                          "healthCheck",
                          healthCheck)));
            });
  }

  private void rests(String what) {
    var _ =
        await.until(
            kubernetes,
            claim,
            what,
            stage("Ready").and(nodes("4/4")).and(Conditions.is("PoolsReady", "True")));
  }

  private SortedSet<String> names(Map<String, String> labels) {
    return kubernetes.list(Kind.MACHINE, NAME, labels).stream()
        .map(RepairTest::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String name(Tree object) {
    return object.at("metadata", "name").text().orElseThrow();
  }

  private static Predicate<Tree> nodes(String ready) {
    return seen -> seen.at("status", "nodes").text().filter(ready::equals).isPresent();
  }

  private static Predicate<Tree> stage(String stage) {
    return seen -> seen.at("status", "stage").text().filter(stage::equals).isPresent();
  }
}
