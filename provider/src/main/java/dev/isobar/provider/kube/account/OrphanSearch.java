package dev.isobar.provider.kube.account;

import dev.isobar.apis.compute.CloudSpec;
import dev.isobar.provider.decide.Annotations;
import dev.isobar.provider.decide.Orphans;
import dev.isobar.provider.external.Belonging;
import dev.isobar.provider.external.CloudKind;
import dev.isobar.provider.external.Mark;
import dev.isobar.provider.external.ObservedMachine;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.kube.api.ApiObject;
import dev.isobar.provider.kube.api.Cluster;
import dev.isobar.provider.kube.api.KubernetesKind;
import dev.isobar.provider.kube.api.ObjectApi;
import dev.isobar.provider.reconcile.Clouds.Connection;
import dev.isobar.provider.reconcile.Sightings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks once, as whoever has a kubeconfig, for what was made for Instances that do not exist, in
 * the accounts of all ProviderConfigs. Changes nothing anywhere.
 *
 * <p>Clouds are looked at before the Instances and again after them: what is of an Instance that
 * comes or goes meanwhile is in one look only.
 */
public final class OrphanSearch {
  private static final Duration YOUNG = Duration.ofMinutes(10);

  /**
   * Something without its Instance.
   *
   * @param kind machine, port, public address, key pair, volume
   * @param instance namespace and name, or its UID where only that is known
   * @param config through which it was found
   */
  public record Orphan(
      String kind, String id, String instance, Optional<Instant> since, String config) {}

  /**
   * What came of a search.
   *
   * @param kept what outlived its machine because a spec says so, with or without its Instance
   * @param elsewhere how many machines are marked by other installations, and were not judged
   * @param problems what could not be looked at, and why
   */
  public record Found(
      List<Orphan> orphans, List<Orphan> kept, int elsewhere, List<String> problems) {}

  private record Look(String account, List<ObservedMachine> machines, List<Belonging> belongings) {}

  private final ObjectApi api;
  private final Map<CloudSpec.Provider, CloudKind> clouds;
  private final InstantSource clock;
  private final boolean everybody;

  /** The account of each Instance's machine by the Instance's UID; empty where none is known. */
  private final Map<String, String> accountOf = new HashMap<>();

  private final Set<String> named = new HashSet<>();
  private final List<Orphan> kept = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * A search that has not begun.
   *
   * @param everybody whether machines that other installations marked are judged as well
   */
  public OrphanSearch(
      Cluster cluster,
      Map<CloudSpec.Provider, CloudKind> clouds,
      InstantSource clock,
      boolean everybody) {
    this.api = cluster.objects();
    this.clouds = Map.copyOf(clouds);
    this.clock = clock;
    this.everybody = everybody;
  }

  /** Searches, once. */
  public Found search() {
    try (var secrets = new WatchedSecrets(api, _ -> {})) {
      Map<Connection.Open, String> accounts = accounts(secrets);
      Map<Connection.Open, Look> before = new LinkedHashMap<>();
      accounts.forEach(
          (account, config) -> look(account, config).ifPresent(seen -> before.put(account, seen)));
      Optional<String> unseen = api.each(KubernetesKind.INSTANCE, this::note);
      if (unseen.isPresent()) { // everything would seem to be left behind
        tell(unseen, "Instances");
        return new Found(List.of(), List.of(), 0, List.copyOf(problems));
      }
      Optional<String> installation =
          everybody ? Optional.empty() : Installation.of(api, clock).id();
      List<Orphan> orphans = new ArrayList<>();
      int elsewhere = 0;
      for (Map.Entry<Connection.Open, Look> one : before.entrySet()) {
        String config = accounts.getOrDefault(one.getKey(), "");
        elsewhere += (int) ofOthers(one.getValue().machines(), installation).count();
        orphans.addAll(orphans(one.getKey(), config, one.getValue(), installation));
      }
      return new Found(orphans, List.copyOf(kept), elsewhere, List.copyOf(problems));
    }
  }

