package dev.isobar.provider.kube;

import dev.isobar.apis.tree.Tree;
import dev.isobar.provider.changelog.Snapshots;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.external.Subject;
import dev.isobar.provider.kube.api.KubernetesKind;
import dev.isobar.provider.kube.api.ObjectApi;
import java.util.Map;
import java.util.Optional;

/**
 * Instances as the API server has them. They are asked for, and not taken from the mirror, because
 * that keeps no more of them than the loop needs.
 */
public record InstanceSnapshots(ObjectApi api) implements Snapshots {
  @Override
  public Tree of(Subject subject) {
    return api.whole(KubernetesKind.INSTANCE, new ObjectKey(subject.namespace(), subject.name()))
        .filter(now -> now.at("metadata", "uid").text().equals(Optional.of(subject.uid())))
        .orElseGet(() -> named(subject));
  }

  private static Tree named(Subject subject) {
    return Tree.of(
        Map.of(
            "apiVersion",
            KubernetesKind.INSTANCE.apiVersion(),
            "kind",
            KubernetesKind.INSTANCE.kind(),
            "metadata",
            Map.of(
                "namespace", subject.namespace(),
                "name", subject.name(),
                "uid", subject.uid())));
  }
}
