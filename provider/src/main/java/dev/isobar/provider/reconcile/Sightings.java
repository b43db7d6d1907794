package dev.isobar.provider.reconcile;

import dev.isobar.provider.decide.Listed;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Machines;
import dev.isobar.provider.external.ObservedMachine;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.Subject;
import dev.isobar.provider.queue.SteadyClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Looks at machines with few requests: one listing of the cloud serves all its settled Instances
 * for a while. It is never the last word: what moves, and what the listing does not hold, is looked
 * at by itself.
 *
 * <p>A cloud that gives no listing is not asked for another one at once, or each of thousands would
 * wait for one that never comes. When it gives none for a while the cloud is down: its settled
 * Instances are told so, without a request for each.
 */
public final class Sightings {
  private static final Duration AFTER_SILENCE = Duration.ofSeconds(15);

  /** A listing is no older than this part of a poll when it is used, where it costs little. */
  private static final int FRACTION = 4;

  /** What clouds show in a request. */
  private static final int PAGE = 1000;

  /** So many requests may all listings of a poll take, unless a single one takes more. */
  private static final int REQUESTS = 11;

  /**
   * That the cloud gave no listing.
   *
   * @param since when it failed for the first time since it gave one
   * @param latest when it failed last
   */
  private record Silence(Failure failure, Instant since, Instant latest) {
    boolean lasts(Instant now) {
      return now.isBefore(latest.plus(AFTER_SILENCE));
    }

    /** Whether a look at a single machine would fare no better. */
    boolean ofAll() {
      boolean whole =
          switch (failure) {
            case Failure.CloudUnreachable _, Failure.Throttled _ -> true;
            case Failure.AuthenticationFailed _ -> true;
            case Failure.QuotaExceeded _, Failure.InsufficientCapacity _ -> false;
            case Failure.InvalidConfiguration _, Failure.Busy _ -> false;
            case Failure.Interrupted _, Failure.ProviderError _ -> false;
          };
      return whole && !latest.isBefore(since.plus(AFTER_SILENCE));
    }
  }

  private final Machines machines;
  private final InstantSource clock;
  private final Duration poll;
  private final ReentrantLock listing = new ReentrantLock();
  private volatile @Nullable Listing latest;
  private volatile @Nullable Silence silence;
  private volatile @Nullable Instant beat;
  private volatile @Nullable String place;

  /**
   * When machines were looked at by themselves, by the UID of their Instance, since the listing.
   */
  private final Map<String, Instant> looks = new ConcurrentHashMap<>();

  /**
   * Sightings of one cloud.
   *
   * @param poll how often each machine is looked at
   */
  public Sightings(Machines machines, InstantSource clock, Duration poll) {
    this.machines = machines;
    this.clock = SteadyClock.over(clock);
    this.poll = poll;
  }

  /**
   * How long a listing serves: what it shows was true when it was begun, and is shown a poll later
   * at most. So it is a fraction of the poll, as far as the budget of requests allows.
   */
  private Duration serves(int machinesListed) {
    Duration fraction = poll.dividedBy(FRACTION);
    long requests = machinesListed / PAGE + 1L;
    Duration affordable = poll.multipliedBy(Math.min(requests, REQUESTS)).dividedBy(REQUESTS);
    return fraction.compareTo(affordable) < 0 ? affordable : fraction;
  }

  /**
   * The listing that those who are settled keep time by: others that are begun within a poll do not
   * count, so that who came in between is with all the rest the next time.
   */
  Optional<Listed> beat() {
    Listing known = latest;
    Instant since = beat;
    return known == null || since == null
        ? Optional.empty()
        : Optional.of(new Listed(Duration.between(since, clock.instant()), serves(known.size())));
  }

  /** The account that machines are looked for in, as the cloud says now. */
  Response<String> account() {
    Response<String> answer = machines.account();
    if (answer instanceof Response.Answered<String>(var account)) {
      place = account;
    }
    return answer;
  }

  /**
   * The account as it was told last, which costs nothing. What was looked at since is in it only if
   * {@link #account} says the same afterwards: credentials of a role come to lead elsewhere.
   */
  Optional<String> place() {
    return Optional.ofNullable(place)
        .or(() ->
            account() instanceof Response.Answered<String>(var account)
                ? Optional.of(account)
                : Optional.empty());
  }

  /** What is said of a look in one account, when another one is told after it. */
  static Failure turned() {
    return new Failure.Busy(
        CloudWords.ours(
            "the credentials came to lead to another account while machines were looked at"));
  }

