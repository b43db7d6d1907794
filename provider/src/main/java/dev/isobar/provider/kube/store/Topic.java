package dev.isobar.provider.kube.store;

import dev.isobar.provider.decide.Managed;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.kube.api.KubernetesKind;
import java.util.Optional;

/**
 * An object that an event is about.
 *
 * @param key with an empty namespace when its kind has none
 * @param externalName of its machine, when it is of one
 */
public record Topic(
    KubernetesKind kind,
    ObjectKey key,
    String uid,
    String resourceVersion,
    Optional<String> externalName) {
  static Topic of(Managed instance) {
    return new Topic(
        KubernetesKind.INSTANCE,
        instance.key(),
        instance.uid(),
        instance.resourceVersion(),
        instance.externalName());
  }

  /** Where events about it are; those about objects without a namespace are in this one. */
  String namespace() {
    return kind.namespaced() ? key.namespace() : "default";
  }

  /** Who says something about it. */
  String source() {
    if (kind.equals(KubernetesKind.INSTANCE)) {
      return "managed/instance.compute.isobar.dev";
    }
    if (kind.equals(KubernetesKind.CLUSTER_CLEANUP)) {
      return "managed/clustercleanup.compute.isobar.dev";
    }
    return kind.equals(KubernetesKind.CLOUD)
        ? "discovery/cloud.compute.isobar.dev"
        : "providerconfig/compute.isobar.dev";
  }
}
