package dev.isobar.e2e.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.input.Flavour;
import dev.isobar.e2e.plane.Alone;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.e2e.story.Scene;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.plane.ControlPlane;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A composite at rest costs nothing: core asks the function again, and writes nothing. */
@ResourceLock(value = Alone.FUNCTION, mode = ResourceAccessMode.READ)
@OnControlPlane
final class QuietTest {
  private static final int CALLS = 5;

  private final Await await = Await.PATIENT;

  /**
   * A label of the Cloud, which nobody reads, makes core ask again for every claim of it. What core
   * applies then is compared by the API server with what there is: an equal object is not stored
   * anew, so its version stays.
   */
  @ParameterizedTest
  @EnumSource(Flavour.class)
  void askingAgainStoresNothing(Flavour flavour) {
    ControlPlane plane = Planes.bare(flavour);
    Scene scene = Scene.set(plane, "quiet", "quiet");
    Reference claim = scene.claim("quiet", "quiet-lab");
    var _ =
        await.until(
            plane.kubernetes(),
            claim,
            "is being provisioned",
            seen ->
                Conditions.is("Synced", "True").test(seen)
                    && seen.at("status", "stage")
                        .text()
                        .filter("Provisioning"::equals)
                        .isPresent());
    Tree composite = scene.composite(claim);
    String before = scene.rest(await, claim);
    long mark = plane.server().audit().mark();

    for (int call = 0; call < CALLS; call++) {
      scene.askAgain("measured-" + call, await, composite);
    }

    assertThat(scene.state(claim)).isEqualTo(before);
    assertThat(scene.stored(mark, composite)).as("writes that are no comparison").isEmpty();
  }
}
