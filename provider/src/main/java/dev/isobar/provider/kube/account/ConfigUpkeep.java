package dev.isobar.provider.kube.account;

import dev.isobar.apis.compute.ProviderConfigStatus;
import dev.isobar.apis.compute.StatusCondition;
import dev.isobar.apis.decode.Encoder;
import dev.isobar.provider.decide.Notice;
import dev.isobar.provider.decide.Orphans;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.ObservedMachine;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.kube.api.ApiAnswer;
import dev.isobar.provider.kube.api.ObjectApi;
import dev.isobar.provider.operate.Diary;
import dev.isobar.provider.queue.Urgency;
import dev.isobar.provider.queue.Workers.Again;
import dev.isobar.provider.reconcile.Clouds.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps one ProviderConfig: it stays while somebody uses it, and says how many do, whether its
 * cloud accepts it, and which machines are there without an Instance.
 *
 * <p>Usages tell who uses it, except at the end: a namespace that goes, and a deletion in the
 * foreground, take a usage before its Instance or ClusterCleanup, and only this config leads to
 * what those have in the cloud.
 */
final class ConfigUpkeep {
  private static final Diary LOG = Diary.of(ConfigUpkeep.class);
  private static final String ORPHANED = "Orphaned";
  private static final Duration PROBED = Duration.ofMinutes(10);

  private final ObjectApi api;
  private final Configs configs;
  private final Usages usages;
  private final OpenAccounts accounts;
  private final OrphanAudit audit;
  private final HeldSecrets secrets;
  private final Accounts.Register register;
  private final Accounts.Speaker speaker;
  private final Runnable fault;
  private final InstantSource clock;

  ConfigUpkeep(
      ObjectApi api,
      Configs configs,
      Usages usages,
      OpenAccounts accounts,
      OrphanAudit audit,
      HeldSecrets secrets,
      Accounts.Register register,
      Accounts.Speaker speaker,
      Runnable fault,
      InstantSource clock) {
    this.audit = audit;
    this.secrets = secrets;
    this.register = register;
    this.speaker = speaker;
    this.fault = fault;
    this.api = api;
    this.configs = configs;
    this.usages = usages;
    this.accounts = accounts;
    this.clock = clock;
  }

  /** One pass; answers when the next one is due. What one cloud answers is no trouble of others. */
  Again keep(ConfigKey key) {
    try {
      return kept(key);
    } catch (RuntimeException bug) {
      fault.run();
      LOG.bug("Giving up on a config because of a fault of ours", bug, "config", key);
      return new Again.Backoff();
    }
  }

  private Again kept(ConfigKey key) {
    Optional<ConfigObject> found = configs.get(key);
    if (found.isEmpty()) {
      accounts.forget(key);
      audit.forget(key);
      return new Again.WhenAdded();
    }
    ConfigObject config = found.get();
    List<String> users = usages.usersOf(key);
    if (config.deleting()) {
      return leaving(config, users);
    }
    if (!config.hasFinalizer()) {
      var finalizers = new ArrayList<>(config.finalizers());
      finalizers.add(ConfigObject.FINALIZER);
      return stored(patch(config, finalizers), new Again.After(Duration.ZERO, Urgency.NEWS));
    }
    return served(config, users, accounts.open(config));
  }

  private Again served(ConfigObject config, List<String> users, Response<Connection.Open> account) {
    HeldSecrets.Outcome held = secrets.keep(config, used(config, users), () -> isLeft(config));
    if (held == HeldSecrets.Outcome.STORED) {
      return new Again.After(Duration.ZERO, Urgency.NEWS);
    }
    Optional<Failure> failure = trouble(account);
    List<StatusCondition> conditions = new ArrayList<>();
    conditions.add(answers(config, failure));
    if (account instanceof Response.Answered<Connection.Open>(var open) && failure.isEmpty()) {
      audit
          .of(config.key(), open)
          .map(orphans -> orphaned(config, orphans))
          .ifPresent(conditions::add);
    }
    Again next = report(config, users, conditions);
    if (failure.isPresent()) {
      return new Again.Backoff();
    }
    boolean soon = held == HeldSecrets.Outcome.UNSETTLED && next instanceof Again.After;
    return soon ? new Again.Moving() : next;
  }

  /** Asks with a listing, which serves its Instances as well. */
  private static Optional<Failure> trouble(Response<Connection.Open> account) {
    return switch (account) {
      case Response.Failed<Connection.Open>(var failure) -> Optional.of(failure);
      case Response.Answered<Connection.Open>(var open) -> open.sightings().trouble();
    };
  }

  /** An event tells only what the condition did not say before. */
  private StatusCondition orphaned(ConfigObject config, List<ObservedMachine> orphans) {
    if (orphans.isEmpty()) {
      return condition(config, ORPHANED, false, "NoOrphans", "");
    }
    String words = Orphans.words(orphans);
    boolean news =
        config.status().conditions().stream()
            .filter(one -> one.type().equals(ORPHANED))
            .noneMatch(one -> one.message().filter(words::equals).isPresent());
    if (news) {
      speaker.say(config, Notice.warning("OrphanedMachines", words));
    }
    return condition(config, ORPHANED, true, "OrphanedMachines", words);
  }

