package dev.isobar.provider.external;

import dev.isobar.apis.compute.InstanceObservation.Deviation;
import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.MachineTypeChoice.Requirements;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A cloud in memory. It keeps its machines, records calls, and behaves as badly as it is told to:
 * fails once, loses an answer after doing what was asked, does it only long after the caller gave
 * up, has no capacity, gives up on a machine later, shows new machines late.
 */
public final class FakeCloud implements Machines {
  private static final Duration END = Duration.ofSeconds(15);

  private record Delayed(Instant at, Order order, boolean onlyItsPort) {}

  private final FakeSupply supply = new FakeSupply();
  private final FakeLeftovers leftovers = new FakeLeftovers();
  private final InstantSource clock;
  private final boolean honoursTokens;
  private final String account;
  private CallPoints points = CallPoints.QUIET;
  private final Map<String, FakeServer> servers = new TreeMap<>();
  private final List<Delayed> delayed = new ArrayList<>();
  private final FakePorts ports = new FakePorts();
  private final List<String> calls = new ArrayList<>();
  private final Map<String, Failure> failures = new HashMap<>();
  private final Set<String> lostReplies = new TreeSet<>();
  private final Map<String, Failure> refusedTypes = new HashMap<>();
  private final Map<String, Failure> brokenTypes = new HashMap<>();
  private Optional<Duration> nextDelay = Optional.empty();
  private boolean onlyThePort;
  private boolean halfway;
  private Duration visibleAfter = Duration.ZERO;
  private Set<String> hidden = Set.of();
  private Instant hiddenUntil = Instant.MIN;
  private int made;

  /**
   * An empty cloud.
   *
   * @param honoursTokens whether one token never makes two machines, as on EC2; not on OpenStack
   */
  public FakeCloud(InstantSource clock, boolean honoursTokens) {
    this(clock, honoursTokens, "Fake/here/1");
  }

  /**
   * The same in an account of its own.
   *
   * @param account see {@link Machines#account}
   */
  public FakeCloud(InstantSource clock, boolean honoursTokens, String account) {
    this.clock = clock;
    this.honoursTokens = honoursTokens;
    this.account = account;
  }

  // What tests tell it.

  /** Tells somebody of every call. */
  public void watch(CallPoints watcher) {
    points = watcher;
  }

  /** The next call of this name fails without effect. */
  public void failOnce(String call, Failure failure) {
    failures.put(call, failure);
  }

  /** The next call of this name has its effect, but its answer gets lost. */
  public void loseReplyOnce(String call) {
    lostReplies.add(call);
  }

  /** The next creation is carried out only after this time; the caller gives up long before. */
  public void delayCreateOnce(Duration delay) {
    nextDelay = Optional.of(delay);
    onlyThePort = false;
  }

  /** The same of a creation's port alone; no machine is asked for after it. */
  public void delayPortOnce(Duration delay) {
    nextDelay = Optional.of(delay);
    onlyThePort = true;
  }

  /** Machines of a type are refused. */
  public void refuse(String machineType, Failure failure) {
    refusedTypes.put(machineType, failure);
  }

  /** What is refused has its port by then. */
  public void refuseHalfway() {
    halfway = true;
  }

  /** Machines of a type are promised, but go into state Error. */
  public void breakDown(String machineType, Failure failure) {
    brokenTypes.put(machineType, failure);
  }

  /** New machines are not shown at first. */
  public void showAfter(Duration time) {
    visibleAfter = time;
  }

  /** What there is is not shown for a while. */
  public void hideFor(Duration time) {
    settle();
    hidden = Set.copyOf(servers.keySet());
    hiddenUntil = clock.instant().plus(time);
  }

  /** Somebody else deletes a machine. */
  public void deleteOutside(String id) {
    server(id).ifPresent(server -> server.dying = Optional.of(clock.instant().minus(END)));
  }

  /** Somebody else changes the tags of a machine. */
  public void retagOutside(String id, Map<String, String> tags) {
    server(id).ifPresent(server -> server.tags = tags);
  }

  /** Somebody else marks a machine as that of another Instance. */
  public void remarkOutside(String id, Subject other) {
    server(id).ifPresent(server -> server.owner = other);
  }

  /** The host of a machine goes down, or is up again. */
  public void hostOf(String id, boolean down) {
    server(id).ifPresent(it -> it.ill = Optional.of("its host is down").filter(_ -> down));
  }

  /** There is a second machine of the same creation. */
  public void twin(String id) {
    server(id)
        .ifPresent(server -> {
          String other = "m-" + ++made;
          servers.put(other, new FakeServer(other, server.order, server.born, Optional.empty()));
        });
  }

  // What tests ask it.

  /** Ids of all machines that cost money. */
  public List<String> live() {
    settle();
    return servers.values().stream()
        .filter(server -> server.dying.isEmpty())
        .map(server -> server.id)
        .toList();
  }

  /** The machine type a machine has. */
  public String typeOf(String id) {
    return server(id).map(server -> server.order.offer().machineType()).orElseThrow();
  }

  /** Whether a creation is still to be carried out. */
  public boolean expectsMore() {
    settle();
    return !delayed.isEmpty();
  }

  /** What there is besides machines. */
  public Set<String> portsLeft() {
    return ports.left();
  }

  /** How many machines were ever made. */
  public int madeInAll() {
    return made;
  }

  /** The calls so far. */
  public List<String> calls() {
    return List.copyOf(calls);
  }

  // What the provider asks it.

  @Override
  public FakeSupply supply() {
    return supply;
  }

  @Override
  public FakeLeftovers leftovers() {
    return leftovers;
  }

