package dev.isobar.provider.ec2;

import dev.isobar.apis.compute.MachineTypeChoice.Requirements;
import dev.isobar.provider.external.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;

/**
 * Instance types as EC2 describes them, never a list of ours. A type that was described once never
 * changes; which types there are is asked again once a day.
 */
final class TypeCatalogue {
  private static final Duration FRESH = Duration.ofHours(24);

  /** Of a type that could not be described. */
  private static final Duration REST = Duration.ofMinutes(5);

  private static final int PAGE = 100;
  private static final int MOST_ANSWERS = 8;

  private final Ec2Calls calls;
  private final EveryPage pages;
  private final InstantSource clock;
  private final Map<String, TypeFacts> known = new ConcurrentHashMap<>();
  private final Map<String, Instant> unknownUntil = new ConcurrentHashMap<>();
  private final ReentrantLock listing = new ReentrantLock();
  private volatile @Nullable Listing latest;

  private record Listing(Instant at, List<TypeFacts> types) {}

  TypeCatalogue(Ec2Calls calls, InstantSource clock) {
    this.calls = calls;
    this.clock = clock;
    pages = new EveryPage(calls, clock);
  }

  /** What is known of a type by now. */
  Optional<TypeFacts> known(String name) {
    return Optional.ofNullable(known.get(name));
  }

  /** Asks for one type, unless it is known. */
  Response<Optional<TypeFacts>> described(String name) {
    if (known.containsKey(name)) {
      return Response.of(known(name));
    }
    return ask(List.of(name)).answer(_ -> known(name));
  }

  /**
   * Asks for those types that are not known yet. Facts about types adorn a status, so a failure
   * leaves them out and is not told.
   */
  void learn(Collection<String> names) {
    Instant now = clock.instant();
    List<String> asked =
        names.stream()
            .distinct()
            .filter(name -> !known.containsKey(name))
            .filter(name -> !unknownUntil.getOrDefault(name, Instant.MIN).isAfter(now))
            .limit(PAGE)
            .toList();
    if (!asked.isEmpty()) {
      var _ = ask(asked);
      asked.stream()
          .filter(name -> !known.containsKey(name))
          .forEach(name -> unknownUntil.put(name, now.plus(REST)));
    }
  }

  private CallEnd<DescribeInstanceTypesResponse> ask(List<String> names) {
    // A filter, because an unknown name among InstanceTypes fails the whole question.
    var filter = Filter.builder().name("instance-type").values(names).build();
    var end = calls.ask(ec2 -> ec2.describeInstanceTypes(request -> request.filters(filter)));
    if (end instanceof CallEnd.Replied<DescribeInstanceTypesResponse>(var reply)) {
      reply.instanceTypes().forEach(type -> keep(TypeFacts.of(type)));
    }
    return end;
  }

  private void keep(TypeFacts type) {
    known.put(type.name(), type);
  }

  /** The names of the smallest types that have what is needed. */
  Response<List<String>> fitting(Requirements need) {
    return switch (all()) {
      case Response.Failed<List<TypeFacts>>(var failure) -> Response.failed(failure);
      case Response.Answered<List<TypeFacts>>(var types) ->
          Response.of(
              types.stream()
                  .filter(type -> type.fits(need))
                  .sorted(TypeFacts.smallestFirst())
                  .limit(MOST_ANSWERS)
                  .map(TypeFacts::name)
                  .toList());
    };
  }

  /** All types of the region. */
  Response<List<TypeFacts>> all() {
    listing.lock(); // a dozen pages, once for all who wait
    try {
      Listing before = latest;
      Instant now = clock.instant();
      if (before != null && now.isBefore(before.at().plus(FRESH))) {
        return Response.of(before.types());
      }
      Response<List<TypeFacts>> all = described();
      if (all instanceof Response.Answered<List<TypeFacts>>(var types)) {
        latest = new Listing(now, types);
      }
      return all;
    } finally {
      listing.unlock();
    }
  }

  private Response<List<TypeFacts>> described() {
    Response<List<TypeFacts>> all =
        pages.of(
            "instance types",
            (ec2, token) ->
                ec2.describeInstanceTypes(request -> request.maxResults(PAGE).nextToken(token)),
            reply -> reply.instanceTypes().stream().map(TypeFacts::of).toList(),
            DescribeInstanceTypesResponse::nextToken);
    if (all instanceof Response.Answered<List<TypeFacts>>(var types)) {
      types.forEach(this::keep);
    }
    return all;
  }
}
