package dev.isobar.provider.kube.account;

import dev.isobar.apis.compute.ProviderConfigRef;
import dev.isobar.apis.compute.UsedProviderConfig;
import dev.isobar.provider.decide.Managed;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.kube.api.KubernetesKind;

/**
 * Which ProviderConfig is meant.
 *
 * @param object with an empty namespace for a ClusterProviderConfig
 */
public record ConfigKey(ProviderConfigRef.Kind kind, ObjectKey object) {
  /** The one an Instance uses. */
  public static ConfigKey of(Managed managed) {
    return of(managed.spec().providerConfigRef(), managed.key());
  }

  /** The one that an object of a namespace names. */
  public static ConfigKey of(UsedProviderConfig named, ObjectKey by) {
    return of(named.kind(), by.namespace(), named.name());
  }

  /** The one of a name that whoever is in this namespace sees. */
  static ConfigKey of(ProviderConfigRef.Kind kind, String namespace, String name) {
    return switch (kind) {
      case ClusterProviderConfig -> new ConfigKey(kind, new ObjectKey("", name));
      case ProviderConfig -> new ConfigKey(kind, new ObjectKey(namespace, name));
    };
  }

  /** Whether an Instance names it, or has a machine that was made while it did. */
  boolean leadsTo(Managed managed) {
    String namespace = object.namespace();
    boolean visible = namespace.isEmpty() || namespace.equals(managed.key().namespace());
    String named = kind + "/" + object.name();
    return visible
        && (named.equals(managed.config())
            || managed.formerConfig().filter(named::equals).isPresent());
  }

  /** The kind of such objects. */
  public KubernetesKind objects() {
    return switch (kind) {
      case ClusterProviderConfig -> KubernetesKind.CLUSTER_PROVIDER_CONFIG;
      case ProviderConfig -> KubernetesKind.PROVIDER_CONFIG;
    };
  }

  @Override
  public String toString() {
    return switch (kind) {
      case ClusterProviderConfig -> kind + " " + object.name();
      case ProviderConfig -> kind + " " + object;
    };
  }
}
