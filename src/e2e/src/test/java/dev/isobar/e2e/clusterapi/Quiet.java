package dev.isobar.e2e.clusterapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.e2e.story.Scene;
import dev.isobar.testbed.apiserver.Write;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Events;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A cluster that is up costs nothing: core asks the function again, and writes nothing, not even an
 * event, while nothing that it composed becomes another.
 *
 * @param claim of the cluster
 */
record Quiet(Scene scene, Reference claim, Await await) {
  private static final int CALLS = 5;
  private static final int ATTEMPTS = 10;
  private static final String CORE = "system:serviceaccount:crossplane-system:crossplane";

  /**
   * What there is of a claim.
   *
   * @param composed what others write into as well
   */
  private record State(String own, Set<String> composed, List<String> events) {}

  void holds() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      var _ = scene.rest(claim, await);
      Tree composite = scene.composite(claim);
      State before = state(composite);
      long mark = scene.plane().server().audit().mark();
      for (int call = 0; call < CALLS; call++) {
        scene.askAgain("up-and-quiet-" + attempt + "-" + call, await, composite);
      }
      State after = state(composite);
      if (after.composed().equals(before.composed())) {
        assertThat(after).isEqualTo(before);
        assertThat(scene.stored(mark, composite).stream().filter(Quiet::isOfCore))
            .as("writes of core that are no comparison")
            .isEmpty();
        return;
      }
    }
    throw new AssertionError("what is composed of " + claim + " does not come to rest");
  }

  private State state(Tree composite) {
    Tree now = scene.composite(claim);
    return new State(
        version(kubernetes().get(claim)) + " " + version(now),
        scene.versions(now),
        Stream.of(claim, Reference.of(composite))
            .flatMap(one -> Events.about(kubernetes(), one).stream())
            .map(Quiet::version)
            .sorted()
            .toList());
  }

  private Kubernetes kubernetes() {
    return scene.plane().kubernetes();
  }

  private static boolean isOfCore(Write write) {
    return write.user().equals(CORE);
  }

  private static String version(Tree object) {
    return object.at("metadata", "resourceVersion").text().orElse("");
  }
}
