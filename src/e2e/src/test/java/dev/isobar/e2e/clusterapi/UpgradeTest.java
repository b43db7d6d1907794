package dev.isobar.e2e.clusterapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.e2e.inmemory.Disguise;
import dev.isobar.e2e.inmemory.InMemoryPlane;
import dev.isobar.e2e.plane.Alone;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.story.Chronicle;
import dev.isobar.e2e.story.Scene;
import dev.isobar.e2e.sveltos.PlayedSveltos;
import dev.isobar.testbed.crossplane.Core;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A minor more, with Cluster API's own controllers: the new image does not come up in the pool, is
 * mended, and the cluster goes on. Then a patch more, to which the pool cannot follow until what
 * its nodes are made from is back. What is said meanwhile is not compared as a whole: one machine
 * of a control plane leaves and another takes over, which may be seen or not.
 */
@ResourceLock(value = Alone.MEMORY, mode = ResourceAccessMode.READ)
@OnControlPlane
final class UpgradeTest {
  private static final String NAME = "upgrade";
  private static final String CLAIM = "eo-lab";
  private static final String OLD = "1.34.6";
  private static final String NEW = "1.35.2";
  private static final String PATCHED = "1.35.3";
  private static final String IMAGE = "ubuntu-2404-kube";
  private static final String OF_THE_POOL = "m1.medium";

  private final InMemoryPlane memory = InMemoryPlane.shared(Core.RECOMMENDED);
  private final Kubernetes kubernetes = memory.plane().kubernetes();
  private final Await await = Await.PATIENT;
  private final Scene scene = Scene.set(memory.plane(), NAME, NAME);
  private final Reference claim = Kind.CLAIM.named(NAME, CLAIM);

  @Test
  void failsInTheMiddleAndGoesOn() throws IOException {
    Map<String, String> ofTheClaim =
        Map.of("crossplane.io/claim-name", CLAIM, "crossplane.io/claim-namespace", NAME);
    offers(Map.of(OLD, IMAGE, NEW, IMAGE + "-" + Disguise.BROKEN), "m1.large", OF_THE_POOL);
    try (var chronicle = new Chronicle(kubernetes, Kind.COMPOSITE, ofTheClaim)) {
      chronicle.chapter("A cluster of " + OLD);
      claims("1.34", "");
      Tree made = chronicle.until(await, "has 2 of 2 nodes", nodes("2/2"));
      String cluster = made.at("status", "clusterName").text().orElseThrow();
      try (Closeable _ = new PlayedSveltos(kubernetes).keepsDeploying(NAME, cluster)) {
        upgrades(chronicle);
        leavesBehind(chronicle);
      }
    }
    List<Reference> composed = scene.composed(scene.composite(claim));
    kubernetes.delete(claim);
    await.untilGone(kubernetes, claim);
    composed.forEach(one -> await.untilGone(kubernetes, one));
  }

  private void upgrades(Chronicle chronicle) {
    var _ = chronicle.until(await, "runs " + OLD, rests().and(version(OLD)));
    assertThat(versions()).containsExactly("v" + OLD);

    chronicle.chapter("1.35, with an image that does not come up in the pool");
    claims("1.35", "");
    sticks(chronicle);

    chronicle.chapter("The image is mended, and the claim takes it");
    offers(Map.of(OLD, IMAGE, NEW, IMAGE + "-b2"), "m1.large", OF_THE_POOL);
    claims("1.35", "b2");
    Tree up = chronicle.until(await, "runs " + NEW, rests().and(version(NEW)));
    assertThat(up.at("status", "nodes").text()).contains("2/2");
    assertThat(versions()).containsExactly("v" + NEW);
  }

