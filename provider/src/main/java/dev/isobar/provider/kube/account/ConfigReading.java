package dev.isobar.provider.kube.account;

import dev.isobar.apis.compute.ClusterProviderConfigSpec;
import dev.isobar.apis.compute.ClusterProviderConfigSpec.ClusterCloudCredentials;
import dev.isobar.apis.compute.ProviderConfigRef;
import dev.isobar.apis.compute.ProviderConfigSpec;
import dev.isobar.apis.compute.ProviderConfigSpec.CloudCredentials;
import dev.isobar.apis.compute.ProviderConfigStatus;
import dev.isobar.apis.compute.SecretEntry;
import dev.isobar.apis.decode.Decoded;
import dev.isobar.apis.decode.Decoder;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.kube.account.ConfigObject.SecretPlace;
import dev.isobar.provider.kube.account.ConfigObject.Terms;
import dev.isobar.provider.kube.api.ApiObject;
import java.util.List;
import java.util.Optional;

/** Reads ProviderConfigs of both kinds; the API server has checked them. */
final class ConfigReading {
  private static final Decoder<ProviderConfigSpec> NAMESPACED =
      Decoder.of(ProviderConfigSpec.class).lenient();
  private static final Decoder<ClusterProviderConfigSpec> CLUSTER =
      Decoder.of(ClusterProviderConfigSpec.class).lenient();
  private static final Decoder<ProviderConfigStatus> STATUS =
      Decoder.of(ProviderConfigStatus.class).lenient();

  private ConfigReading() {}

  /** Of either kind. */
  static Optional<ConfigObject> read(ApiObject object) {
    return object.key().namespace().isEmpty() ? cluster(object) : namespaced(object);
  }

  /** Its Secret is one of its own namespace, whatever it says. */
  static Optional<ConfigObject> namespaced(ApiObject object) {
    return NAMESPACED.decode(object.content().at("spec"), "spec")
            instanceof Decoded.Valid<ProviderConfigSpec>(var spec)
        ? Optional.of(config(object, ProviderConfigRef.Kind.ProviderConfig, terms(object, spec)))
        : Optional.empty();
  }

  static Optional<ConfigObject> cluster(ApiObject object) {
    return CLUSTER.decode(object.content().at("spec"), "spec")
            instanceof Decoded.Valid<ClusterProviderConfigSpec>(var spec)
        ? Optional.of(config(object, ProviderConfigRef.Kind.ClusterProviderConfig, terms(spec)))
        : Optional.empty();
  }

  private static Terms terms(ApiObject object, ProviderConfigSpec spec) {
    CloudCredentials credentials = spec.credentials();
    return new Terms(
        spec.provider(),
        spec.region(),
        Optional.empty(),
        Optional.of(new SecretPlace(object.key().namespace(), credentials.secretRef())),
        credentials.entry(),
        credentials.assumeRole(),
        spec.endpoints());
  }

  private static Terms terms(ClusterProviderConfigSpec spec) {
    ClusterCloudCredentials credentials = spec.credentials();
    Optional<SecretPlace> secret =
        switch (credentials.source()) {
          case InjectedIdentity -> Optional.empty();
          case Secret ->
              credentials
                  .secretRef()
                  .map(ref ->
                      new SecretPlace(ref.namespace(), new SecretEntry(ref.name(), ref.key())));
        };
    return new Terms(
        spec.provider(),
        spec.region(),
        spec.allowedNamespaces(),
        secret,
        credentials.entry(),
        credentials.assumeRole(),
        spec.endpoints());
  }

  private static ConfigObject config(ApiObject object, ProviderConfigRef.Kind kind, Terms terms) {
    ProviderConfigStatus status =
        switch (STATUS.decode(object.content().at("status"), "status")) {
          case Decoded.Valid<ProviderConfigStatus>(var valid) -> valid;
          case Decoded.Invalid<ProviderConfigStatus> _ ->
              new ProviderConfigStatus(Optional.empty(), List.of());
        };
    return new ConfigObject(
        new ConfigKey(kind, object.key()),
        object.uid(),
        object.resourceVersion(),
        object.generation(),
        object.deletedAt().isPresent(),
        object.finalizers(),
        holds(object),
        terms,
        status);
  }

  /** Whoever writes this into a config of a namespace speaks of Secrets of that namespace only. */
  private static Optional<ObjectKey> holds(ApiObject object) {
    String[] parts = object.annotations().getOrDefault(ConfigObject.HOLDS, "").split("/", 2);
    String home = object.key().namespace();
    boolean named = parts.length == 2 && !parts[0].isEmpty() && !parts[1].isEmpty();
    return named && (home.isEmpty() || home.equals(parts[0]))
        ? Optional.of(new ObjectKey(parts[0], parts[1]))
        : Optional.empty();
  }
}
