package dev.isobar.provider.openstack;

import dev.isobar.apis.compute.InstanceObservation.Deviation;
import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.MachineTypeChoice.Requirements;
import dev.isobar.provider.external.Belonging;
import dev.isobar.provider.external.Creation;
import dev.isobar.provider.external.Effect;
import dev.isobar.provider.external.Leftovers;
import dev.isobar.provider.external.Machines;
import dev.isobar.provider.external.ObservedMachine;
import dev.isobar.provider.external.Order;
import dev.isobar.provider.external.Response;
import dev.isobar.provider.external.Subject;
import dev.isobar.provider.external.Supply;
import dev.isobar.provider.openstack.compute.Nova;
import dev.isobar.provider.openstack.compute.Server;
import dev.isobar.provider.openstack.identity.Dialogue;
import dev.isobar.provider.openstack.identity.Session;
import dev.isobar.provider.openstack.network.Neutron;
import dev.isobar.provider.openstack.rest.Deadline;
import dev.isobar.provider.openstack.rest.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The machines of one project. Inside, failures are {@link Trouble}; here they become answers. */
final class OpenStackMachines implements Machines {
  /** The port's minute, with something left for the way back. */
  private static final Duration MINUTE = Duration.ofSeconds(55);

  /** Nova may take minutes to delete a server, and to see what its other servers lost by that. */
  private static final Duration DOUBT = Duration.ofMinutes(10);

  private final Session session;
  private final InstantSource clock;
  private final Lookups lookups;
  private final OpenStackSupply supply;
  private final OpenStackLeftovers leftovers;

  /** Servers as they were seen last, so that comparing them takes no request. */
  private final Map<String, Server> seen = new ConcurrentHashMap<>();

  /** Until when Nova's word on the ports of an Instance's machine is not enough, by UID. */
  private final Map<String, Instant> doubts = new ConcurrentHashMap<>();

  OpenStackMachines(Session session, InstantSource clock) {
    this.session = session;
    this.clock = clock;
    this.lookups = new Lookups(clock);
    this.supply = new OpenStackSupply(session, clock);
    this.leftovers = new OpenStackLeftovers(session, clock);
  }

  @Override
  public Supply supply() {
    return supply;
  }

  @Override
  public Leftovers leftovers() {
    return leftovers;
  }

  /** Projects have ids that no two clouds share. */
  @Override
  public Response<String> account() {
    return answer(dialogue -> account(session, dialogue));
  }

  static String account(Session session, Dialogue dialogue) {
    return "OpenStack/" + session.region() + "/" + dialogue.project();
  }

  @Override
  public Response<List<ObservedMachine>> observe(Subject subject) {
    return answer(dialogue -> observed(dialogue, subject));
  }

  /** Nova looks a server up by its id where it is kept, and tells when a part of it is down. */
  @Override
  public boolean isGone(Subject subject) {
    return true;
  }

  private List<ObservedMachine> observed(Dialogue dialogue, Subject subject) {
    Nova nova = new Nova(dialogue);
    List<Server> servers = new ArrayList<>(nova.tagged(ServerMarks.of(subject.uid())));
    Optional<String> missing =
        subject
            .externalName()
            .filter(id -> servers.stream().noneMatch(server -> server.id().equals(id)));
    missing.flatMap(nova::server).ifPresent(servers::add);
    if (servers.isEmpty() && !nova.requireWhole()) {
      servers.addAll(withPorts(dialogue, subject));
    }
    missing.ifPresent(seen::remove);
    if (servers.size() > 1) {
      doubt(subject); // they may be of one creation, and have the same ports
    }
    servers.replaceAll(server -> explained(nova, server));
    servers.forEach(server -> seen.put(server.id(), server));
    return shown(servers);
  }

  private void doubt(Subject subject) {
    doubts.put(subject.uid(), clock.instant().plus(DOUBT));
  }

  private boolean doubted(Subject subject) {
    return Optional.ofNullable(doubts.get(subject.uid()))
        .filter(until -> clock.instant().isBefore(until))
        .isPresent();
  }

