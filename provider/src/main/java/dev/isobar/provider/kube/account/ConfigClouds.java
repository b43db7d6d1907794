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
    return connect(ConfigUser.of(managed), managed.deleting());
  }

  /** The same for any user of a config. */
  Connection connect(ConfigUser user, boolean deleting) {
    ConfigKey key = user.config();
    Optional<ConfigObject> config = configs.get(key);
    if (config.isEmpty()) {
      return new Connection.Closed(
          new Failure.InvalidConfiguration(
              CloudWords.ours(
                  key + " does not exist; create it, or name another in spec.providerConfigRef")));
    }
    return obstacle(user, deleting, config.get())
        .<Connection>map(Connection.Closed::new)
        .orElseGet(() -> open(deleting, config.get()));
  }

  /**
   * Whoever is deleted need not be recorded any more, but must be allowed as ever: an Instance can
   * name any machine, and its deletion would delete that.
   */
  private Optional<Failure> obstacle(ConfigUser user, boolean deleting, ConfigObject config) {
    return namespaces
        .obstacle(config, user.key().namespace())
        .or(() ->
            deleting ? Optional.empty() : usages.track(user).map(why -> untracked(config, why)));
  }

  private static Failure untracked(ConfigObject config, String why) {
    return new Failure.ProviderError(
        CloudWords.ours("cannot record that " + config.key() + " is in use: " + why));
  }

  private Connection open(boolean deleting, ConfigObject config) {
    return switch (accounts.open(config)) {
      case Response.Answered<Connection.Open>(var open) -> open;
      case Response.Failed<Connection.Open>(var failure) ->
          (deleting ? accounts.last(config.key()) : Optional.<Connection.Open>empty())
              .<Connection>map(known -> known)
              .orElseGet(() -> new Connection.Closed(failure));
    };
  }
}
