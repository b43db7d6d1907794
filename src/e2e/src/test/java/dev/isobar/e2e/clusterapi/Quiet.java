package dev.isobar.e2e.clusterapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.e2e.story.Scene;
import dev.isobar.testbed.apiserver.Write;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Events;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A cluster that is up costs nothing: core asks the function again, and writes nothing, not even an
 * event, while nothing that it composed becomes another.
 *
 * @param claim of the cluster
 */
record Quiet(Scene scene, Reference claim, Await await) {
  private static final int ROUNDS = 8;
  private static final String CORE = "system:serviceaccount:crossplane-system:crossplane";

  /**
   * What there is of a claim.
   *
   * @param own the claim and its composite
   * @param others what is composed, and machines, which others write into as well
   */
  private record State(List<String> own, Set<String> others, List<String> events) {}

  /**
   * A few calls are enough, and more would use up what core's circuit breaker allows a cluster that
   * has just changed so much.
   */
  void holds() {
    boolean rests = false;
    for (int round = 0; round < ROUNDS; round++) {
      Tree composite = scene.composite(claim);
      State before = state(composite);
      long mark = scene.plane().server().audit().mark();
      scene.askAgain("at-rest-" + round, await, composite);
      State after = state(composite);
      boolean alike = after.equals(before);
      if (rests && after.others().equals(before.others())) {
        assertThat(after).isEqualTo(before);
        assertThat(scene.stored(mark, composite).stream().filter(Quiet::isOfCore))
            .as("writes of core that are no comparison")
            .isEmpty();
        return;
      }
      rests = alike;
    }
    throw new AssertionError("what is composed of " + claim + " does not come to rest");
  }

  private State state(Tree composite) {
    Tree now = scene.composite(claim);
    var others = new TreeSet<>(scene.versions(now));
    for (Tree machine : kubernetes().list(Kind.MACHINE, claim.namespace())) {
      others.add(Reference.of(machine) + " " + version(machine));
    }
    return new State(
        List.of(plain(kubernetes().get(claim)), plain(now)),
        others,
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

  /** As a text, which shows what differs. */
  private static String plain(Tree object) {
    return String.valueOf(object.plain());
  }

  private static String version(Tree object) {
    return object.at("metadata", "resourceVersion").text().orElse("");
  }
}
