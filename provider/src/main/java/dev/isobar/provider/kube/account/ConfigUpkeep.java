package dev.isobar.provider.kube.account;

import dev.isobar.apis.compute.ProviderConfigStatus;
import dev.isobar.apis.compute.StatusCondition;
import dev.isobar.apis.decode.Encoder;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.kube.api.ApiAnswer;
import dev.isobar.provider.kube.api.ApiObject;
import dev.isobar.provider.kube.api.ObjectApi;
import dev.isobar.provider.queue.Urgency;
import dev.isobar.provider.queue.Workers.Again;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Keeps one ProviderConfig: it stays while somebody uses it, and says how many do and whether its
 * cloud accepts it.
 */
final class ConfigUpkeep {
  private static final Duration PROBED = Duration.ofMinutes(10);

  private final ObjectApi api;
  private final Configs configs;
  private final Usages usages;
  private final Probes probes;
  private final InstantSource clock;

  ConfigUpkeep(ObjectApi api, Configs configs, Usages usages, Probes probes, InstantSource clock) {
    this.api = api;
    this.configs = configs;
    this.usages = usages;
    this.probes = probes;
    this.clock = clock;
  }

  /** One pass; answers when the next one is due. */
  Again keep(ConfigKey key) {
    Optional<ConfigObject> found = configs.get(key);
    if (found.isEmpty()) {
      probes.forget(key);
      return new Again.WhenAdded();
    }
    ConfigObject config = found.get();
    List<String> users = usages.usersOf(key);
    if (config.deleting()) {
      return users.isEmpty() ? letGo(config) : report(config, users, inUse(config, users));
    }
    if (!config.hasFinalizer()) {
      var finalizers = new ArrayList<>(config.finalizers());
      finalizers.add(ConfigObject.FINALIZER);
      return stored(patch(config, finalizers), new Again.After(Duration.ZERO, Urgency.NEWS));
    }
    Optional<Failure> failure = probes.probe(config);
    Again next = report(config, users, answers(config, failure));
    return failure.isPresent() ? new Again.Backoff() : next;
  }

  private Again letGo(ConfigObject config) {
    if (!config.hasFinalizer()) {
      return new Again.WhenAdded();
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

  private Again report(ConfigObject config, List<String> users, StatusCondition condition) {
    var status =
        new ProviderConfigStatus(Optional.of((long) users.size()), with(config, condition));
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
        read(object).ifPresent(configs::takeOver);
        yield then;
      }
      case ApiAnswer.Missing() -> new Again.WhenAdded();
      case ApiAnswer.Conflict(), ApiAnswer.Forbidden _, ApiAnswer.Unavailable _ ->
          new Again.Backoff();
    };
  }

  private static Optional<ConfigObject> read(ApiObject object) {
    return object.key().namespace().isEmpty()
        ? ConfigReading.cluster(object)
        : ConfigReading.namespaced(object);
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

  private static List<StatusCondition> with(ConfigObject config, StatusCondition condition) {
    var conditions = new ArrayList<>(config.status().conditions());
    conditions.removeIf(one -> one.type().equals(condition.type()));
    conditions.add(condition);
    conditions.sort((one, other) -> one.type().compareTo(other.type()));
    return List.copyOf(conditions);
  }
}
