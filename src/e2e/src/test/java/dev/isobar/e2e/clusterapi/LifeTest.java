package dev.isobar.e2e.clusterapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.e2e.inmemory.Disguise;
import dev.isobar.e2e.inmemory.InMemoryPlane;
import dev.isobar.e2e.plane.Alone;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.story.Chronicle;
import dev.isobar.e2e.story.Departures;
import dev.isobar.e2e.story.Golden;
import dev.isobar.e2e.story.Scene;
import dev.isobar.e2e.sveltos.PlayedSveltos;
import dev.isobar.testbed.crossplane.Core;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The life of a cluster, from a claim to nothing, with Cluster API's own controllers; told in
 * {@code life.txt}.
 */
@ResourceLock(value = Alone.MEMORY, mode = ResourceAccessMode.READ)
@OnControlPlane
@Order(4)
final class LifeTest {
  private static final String NAMESPACE = "life";
  private static final String CLAIM = "eo-lab";

  private static final Kind INFRASTRUCTURE =
      new Kind("infrastructure.cluster.x-k8s.io/v1beta2", "DevCluster");

  private static final Kind TEMPLATES =
      new Kind("infrastructure.cluster.x-k8s.io/v1beta2", "DevMachineTemplate");

  private static final List<String> CONDITIONS =
      List.of(
          "Accepted",
          "AddonsReady",
          "CloudResolved",
          "ControlPlaneReady",
          "InfrastructureReady",
          "PoolsReady",
          "Upgrading");

  private final InMemoryPlane memory = InMemoryPlane.shared(Core.RECOMMENDED);
  private final Kubernetes kubernetes = memory.plane().kubernetes();
  private final Await await = Await.PATIENT;
  private final Scene scene = Scene.set(memory.plane(), "life", NAMESPACE);

  @Test
  void clusterLivesFromClaimToNothing() throws IOException {
    Map<String, String> ofTheClaim =
        Map.of("crossplane.io/claim-name", CLAIM, "crossplane.io/claim-namespace", NAMESPACE);
    try (var chronicle = new Chronicle(kubernetes, Kind.COMPOSITE, ofTheClaim)) {
      chronicle.chapter("A claim of three machines for the control plane and two nodes");
      Tree up = comesUp(chronicle);
      chronicle.chapter("Two nodes more");
      claims(pool("general", 4));
      var _ =
          chronicle.until(await, "has 7 of 7 nodes and rests", nodes("7/7").and(LifeTest::rests));
      chronicle.chapter("A bigger disk: every node is replaced");
      rolls(chronicle);
      chronicle.chapter("A pool whose machine never comes up");
      lacks(chronicle);
      chronicle.chapter("The pool is given up");
      claims(bigPool());
      var _ =
          chronicle.until(await, "has 7 of 7 nodes and rests", nodes("7/7").and(LifeTest::rests));
      String events = events();
      String story = chronicle.text() + "\n" + events + "\n" + goes(up.at("status", "clusterName"));
      Golden.of(getClass(), "life.txt").compare(story);
    }
    assertThat(memory.plane().core().metric("circuit_breaker_opens_total"))
        .as("how often core's circuit breaker opened with the flags that we recommend")
        .isZero();
  }

  private Tree comesUp(Chronicle chronicle) {
    claims(pool("general", 2));
    Tree up =
        chronicle.until(
            await, "has 5 of 5 nodes", nodes("5/5").and(Conditions.is("PoolsReady", "True")));
    new PlayedSveltos(kubernetes)
        .deploys(NAMESPACE, up.at("status", "clusterName").text().orElseThrow());
    Tree ready = chronicle.until(await, "is ready", LifeTest::rests);
    assertThat(ready.at("status", "endpoint").text().orElse("")).startsWith("https://127.0.0.1:");
    Reference kubeconfig =
        Kind.SECRET.named(
            ready.at("status", "kubeconfigSecretRef", "namespace").text().orElseThrow(),
            ready.at("status", "kubeconfigSecretRef", "name").text().orElseThrow());
    assertThat(kubernetes.get(kubeconfig).at("data", "value").exists()).isTrue();
    assertThat(kubernetes.list(Kind.CLUSTER, NAMESPACE))
        .as("Clusters that are available")
        .allMatch(Conditions.is("Available", "True"))
        .hasSize(1);
    return ready;
  }

