package dev.isobar.provider.kube.account;

import dev.isobar.apis.compute.CloudSpec;
import dev.isobar.apis.compute.ProviderConfigRef;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.Supply;
import dev.isobar.provider.kube.account.ConfigObject.Terms;
import dev.isobar.provider.reconcile.Clouds.Connection;
import java.util.Optional;

/**
 * The way from a Cloud to what its account may have, through its ProviderConfig. Who may use the
 * config is said of namespaces, and a Cloud is in none: whoever may write Clouds may use it.
 */
final class ConfigSupplies {
  private final Configs configs;
  private final OpenAccounts accounts;

  ConfigSupplies(Configs configs, OpenAccounts accounts) {
    this.configs = configs;
    this.accounts = accounts;
  }

  /** What the account may have that a Cloud names; a failure when it names none that fits. */
  Response<Supply> of(CloudSpec cloud) {
    Optional<ConfigKey> named = cloud.providerConfigRef().map(ConfigSupplies::key);
    if (named.filter(key -> key.kind() == ProviderConfigRef.Kind.ClusterProviderConfig).isEmpty()) {
      return failed(
          "spec.providerConfigRef must name a ClusterProviderConfig, because a ProviderConfig is"
              + " for one namespace and a Cloud is in none");
    }
    ConfigKey key = named.get();
    Optional<ConfigObject> config = configs.get(key);
    if (config.isEmpty()) {
      return failed(key + " does not exist; create it, or name another in spec.providerConfigRef");
    }
    Terms terms = config.get().terms();
    if (terms.provider() != cloud.provider() || !terms.region().equals(cloud.region())) {
      return failed(
          "%s is for %s in region %s, and this Cloud is %s in region %s; name another in"
                  .formatted(
                      key, terms.provider(), terms.region(), cloud.provider(), cloud.region())
              + " spec.providerConfigRef");
    }
    return switch (accounts.open(config.get())) {
      case Response.Failed<Connection.Open>(var failure) -> Response.failed(failure);
      case Response.Answered<Connection.Open>(var open) -> Response.of(open.machines().supply());
    };
  }

  private static ConfigKey key(ProviderConfigRef ref) {
    return ConfigKey.of(ref.kind(), "", ref.name());
  }

  private static <T> Response<T> failed(String words) {
    return Response.failed(new Failure.InvalidConfiguration(CloudWords.ours(words)));
  }
}
