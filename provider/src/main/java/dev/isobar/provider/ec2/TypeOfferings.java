package dev.isobar.provider.ec2;

import dev.isobar.provider.external.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypeOfferingsResponse;
import software.amazon.awssdk.services.ec2.model.InstanceTypeOffering;
import software.amazon.awssdk.services.ec2.model.LocationType;

/** Which zones have which instance types; asked for once a day, as the types themselves. */
final class TypeOfferings {
  private static final Duration FRESH = Duration.ofHours(24);
  private static final int PAGE = 1000;

  private record Listing(Instant at, Map<String, SortedSet<String>> zones) {}

  private final EveryPage pages;
  private final InstantSource clock;
  private final ReentrantLock listing = new ReentrantLock();
  private volatile @Nullable Listing latest;

  TypeOfferings(EveryPage pages, InstantSource clock) {
    this.pages = pages;
    this.clock = clock;
  }

  /** Names of zones by instance type. */
  Response<Map<String, SortedSet<String>>> zones() {
    listing.lock(); // several pages, once for all who wait
    try {
      Listing before = latest;
      Instant now = clock.instant();
      if (before != null && now.isBefore(before.at().plus(FRESH))) {
        return Response.of(before.zones());
      }
      var all =
          pages.of(
              "the zones of instance types",
              (ec2, token) ->
                  ec2.describeInstanceTypeOfferings(request ->
                      request
                          .locationType(LocationType.AVAILABILITY_ZONE)
                          .maxResults(PAGE)
                          .nextToken(token)),
              DescribeInstanceTypeOfferingsResponse::instanceTypeOfferings,
              DescribeInstanceTypeOfferingsResponse::nextToken);
      return switch (all) {
        case Response.Failed<List<InstanceTypeOffering>>(var failure) -> Response.failed(failure);
        case Response.Answered<List<InstanceTypeOffering>>(var offerings) -> {
          Map<String, SortedSet<String>> zones = new TreeMap<>();
          offerings.forEach(one ->
              zones
                  .computeIfAbsent(one.instanceTypeAsString(), _ -> new TreeSet<>())
                  .add(one.location()));
          latest = new Listing(now, zones);
          yield Response.of(zones);
        }
      };
    } finally {
      listing.unlock();
    }
  }
}
