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
import java.util.Optional;
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
    Reference first = claim("first", 1);
    var _ = await.until(kubernetes, first, "is being provisioned", AwayTest::settled);
    plane.function().kill();
    Reference second;
    try {
      second = claim("second", 1);
      var _ = claim("first", 2);
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
            all ->
                all.stream()
                    .anyMatch(one -> one.at("spec", "replicas").whole().equals(Optional.of(2L))));
  }

  private Reference claim(String name, int nodes) {
    return scene.claim(
        NAME,
        name,
        spec ->
            spec.put(
                "pools",
                List.of(Map.of("name", "general", "machineType", "m1.large", "replicas", nodes))));
  }

  private static boolean settled(Tree claim) {
    return Conditions.is("Synced", "True").test(claim)
        && claim.at("status", "stage").text().filter("Provisioning"::equals).isPresent();
  }
}