  /**
   * Nobody tells when the last one went whose usage had gone before. One without our finalizer
   * never had anything to lose: whoever may not use a config cannot hold it either.
   */
  private Again leaving(ConfigObject config, List<String> users) {
    if (!users.isEmpty()) {
      return report(config, users, List.of(inUse(config, users)));
    }
    Optional<List<Last>> last = last(config);
    if (last.isEmpty()) {
      return new Again.Backoff();
    }
    if (last.get().isEmpty()) {
      return letGo(config);
    }
    List<String> names = last.get().stream().map(Last::name).sorted().toList();
    Again stored = report(config, names, List.of(inUse(config, names)));
    return stored instanceof Again.Backoff ? stored : new Again.Moving();
  }

  /** Who needs a config, whatever became of its usage. */
  private record Last(String name, boolean deleting) {}

  /** Empty when nobody can tell yet. */
  private Optional<List<Last>> last(ConfigObject config) {
    if (!register.complete()) {
      return Optional.empty();
    }
    Stream<Last> instances =
        register
            .instances()
            .filter(one -> one.hasFinalizer() && config.key().leadsTo(one))
            .map(one -> new Last("Instance " + one.key(), one.deleting()));
    return register
        .others()
        .map(others ->
            Stream.concat(
                    instances,
                    others.stream()
                        .filter(one -> one.user().config().equals(config.key()))
                        .map(one ->
                            new Last(one.user().kind() + " " + one.user().key(), one.deleting())))
                .toList());
  }

  /** Whose usage went first uses it still. */
  private boolean used(ConfigObject config, List<String> users) {
    return !users.isEmpty()
        || (config.holds().isPresent() && last(config).filter(List::isEmpty).isEmpty());
  }

  /** Whether somebody who needs it is being deleted, as far as anybody can tell. */
  private boolean isLeft(ConfigObject config) {
    return last(config).map(all -> all.stream().anyMatch(Last::deleting)).orElse(true);
  }

  private Again letGo(ConfigObject config) {
    if (!config.hasFinalizer()) {
      return new Again.WhenAdded();
    }
    if (!secrets.letGo(config)) {
      return new Again.Backoff();
    }
    List<String> others =
        config.finalizers().stream().filter(one -> !one.equals(ConfigObject.FINALIZER)).toList();
    return stored(patch(config, others), new Again.WhenAdded());
  }

  private ApiAnswer patch(ConfigObject config, List<String> finalizers) {
    return api.merge(
        config.key().objects(),
        config.key().object(),
        Map.of(
            "metadata",
            Map.of("resourceVersion", config.resourceVersion(), "finalizers", finalizers)));
  }

  private Again report(ConfigObject config, List<String> users, List<StatusCondition> news) {
    var status = new ProviderConfigStatus(Optional.of((long) users.size()), with(config, news));
    Again later =
        config.deleting() ? new Again.WhenAdded() : new Again.After(PROBED, Urgency.RESYNC);
    if (status.equals(config.status())) {
      return later;
    }
    return stored(
        api.putStatus(
            config.key().objects(),
            config.key().object(),
            config.resourceVersion(),
            Encoder.everything(status)),
        later);
  }

  private Again stored(ApiAnswer reply, Again then) {
    return switch (reply) {
      case ApiAnswer.Current(var object) -> {
        ConfigReading.read(object).ifPresent(configs::takeOver);
        yield then;
      }
      case ApiAnswer.Missing() -> new Again.WhenAdded();
      case ApiAnswer.Conflict(), ApiAnswer.Forbidden _, ApiAnswer.Unavailable _ ->
          new Again.Backoff();
    };
  }

  private StatusCondition inUse(ConfigObject config, List<String> users) {
    String some = users.stream().limit(3).collect(Collectors.joining(", "));
    String more = users.size() > 3 ? " and " + (users.size() - 3) + " more" : "";
    return condition(
        config, "Terminating", true, "InUse", "in use by " + some + more + "; delete them first");
  }

  private StatusCondition answers(ConfigObject config, Optional<Failure> failure) {
    return failure
        .map(why -> condition(config, "Ready", false, why.reason(), why.words().text()))
        .orElseGet(() -> condition(config, "Ready", true, "Available", ""));
  }

  /** The time of a condition is that of its status, as Kubernetes has it. */
  private StatusCondition condition(
      ConfigObject config, String type, boolean holds, String reason, String message) {
    String status = holds ? "True" : "False";
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    String since =
        config.status().conditions().stream()
            .filter(one -> one.type().equals(type) && one.status().equals(status))
            .map(StatusCondition::lastTransitionTime)
            .findFirst()
            .orElseGet(now::toString);
    return new StatusCondition(
        type,
        status,
        reason,
        Optional.of(message).filter(text -> !text.isEmpty()),
        since,
        Optional.of(config.generation()));
  }

  private static List<StatusCondition> with(ConfigObject config, List<StatusCondition> news) {
    var conditions = new ArrayList<>(config.status().conditions());
    for (StatusCondition condition : news) {
      conditions.removeIf(one -> one.type().equals(condition.type()));
      conditions.add(condition);
    }
    conditions.sort((one, other) -> one.type().compareTo(other.type()));
    return List.copyOf(conditions);
  }
}
