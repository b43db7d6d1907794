package dev.isobar.provider.reconcile;

import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.InstanceSpec;
import dev.isobar.apis.compute.InstanceSpec.ConnectionSecret;
import dev.isobar.apis.compute.InstanceSpec.RecreatePolicy;
import dev.isobar.apis.compute.ProviderConfigRef;
import dev.isobar.apis.compute.StatusCondition;
import dev.isobar.apis.compute.UsedProviderConfig;
import dev.isobar.provider.decide.Managed;
import dev.isobar.provider.decide.ObjectKey;
import dev.isobar.provider.decide.Pace;
import dev.isobar.provider.decide.Wait;
import dev.isobar.provider.external.CallPoints;
import dev.isobar.provider.external.CreationToken;
import dev.isobar.provider.external.FakeCloud;
import dev.isobar.provider.external.HandClock;
import dev.isobar.provider.external.Machines;
import dev.isobar.provider.external.Offer;
import dev.isobar.provider.external.Order;
import dev.isobar.provider.external.Subject;
import dev.isobar.provider.external.Wishes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One Instance, an API server, a cloud, and time. */
final class World {
  static final ObjectKey KEY = new ObjectKey("lab", "one");
  static final String UID = "5f1d7a0e-uid";

  final HandClock clock = new HandClock(Instant.parse("2026-11-25T10:00:00Z"));
  final FakeApiServer api = new FakeApiServer();
  final FakeCloud cloud;

  World(boolean tokens) {
    cloud = new FakeCloud(clock, tokens);
  }

  /** A provider process. */
  final class Process {
    final FakeApiServer.Replica store;
    private final Reconciler reconciler;
    private int failures;
    private int moves;

    Process(CallPoints points) {
      this(points, cloud);
    }

    /** One that reaches the cloud on another way, or another cloud. */
    Process(CallPoints points, Machines machines) {
      this(points, machines, Map.of());
    }

    /** One that marks its machines. */
    Process(CallPoints points, Machines machines, Map<String, String> marks) {
      store = api.replica(points);
      reconciler = new Reconciler(store, clouds(machines, marks), Pace.USUAL, true, clock);
    }

    private Clouds clouds(Machines machines, Map<String, String> marks) {
      Sightings sightings = new Sightings(machines, clock, Pace.USUAL.poll());
      return _ -> new Clouds.Connection.Open(machines, sightings, marks);
    }

    /** One pass over what the cache holds; answers how long until the next. */
    Duration pass() {
      return pass(KEY);
    }

    /** The same over another object. */
    Duration pass(ObjectKey key) {
      return switch (reconciler.reconcile(key)) {
        case Wait.ForChange() -> Duration.ofMinutes(1);
        case Wait.Backoff() -> Duration.ofSeconds(Math.min(60, 1L << Math.min(failures++, 6)));
        case Wait.Moving() -> {
          failures = 0;
          yield Duration.ofSeconds(Math.min(10, 1L << Math.min(moves++, 4)));
        }
        case Wait.Pause(var length) -> {
          failures = 0;
          moves = 0;
          yield length;
        }
        case Wait.Poll(var length) -> {
          failures = 0;
          moves = 0;
          yield length;
        }
      };
    }

    /** Passes, each with a fresh cache, until this much time has gone. */
    void work(Duration time) {
      Instant end = clock.instant().plus(time);
      while (clock.instant().isBefore(end)) {
        store.sync();
        clock.advance(pass());
      }
    }
  }

  Process process() {
    return new Process(CallPoints.QUIET);
  }

  static InstanceSpec spec(InstanceParameters wanted) {
    return spec(wanted, RecreatePolicy.Always, List.of("*"));
  }

  static InstanceSpec spec(
      InstanceParameters wanted, RecreatePolicy recreate, List<String> policies) {
    return new InstanceSpec(
        policies,
        new UsedProviderConfig(ProviderConfigRef.Kind.ClusterProviderConfig, "default"),
        Optional.of(new ConnectionSecret("one-address")),
        recreate,
        wanted);
  }

  /** What somebody else asks the cloud for, as its owner. */
  static Order order(String uid, String name) {
    return new Order(
        new Subject(uid, "theirs", name, Optional.empty(), Map.of()),
        CreationToken.of(uid, 1),
        new Offer("small", Optional.empty()),
        Wishes.machine("small", "ubuntu"),
        Optional.empty(),
        Optional.empty());
  }

  Optional<Managed> object() {
    return api.get(KEY);
  }

  /** The conditions as "Ready=True/Available: message". */
  Map<String, String> conditions() {
    return object().stream()
        .flatMap(managed -> managed.status().conditions().stream())
        .collect(
            Collectors.toMap(
                StatusCondition::type,
                one ->
                    one.status()
                        + "/"
                        + one.reason()
                        + one.message().map(text -> ": " + text).orElse(""),
                (first, _) -> first,
                TreeMap::new));
  }

  @Override
  public String toString() {
    return "machines %s, conditions %s, annotations %s, calls %s"
        .formatted(
            cloud.live(),
            conditions(),
            object().map(Managed::annotations).orElseGet(TreeMap::new),
            cloud.calls());
  }
}
