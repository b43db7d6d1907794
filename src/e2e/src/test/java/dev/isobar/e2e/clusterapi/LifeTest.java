package dev.isobar.e2e.clusterapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.e2e.inmemory.Disguise;
import dev.isobar.e2e.inmemory.InMemoryPlane;
import dev.isobar.e2e.plane.Alone;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.story.Chronicle;
import dev.isobar.e2e.story.Golden;
import dev.isobar.e2e.story.Scene;
import dev.isobar.e2e.story.ToldEvents;
import dev.isobar.e2e.sveltos.PlayedSveltos;
import dev.isobar.testbed.crossplane.Core;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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

  private static final Kind MACHINES =
      new Kind("infrastructure.cluster.x-k8s.io/v1beta2", "DevMachine");

  /** The annotation in which Cluster API keeps the name of a machine's template. */
  private static final String ORIGINAL = "cluster.x-k8s.io/cloned-from-name";

  /** With it Cluster API does not begin to drain a machine that is deleted. */
  private static final String HOOK = "pre-drain.delete.hook.machine.cluster.x-k8s.io/test";

  private static final List<String> CONDITIONS =
      List.of(
          "Accepted",
          "AddonsReady",
          "CloudResolved",
          "ControlPlaneReady",
          "InfrastructureReady",
          "PoolsReady",
          "Upgrading");

  /**
   * What can only come true after what stands before it. Sveltos waits for the control plane alone:
   * whether add-ons or nodes are first is nobody's promise.
   */
  private static final List<List<String>> ONE_AFTER_THE_OTHER =
      List.of(
          List.of(
              "InfrastructureReadyProvisioned",
              "ControlPlaneReadyAvailable",
              "PoolsReadyAvailable"),
          List.of("ControlPlaneReadyAvailable", "AddonsReadyDeployed"));

  private final InMemoryPlane memory = InMemoryPlane.shared(Core.RECOMMENDED);
  private final Kubernetes kubernetes = memory.plane().kubernetes();
  private final Await await = Await.PATIENT;
  private final Scene scene = Scene.set(memory.plane(), "life", NAMESPACE);

  @Test
  void clusterLivesFromClaimToNothing() throws IOException {
    Map<String, String> ofTheClaim =
        Map.of("crossplane.io/claim-name", CLAIM, "crossplane.io/claim-namespace", NAMESPACE);
    try (var chronicle = new Chronicle(kubernetes, Kind.COMPOSITE, ofTheClaim);
        var told = new ToldEvents(kubernetes, claim(), CONDITIONS)) {
      chronicle.chapter("A claim of three machines for the control plane and two nodes");
      Tree up = comesUp(chronicle);
      chronicle.chapter("Two nodes more");
      claims(pool("general", 4));
      var _ =
          chronicle.until(await, "has 7 of 7 nodes and rests", nodes("7/7").and(LifeTest::rests));
      chronicle.chapter("A bigger disk: every node is replaced");
      rolls(chronicle);
      // Of what is told later Kubernetes may drop some: 25 about an object, then one in five
      // minutes.
      String events = told.text();
      chronicle.chapter("A pool whose machine never comes up");
      lacks(chronicle);
      chronicle.chapter("The pool is given up");
      claims(bigPool());
      var _ =
          chronicle.until(await, "has 7 of 7 nodes and rests", nodes("7/7").and(LifeTest::rests));
      chronicle.chapter("Three nodes fewer, whose machines are held for a while");
      shrinks(chronicle);
      assertThat(told.outOfTurn(ONE_AFTER_THE_OTHER)).as("events that came too early").isEmpty();
      String lived = chronicle.text() + "\n" + events + "\n";
      new Quiet(scene, claim(), await).holds();
      String story = lived + goes(up.at("status", "clusterName"));
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
    var _ =
        await.until(
            kubernetes,
            claim(),
            "is ready as well, so that core has read what it wrote of the composite",
            LifeTest::rests);
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
    assertThat(after).as("templates that machines come from").containsAll(originals());
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

  /** Nodes that are given back are no loss, however long their machines take. */
  private void shrinks(Chronicle chronicle) {
    Set<String> before = machines("general");
    Set<String> leaders = machines("");
    holds(before, "until the suite has looked");
    claims(new Pool("general", 1, "80Gi"));
    var _ =
        await.until(
            "three machines are to go",
            () -> kubernetes.list(Kind.MACHINE, NAMESPACE),
            all -> all.stream().filter(LifeTest::going).count() == 3);
    Tree during =
        chronicle.until(
            await,
            "tells of the machines that go",
            nodes("4/4")
                .and(LifeTest::rests)
                .and(one -> pool(one).at("message").text().orElse("").contains("Deleting")));
    assertThat(pool(during).at("state").text())
        .as("what is given back is not lost")
        .contains("Ready");
    assertThat(machines("general")).as("machines while they are held").isEqualTo(before);
    holds(before, null);
    var _ =
        await.until(
            "one machine of the pool is left",
            () -> deployment("general").at("status", "replicas").whole(),
            left -> left.equals(Optional.of(1L)));
    var _ =
        chronicle.until(
            await,
            "tells of no machine any more",
            nodes("4/4").and(LifeTest::rests).and(one -> !pool(one).at("message").exists()));
    assertThat(before).containsAll(machines("general"));
    assertThat(machines("general")).hasSize(1);
    assertThat(machines("")).as("machines of the control plane").isEqualTo(leaders);
    assertThat(deployment("general").at("spec", "replicas").whole()).contains(1L);
  }

  private static Tree pool(Tree composite) {
    return composite.at("status", "pools").items().getFirst();
  }

  /** Sets the hook of machines, or takes it away. */
  private void holds(Set<String> machines, @Nullable String value) {
    var annotations = new LinkedHashMap<String, @Nullable Object>();
    annotations.put(HOOK, value);
    for (String machine : machines) {
      Reference reference = Kind.MACHINE.named(NAMESPACE, machine);
      if (kubernetes.find(reference).isPresent()) {
        var _ = kubernetes.patch(reference, Map.of("metadata", Map.of("annotations", annotations)));
      }
    }
  }

  /** Names of the machines of a pool, or of the control plane where it is empty. */
  private Set<String> machines(String pool) {
    return kubernetes.list(Kind.MACHINE, NAMESPACE).stream()
        .filter(machine ->
            machine
                .at("metadata", "labels", "cluster.x-k8s.io/deployment-name")
                .text()
                .map(name -> !pool.isEmpty() && name.endsWith("-" + pool))
                .orElse(pool.isEmpty()))
        .map(machine -> machine.at("metadata", "name").text().orElse(""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Tree deployment(String pool) {
    return kubernetes.list(Kind.MACHINE_DEPLOYMENT, NAMESPACE).stream()
        .filter(one -> one.at("metadata", "name").text().orElse("").endsWith("-" + pool))
        .findFirst()
        .orElseThrow();
  }

  private static boolean going(Tree object) {
    return object.at("metadata", "deletionTimestamp").exists();
  }

  /** Deletes the claim, and tells in which order things went. */
  private String goes(Tree clusterName) throws IOException {
    List<Reference> composed = scene.composed(scene.composite(claim()));
    try (var ending = new Ending(kubernetes, NAMESPACE, clusterName.text().orElseThrow())) {
      kubernetes.delete(claim());
      await.untilGone(kubernetes, claim());
      composed.forEach(one -> await.untilGone(kubernetes, one));
      assertThat(kubernetes.list(Kind.MACHINE, NAMESPACE)).isEmpty();
      ending.isReached(await);
      return "# The claim is deleted; nothing of a line goes before all of the line above it has\n"
          + Ending.STEPS.stream()
              .map(step -> String.join(", ", new TreeSet<>(step)) + "\n")
              .collect(Collectors.joining());
    }
  }

  /** Names of the templates of all machines that are not going. */
  private TreeSet<String> originals() {
    return kubernetes.list(MACHINES, NAMESPACE).stream()
        .filter(machine -> !going(machine))
        .map(machine -> machine.at("metadata", "annotations", ORIGINAL).text().orElse(""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private TreeSet<String> templates() {
    var names = new TreeSet<String>();
    kubernetes
        .list(Ending.TEMPLATES, NAMESPACE)
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
