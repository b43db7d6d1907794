package dev.isobar.provider.kube.account;

import dev.isobar.provider.decide.Managed;
import dev.isobar.provider.decide.Orphans;
import dev.isobar.provider.external.Mark;
import dev.isobar.provider.external.ObservedMachine;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.reconcile.Clouds.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Compares the machines of an account with the Instances there are. It starts from the listing that
 * serves anyway; only when a machine seems to be an orphan the cloud is asked once more, because
 * its Instance may have gone in good order since that listing.
 */
final class OrphanAudit {
  private static final Duration FRESH = Duration.ofMinutes(10);

  private record Finding(Instant at, List<ObservedMachine> orphans) {}

  private final Accounts.Register register;
  private final Usages usages;
  private final Installation installation;
  private final InstantSource clock;
  private final Map<ConfigKey, Finding> findings = new ConcurrentHashMap<>();

  OrphanAudit(
      Accounts.Register register, Usages usages, Installation installation, InstantSource clock) {
    this.register = register;
    this.usages = usages;
    this.installation = installation;
    this.clock = clock;
  }

  /** The orphans of a config's account; nothing when nobody can tell. */
  Optional<List<ObservedMachine>> of(ConfigKey config, Connection.Open account) {
    Finding known = findings.get(config);
    Instant now = clock.instant();
    if (known != null && now.isBefore(known.at().plus(FRESH))) {
      return Optional.of(known.orphans());
    }
    Optional<List<ObservedMachine>> found = register.complete() ? found(account) : Optional.empty();
    found.ifPresent(orphans -> findings.put(config, new Finding(now, orphans)));
    return found;
  }

  /** A config is gone. */
  void forget(ConfigKey config) {
    findings.remove(config);
  }

  /** How many there were when they were looked for last. */
  Map<ConfigKey, Integer> counts() {
    return findings.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, one -> one.getValue().orphans().size()));
  }

  private Optional<List<ObservedMachine>> found(Connection.Open account) {
    return answered(account.sightings().listed())
        .map(this::suspects)
        .flatMap(suspects ->
            suspects.isEmpty()
                ? Optional.of(suspects)
                : answered(account.machines().list()).map(now -> both(suspects, now)));
  }

  /** Usages tell most of them, and cost nothing to look at. */
  private List<ObservedMachine> suspects(List<ObservedMachine> machines) {
    List<ObservedMachine> unused =
        Orphans.among(machines, installation.id(), this::used, _ -> false);
    if (unused.isEmpty()) {
      return unused;
    }
    Set<String> uids = new HashSet<>();
    Set<String> names = new HashSet<>();
    register
        .instances()
        .forEach((Managed instance) -> {
          uids.add(instance.uid());
          instance.externalName().ifPresent(names::add);
        });
    return Orphans.among(
        unused, installation.id(), mark -> uids.contains(mark.uid()), names::contains);
  }

  private boolean used(Mark mark) {
    String namespace = mark.instance().substring(0, mark.instance().indexOf('/'));
    return usages.hasUser(namespace, mark.uid());
  }

  private static List<ObservedMachine> both(
      List<ObservedMachine> suspects, List<ObservedMachine> now) {
    Set<String> standing =
        now.stream()
            .filter(machine -> !machine.terminating())
            .map(ObservedMachine::id)
            .collect(Collectors.toSet());
    return suspects.stream().filter(machine -> standing.contains(machine.id())).toList();
  }

  private static <T> Optional<T> answered(Response<T> response) {
    return response instanceof Response.Answered<T>(var value)
        ? Optional.of(value)
        : Optional.empty();
  }
}
