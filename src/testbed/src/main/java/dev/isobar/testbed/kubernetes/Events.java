package dev.isobar.testbed.kubernetes;

import dev.isobar.apis.tree.Tree;
import java.util.List;
import java.util.Optional;

/** What controllers tell of objects. */
public final class Events {
  private Events() {}

  /** Those about an object. */
  public static List<Tree> about(Kubernetes kubernetes, Reference reference) {
    // Of an object without a namespace they are in this one.
    String namespace = reference.namespace().isEmpty() ? "default" : reference.namespace();
    return kubernetes.list(Kind.EVENT, namespace).stream()
        .filter(event -> isAbout(event, reference))
        .toList();
  }

  /** Whether an event is about an object. */
  public static boolean isAbout(Tree event, Reference reference) {
    Tree involved = event.at("involvedObject");
    return involved.at("kind").text().equals(Optional.of(reference.kind().name()))
        && involved.at("name").text().equals(Optional.of(reference.name()))
        && involved.at("namespace").text().orElse("").equals(reference.namespace());
  }
}
