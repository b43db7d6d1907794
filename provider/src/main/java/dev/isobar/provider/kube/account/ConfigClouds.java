package dev.isobar.provider.kube.account;

import dev.isobar.provider.decide.Managed;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.reconcile.Clouds;
import java.util.Optional;

/** The way from an Instance to its cloud, through its ProviderConfig. */
final class ConfigClouds implements Clouds {
  private final Configs configs;
  private final NamespaceLabels namespaces;
  private final Usages usages;
  private final OpenAccounts accounts;

  ConfigClouds(Configs configs, NamespaceLabels namespaces, Usages usages, OpenAccounts accounts) {
    this.configs = configs;
    this.namespaces = namespaces;
    this.usages = usages;
    this.accounts = accounts;
  }

  @Override
  public Connection connect(Managed managed) {
    ConfigKey key = ConfigKey.of(managed);
    Optional<ConfigObject> config = configs.get(key);
    if (config.isEmpty()) {
      return new Connection.Closed(
          new Failure.InvalidConfiguration(
              CloudWords.ours(
                  key + " does not exist; create it, or name another in spec.providerConfigRef")));
    }
    return obstacle(managed, config.get())
        .<Connection>map(Connection.Closed::new)
        .orElseGet(() -> open(managed, config.get()));
  }

  /**
   * Whoever is deleted need not be recorded any more, but must be allowed as ever: an Instance can
   * name any machine, and its deletion would delete that.
   */
  private Optional<Failure> obstacle(Managed managed, ConfigObject config) {
    return namespaces
        .obstacle(config, managed.key().namespace())
        .or(() ->
            managed.deleting()
                ? Optional.empty()
                : usages.track(managed).map(why -> untracked(config, why)));
  }

  private static Failure untracked(ConfigObject config, String why) {
    return new Failure.ProviderError(
        CloudWords.ours("cannot record that " + config.key() + " is in use: " + why));
  }

  private Connection open(Managed managed, ConfigObject config) {
    return switch (accounts.open(config)) {
      case Response.Answered<Connection.Open>(var open) -> open;
      case Response.Failed<Connection.Open>(var failure) ->
          (managed.deleting() ? accounts.last(config.key()) : Optional.<Connection.Open>empty())
              .<Connection>map(known -> known)
              .orElseGet(() -> new Connection.Closed(failure));
    };
  }
}
