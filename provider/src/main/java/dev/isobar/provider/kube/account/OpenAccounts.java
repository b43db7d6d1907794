package dev.isobar.provider.kube.account;

import dev.isobar.apis.compute.CloudSpec;
import dev.isobar.provider.external.Account;
import dev.isobar.provider.external.CloudKind;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Machines;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.SecretBytes;
import dev.isobar.provider.kube.account.ConfigObject.SecretPlace;
import dev.isobar.provider.kube.account.ConfigObject.Terms;
import dev.isobar.provider.reconcile.Clouds.Connection;
import dev.isobar.provider.reconcile.Sightings;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Accounts that are open, one for each different content: configs that say the same share their
 * account and its listing, and one whose Secret changes gets another.
 */
final class OpenAccounts {
  private record Ask(CloudSpec.Provider provider, Account account) {}

  private record Opened(Ask ask, Response<Connection.Open> connection) {}

  private final Map<ConfigKey, Opened> opened = new ConcurrentHashMap<>();

  /** Those that could be opened, also where the config says something by now that cannot. */
  private final Map<ConfigKey, Connection.Open> last = new ConcurrentHashMap<>();

  private final Map<CloudSpec.Provider, CloudKind> clouds;
  private final WatchedSecrets secrets;
  private final Function<Machines, Sightings> sightings;
  private final Installation installation;

  OpenAccounts(
      Map<CloudSpec.Provider, CloudKind> clouds,
      WatchedSecrets secrets,
      Function<Machines, Sightings> sightings,
      Installation installation) {
    this.installation = installation;
    this.clouds = clouds;
    this.secrets = secrets;
    this.sightings = sightings;
  }

  /** The account of a config, opened now if it is not yet. */
  Response<Connection.Open> open(ConfigObject config) {
    Terms terms = config.terms();
    CloudKind access = clouds.get(terms.provider());
    if (access == null) {
      return failed(
          "%s is for %s, which this provider cannot reach; name another in spec.providerConfigRef"
              .formatted(config.key(), terms.provider()));
    }
    return switch (credentials(config)) {
      case Response.Failed<Optional<SecretBytes>>(var failure) -> Response.failed(failure);
      case Response.Answered<Optional<SecretBytes>>(var secret) -> {
        var account =
            new Account(
                terms.region(),
                terms.endpoints(),
                secret,
                terms.entry(),
                terms.role(),
                terms.role().map(_ -> config.key().toString()));
        yield open(config.key(), new Ask(terms.provider(), account), access);
      }
    };
  }

  /**
   * The account that a config led to when it could be opened last, whatever became of its Secret
   * since: for those that are being deleted, because a Secret often goes together with them, or is
   * overwritten with what cannot be read.
   */
  Optional<Connection.Open> last(ConfigKey config) {
    return Optional.ofNullable(last.get(config));
  }

  /** A config is gone. */
  void forget(ConfigKey config) {
    opened.remove(config);
    last.remove(config);
  }

  private Response<Connection.Open> open(ConfigKey config, Ask ask, CloudKind access) {
    Opened known = opened.get(config);
    if (known != null && known.ask().equals(ask)) {
      return marked(known.connection());
    }
    Response<Connection.Open> connection =
        opened.values().stream()
            .filter(other -> other.ask().equals(ask))
            .findFirst()
            .map(Opened::connection)
            .orElseGet(() -> fresh(access.open(ask.account())));
    Opened winner =
        opened.compute(
            config,
            (_, now) -> now != null && now.ask().equals(ask) ? now : new Opened(ask, connection));
    if (winner.connection() instanceof Response.Answered<Connection.Open>(var good)) {
      last.put(config, good);
    }
    return marked(winner.connection());
  }

  /** What the machines are marked with may have become known since. */
  private Response<Connection.Open> marked(Response<Connection.Open> connection) {
    Map<String, String> marks = installation.marks();
    return connection instanceof Response.Answered<Connection.Open>(var open)
            && !open.marks().equals(marks)
        ? Response.of(new Connection.Open(open.machines(), open.sightings(), marks))
        : connection;
  }

  private Response<Connection.Open> fresh(Response<Machines> machines) {
    return switch (machines) {
      case Response.Failed<Machines>(var failure) -> Response.failed(failure);
      case Response.Answered<Machines>(var open) ->
          Response.of(new Connection.Open(open, sightings.apply(open), installation.marks()));
    };
  }

  private Response<Optional<SecretBytes>> credentials(ConfigObject config) {
    Optional<SecretPlace> named = config.terms().secret();
    if (named.isEmpty()) {
      return Response.of(Optional.empty());
    }
    SecretPlace place = named.get();
    return switch (secrets.look(place)) {
      case WatchedSecrets.Look.There(var value) -> Response.of(Optional.of(value));
      case WatchedSecrets.Look.NoSecret() ->
          failed(
              "Secret %s does not exist, where %s (spec.credentials.secretRef) has its credentials;"
                      .formatted(place.object(), config.key())
                  + " create it with key "
                  + place.entry().key());
      case WatchedSecrets.Look.NoKey() ->
          failed(
              "Secret %s has no key %s, where %s (spec.credentials.secretRef) has its credentials;"
                      .formatted(place.object(), place.entry().key(), config.key())
                  + " add it");
      case WatchedSecrets.Look.Unknown() ->
          Response.failed(
              new Failure.ProviderError(
                  CloudWords.ours("cannot read Secret " + place.object() + " at the moment")));
    };
  }

  private static <T> Response<T> failed(String words) {
    return Response.failed(new Failure.InvalidConfiguration(CloudWords.ours(words)));
  }
}