  /** One for each different account, with the names of the configs that lead to it. */
  private Map<Connection.Open, String> accounts(WatchedSecrets secrets) {
    List<ConfigObject> configs = new ArrayList<>();
    Consumer<ApiObject> namespaced = one -> ConfigReading.namespaced(one).ifPresent(configs::add);
    Consumer<ApiObject> cluster = one -> ConfigReading.cluster(one).ifPresent(configs::add);
    tell(api.each(KubernetesKind.CLUSTER_PROVIDER_CONFIG, cluster), "ClusterProviderConfigs");
    tell(api.each(KubernetesKind.PROVIDER_CONFIG, namespaced), "ProviderConfigs");
    if (configs.isEmpty() && problems.isEmpty()) { // as with the kubeconfig of another cluster
      problems.add("there is no ProviderConfig, so no cloud was looked into");
    }
    var open =
        new OpenAccounts(
            clouds,
            secrets,
            machines -> new Sightings(machines, clock, Duration.ZERO),
            Installation.known(Optional.empty()));
    Map<Connection.Open, String> accounts = new LinkedHashMap<>();
    for (ConfigObject config : configs) {
      switch (open.open(config)) {
        case Response.Answered<Connection.Open>(var account) ->
            accounts.merge(account, config.key().toString(), (one, other) -> one + ", " + other);
        case Response.Failed<Connection.Open>(var failure) ->
            problems.add(config.key() + ": " + failure.words().text());
      }
    }
    return accounts;
  }

  private void tell(Optional<String> problem, String what) {
    problem.ifPresent(why -> problems.add(what + ": " + why));
  }

  private void note(ApiObject instance) {
    accountOf.put(instance.uid(), instance.annotations().getOrDefault(Annotations.ACCOUNT, ""));
    Optional.ofNullable(instance.annotations().get(Annotations.EXTERNAL_NAME))
        .ifPresent(named::add);
  }

  private Optional<Look> look(Connection.Open account, String config) {
    Optional<String> name = answer(account.machines().account(), config);
    Optional<List<ObservedMachine>> machines =
        name.flatMap(_ -> answer(account.machines().list(), config));
    return machines.flatMap(all ->
        answer(account.machines().belongings(), config)
            .map(more -> new Look(name.get(), all, more)));
  }

  private <T> Optional<T> answer(Response<T> response, String config) {
    return switch (response) {
      case Response.Answered<T>(var value) -> Optional.of(value);
      case Response.Failed<T>(var failure) -> {
        problems.add(config + ": " + failure.reason() + ": " + failure.words().text());
        yield Optional.empty();
      }
    };
  }

  private List<Orphan> orphans(
      Connection.Open account, String config, Look before, Optional<String> installation) {
    List<ObservedMachine> machines =
        Orphans.among(
            before.machines(),
            installation,
            mark -> lives(mark.uid(), before.account()),
            named::contains);
    Set<String> rightful = ids(before.machines());
    rightful.removeAll(ids(machines));
    Set<String> theirs =
        ofOthers(before.machines(), installation).map(Mark::uid).collect(Collectors.toSet());
    List<Belonging> belongings =
        Orphans.among(
            before.belongings(),
            uid -> lives(uid, before.account()) || theirs.contains(uid),
            rightful::contains,
            clock.instant().minus(YOUNG));
    if (machines.isEmpty() && belongings.isEmpty()) {
      return List.of();
    }
    return look(account, config)
        .map(after -> named(config, machines, belongings, after))
        .orElse(List.of());
  }

  /** Those that are still there; what is kept is put aside. */
  private List<Orphan> named(
      String config, List<ObservedMachine> machines, List<Belonging> belongings, Look after) {
    Set<String> standing = ids(after.machines());
    Set<String> remaining =
        after.belongings().stream().map(Belonging::id).collect(Collectors.toSet());
    Map<String, String> instances = new LinkedHashMap<>();
    List<Orphan> all = new ArrayList<>();
    for (ObservedMachine one : machines) {
      Mark mark = one.mark().orElseThrow();
      instances.put(mark.uid(), mark.instance());
      if (standing.contains(one.id())) {
        all.add(
            new Orphan("machine", one.id(), mark.instance(), Optional.of(one.createdAt()), config));
      }
    }
    for (Belonging one : belongings) {
      if (remaining.contains(one.id())) {
        String instance = instances.getOrDefault(one.uid(), one.uid());
        var left = new Orphan(one.kind(), one.id(), instance, one.since(), config);
        (one.kept() ? kept : all).add(left);
      }
    }
    return all;
  }

  /** Whether an Instance exists, and has its machine in this account as far as it tells. */
  private boolean lives(String uid, String account) {
    String told = accountOf.get(uid);
    return told != null && (told.isEmpty() || told.equals(account));
  }

  private static Set<String> ids(List<ObservedMachine> machines) {
    return machines.stream()
        .filter(machine -> !machine.terminating())
        .map(ObservedMachine::id)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Marks of machines that other installations keep, and with them what belongs to those. */
  private static Stream<Mark> ofOthers(
      List<ObservedMachine> machines, Optional<String> installation) {
    return machines.stream()
        .flatMap(one -> one.mark().stream())
        .filter(mark ->
            installation.isPresent()
                && mark.installation().isPresent()
                && !mark.installation().equals(installation));
  }
}
