package dev.isobar.provider.kube.discovery;

import dev.isobar.apis.compute.CloudSpec;
import dev.isobar.apis.compute.CloudStatus;
import dev.isobar.apis.compute.CloudStatus.Counts;
import dev.isobar.apis.compute.CloudStatus.Quota;
import dev.isobar.apis.compute.StatusCondition;
import dev.isobar.apis.decode.Encoder;
import dev.isobar.provider.cloud.CloudReport;
import dev.isobar.provider.cloud.Quiet;
import dev.isobar.provider.cloud.Survey;
import dev.isobar.provider.decide.Notice;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.decide.Wait;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.Supply;
import dev.isobar.provider.external.Supply.Facility;
import dev.isobar.provider.kube.account.Accounts;
import dev.isobar.provider.kube.api.ApiAnswer;
import dev.isobar.provider.kube.api.KubernetesKind;
import dev.isobar.provider.kube.api.Mirror;
import dev.isobar.provider.kube.api.ObjectApi;
import dev.isobar.provider.kube.store.Announcements;
import dev.isobar.provider.kube.store.Topic;
import dev.isobar.provider.operate.Diary;
import dev.isobar.provider.queue.Urgency;
import dev.isobar.provider.queue.Workers.Again;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Keeps one Cloud: asks what it has, and writes it when it is another than before. */
final class CloudUpkeep {
  private static final Diary LOG = Diary.of(CloudUpkeep.class);

  private final ObjectApi api;
  private final Mirror<StoredCloud> clouds;
  private final Accounts accounts;
  private final Announcements announcements;
  private final Duration interval;
  private final InstantSource clock;

  CloudUpkeep(
      ObjectApi api,
      Mirror<StoredCloud> clouds,
      Accounts accounts,
      Announcements announcements,
      Duration interval,
      InstantSource clock) {
    this.api = api;
    this.clouds = clouds;
    this.accounts = accounts;
    this.announcements = announcements;
    this.interval = interval;
    this.clock = clock;
  }

  /** One pass; answers when the next one is due. */
  Again keep(ObjectKey key) {
    Optional<StoredCloud> found = clouds.get(key);
    if (found.filter(cloud -> !cloud.paused()).isEmpty()) {
      return new Again.WhenAdded();
    }
    StoredCloud cloud = found.get();
    CloudSpec spec = cloud.spec();
    if (spec.providerConfigRef().isEmpty()) {
      CloudStatus unasked =
          CloudReport.unasked(spec, cloud.status(), cloud.generation(), clock.instant());
      return store(cloud, unasked, new Again.WhenAdded());
    }
    Survey survey =
        switch (accounts.supply(spec)) {
          case Response.Failed<Supply>(var failure) -> Survey.failed(failure);
          case Response.Answered<Supply>(var supply) -> surveyed(supply, spec);
        };
    CloudStatus status =
        CloudReport.of(spec, cloud.status(), cloud.generation(), survey, clock.instant());
    return store(cloud, status, next(survey, interval));
  }

  private static Survey surveyed(Supply supply, CloudSpec spec) {
    Map<Facility, Response<List<Quota>>> quota = new EnumMap<>(Facility.class);
    for (Facility facility : Facility.values()) {
      quota.put(facility, supply.quota(facility));
    }
    return new Survey(
        supply.machineTypes(spec.discovery().gpus()),
        supply.images(spec.discovery().imageOwners()),
        supply.zones(),
        quota);
  }

  /** What nodes are made of is asked for again soon when it is not known; the rest can wait. */
  static Again next(Survey survey, Duration interval) {
    List<Failure> failures =
        Stream.of(survey.machineTypes(), survey.images())
            .flatMap(answer ->
                answer instanceof Response.Failed<?>(var failure)
                    ? Stream.of(failure)
                    : Stream.empty())
            .toList();
    if (failures.isEmpty()) {
      return new Again.After(interval, Urgency.RESYNC);
    }
    return failures.stream()
        .flatMap(failure ->
            Wait.after(failure) instanceof Wait.Pause(var asked)
                ? Stream.of(asked)
                : Stream.<Duration>empty())
        .max(Duration::compareTo)
        .<Again>map(patience -> new Again.After(patience, Urgency.NEWS))
        .orElseGet(Again.Backoff::new);
  }

  private Again store(StoredCloud cloud, CloudStatus status, Again then) {
    Instant now = clock.instant();
    if (!Quiet.breaks(cloud.status(), status, now)) {
      return then;
    }
    ApiAnswer reply =
        api.putStatus(
            KubernetesKind.CLOUD, cloud.key(), cloud.resourceVersion(), Encoder.everything(status));
    return switch (reply) {
      case ApiAnswer.Current(var object) -> {
        StoredCloud.read(object)
            .ifPresent(read -> clouds.takeOver(read.key(), read.resourceVersion(), read));
        tell(cloud, status);
        yield then;
      }
      case ApiAnswer.Missing() -> new Again.WhenAdded();
      case ApiAnswer.Conflict() -> new Again.Backoff();
      case ApiAnswer.Forbidden(var why) -> unstored(cloud, why);
      case ApiAnswer.Unavailable(var why) -> unstored(cloud, why);
    };
  }

  /** Nobody else tells of it: what cannot be stored cannot be said in the object either. */
  private static Again unstored(StoredCloud cloud, String why) {
    LOG.warning(
        "Storing a Cloud failed, and is tried again", "cloud", cloud.key().name(), "problem", why);
    return new Again.Backoff();
  }

  /** An event when it begins or ends to be well, or is ill of something else. */
  private void tell(StoredCloud cloud, CloudStatus status) {
    String before = ready(cloud.status()).map(CloudUpkeep::kind).orElse("");
    Optional<StatusCondition> now = ready(status);
    LOG.info(
        "Storing what a cloud has",
        "cloud",
        cloud.key().name(),
        "found",
        words(status),
        "ready",
        now.map(CloudUpkeep::kind).orElse(""));
    now.filter(condition -> !kind(condition).equals(before))
        .filter(condition -> !condition.status().equals("Unknown"))
        .ifPresent(condition -> announcements.send(topic(cloud), notice(condition, status)));
  }

  private static Notice notice(StatusCondition condition, CloudStatus status) {
    boolean well = condition.status().equals("True");
    String why = condition.message().map(text -> "; " + text).orElse("");
    return well
        ? new Notice(Notice.Kind.Normal, "DiscoveredCloud", words(status) + why, false)
        : new Notice(
            Notice.Kind.Warning,
            "CannotDiscoverCloud",
            condition.reason() + condition.message().map(text -> ": " + text).orElse(""),
            false);
  }

  private static String words(CloudStatus status) {
    Counts counts = status.counts().orElse(new Counts(0, 0, 0));
    return "%d machine types, %d of them with GPUs, %d images, %d zones"
        .formatted(
            counts.machineTypes(), counts.gpuTypes(), counts.images(), status.zones().size());
  }

  private static Topic topic(StoredCloud cloud) {
    return new Topic(
        KubernetesKind.CLOUD, cloud.key(), cloud.uid(), cloud.resourceVersion(), Optional.empty());
  }

  private static Optional<StatusCondition> ready(CloudStatus status) {
    return status.conditions().stream().filter(one -> one.type().equals("Ready")).findFirst();
  }

  private static String kind(StatusCondition condition) {
    return condition.status() + "/" + condition.reason();
  }
}