  /**
   * The machines of an Instance.
   *
   * @param settled whether a listing will do; when it is doubtful the machine is looked at
   * @see Machines#observe
   */
  public Response<List<ObservedMachine>> look(Subject subject, boolean settled) {
    if (settled && subject.externalName().isPresent()) {
      Optional<List<ObservedMachine>> listed =
          current().filter(list -> shows(list, subject)).flatMap(list -> list.of(subject));
      if (listed.isPresent()) {
        return Response.of(listed.get());
      }
      Silence known = silence;
      if (known != null && known.ofAll()) {
        return Response.failed(known.failure());
      }
    }
    looks.put(subject.uid(), clock.instant());
    return machines.observe(subject);
  }

  /** Nobody is shown again what was before the last look, or states would seem to go backwards. */
  private boolean shows(Listing listing, Subject subject) {
    Instant looked = looks.get(subject.uid());
    return looked == null || !listing.at().isBefore(looked);
  }

  /**
   * Why the cloud gives no listing now; nothing when it does. Costs nothing while a listing serves.
   */
  public Optional<Failure> trouble() {
    return switch (listing(false)) {
      case Response.Answered<Listing> _ -> Optional.empty();
      case Response.Failed<Listing>(var failure) -> Optional.of(failure);
    };
  }

  /** All machines of the listing that serves now. */
  public Response<List<ObservedMachine>> listed() {
    return switch (listing(false)) {
      case Response.Answered<Listing>(var serving) ->
          Response.of(List.copyOf(serving.byId().values()));
      case Response.Failed<Listing>(var failure) -> Response.failed(failure);
    };
  }

  /** The listing that serves now; empty when the cloud gives none. */
  private Optional<Listing> current() {
    return listing(true) instanceof Response.Answered<Listing>(var serving)
        ? Optional.of(serving)
        : Optional.empty();
  }

  /**
   * A listing.
   *
   * @param ofOne whether one machine is looked up, for which a failure of a moment ago will do; who
   *     asks for all can do with a listing as old as a poll
   */
  private Response<Listing> listing(boolean ofOne) {
    Listing known = latest;
    if (known != null && serves(known, ofOne)) {
      return Response.of(known);
    }
    listing.lock(); // who comes while another lists waits for that listing
    try {
      known = latest;
      if (known != null && serves(known, ofOne)) {
        return Response.of(known);
      }
      Silence before = silence;
      return ofOne && before != null && before.lasts(clock.instant())
          ? Response.failed(before.failure())
          : ask();
    } finally {
      listing.unlock();
    }
  }

  /** One of another account serves nobody. */
  private boolean serves(Listing known, boolean ofOne) {
    return known.account().equals(Optional.ofNullable(place))
        && clock.instant().isBefore(known.at().plus(ofOne ? serves(known.size()) : poll));
  }

  private Response<Listing> ask() {
    Instant asked = clock.instant();
    Optional<String> account = place();
    latest = null; // two listings at once would take twice the memory
    return switch (machines.list()) {
      case Response.Failed<List<ObservedMachine>>(var failure) -> {
        Silence before = silence;
        Instant now = clock.instant();
        silence = new Silence(failure, before == null ? now : before.since(), now);
        yield Response.failed(failure);
      }
      case Response.Answered<List<ObservedMachine>>(var all) -> {
        silence = null;
        if (account() instanceof Response.Answered<String>(var after)
            && !account.equals(Optional.of(after))) {
          yield Response.failed(turned());
        }
        Listing fresher = Listing.of(asked, account, all);
        looks.values().removeIf(looked -> looked.isBefore(asked));
        latest = fresher;
        Instant before = beat;
        if (before == null || !asked.isBefore(before.plus(poll.dividedBy(10).multipliedBy(9)))) {
          beat = asked;
        }
        yield Response.of(fresher);
      }
    };
  }

  /**
   * All machines of an account at one time.
   *
   * @param account empty where nobody could tell
   */
  private record Listing(
      Instant at,
      Optional<String> account,
      Map<String, ObservedMachine> byId,
      Map<String, List<ObservedMachine>> byInstance) {
    static Listing of(Instant at, Optional<String> account, List<ObservedMachine> all) {
      Map<String, ObservedMachine> byId = new HashMap<>();
      Map<String, List<ObservedMachine>> byInstance = new HashMap<>();
      for (ObservedMachine machine : all) {
        byId.put(machine.id(), machine);
        machine
            .uid()
            .ifPresent(
                uid -> byInstance.computeIfAbsent(uid, _ -> new ArrayList<>(1)).add(machine));
      }
      return new Listing(at, account, byId, byInstance);
    }

    int size() {
      return byId.size();
    }

    /** Nothing when the machine the Instance names is not in the list. */
    Optional<List<ObservedMachine>> of(Subject subject) {
      return subject
          .externalName()
          .flatMap(id -> Optional.ofNullable(byId.get(id)))
          .map(named -> {
            List<ObservedMachine> found =
                new ArrayList<>(byInstance.getOrDefault(subject.uid(), List.of()));
            if (!found.contains(named)) {
              found.add(named);
            }
            return List.copyOf(found);
          });
    }
  }
}
