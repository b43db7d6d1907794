package dev.isobar.e2e.clusterapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.yaml.Plain;
import dev.isobar.e2e.inmemory.BatchJob;
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
import dev.isobar.testbed.kubernetes.Refusal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The cluster autoscaler of a claim, but for its program: its Deployment is made into a pod by
 * Kubernetes' own controllers in a namespace that restricts pods, its account has the rights it
 * needs and no others, and what it scales is Cluster API's from then on.
 */
@ResourceLock(value = Alone.MEMORY, mode = ResourceAccessMode.READ)
@OnControlPlane
@Order(6)
final class AutoscalerTest {
  private static final String NAMESPACE = "scaled";
  private static final String OTHER = "scaled-by-others";
  private static final String CLAIM = "eo-lab";
  private static final Map<String, Object> SCALED = Map.of("autoscale", Map.of("min", 1, "max", 3));
  private static final Map<String, String> PODS =
      Map.of("app.kubernetes.io/name", "cluster-autoscaler");
  private static final Kind DEPLOYMENT = new Kind("apps/v1", "Deployment");
  private static final Kind POD = new Kind("v1", "Pod");
  private static final Kind ACCOUNT = new Kind("v1", "ServiceAccount");
  private static final Kind BINDING = new Kind("rbac.authorization.k8s.io/v1", "RoleBinding");
  private static final Kind MACHINE_SET = new Kind("cluster.x-k8s.io/v1beta2", "MachineSet");

  private final InMemoryPlane memory = InMemoryPlane.shared(Core.RECOMMENDED);
  private final Kubernetes kubernetes = memory.plane().kubernetes();
  private final Await await = Await.PATIENT;
  private final Scene scene = Scene.set(memory.plane(), NAMESPACE, NAMESPACE, OTHER);

  @Test
  void scalesWhatItMayAndNothingElse() {
    kubernetes.makeNamespace(NAMESPACE, Map.of("pod-security.kubernetes.io/enforce", "restricted"));
    claims(SCALED);
    String cluster = comesUp();
    Reference deployment = DEPLOYMENT.named(NAMESPACE, cluster + "-autoscaler");
    itsPodRuns(deployment);
    var _ = await.until(kubernetes, claim(), "is ready", AutoscalerTest::rests);

    try (var account =
        Kubernetes.connect(
            memory.plane().server().kubeconfig(NAMESPACE, cluster + "-autoscaler"))) {
      Reference pool = Kind.MACHINE_DEPLOYMENT.named(NAMESPACE, cluster + "-general");
      assertThat(reads(account)).as("what it found of each kind").containsValues(1);
      account.scale(pool, 2);
      Tree grown =
          await.until(
              kubernetes, claim(), "has its second node", nodes("5/5").and(AutoscalerTest::rests));
      assertThat(grown.at("status", "pools").items().getFirst().at("wanted").whole())
          .as("nodes wanted")
          .contains(2L);
      scene.askAgain("1", await, scene.composite(claim()));
      assertThat(kubernetes.get(pool).at("spec", "replicas").whole())
          .as("replicas after the function was asked again")
          .contains(2L);
      assertThat(refusals(account, pool)).isEqualTo(FORBIDDEN);
      waitsForItsSession(account, pool);
    }

    goesWhileTheClaimIsPaused(cluster);
    claims(Map.of("replicas", 2));
    await.untilGone(kubernetes, deployment);
    var _ = await.until(kubernetes, claim(), "is ready", AutoscalerTest::rests);
    kubernetes.delete(claim());
    await.untilGone(kubernetes, claim());
    await.untilGone(kubernetes, Kind.CLUSTER.named(NAMESPACE, cluster));
  }