  /**
   * Servers that have the Instance's ports, as Neutron says, which knows nothing of Nova's cells.
   * One in a cell that does not answer is looked up by its id, and that fails.
   */
  private static List<Server> withPorts(Dialogue dialogue, Subject subject) {
    String mark = ServerMarks.of(subject.uid());
    Nova nova = new Nova(dialogue);
    return new Neutron(dialogue)
        .portsDescribed(mark).stream()
            .flatMap(port -> port.server().stream())
            .distinct()
            .flatMap(id -> nova.server(id).stream())
            .filter(server -> server.tags().contains(mark))
            .toList();
  }

  /** Nova's listings show faults of one cell only, and never of that for servers without a host. */
  private static Server explained(Nova nova, Server server) {
    boolean silent = server.status().equals("ERROR") && server.fault().isEmpty();
    return silent ? nova.server(server.id()).orElse(server) : server;
  }

  @Override
  public Response<List<ObservedMachine>> list() {
    return answer(dialogue -> {
      List<Server> servers = new Nova(dialogue).tagged(ServerMarks.OURS, this::asSeen);
      Map<String, Server> all =
          servers.stream().collect(Collectors.toMap(Server::id, Function.identity(), (a, _) -> a));
      seen.keySet().retainAll(all.keySet());
      seen.putAll(all);
      doubts.values().removeIf(clock.instant()::isAfter);
      return shown(List.copyOf(all.values()));
    });
  }

  /** What was seen before, where it is the same; so the old and the new one are not both kept. */
  private Server asSeen(Server server) {
    return Optional.ofNullable(seen.get(server.id())).filter(server::equals).orElse(server);
  }

  private List<ObservedMachine> shown(List<Server> servers) {
    Instant now = clock.instant();
    return servers.stream().map(server -> Sight.of(server, session.region(), now)).toList();
  }

  @Override
  public Response<List<Deviation>> compare(
      Subject subject, InstanceParameters wanted, ObservedMachine machine) {
    return answer(dialogue ->
        Optional.ofNullable(seen.get(machine.id()))
            .or(() -> new Nova(dialogue).server(machine.id()))
            .map(server ->
                new Comparison(dialogue, lookups).of(subject, wanted, server, doubted(subject)))
            .orElse(List.of()));
  }

  @Override
  public Response<List<String>> typesFor(Requirements need) {
    return answer(dialogue -> FlavorChoice.of(lookups.flavors(dialogue), need));
  }

  @Override
  public Creation create(Order order) {
    try {
      Optional<String> userData = Birth.userData(order);
      Dialogue dialogue = dialogue(userData.stream().toList());
      return new Birth(dialogue, lookups).create(order, userData);
    } catch (Trouble trouble) {
      return new Creation.Refused(trouble.failure());
    }
  }

  @Override
  public Effect update(
      Subject subject,
      InstanceParameters wanted,
      ObservedMachine machine,
      List<Deviation> deviations) {
    return effect(dialogue ->
        new ServerMending(dialogue, lookups).mend(subject, wanted, machine.id(), deviations));
  }

  @Override
  public Effect delete(Subject subject, String id) {
    return effect(dialogue -> new Clearing(dialogue).delete(id));
  }

  @Override
  public Response<List<String>> release(Subject subject) {
    return answer(dialogue -> new Clearing(dialogue).release(subject));
  }

  @Override
  public Effect tidy(Subject subject) {
    Effect effect = effect(dialogue -> new Clearing(dialogue).tidy(subject));
    if (effect instanceof Effect.Failed) {
      doubt(subject); // the machine may have lost a port, which the next comparison shall find
    }
    return effect;
  }

  @Override
  public Response<List<Belonging>> belongings() {
    return answer(Leavings::of);
  }

  private interface Deed {
    void perform(Dialogue dialogue);
  }

  private Effect effect(Deed deed) {
    Dialogue dialogue = dialogue(List.of());
    try {
      deed.perform(dialogue);
      return new Effect.Accepted();
    } catch (Trouble trouble) {
      return new Effect.Failed(trouble.failure(), dialogue.unsettled());
    }
  }

  private <T> Response<T> answer(Function<Dialogue, T> question) {
    try {
      return Response.of(question.apply(dialogue(List.of())));
    } catch (Trouble trouble) {
      return Response.failed(trouble.failure());
    }
  }

  private Dialogue dialogue(List<String> secrets) {
    return session.within(Deadline.in(MINUTE, clock), secrets);
  }
}
