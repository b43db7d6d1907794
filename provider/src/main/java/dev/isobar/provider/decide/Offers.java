package dev.isobar.provider.decide;

import dev.isobar.apis.compute.InstanceStatus.RefusedOffer;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Offer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which machine type in which zone is asked for next. Each refused offer rests for a while of its
 * own, from one minute to ten, and the rest that is first in the user's order is taken. The memory
 * is in the status, so it outlives the process and users can read it.
 */
final class Offers {
  private static final Duration FIRST_REST = Duration.ofMinutes(1);
  private static final Duration LONGEST_REST = Duration.ofMinutes(10);

  /** The longest rest as it is spread; what is longer was dated by a clock that was ahead. */
  private static final Duration BELIEVED = Duration.ofMinutes(11);

  /** What is asked for next. */
  sealed interface Choice {
    /** This one, now. */
    record Take(Offer offer) implements Choice {}

    /** None before this time, because all were refused. */
    record Rest(Instant until, RefusedOffer latest) implements Choice {}

    /** There is nothing to choose from. */
    record Nothing() implements Choice {}
  }

  private Offers() {}

  /** Chooses among all types in all zones: first type first, and of each the zones in order. */
  static Choice choose(
      List<String> types, List<String> zones, List<RefusedOffer> refused, Instant now) {
    List<Offer> all = all(types, zones);
    for (Offer offer : all) {
      if (refusal(refused, offer).filter(rest -> rests(rest, now)).isEmpty()) {
        return new Choice.Take(offer);
      }
    }
    return refused.stream()
        .filter(rest -> all.contains(offer(rest)))
        .min(Comparator.comparing(Offers::retryAt))
        .<Choice>map(first -> new Choice.Rest(retryAt(first), first))
        .orElseGet(Choice.Nothing::new);
  }

  /** The memory after one more refusal; the order of first refusals stays. */
  static List<RefusedOffer> refuse(
      List<RefusedOffer> before, Offer offer, Failure failure, String uid, Instant now) {
    int times = refusal(before, offer).map(RefusedOffer::times).orElse(0) + 1;
    var latest =
        new RefusedOffer(
            offer.machineType(),
            offer.zone(),
            failure.reason(),
            failure.words().text(),
            times,
            now.plus(Pace.spread(rest(times), uid)).truncatedTo(ChronoUnit.SECONDS).toString());
    List<RefusedOffer> after = new ArrayList<>(before);
    after.replaceAll(old -> offer(old).equals(offer) ? latest : old);
    if (!after.contains(latest)) {
      after.add(latest);
    }
    return List.copyOf(after);
  }

  private static Duration rest(int times) {
    Duration rest = FIRST_REST.multipliedBy(1L << Math.min(times - 1, 10));
    return rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest;
  }

  private static List<Offer> all(List<String> types, List<String> zones) {
    List<Offer> all = new ArrayList<>();
    for (String type : types) {
      zones.forEach(zone -> all.add(new Offer(type, Optional.of(zone))));
      if (zones.isEmpty()) {
        all.add(new Offer(type, Optional.empty()));
      }
    }
    return all;
  }

  private static Optional<RefusedOffer> refusal(List<RefusedOffer> refused, Offer offer) {
    return refused.stream().filter(one -> offer(one).equals(offer)).findFirst();
  }

  private static Offer offer(RefusedOffer refused) {
    return new Offer(refused.machineType(), refused.zone());
  }

  private static boolean rests(RefusedOffer refused, Instant now) {
    Instant end = retryAt(refused);
    return end.isAfter(now) && !end.isAfter(now.plus(BELIEVED));
  }

  private static Instant retryAt(RefusedOffer refused) {
    try {
      return Instant.parse(refused.retryAt());
    } catch (DateTimeException _) {
      return Instant.MIN; // whoever changed the status by hand wants another try
    }
  }
}