  private String comesUp() {
    Tree up =
        await.until(
            kubernetes,
            claim(),
            "has its nodes",
            nodes("4/4").and(Conditions.is("PoolsReady", "True")));
    String cluster = up.at("status", "clusterName").text().orElseThrow();
    new PlayedSveltos(kubernetes).deploys(NAMESPACE, cluster);
    Tree waiting =
        await.until(
            kubernetes,
            claim(),
            "waits for its autoscaler alone",
            seen -> message(seen).startsWith("add-on cluster-autoscaler:"));
    assertThat(message(waiting))
        .isEqualTo(
            "add-on cluster-autoscaler: the pod of Deployment "
                + NAMESPACE
                + "/"
                + cluster
                + "-autoscaler is being started");
    return cluster;
  }

  /** Says of its pod what a kubelet would. */
  private void itsPodRuns(Reference deployment) {
    List<Tree> pods =
        await.until(
            "Kubernetes has made a pod of " + deployment,
            () -> kubernetes.list(POD, NAMESPACE, PODS),
            found -> !found.isEmpty());
    assertThat(pods).as("pods of the autoscaler").hasSize(1);
    var _ =
        kubernetes.patchStatus(
            Reference.of(pods.getFirst()),
            Map.of(
                "phase",
                "Running",
                "conditions",
                List.of(
                    Map.of(
                        "type",
                        "Ready",
                        "status",
                        "True",
                        "lastTransitionTime",
                        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString()))));
  }

  /** With all that is its own, and comes again with its rights; no node comes or goes meanwhile. */
  private void goesWhileTheClaimIsPaused(String cluster) {
    Reference pool = Kind.MACHINE_DEPLOYMENT.named(NAMESPACE, cluster + "-general");
    String name = cluster + "-autoscaler";
    claims(SCALED, true);
    for (Kind kind : List.of(DEPLOYMENT, ACCOUNT, BINDING)) {
      await.untilGone(kubernetes, kind.named(NAMESPACE, name));
    }
    var _ =
        await.until("its pod is gone", () -> kubernetes.list(POD, NAMESPACE, PODS), List::isEmpty);
    var _ =
        await.until(
            kubernetes,
            claim(),
            "is paused, and has no autoscaler",
            seen ->
                seen.at("status", "stage").text().filter("Paused"::equals).isPresent()
                    && !String.valueOf(seen.at("status", "addons").plain())
                        .contains("cluster-autoscaler"));
    assertThat(kubernetes.get(Kind.CLUSTER.named(NAMESPACE, cluster)).at("spec", "paused").truth())
        .as("whether the Cluster is paused")
        .contains(true);
    assertThat(replicas(pool)).as("replicas while it is paused").contains(1L);
    claims(SCALED);
    itsPodRuns(DEPLOYMENT.named(NAMESPACE, name));
    var _ = await.until(kubernetes, claim(), "is ready after it", AutoscalerTest::rests);
    assertThat(replicas(pool)).as("replicas after it").contains(1L);
    try (var account = Kubernetes.connect(memory.plane().server().kubeconfig(NAMESPACE, name))) {
      assertThat(reads(account)).as("what the new one found of each kind").containsValues(1);
    }
  }

  private Optional<Long> replicas(Reference pool) {
    return kubernetes.get(pool).at("spec", "replicas").whole();
  }

  /** How many there are of each kind that it watches in its namespace, capped at one. */
  private static SortedMap<String, Integer> reads(Kubernetes account) {
    var found = new TreeMap<String, Integer>();
    for (Kind kind : List.of(Kind.MACHINE_DEPLOYMENT, MACHINE_SET, Kind.MACHINE)) {
      found.put(kind.name(), Math.min(1, account.list(kind, NAMESPACE).size()));
    }
    return found;
  }

  /** A node on which a batch job runs goes when that has ended, and no sooner. */
  private void waitsForItsSession(Kubernetes account, Reference pool) {
    Tree machine =
        kubernetes.list(Kind.MACHINE, NAMESPACE, Map.of("isobar.dev/pool", "general")).getFirst();
    Reference going = Reference.of(machine);
    String cluster = machine.at("spec", "clusterName").text().orElseThrow();
    String node = machine.at("status", "nodeRef", "name").text().orElseThrow();
    try (var job = BatchJob.on(kubernetes, NAMESPACE, cluster, node)) {
      mark(account, machine);
      scaleByUpdate(pool, 2, 1);
      var _ =
          await.until(
              kubernetes,
              going,
              "waits for the job on its node",
              seen -> message(seen, "Deleting").contains(job.name()));
      job.ends();
    }
    await.untilGone(kubernetes, going);
    var _ =
        await.until(
            kubernetes, claim(), "has one node again", nodes("4/4").and(AutoscalerTest::rests));
  }