  @Override
  public Response<String> account() {
    return Response.of(account);
  }

  @Override
  public boolean isGone(Subject subject) {
    return false;
  }

  @Override
  public Response<List<ObservedMachine>> observe(Subject subject) {
    return asked(
        "observe",
        () ->
            shown(server ->
                server.owner.uid().equals(subject.uid())
                    || subject.externalName().filter(server.id::equals).isPresent()));
  }

  @Override
  public Response<List<ObservedMachine>> list() {
    return asked("list", () -> shown(_ -> true));
  }

  @Override
  public Response<List<Deviation>> compare(
      Subject subject, InstanceParameters wanted, ObservedMachine machine) {
    return asked(
        "compare",
        () ->
            server(machine.id())
                .map(server -> server.deviations(subject, wanted))
                .orElse(List.of()));
  }

  @Override
  public Response<List<String>> typesFor(Requirements need) {
    return asked("typesFor", () -> List.of("small", "large"));
  }

  @Override
  public Creation create(Order order) {
    points.reach("before cloud.create");
    calls.add("create " + order.offer() + " " + order.token().text().substring(0, 4));
    settle();
    Creation outcome = outcome(order);
    points.reach("after cloud.create");
    return outcome;
  }

  private Creation outcome(Order order) {
    Failure failure = failures.remove("create");
    if (failure != null) {
      return new Creation.Refused(failure);
    }
    if (nextDelay.isPresent()) {
      delayed.add(new Delayed(clock.instant().plus(nextDelay.get()), order, onlyThePort));
      nextDelay = Optional.empty();
      return onlyThePort
          ? new Creation.Abandoned(unreachable())
          : new Creation.Unknown(unreachable());
    }
    Failure refusal = refusedTypes.get(order.offer().machineType());
    if (refusal != null) {
      if (halfway) {
        ports.add(order.subject());
      }
      return halfway ? new Creation.Halfway(refusal) : new Creation.Refused(refusal);
    }
    String id = make(order);
    boolean lost = lostReplies.remove("create");
    return lost ? new Creation.Unknown(unreachable()) : new Creation.Created(id);
  }

  private String make(Order order) {
    Optional<FakeServer> twin =
        servers.values().stream()
            .filter(server -> honoursTokens && server.order.token().equals(order.token()))
            .findFirst();
    if (twin.isPresent()) {
      return twin.get().id;
    }
    String id = "m-" + ++made;
    ports.add(order.subject());
    Optional<Failure> fault = Optional.ofNullable(brokenTypes.get(order.offer().machineType()));
    servers.put(id, new FakeServer(id, order, clock.instant(), fault));
    return id;
  }

  @Override
  public Effect update(
      Subject subject,
      InstanceParameters wanted,
      ObservedMachine machine,
      List<Deviation> deviations) {
    return done(
        "update",
        () ->
            server(machine.id())
                .ifPresent(server -> {
                  server.owner = subject;
                  server.tags = wanted.tags();
                  server.power = wanted.powerState();
                }));
  }

  @Override
  public Effect delete(Subject subject, String id) {
    return done(
        "delete",
        () ->
            server(id)
                .filter(server -> server.dying.isEmpty())
                .ifPresent(server -> server.dying = Optional.of(clock.instant())));
  }

  @Override
  public Response<List<String>> release(Subject subject) {
    return asked(
        "release",
        () -> {
          ports.release(subject);
          return List.of();
        });
  }

  @Override
  public Effect tidy(Subject subject) {
    return done("tidy", () -> ports.tidy(subject));
  }

  private <T> Response<T> asked(String call, Supplier<T> answer) {
    points.reach("before cloud." + call);
    calls.add(call);
    settle();
    Optional<Failure> failure = Optional.ofNullable(failures.remove(call));
    Response<T> reply =
        failure.<Response<T>>map(Response::failed).orElseGet(() -> Response.of(answer.get()));
    points.reach("after cloud." + call);
    return lostReplies.remove(call) ? Response.failed(unreachable()) : reply;
  }

  private Effect done(String call, Runnable deed) {
    return switch (asked(
        call,
        () -> {
          deed.run();
          return true;
        })) {
      case Response.Answered<Boolean> _ -> new Effect.Accepted();
      case Response.Failed<Boolean>(var failure) -> new Effect.Failed(failure);
    };
  }

  /** What time has done meanwhile. */
  private void settle() {
    Instant now = clock.instant();
    delayed.stream()
        .filter(late -> !late.at().isAfter(now))
        .sorted(Comparator.comparing(Delayed::at))
        .toList()
        .forEach(late -> {
          delayed.remove(late);
          if (late.onlyItsPort()) {
            ports.addLate(late.order().subject());
          } else {
            make(late.order());
          }
        });
    servers
        .values()
        .removeIf(server -> server.dying.filter(at -> !at.plus(END).isAfter(now)).isPresent());
  }

  private List<ObservedMachine> shown(Function<FakeServer, Boolean> wanted) {
    Instant now = clock.instant();
    return servers.values().stream()
        .filter(wanted::apply)
        .filter(server -> !server.born.plus(visibleAfter).isAfter(now))
        .filter(server -> !hidden.contains(server.id) || !now.isBefore(hiddenUntil))
        .map(server -> server.observed(now))
        .toList();
  }

  private Optional<FakeServer> server(String id) {
    return Stream.ofNullable(servers.get(id)).findFirst();
  }

  private static Failure unreachable() {
    return new Failure.CloudUnreachable(CloudWords.ours("no answer within 60 s"));
  }
}
