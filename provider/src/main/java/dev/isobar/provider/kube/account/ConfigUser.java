package dev.isobar.provider.kube.account;

import dev.isobar.provider.decide.Managed;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.kube.api.KubernetesKind;
import java.util.Map;

/** An object that uses a ProviderConfig. */
public record ConfigUser(KubernetesKind kind, ObjectKey key, String uid, ConfigKey config) {
  static ConfigUser of(Managed instance) {
    return new ConfigUser(
        KubernetesKind.INSTANCE, instance.key(), instance.uid(), ConfigKey.of(instance));
  }

  /** As what it controls names it. */
  Map<String, Object> owning() {
    return Map.of(
        "apiVersion",
        kind.apiVersion(),
        "kind",
        kind.kind(),
        "name",
        key.name(),
        "uid",
        uid,
        "controller",
        true,
        "blockOwnerDeletion",
        true);
  }
}
