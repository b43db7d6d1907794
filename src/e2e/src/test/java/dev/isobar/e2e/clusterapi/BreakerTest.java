package dev.isobar.e2e.clusterapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.e2e.inmemory.InMemoryPlane;
import dev.isobar.e2e.plane.Alone;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.story.Scene;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Core's circuit breaker with its own default opens for every cluster that is made, and then drops
 * most of what happens. No claim is lost by that, and the status says why it lags.
 */
@ResourceLock(Alone.MEMORY)
@OnControlPlane
@Order(1)
final class BreakerTest {
  private static final String NAMESPACE = "breaker";
  private static final String CLAIM = "eo-lab";
  private static final String EXPLANATION = "Crossplane looks only now and then";

  private static final Predicate<Tree> OPEN =
      Conditions.is("Responsive", "False", "WatchCircuitOpen");

  private final InMemoryPlane memory = InMemoryPlane.shared(List.of());
  private final Kubernetes kubernetes = memory.plane().kubernetes();
  private final Await await = Await.PATIENT;
  private final Scene scene = Scene.set(memory.plane(), NAMESPACE, NAMESPACE);

  @Test
  void openBreakerLosesNoClaimAndIsExplained() throws IOException {
    Map<String, String> ofTheClaim =
        Map.of("crossplane.io/claim-name", CLAIM, "crossplane.io/claim-namespace", NAMESPACE);
    List<String> told = new CopyOnWriteArrayList<>();
    Reference claim = Kind.CLAIM.named(NAMESPACE, CLAIM);
    try (Closeable _ =
        kubernetes.follow(
            Kind.COMPOSITE,
            ofTheClaim,
            seen -> {
              if (OPEN.test(seen.object())) {
                told.add(seen.object().at("status", "message").text().orElse(""));
              }
            })) {
      claims(1);
      var _ =
          await.until(
              "core's circuit breaker is told to be open, and explained",
              () -> told,
              all -> all.stream().anyMatch(text -> text.contains(EXPLANATION)));
      var _ = await.until(kubernetes, claim, "has 2 of 2 nodes", nodes("2/2"));

      var _ =
          await.until(
              kubernetes, Reference.of(scene.composite(claim)), "has an open breaker", OPEN);
      claims(2);

      var _ = await.until(kubernetes, claim, "has 3 of 3 nodes", nodes("3/3"));
    }
    assertThat(memory.plane().core().metric("circuit_breaker_opens_total"))
        .as("how often the breaker opened")
        .isPositive();
    List<Reference> composed = scene.composed(scene.composite(claim));
    kubernetes.delete(claim);
    await.untilGone(kubernetes, claim);
    composed.forEach(one -> await.untilGone(kubernetes, one));
  }

  private void claims(int nodes) {
    var _ =
        scene.claim(
            NAMESPACE,
            CLAIM,
            spec -> {
              memory.composition().choose(memory.plane(), spec);
              spec.put("controlPlane", Map.of("machineType", "m1.large", "replicas", 1));
              spec.put(
                  "pools",
                  List.of(Map.of("name", "general", "machineType", "m1.large", "replicas", nodes)));
            });
  }

  private static Predicate<Tree> nodes(String ready) {
    return claim -> claim.at("status", "nodes").text().filter(ready::equals).isPresent();
  }
}
