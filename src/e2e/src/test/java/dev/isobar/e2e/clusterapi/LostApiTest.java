package dev.isobar.e2e.clusterapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.e2e.inmemory.InMemoryPlane;
import dev.isobar.e2e.plane.Alone;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.story.Scene;
import dev.isobar.e2e.sveltos.PlayedSveltos;
import dev.isobar.testbed.controller.InMemoryApi;
import dev.isobar.testbed.crossplane.Core;
import dev.isobar.testbed.fault.Turnstile;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.process.Ports;
import dev.isobar.testbed.process.Probe;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Clusters that were ready and lose their API, with Cluster API's own controllers: that is told,
 * and they end by themselves when their claims are deleted. Each machine may be drained for a day;
 * that the suite ends shows that nobody waits for it.
 */
@ResourceLock(value = Alone.MEMORY, mode = ResourceAccessMode.READ)
@OnControlPlane
@Order(6)
final class LostApiTest {
  private static final String NAME = "lost-api";
  private static final String UNREACHED = "the Kubernetes API cannot be reached: ";

  /**
   * How a cluster loses its API.
   *
   * @param leaders machines of its control plane
   * @param deaf whether connections are still taken, which nobody answers
   * @param noticed whether Cluster API has found out before the claim is deleted
   */
  private record Loss(String reason, String claim, int leaders, boolean deaf, boolean noticed) {}

  private static final List<Loss> LOSSES =
      List.of(
          new Loss("nothing listens any more", "refuses", 3, false, true),
          new Loss("whoever asks waits for an answer", "hangs", 1, true, true),
          new Loss("everybody still believes that it answers", "unnoticed", 1, true, false));

  /** A cluster that was ready. */
  private record Ready(Loss loss, String cluster) {}

  /** A cluster whose claim was deleted. */
  private record Leaving(Reference claim, List<Reference> composed, Ending ending) {}

  private final InMemoryPlane memory = InMemoryPlane.shared(Core.RECOMMENDED);
  private final Kubernetes kubernetes = memory.plane().kubernetes();
  private final Await await = Await.PATIENT;
  private final Scene scene = Scene.set(memory.plane(), NAME, NAME);
  private final Map<String, Turnstile> deaf = new TreeMap<>();
  private final List<Ending> endings = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    for (Closeable turnstile : deaf.values()) {
      turnstile.close();
    }
    for (Closeable ending : endings) {
      ending.close();
    }
  }

  @Test
  void clustersThatLoseTheirApiAreToldAndGo() {
    LOSSES.forEach(this::claims);
    List<Ready> all = LOSSES.stream().map(this::comesUp).toList();
    List<Ready> noticed = all.stream().filter(one -> one.loss().noticed()).toList();
    List<Ready> unnoticed = all.stream().filter(one -> !one.loss().noticed()).toList();

    all.forEach(this::loses);

    var leaving = new ArrayList<Leaving>();
    for (Ready one : unnoticed) {
      assertThat(Conditions.is("RemoteConnectionProbe", "True"))
          .as(one.loss().reason())
          .accepts(kubernetes.get(cluster(one)));
      leaving.add(leaves(one));
    }
    for (Ready one : noticed) {
      tells(one.loss());
      leaving.add(leaves(one));
    }
    deaf.forEach((claim, turnstile) ->
        assertThat(turnstile.kept()).as("connections that " + claim + " let wait").isPositive());
    leaving.forEach(this::isGone);
  }

  private void claims(Loss loss) {
    var _ =
        scene.claim(
            NAME,
            loss.claim(),
            spec -> {
              memory.composition().choose(memory.plane(), spec);
              spec.put("controlPlane", machines(loss.leaders()));
              Map<String, Object> pool = machines(1);
              pool.put("name", "general");
              spec.put("pools", List.of(pool));
            });
  }

  private static Map<String, Object> machines(int replicas) {
    return new TreeMap<String, Object>(
        Map.of("machineType", "m1.large", "replicas", replicas, "drainTimeout", "24h"));
  }

  private Ready comesUp(Loss loss) {
    int nodes = loss.leaders() + 1;
    Tree up =
        await.until(
            kubernetes,
            claim(loss),
            "has all its nodes",
            nodes(nodes + "/" + nodes).and(Conditions.is("PoolsReady", "True")));
    var ready = new Ready(loss, up.at("status", "clusterName").text().orElseThrow());
    new PlayedSveltos(kubernetes).deploys(NAME, ready.cluster());
    var _ =
        await.until(
            kubernetes,
            claim(loss),
            "is ready",
            stage("Ready").and(Conditions.is("Ready", "True")));
    var _ =
        await.until(kubernetes, cluster(ready), "is available", Conditions.is("Available", "True"));
    return ready;
  }

  /** From one moment to the next nobody reaches its API. */
  private void loses(Ready one) {
    int port =
        kubernetes
            .get(cluster(one))
            .at("spec", "controlPlaneEndpoint", "port")
            .whole()
            .map(Math::toIntExact)
            .orElseThrow();
    assertThat(Probe.listens(port).passes()).as("whether its API listens").isTrue();
    new InMemoryApi(NAME, one.cluster()).stop();
    assertThat(Probe.listens(port).passes()).as(one.loss().reason()).isFalse();
    if (one.loss().deaf()) {
      // What slips through before it is shut is refused as well.
      var turnstile = Turnstile.open(port, Ports.free());
      deaf.put(one.loss().claim(), turnstile);
      turnstile.shut();
    }
  }

  private void tells(Loss loss) {
    Tree told =
        await.until(
            kubernetes,
            claim(loss),
            "tells that its API is not reached",
            stage("Degraded")
                .and(Conditions.is("Ready", "False"))
                .and(Conditions.is("ControlPlaneReady", "False", "Degraded"))
                .and(seen -> message(seen).contains(UNREACHED))
                .and(seen -> Conditions.words(seen, "ControlPlaneReady").contains(UNREACHED)));
    assertThat(Conditions.words(told, "AddonsReady"))
        .as("of what was installed before; " + loss.reason())
        .isEqualTo("True/Deployed: all add-ons are deployed");
  }

  private Leaving leaves(Ready one) {
    Reference claim = claim(one.loss());
    List<Reference> composed = scene.composed(scene.composite(claim));
    var ending = new Ending(kubernetes, NAME, one.cluster());
    endings.add(ending);
    kubernetes.delete(claim);
    return new Leaving(claim, composed, ending);
  }

  private void isGone(Leaving one) {
    await.untilGone(kubernetes, one.claim());
    one.composed().forEach(object -> await.untilGone(kubernetes, object));
    one.ending().isReached(await);
  }

  private static Reference claim(Loss loss) {
    return Kind.CLAIM.named(NAME, loss.claim());
  }

  private static Reference cluster(Ready one) {
    return Kind.CLUSTER.named(NAME, one.cluster());
  }

  private static String message(Tree claim) {
    return claim.at("status", "message").text().orElse("");
  }

  private static Predicate<Tree> nodes(String ready) {
    return claim -> claim.at("status", "nodes").text().filter(ready::equals).isPresent();
  }

  private static Predicate<Tree> stage(String stage) {
    return claim -> claim.at("status", "stage").text().filter(stage::equals).isPresent();
  }
}
