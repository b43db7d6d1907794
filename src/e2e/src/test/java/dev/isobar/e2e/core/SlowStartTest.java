package dev.isobar.e2e.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.e2e.story.OtherComposition;
import dev.isobar.e2e.story.Scene;
import dev.isobar.testbed.fault.Turnstile;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.plane.ControlPlane;
import dev.isobar.testbed.process.Ports;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * A function that listens long before it answers. Core gives a reconcile two minutes, which this
 * suite waits for.
 */
@OnControlPlane
@Order(4)
final class SlowStartTest {
  private static final String NAME = "slow";

  private final ControlPlane plane = Planes.bare();
  private final Kubernetes kubernetes = plane.kubernetes();
  private final Await await = Await.PATIENT;

  /**
   * Core gives a reconcile two minutes. When the claim is changed meanwhile, its words meet a
   * conflict and are lost, and those of the next come two minutes later.
   */
  private final Await twice = new Await(Duration.ofMinutes(6));

  @Test
  void claimsOutliveReconcilesThatFailAndComeAfterwards() {
    int port = Ports.free();
    var _ = plane.core().register("function-" + NAME, port);
    try (Turnstile turnstile = Turnstile.open(port, plane.function().port())) {
      OtherComposition composition =
          OtherComposition.make(
              plane, NAME, step -> step.put("functionRef", Map.of("name", "function-" + NAME)));
      Scene scene = Scene.set(plane, NAME, NAME);
      Reference first = claim(scene, composition, "first", 1);
      var _ = await.until(kubernetes, first, "is being provisioned", SlowStartTest::settled);
      List<Reference> composed = scene.composed(scene.composite(first));
      Set<String> before = scene.versions(scene.composite(first));

      turnstile.shut();
      var _ = claim(scene, composition, "first", 2);
      Reference second = claim(scene, composition, "second", 1);

      tellsThatItFailed(scene, first);
      tellsThatItFailed(scene, second);
      assertThat(turnstile.kept()).as("connections of core that were kept").isGreaterThan(1);
      assertThat(scene.versions(scene.composite(first))).isEqualTo(before);
      assertThat(scene.composed(scene.composite(second))).isEmpty();

      turnstile.open();

      var _ = await.until(kubernetes, second, "is being provisioned", SlowStartTest::settled);
      var _ =
          await.until(
              "the change of the first is composed",
              () -> kubernetes.list(Kind.MACHINE_DEPLOYMENT, NAME, labels(first)),
              all -> all.size() == 1 && replicas(all.getFirst()) == 2);
      assertThat(scene.composed(scene.composite(first))).isEqualTo(composed);
    }
  }

  private void tellsThatItFailed(Scene scene, Reference claim) {
    var _ =
        await.until(
            claim + " is bound",
            () -> kubernetes.get(claim).at("spec", "resourceRef", "name"),
            Tree::exists);
    Tree composite =
        twice.until(
            kubernetes,
            Reference.of(scene.composite(claim)),
            "tells that the function did not answer, and not that its connection was cut",
            Conditions.is("Synced", "False", "ReconcileError")
                .and(seen -> Conditions.words(seen, "Synced").contains("DeadlineExceeded")));
    assertThat(Conditions.words(composite, "Synced"))
        .contains("cannot run Function \"function-slow\"");
    assertThat(Conditions.is("Synced", "True").and(Conditions.is("Ready", "False", "Waiting")))
        .accepts(kubernetes.get(claim));
  }

  private static Map<String, String> labels(Reference claim) {
    return Map.of("crossplane.io/claim-name", claim.name());
  }

  private static long replicas(Tree deployment) {
    return deployment.at("spec", "replicas").whole().orElse(0L);
  }

  private static Reference claim(
      Scene scene, OtherComposition composition, String name, int nodes) {
    return scene.claim(
        NAME,
        name,
        spec -> {
          composition.choose(scene.plane(), spec);
          spec.put(
              "pools",
              List.of(Map.of("name", "general", "machineType", "m1.large", "replicas", nodes)));
        });
  }

  private static boolean settled(Tree claim) {
    return Conditions.is("Synced", "True").test(claim)
        && claim.at("status", "stage").text().filter("Provisioning"::equals).isPresent();
  }
}