  /** The control plane is ahead, the pool waits, and nothing that worked is lost. */
  private void sticks(Chronicle chronicle) {
    Tree told =
        chronicle.until(
            await,
            "is ready, and names the machine that does not come",
            composite ->
                Conditions.is("Upgrading", "True", "Pools").test(composite)
                    && Conditions.is("Ready", "True").test(composite)
                    && message(composite).contains("Machine"));
    assertThat(message(told)).contains("pool general");
    assertThat(versions()).containsExactly("v" + OLD, "v" + NEW);
    assertThat(kubernetes.list(Kind.MACHINE, NAME))
        .as("machines of the pool that still run")
        .filteredOn(
            machine -> machine.at("spec", "version").text().filter(("v" + OLD)::equals).isPresent())
        .hasSize(1);
  }

  /** The control plane goes on without the pool, which says so and loses nothing. */
  private void leavesBehind(Chronicle chronicle) {
    chronicle.chapter("A patch, while the Cloud lacks what the pool is made from");
    var images = Map.of(NEW, IMAGE + "-b2", PATCHED, IMAGE);
    offers(images, "m1.large");
    claims(PATCHED, "");
    Tree left =
        chronicle.until(
            await,
            "has the pool left behind",
            stage("Ready").and(Conditions.is("Upgrading", "False", "LeftBehind")));
    assertThat(message(left))
        .isEqualTo(
            "everything else runs %s; pool general cannot follow and stays at %s: Cloud %s has no"
                + " machine type \"%s\"; the app team must change or remove it, or the platform"
                + " team bring back what it was made from",
            PATCHED, NEW, NAME, OF_THE_POOL);
    assertThat(left.at("status", "nodes").text()).contains("2/2");
    assertThat(versions()).containsExactly("v" + NEW, "v" + PATCHED);

    chronicle.chapter("The Cloud has it again");
    offers(images, "m1.large", OF_THE_POOL);
    var _ = chronicle.until(await, "runs " + PATCHED, rests().and(version(PATCHED)));
    assertThat(versions()).containsExactly("v" + PATCHED);
  }

  /** Has the Cloud offer Kubernetes' versions by these images, and machines of these types. */
  private void offers(Map<String, String> images, String... machineTypes) {
    scene.cloud(spec -> {
      spec.put(
          "images",
          images.entrySet().stream()
              .map(image -> Map.of("kubernetes", image.getKey(), "name", image.getValue()))
              .toList());
      spec.put(
          "machineTypes",
          Stream.of(machineTypes)
              .map(type -> Map.of("name", type, "cpu", 4, "memory", "8Gi", "disk", "40Gi"))
              .toList());
    });
  }

  private void claims(String version, String imageRevision) {
    var _ =
        scene.claim(
            NAME,
            CLAIM,
            spec -> {
              memory.composition().choose(memory.plane(), spec);
              spec.put("version", version);
              if (!imageRevision.isEmpty()) {
                spec.put("imageRevision", imageRevision);
              }
              spec.put("controlPlane", Map.of("machineType", "m1.large", "replicas", 1));
              spec.put(
                  "pools",
                  List.of(Map.of("name", "general", "machineType", OF_THE_POOL, "replicas", 1)));
            });
  }

  private TreeSet<String> versions() {
    var versions = new TreeSet<String>();
    kubernetes
        .list(Kind.MACHINE, NAME)
        .forEach(machine -> versions.add(machine.at("spec", "version").text().orElse("")));
    return versions;
  }

  private static String message(Tree composite) {
    return Conditions.find(composite, "Upgrading")
        .flatMap(found -> found.at("message").text())
        .orElse("");
  }

  private static Predicate<Tree> nodes(String ready) {
    return composite -> composite.at("status", "nodes").text().filter(ready::equals).isPresent();
  }

  private static Predicate<Tree> version(String version) {
    return composite ->
        composite.at("status", "version").text().filter(version::equals).isPresent();
  }

  private static Predicate<Tree> rests() {
    return stage("Ready").and(Conditions.is("Upgrading", "False", "UpToDate"));
  }

  private static Predicate<Tree> stage(String stage) {
    return composite -> composite.at("status", "stage").text().filter(stage::equals).isPresent();
  }
}
