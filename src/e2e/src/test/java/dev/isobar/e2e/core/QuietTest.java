package dev.isobar.e2e.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.e2e.plane.Alone;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.e2e.story.Scene;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.plane.ControlPlane;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A composite at rest costs nothing: core asks the function again, and writes nothing. */
@ResourceLock(Alone.FUNCTION)
@OnControlPlane
final class QuietTest {
  private static final int CALLS = 5;

  private final ControlPlane plane = Planes.bare();
  private final Kubernetes kubernetes = plane.kubernetes();
  private final Await await = Await.PATIENT;

  /**
   * A label of the Cloud, which nobody reads, makes core ask again for every claim of it. What core
   * applies then is compared by the API server with what there is: an equal object is not stored
   * anew, so its version stays.
   */
  @Test
  void askingAgainStoresNothing() {
    Scene scene = Scene.set(plane, "quiet", "quiet");
    Reference claim = scene.claim("quiet", "eo-lab");
    var _ =
        await.until(
            kubernetes,
            claim,
            "is being provisioned",
            seen ->
                Conditions.is("Synced", "True").test(seen)
                    && seen.at("status", "stage")
                        .text()
                        .filter("Provisioning"::equals)
                        .isPresent());
    Tree composite = scene.composite(claim);
    for (int call = 0; call < CALLS; call++) {
      scene.askAgain("until-it-rests-" + call, await, composite);
    }
    String before = state(scene, claim);
    long mark = plane.server().audit().mark();

    for (int call = 0; call < CALLS; call++) {
      scene.askAgain("measured-" + call, await, composite);
    }

    assertThat(state(scene, claim)).isEqualTo(before);
    assertThat(scene.stored(mark, composite)).as("writes that are no comparison").isEmpty();
  }

  private String state(Scene scene, Reference claim) {
    Tree composite = scene.composite(claim);
    return version(kubernetes.get(claim)) + version(composite) + scene.versions(composite);
  }

  private static String version(Tree object) {
    return object.at("metadata", "resourceVersion").text().orElse("") + " ";
  }
}
