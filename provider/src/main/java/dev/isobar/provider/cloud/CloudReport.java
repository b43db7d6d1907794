package dev.isobar.provider.cloud;

import dev.isobar.apis.compute.CloudSpec;
import dev.isobar.apis.compute.CloudStatus;
import dev.isobar.apis.compute.CloudStatus.Counts;
import dev.isobar.apis.compute.CloudStatus.Quota;
import dev.isobar.apis.compute.Image;
import dev.isobar.apis.compute.MachineType;
import dev.isobar.apis.compute.StatusCondition;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.Supply.Facility;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The status of a Cloud after a look at it. What a cloud does not answer stays as it was found
 * before: a failure never takes anything out of a catalogue.
 */
public final class CloudReport {
  private static final String READY = "Ready";

  /** Limits that each part of a cloud has, so that those of a silent one stay. */
  private static final Map<Facility, Set<String>> LIMITS =
      Map.of(
          Facility.MACHINES,
          Set.of("cores", "instances", "memoryMiB"),
          Facility.VOLUMES,
          Set.of("gigabytes", "volumes"));

  private final CloudSpec spec;
  private final CloudStatus before;
  private final long generation;
  private final Instant now;
  private final List<Trouble> troubles = new ArrayList<>();

  /** A part that did not answer. */
  private record Trouble(String part, Failure failure, boolean essential) {}

  private CloudReport(CloudSpec spec, CloudStatus before, long generation, Instant now) {
    this.spec = spec;
    this.before = before;
    this.generation = generation;
    this.now = now.truncatedTo(ChronoUnit.SECONDS);
  }

  /**
   * What the Cloud shows now.
   *
   * @param before what it showed until now
   * @param generation of the Cloud whose spec this is
   */
  public static CloudStatus of(
      CloudSpec spec, CloudStatus before, long generation, Survey survey, Instant now) {
    return new CloudReport(spec, before, generation, now).of(survey);
  }

  /** What a Cloud shows that nobody can ask, because it names no ProviderConfig. */
  public static CloudStatus unasked(
      CloudSpec spec, CloudStatus before, long generation, Instant now) {
    var report = new CloudReport(spec, before, generation, now);
    return report.status(
        before.machineTypes(),
        before.images(),
        before.zones(),
        before.quota(),
        report.condition(
            "Unknown",
            "NoProviderConfig",
            "spec.providerConfigRef names no ProviderConfig, so nobody asks the cloud and nothing"
                + " is discovered"),
        before.discoveredAt());
  }

  private CloudStatus of(Survey survey) {
    List<MachineType> types =
        kept(
            "machine types",
            true,
            survey.machineTypes(),
            found -> Shown.machineTypes(found, spec),
            before.machineTypes());
    List<Image> images = kept("images", true, survey.images(), Shown::images, before.images());
    List<String> zones = kept("zones", false, survey.zones(), Shown::zones, before.zones());
    List<Quota> quota = quota(survey);
    boolean complete = troubles.stream().noneMatch(Trouble::essential);
    return status(
        types,
        images,
        zones,
        quota,
        condition(),
        complete ? Optional.of(now.toString()) : before.discoveredAt());
  }

  private <T, R> List<R> kept(
      String part,
      boolean essential,
      Response<List<T>> answer,
      Function<List<T>, List<R>> shown,
      List<R> earlier) {
    return switch (answer) {
      case Response.Answered<List<T>>(var found) -> shown.apply(found);
      case Response.Failed<List<T>>(var failure) -> {
        troubles.add(new Trouble(part, failure, essential));
        yield earlier;
      }
    };
  }

  private List<Quota> quota(Survey survey) {
    List<Quota> all = new ArrayList<>();
    survey
        .quota()
        .forEach((facility, answer) ->
            all.addAll(
                kept(
                    switch (facility) {
                      case MACHINES -> "quota of machines";
                      case VOLUMES -> "quota of volumes";
                      case NETWORKS -> "quota of networks";
                    },
                    false,
                    answer,
                    Shown::quota,
                    before.quota().stream()
                        .filter(one -> facility(one.resource()) == facility)
                        .toList())));
    return Shown.quota(all);
  }

  private static Facility facility(String resource) {
    return LIMITS.entrySet().stream()
        .filter(part -> part.getValue().contains(resource))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(Facility.NETWORKS);
  }

  private CloudStatus status(
      List<MachineType> types,
      List<Image> images,
      List<String> zones,
      List<Quota> quota,
      StatusCondition condition,
      Optional<String> discoveredAt) {
    List<StatusCondition> conditions = new ArrayList<>(before.conditions());
    conditions.removeIf(one -> one.type().equals(READY));
    conditions.add(condition);
    return new CloudStatus(
        List.copyOf(conditions),
        types,
        images,
        zones,
        quota,
        discoveredAt,
        Optional.of(counts(types, images)));
  }

  /** What the Cloud offers: what was found, and what its operator says besides or instead. */
  private Counts counts(List<MachineType> types, List<Image> images) {
    Map<String, Boolean> gpus = new TreeMap<>();
    types.forEach(type -> gpus.put(type.name(), type.gpu().isPresent()));
    spec.machineTypes()
        .forEach(type -> gpus.merge(type.name(), type.gpu().isPresent(), Boolean::logicalOr));
    Set<String> pictures = new HashSet<>();
    images.forEach(image -> image.id().ifPresent(pictures::add));
    spec.images().forEach(image -> image.id().or(image::name).ifPresent(pictures::add));
    int withGpus = Math.toIntExact(gpus.values().stream().filter(has -> has).count());
    return new Counts(gpus.size(), withGpus, pictures.size());
  }

  private StatusCondition condition() {
    if (troubles.isEmpty()) {
      return condition("True", "Available", "");
    }
    return troubles.stream()
        .filter(Trouble::essential)
        .findFirst()
        .map(trouble -> condition("False", trouble.failure().reason(), message()))
        .orElseGet(() -> condition("True", "Incomplete", message()));
  }

  /** Every failure once, with the parts it is about unless it is about all. */
  private String message() {
    Map<String, List<String>> parts = new LinkedHashMap<>();
    for (Trouble trouble : troubles) {
      parts
          .computeIfAbsent(trouble.failure().words().text(), _ -> new ArrayList<>())
          .add(trouble.part());
    }
    boolean all = parts.size() == 1 && troubles.size() == 3 + Facility.values().length;
    List<String> sentences = new ArrayList<>();
    parts.forEach(
        (words, about) -> sentences.add(all ? words : String.join(", ", about) + ": " + words));
    return String.join("; ", sentences);
  }

  /** The time of a condition is that of its status, as Kubernetes has it. */
  private StatusCondition condition(String status, String reason, String message) {
    String since =
        before.conditions().stream()
            .filter(one -> one.type().equals(READY) && one.status().equals(status))
            .map(StatusCondition::lastTransitionTime)
            .findFirst()
            .orElseGet(now::toString);
    return new StatusCondition(
        READY,
        status,
        reason,
        Optional.of(message).filter(text -> !text.isEmpty()),
        since,
        Optional.of(generation));
  }
}
