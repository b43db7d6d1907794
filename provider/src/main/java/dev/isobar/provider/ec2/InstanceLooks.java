package dev.isobar.provider.ec2;

import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.ObservedMachine;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.Subject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;

/**
 * Looks at instances: at all that carry a mark of ours, page by page, or at single ones, many of
 * which go into one request when they are asked for at the same time. Filters are used and never
 * ids, because an id that does not exist fails a whole request.
 */
final class InstanceLooks {
  private static final int PAGE = 1000;

  /** EC2 takes 200 values for a filter. */
  private static final int VALUES = 200;

  /** The port's minute, less what a last page may take. */
  private static final Duration LIMIT = Duration.ofSeconds(40);

  /** EC2 forgets a terminated instance within an hour or so. */
  private static final Duration MEMORY = Duration.ofHours(3);

  private static final String UID_FILTER = "tag:" + Subject.UID_TAG;

  private final Ec2Calls calls;
  private final TypeCatalogue types;
  private final InstantSource clock;
  private final SpotNotices notices;
  private final Gathering<String, List<ObservedMachine>> byUid;
  private final Gathering<String, List<ObservedMachine>> byId;
  private final Map<String, InstanceTraits> traits = new ConcurrentHashMap<>();
  private final Map<String, Instant> buried = new ConcurrentHashMap<>();
  private final Map<String, Instant> ended = new ConcurrentHashMap<>();

  InstanceLooks(Ec2Calls calls, TypeCatalogue types, InstantSource clock) {
    this.calls = calls;
    this.types = types;
    this.clock = clock;
    notices = new SpotNotices(calls, clock);
    byUid =
        new Gathering<>(
            VALUES, uids -> found(UID_FILTER, uids, machine -> machine.uid().orElse("")));
    byId = new Gathering<>(VALUES, ids -> found("instance-id", ids, ObservedMachine::id));
  }

  /** The machines of an Instance, found by mark and by name. */
  Response<List<ObservedMachine>> observe(Subject subject) {
    return switch (byUid.of(subject.uid(), List.of())) {
      case Response.Failed<List<ObservedMachine>> failed -> failed;
      case Response.Answered<List<ObservedMachine>>(var marked) ->
          subject
              .externalName()
              .filter(id -> marked.stream().noneMatch(machine -> machine.id().equals(id)))
              .map(id -> with(byId.of(id, List.of()), marked))
              .orElseGet(() -> Response.of(marked));
    };
  }

  private static Response<List<ObservedMachine>> with(
      Response<List<ObservedMachine>> named, List<ObservedMachine> marked) {
    return switch (named) {
      case Response.Failed<List<ObservedMachine>> failed -> failed;
      case Response.Answered<List<ObservedMachine>>(var one) ->
          Response.of(Stream.concat(one.stream(), marked.stream()).toList());
    };
  }

  /** All machines that carry a mark of ours. */
  Response<List<ObservedMachine>> list() {
    Set<String> before = Set.copyOf(traits.keySet());
    var answer =
        pages(
            Filter.builder().name("tag-key").values(Subject.UID_TAG).build(),
            Filter.builder()
                .name("instance-state-name")
                .values("pending", "running", "shutting-down", "stopping", "stopped")
                .build());
    if (answer instanceof Response.Answered<List<ObservedMachine>>(var all)) {
      Set<String> listed = new HashSet<>();
      all.forEach(machine -> listed.add(machine.id()));
      before.stream().filter(id -> !listed.contains(id)).forEach(traits::remove);
    }
    return answer;
  }

  /** The machine that a token made, while it is worth anything. */
  Response<Optional<ObservedMachine>> madeWith(String token) {
    return switch (pages(Filter.builder().name("client-token").values(token).build())) {
      case Response.Failed<List<ObservedMachine>>(var failure) -> Response.failed(failure);
      case Response.Answered<List<ObservedMachine>>(var found) ->
          Response.of(found.stream().findFirst());
    };
  }