  /**
   * As autoscalers before 1.33 do, which patch nothing: with a number to begin from, kubectl reads
   * the Scale and puts it in its place, by the same library.
   */
  private void scaleByUpdate(Reference pool, int from, int replicas) {
    String account = pool.name().replace("-general", "-autoscaler");
    var _ =
        memory
            .plane()
            .kubectl(
                "--kubeconfig=" + memory.plane().server().kubeconfig(NAMESPACE, account),
                "scale",
                "machinedeployments.cluster.x-k8s.io/" + pool.name(),
                "--namespace=" + NAMESPACE,
                "--current-replicas=" + from,
                "--replicas=" + replicas);
  }

  /** As it does before it makes a pool smaller, so that the idle node goes. */
  private static void mark(Kubernetes account, Tree machine) {
    var object = Plain.copy(machine.plain());
    var metadata = Plain.copy(object.get("metadata"));
    var annotations = Plain.copy(metadata.get("annotations"));
    annotations.put("cluster.x-k8s.io/delete-machine", "2026-01-01 00:00:00 +0000 UTC");
    metadata.put("annotations", annotations);
    object.put("metadata", metadata);
    account.update(object);
  }

  private static final SortedMap<String, Boolean> FORBIDDEN =
      new TreeMap<>(
          Map.of(
              "change a MachineDeployment", true,
              "delete a MachineDeployment", true,
              "read Secrets", true,
              "read machines of another namespace", true,
              "read pods", true));

  private static SortedMap<String, Boolean> refusals(Kubernetes account, Reference pool) {
    var refused = new TreeMap<String, Boolean>();
    refused.put(
        "change a MachineDeployment",
        refused(() -> {
          var _ = account.patch(pool, Map.of("spec", Map.of("paused", true)));
        }));
    refused.put("delete a MachineDeployment", refused(() -> account.delete(pool)));
    refused.put(
        "read Secrets",
        refused(() -> {
          var _ = account.list(Kind.SECRET, NAMESPACE);
        }));
    refused.put(
        "read machines of another namespace",
        refused(() -> {
          var _ = account.list(Kind.MACHINE, OTHER);
        }));
    refused.put(
        "read pods",
        refused(() -> {
          var _ = account.list(POD, NAMESPACE);
        }));
    return refused;
  }

  private static boolean refused(Runnable attempt) {
    try {
      attempt.run();
      return false;
    } catch (Refusal refusal) {
      return String.valueOf(refusal.getMessage()).contains("forbidden");
    }
  }

  private void claims(Map<String, Object> nodes) {
    claims(nodes, false);
  }

  private void claims(Map<String, Object> nodes, boolean paused) {
    var pool = new TreeMap<String, Object>(nodes);
    pool.put("name", "general");
    pool.put("machineType", "m1.large");
    var _ =
        scene.claim(
            NAMESPACE,
            CLAIM,
            spec -> {
              memory.composition().choose(memory.plane(), spec);
              spec.put("pools", List.of(pool));
              spec.put("paused", paused);
            });
  }

  private static Reference claim() {
    return Kind.CLAIM.named(NAMESPACE, CLAIM);
  }

  private static String message(Tree object) {
    return message(object, "AddonsReady");
  }

  private static String message(Tree object, String condition) {
    return Conditions.find(object, condition)
        .flatMap(found -> found.at("message").text())
        .orElse("");
  }

  private static Predicate<Tree> nodes(String ready) {
    return seen -> seen.at("status", "nodes").text().filter(ready::equals).isPresent();
  }

  private static boolean rests(Tree claim) {
    return claim.at("status", "stage").text().filter("Ready"::equals).isPresent()
        && Conditions.is("Ready", "True").test(claim);
  }
}
