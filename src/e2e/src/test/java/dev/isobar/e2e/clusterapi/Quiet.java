package dev.isobar.e2e.clusterapi;

import dev.isobar.apis.tree.Tree;
import dev.isobar.e2e.story.Scene;
import dev.isobar.testbed.apiserver.Write;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Events;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A cluster that is up costs nothing: core asks the function again, and writes nothing, not even an
 * event, once nothing that it composed becomes another.
 *
 * @param claim of the cluster
 */
record Quiet(Scene scene, Reference claim, Await await) {
  private static final int ROUNDS = 20;
  private static final int IN_A_ROW = 5;
  private static final String CORE = "system:serviceaccount:crossplane-system:crossplane";

  /**
   * What there is of a claim.
   *
   * @param own the claim and its composite
   * @param others what is composed, and machines, which others write into as well
   */
  private record State(List<String> own, Set<String> others, List<String> events) {}

  /**
   * A round is quiet when nothing of the claim became another in it, and none when what others
   * write did. Several in a row must be, for one may have ended with the answer to an earlier call.
   */
  void holds() {
    var noise = new ArrayList<String>();
    int quiet = 0;
    for (int round = 0; quiet < IN_A_ROW; round++) {
      if (round == ROUNDS) {
        throw new AssertionError(
            claim + " does not come to rest; rounds with a change:\n" + String.join("\n", noise));
      }
      Tree composite = scene.composite(claim);
      State before = state(composite);
      long mark = scene.plane().server().audit().mark();
      scene.askAgain("at-rest-" + round, await, composite);
      State after = state(composite);
      List<Write> stored = scene.stored(mark, composite).stream().filter(Quiet::isOfCore).toList();
      if (after.equals(before) && stored.isEmpty()) {
        quiet++;
      } else {
        quiet = after.others().equals(before.others()) ? 0 : quiet;
        noise.add("%d: from %s to %s by %s".formatted(round, before, after, stored));
      }
    }
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