  /**
   * A bigger disk makes a new template; the old one goes when no machine comes from it any more.
   */
  private void rolls(Chronicle chronicle) {
    var before = templates();
    claims(bigPool());
    var during =
        await.until("there is a template more", this::templates, now -> now.size() > before.size());
    assertThat(during).as("templates while machines are replaced").containsAll(before);
    var after =
        await.until(
            "the old template has gone", this::templates, now -> now.size() == before.size());
    assertThat(after).isNotEqualTo(before);
    Tree deployment =
        kubernetes.list(Kind.MACHINE_DEPLOYMENT, NAMESPACE).stream()
            .filter(one -> one.at("metadata", "name").text().orElse("").endsWith("-general"))
            .findFirst()
            .orElseThrow();
    assertThat(deployment.at("status", "upToDateReplicas").whole())
        .as("machines of the new template when the old one goes")
        .contains(4L);
    var _ = chronicle.until(await, "rests again", nodes("7/7").and(LifeTest::rests));
  }

  /** Nothing is broken, and nothing comes: the claim says what it waits for, and stays usable. */
  private void lacks(Chronicle chronicle) {
    claims(bigPool(), pool(Disguise.STUCK, 1));
    Tree told =
        chronicle.until(
            await,
            "tells of the machine that does not come",
            composite ->
                message(composite, "PoolsReady").contains("Machine")
                    && nodes("7/8").test(composite));
    assertThat(message(told, "PoolsReady"))
        .as("what is said of the machine that does not come")
        .startsWith("pool " + Disguise.STUCK + ": 1 of 1 nodes is coming: ");
    assertThat(Conditions.is("Ready", "True").test(told))
        .as("whether what works is still called ready")
        .isTrue();
  }

  /**
   * What was told once each time that a condition turned. On the composite Kubernetes drops most of
   * it, because core tells of every resource that is not ready yet.
   */
  private String events() {
    var told = new TreeSet<String>();
    for (Tree event : kubernetes.events(claim())) {
      String reason = event.at("reason").text().orElse("");
      if (CONDITIONS.stream().anyMatch(reason::startsWith)) {
        told.add(event.at("type").text().orElse("") + " " + reason);
      }
    }
    return "# Events on the claim\n" + String.join("\n", told) + "\n";
  }

  /** Deletes the claim, and tells in which order things went. */
  private String goes(Tree clusterName) throws IOException {
    List<Reference> composed = scene.composed(scene.composite(claim()));
    Map<String, String> ofTheCluster =
        Map.of("cluster.x-k8s.io/cluster-name", clusterName.text().orElseThrow());
    try (var departures =
        new Departures(
            kubernetes,
            ofTheCluster,
            Kind.MACHINE_DEPLOYMENT,
            Kind.MACHINE,
            Kind.CONTROL_PLANE,
            INFRASTRUCTURE,
            Kind.CLUSTER)) {
      kubernetes.delete(claim());
      await.untilGone(kubernetes, claim());
      composed.forEach(one -> await.untilGone(kubernetes, one));
      assertThat(kubernetes.list(Kind.MACHINE, NAMESPACE)).isEmpty();
      var kinds =
          await.until(
              "the last of every kind was seen to go", departures::kinds, seen -> seen.size() == 5);
      return "# The claim is deleted; the last of each kind goes in this order\n"
          + String.join("\n", kinds)
          + "\n";
    }
  }

  private TreeSet<String> templates() {
    var names = new TreeSet<String>();
    kubernetes
        .list(TEMPLATES, NAMESPACE)
        .forEach(template -> names.add(template.at("metadata", "name").text().orElse("")));
    return names;
  }

  private void claims(Pool... pools) {
    var _ =
        scene.claim(
            NAMESPACE,
            CLAIM,
            spec -> {
              memory.composition().choose(memory.plane(), spec);
              spec.put("pools", Stream.of(pools).map(Pool::fields).toList());
            });
  }

  private static Reference claim() {
    return Kind.CLAIM.named(NAMESPACE, CLAIM);
  }

  private static String message(Tree object, String condition) {
    return Conditions.find(object, condition)
        .flatMap(found -> found.at("message").text())
        .orElse("");
  }

  private static Predicate<Tree> nodes(String ready) {
    return composite -> composite.at("status", "nodes").text().filter(ready::equals).isPresent();
  }

  private static Pool pool(String name, int nodes) {
    return new Pool(name, nodes, "40Gi");
  }

  private static Pool bigPool() {
    return new Pool("general", 4, "80Gi");
  }

  /** A pool of a fixed size. */
  private record Pool(String name, int nodes, String disk) {
    Map<String, Object> fields() {
      return Map.of(
          "name",
          name,
          "machineType",
          "m1.large",
          "replicas",
          nodes,
          "rootDisk",
          Map.of("size", disk));
    }
  }

  /** Core writes the stage first, and its conditions afterwards. */
  private static boolean rests(Tree composite) {
    return composite.at("status", "stage").text().filter("Ready"::equals).isPresent()
        && Stream.of("PoolsReady", "AddonsReady", "Ready")
            .allMatch(type -> Conditions.is(type, "True").test(composite));
  }
}