  /** What of a machine can differ from its spec, as it was when it was looked at last. */
  Response<Optional<InstanceTraits>> traits(String id) {
    InstanceTraits known = traits.get(id);
    if (known != null) {
      return Response.of(Optional.of(known));
    }
    return switch (byId.of(id, List.of())) {
      case Response.Failed<List<ObservedMachine>>(var failure) -> Response.failed(failure);
      case Response.Answered<List<ObservedMachine>> _ ->
          Response.of(Optional.ofNullable(traits.get(id)));
    };
  }

  /** A machine that never ran is shown until somebody deletes it, though EC2 keeps its remains. */
  void bury(String id) {
    remember(id, buried);
  }

  /** Whether EC2 has shown that an instance is terminated, of which none comes back. */
  boolean sawTheEndOf(String id) {
    return ended.containsKey(id);
  }

  private void remember(String id, Map<String, Instant> ids) {
    Instant now = clock.instant();
    ids.values().removeIf(since -> since.plus(MEMORY).isBefore(now));
    ids.put(id, now);
  }

  private Response<Map<String, List<ObservedMachine>>> found(
      String filter, List<String> values, Function<ObservedMachine, String> key) {
    return switch (pages(Filter.builder().name(filter).values(values).build())) {
      case Response.Failed<List<ObservedMachine>>(var failure) -> Response.failed(failure);
      case Response.Answered<List<ObservedMachine>>(var machines) -> {
        Map<String, List<ObservedMachine>> found = new HashMap<>();
        for (ObservedMachine machine : machines) {
          found.computeIfAbsent(key.apply(machine), _ -> new ArrayList<>(1)).add(machine);
        }
        yield Response.of(found);
      }
    };
  }

  private Response<List<ObservedMachine>> pages(Filter... filters) {
    Instant deadline = clock.instant().plus(LIMIT);
    List<ObservedMachine> all = new ArrayList<>();
    String next = null;
    do {
      if (clock.instant().isAfter(deadline)) {
        return Response.failed(
            new Failure.CloudUnreachable(
                CloudWords.ours("listing took more than " + LIMIT.toSeconds() + " s")));
      }
      String page = next;
      var end =
          calls.ask(ec2 ->
              ec2.describeInstances(
                  request -> request.filters(filters).maxResults(PAGE).nextToken(page)));
      if (!(end instanceof CallEnd.Replied<DescribeInstancesResponse>(var reply))) {
        return end.answer(_ -> List.of());
      }
      all.addAll(machines(reply, deadline));
      next = reply.nextToken();
    } while (next != null && !next.isEmpty());
    return Response.of(all);
  }

  private boolean isOver(Instance instance) {
    return Ec2Reading.gone(instance)
        || (Ec2Reading.gaveUp(instance) && buried.containsKey(instance.instanceId()));
  }

  /** Of each page only what is needed is kept. */
  private List<ObservedMachine> machines(DescribeInstancesResponse page, Instant deadline) {
    Map<Boolean, List<Instance>> byEnd =
        page.reservations().stream()
            .flatMap(reservation -> reservation.instances().stream())
            .collect(Collectors.partitioningBy(this::isOver));
    byEnd.getOrDefault(true, List.of()).forEach(one -> remember(one.instanceId(), ended));
    List<Instance> shown = byEnd.getOrDefault(false, List.of());
    types.learn(shown.stream().map(Instance::instanceTypeAsString).toList());
    Map<String, CloudWords> going = going(shown, deadline);
    return shown.stream()
        .map(instance -> {
          traits.put(instance.instanceId(), InstanceTraits.of(instance));
          return Ec2Reading.of(
              instance,
              types::known,
              calls::words,
              Optional.ofNullable(going.get(instance.instanceId())));
        })
        .toList();
  }

  /** What has no Spot pays no question for it, and what is late already does not wait for it. */
  private Map<String, CloudWords> going(List<Instance> shown, Instant deadline) {
    return shown.stream().anyMatch(Ec2Reading::mayBeTakenBack) && clock.instant().isBefore(deadline)
        ? notices.latest()
        : Map.of();
  }
}
