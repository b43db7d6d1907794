package dev.isobar.provider.kube.account;

import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.ObservedMachine;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.reconcile.Clouds.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Whether clouds answer and accept their credentials: asked with a listing, now and then. */
final class Probes {
  private static final Duration BELIEVED = Duration.ofMinutes(9);

  private record Answered(Connection.Open account, Instant at) {}

  private final Map<ConfigKey, Answered> answered = new ConcurrentHashMap<>();
  private final OpenAccounts accounts;
  private final InstantSource clock;

  Probes(OpenAccounts accounts, InstantSource clock) {
    this.accounts = accounts;
    this.clock = clock;
  }

  /** Why a config is of no use now; a good answer is believed until its account changes. */
  Optional<Failure> probe(ConfigObject config) {
    return switch (accounts.open(config)) {
      case Response.Failed<Connection.Open>(var failure) -> Optional.of(failure);
      case Response.Answered<Connection.Open>(var open) -> probe(config.key(), open);
    };
  }

  void forget(ConfigKey config) {
    answered.remove(config);
    accounts.forget(config);
  }

  private Optional<Failure> probe(ConfigKey config, Connection.Open open) {
    Answered before = answered.get(config);
    Instant now = clock.instant();
    if (before != null
        && before.account().equals(open)
        && now.isBefore(before.at().plus(BELIEVED))) {
      return Optional.empty();
    }
    return switch (open.machines().list()) {
      case Response.Failed<List<ObservedMachine>>(var failure) -> Optional.of(failure);
      case Response.Answered<List<ObservedMachine>> _ -> {
        answered.put(config, new Answered(open, now));
        yield Optional.empty();
      }
    };
  }
}
