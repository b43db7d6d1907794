package dev.isobar.e2e.core;

import dev.isobar.apis.tree.Tree;
import dev.isobar.e2e.plane.Alone;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.e2e.story.Scene;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.plane.ControlPlane;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A function that ends and comes again; nobody else may need it meanwhile. */
@ResourceLock(Alone.FUNCTION)
@OnControlPlane
final class AwayTest {
  private static final String NAME = "away";

  private final ControlPlane plane = Planes.bare();
  private final Kubernetes kubernetes = plane.kubernetes();
  private final Await await = Await.PATIENT;
  private final Scene scene = Scene.set(plane, NAME, NAME);

  /** Core waits for the function as long as a reconcile may take, and asks again afterwards. */
  @Test
  void functionMayBeAwayForAWhile() {
    Reference first = claim("first", Map.of());
    var _ = await.until(kubernetes, first, "is being provisioned", AwayTest::settled);
    plane.function().kill();
    Reference second;
    try {
      second = claim("second", Map.of());
      var _ = claim("first", Map.of("a", "b"));
      var _ =
          await.until(
              kubernetes,
              second,
              "is bound",
              seen -> seen.at("spec", "resourceRef", "name").exists());
    } finally {
      plane.function().startAgain();
    }
    var _ = await.until(kubernetes, second, "is being provisioned", AwayTest::settled);
    var _ =
        await.until(
            "the change of the first has been composed",
            () -> kubernetes.list(Kind.MACHINE_DEPLOYMENT, NAME),
            all -> all.stream().anyMatch(AwayTest::isLabelled));
  }

  private Reference claim(String name, Map<String, String> labels) {
    return scene.claim(
        NAME,
        name,
        spec ->
            spec.put(
                "pools",
                List.of(
                    Map.of(
                        "name",
                        "general",
                        "machineType",
                        "m1.large",
                        "replicas",
                        1,
                        "labels",
                        labels))));
  }

  private static boolean isLabelled(Tree deployment) {
    return deployment
        .at("metadata", "annotations", "capacity.cluster-autoscaler.kubernetes.io/labels")
        .text()
        .filter(labels -> List.of(labels.split(",")).contains("a=b"))
        .isPresent();
  }

  private static boolean settled(Tree claim) {
    return Conditions.is("Synced", "True").test(claim)
        && claim.at("status", "stage").text().filter("Provisioning"::equals).isPresent();
  }
}
