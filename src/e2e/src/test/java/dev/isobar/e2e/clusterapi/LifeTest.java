package dev.isobar.e2e.clusterapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.e2e.inmemory.InMemoryPlane;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.story.Scene;
import dev.isobar.apis.tree.Tree;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The life of a cluster, from a claim to nothing, with Cluster API's own controllers. */
@OnControlPlane
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LifeTest {
  private static final String NAMESPACE = "life";
  private static final Kind TEMPLATES =
      new Kind("infrastructure.cluster.x-k8s.io/v1beta2", "DevMachineTemplate");

  private final InMemoryPlane memory =
      InMemoryPlane.start("cluster-api", "--circuit-breaker-burst=1000");
  private final Kubernetes kubernetes = memory.plane().kubernetes();
  private final Await await = new Await(Duration.ofMinutes(4));

  @AfterAll
  void end() {
    memory.close();
  }

  @Test
  void clusterLivesFromClaimToNothing() throws IOException {
    Scene scene = Scene.set(memory.plane(), "life", NAMESPACE);
    List<Told> told = Collections.synchronizedList(new ArrayList<>());
    Reference claim = scene.claim(NAMESPACE, "eo-lab", spec -> shape(spec, 2, Map.of()));
    try (Closeable _ = kubernetes.follow(claim, seen -> note(told, seen))) {
      comesUp(claim);
      grows(scene, claim);
      rolls(scene, claim);
    }
    assertThat(told)
        .as("what the claim said")
        .extracting(Told::stage)
        .startsWith("Waiting", "Provisioning")
        .doesNotContain("Degraded");
    List<Reference> composed = scene.composed(scene.composite(claim));
    kubernetes.delete(claim);
    await.untilGone(kubernetes, claim);
    composed.forEach(one -> await.untilGone(kubernetes, one));
    assertThat(kubernetes.list(Kind.MACHINE, NAMESPACE)).isEmpty();
  }

  private void comesUp(Reference claim) {
    var _ = await.until(kubernetes, claim, "has infrastructure", holds("InfrastructureReady"));
    var _ = await.until(kubernetes, claim, "has a control plane", holds("ControlPlaneReady"));
    var _ = await.until(kubernetes, claim, "has its pools", holds("PoolsReady"));
    // The control plane is available with the first of its machines.
    Tree up = await.until(kubernetes, claim, "has 5 of 5 nodes", nodes("5/5"));
    assertThat(up.at("status", "endpoint").text().orElse("")).startsWith("https://127.0.0.1:");
    Reference kubeconfig =
        Kind.SECRET.named(
            up.at("status", "kubeconfigSecretRef", "namespace").text().orElseThrow(),
            up.at("status", "kubeconfigSecretRef", "name").text().orElseThrow());
    assertThat(kubernetes.get(kubeconfig).at("data", "value").exists()).isTrue();
    assertThat(kubernetes.list(Kind.CLUSTER, NAMESPACE))
        .as("Clusters that are available")
        .allMatch(Conditions.is("Available", "True"))
        .hasSize(1);
  }

  private void grows(Scene scene, Reference claim) {
    var _ = scene.claim(NAMESPACE, "eo-lab", spec -> shape(spec, 4, Map.of()));
    var _ = await.until(kubernetes, claim, "has 7 of 7 nodes", nodes("7/7"));
  }

  /**
   * A bigger disk makes a new template; the old one goes when no machine comes from it any more.
   */
  private void rolls(Scene scene, Reference claim) {
    var before = templates();
    var _ = scene.claim(NAMESPACE, "eo-lab", spec -> shape(spec, 4, Map.of("size", "80Gi")));
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
    var _ = await.until(kubernetes, claim, "has its nodes again", holds("PoolsReady"));
  }

  private TreeSet<String> templates() {
    var names = new TreeSet<String>();
    kubernetes
        .list(TEMPLATES, NAMESPACE)
        .forEach(template -> names.add(template.at("metadata", "name").text().orElse("")));
    return names;
  }

  private static Predicate<Tree> nodes(String ready) {
    return claim -> claim.at("status", "nodes").text().filter(ready::equals).isPresent();
  }

  private static Predicate<Tree> holds(String condition) {
    return Conditions.is(condition, "True");
  }

  /** What a claim said: its stage, and why. */
  private record Told(String stage, String message) {
    static Told of(Tree claim) {
      return new Told(
          claim.at("status", "stage").text().orElse(""),
          claim.at("status", "message").text().orElse(""));
    }
  }

  private static void note(List<Told> told, Tree claim) {
    Told now = Told.of(claim);
    if (!now.stage().isEmpty() && (told.isEmpty() || !told.getLast().equals(now))) {
      told.add(now);
    }
  }

  /** One pool of a fixed size. */
  private static void shape(
      Map<String, @Nullable Object> spec, int nodes, Map<String, String> rootDisk) {
    spec.put("compositionRef", Map.of("name", InMemoryPlane.COMPOSITION));
    var pool = new LinkedHashMap<String, @Nullable Object>();
    pool.put("name", "general");
    pool.put("machineType", "m1.large");
    pool.put("replicas", nodes);
    if (!rootDisk.isEmpty()) {
      pool.put("rootDisk", rootDisk);
    }
    spec.put("pools", List.of(pool));
  }
}
