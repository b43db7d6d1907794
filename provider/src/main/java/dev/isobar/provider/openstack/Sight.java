package dev.isobar.provider.openstack;

import dev.isobar.apis.compute.Architecture;
import dev.isobar.apis.compute.InstanceObservation;
import dev.isobar.apis.compute.InstanceObservation.GpusInUse;
import dev.isobar.apis.compute.InstanceObservation.MachineAddress;
import dev.isobar.apis.compute.InstanceObservation.State;
import dev.isobar.apis.compute.InstanceObservation.TypeInUse;
import dev.isobar.apis.schema.Size;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.ObservedMachine;
import dev.isobar.provider.openstack.compute.Flavor;
import dev.isobar.provider.openstack.compute.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A server in the words of the port. */
final class Sight {
  /** Nova gives up on a server first and writes down why a moment later. */
  private static final Duration EXPLAINING = Duration.ofMinutes(1);

  private Sight() {}

  /**
   * A machine.
   *
   * @param region of its provider id, which the kubelet of its node is told as well
   * @param now a server in ERROR that changed just before and has no fault yet counts as Pending,
   *     because the fault decides what is done next
   */
  static ObservedMachine of(Server server, String region, Instant now) {
    List<MachineAddress> addresses = addresses(server);
    State state = state(server);
    boolean unexplained =
        state == State.Error
            && server.fault().isEmpty()
            && server.updated().plus(EXPLAINING).isAfter(now);
    Optional<Failure> fault = unexplained ? Optional.empty() : fault(server);
    var facts =
        new InstanceObservation(
            server.id(),
            unexplained ? State.Pending : state,
            server.status(),
            fault.map(failure -> failure.words().text()).or(() -> unwell(server, state)),
            Optional.of("openstack://" + region + "/" + server.id()),
            server.zone(),
            Optional.of(type(server.flavor())),
            gpus(server.flavor()),
            addresses,
            server.volumes(),
            server.image(),
            Optional.of(server.created().toString()),
            false,
            List.of());
    return new ObservedMachine(
        facts,
        ServerMarks.mark(server),
        server.created(),
        server.launched(),
        fault,
        connection(addresses),
        ServerMarks.token(server));
  }

  /**
   * What a server is doing. A machine that is being started again or moved counts as on, because it
   * will be on without anybody's doing; one that is paused or shelved counts as off.
   */
  static State state(Server server) {
    String task = server.task().orElse("");
    if (task.equals("deleting") || task.equals("soft-deleting")) {
      return State.Terminating;
    }
    return switch (server.status()) {
      case "ACTIVE" -> task.equals("powering-off") ? State.Stopping : State.Running;
      case "REBOOT", "HARD_REBOOT", "PASSWORD", "MIGRATING", "VERIFY_RESIZE", "RESCUE" ->
          State.Running;
      case "SHUTOFF", "PAUSED", "SUSPENDED", "SHELVED", "SHELVED_OFFLOADED" -> State.Stopped;
      case "ERROR" -> State.Error;
      default -> State.Pending;
    };
  }

  /** Why a server that is on does not work. */
  private static Optional<String> unwell(Server server, State state) {
    if (state != State.Running) {
      return Optional.empty();
    }
    if (server.status().equals("RESCUE")) {
      return Optional.of(
          "it runs a rescue image; whoever repairs it ends that with openstack server unrescue");
    }
    return server
        .host()
        .filter(host -> host.equals("DOWN") || host.equals("UNKNOWN"))
        .map(host ->
            "Nova says " + host + " of its host; the cloud's operator must look after that one");
  }

  private static Optional<Failure> fault(Server server) {
    return server.status().equals("ERROR")
        ? Optional.of(Faults.of(server.fault().orElse("")))
        : Optional.empty();
  }

  private static TypeInUse type(Flavor flavor) {
    return new TypeInUse(
        flavor.name(),
        Optional.of(flavor.cpu()).filter(cpu -> cpu > 0),
        Optional.of(flavor.memory())
            .filter(memory -> memory > 0)
            .map(memory -> new Size(memory + "Mi")),
        architecture(flavor));
  }

  private static Optional<Architecture> architecture(Flavor flavor) {
    return FlavorReading.architecture(flavor);
  }

  private static Optional<GpusInUse> gpus(Flavor flavor) {
    return FlavorReading.gpus(flavor)
        .map(gpus -> new GpusInUse(gpus.model(), gpus.count(), gpus.memory(), Optional.empty()));
  }

  /** The primary interface's first, then by network; within one, the inner before the public. */
  private static List<MachineAddress> addresses(Server server) {
    Optional<String> primary = server.metadata(ServerMarks.PRIMARY);
    return server.addresses().stream()
        .sorted(
            Comparator.comparing(
                    (Server.Address one) -> primary.isEmpty() || !one.mac().equals(primary))
                .thenComparing(Server.Address::network)
                .thenComparing(Server.Address::floating))
        .map(one -> new MachineAddress(one.floating() ? "ExternalIP" : "InternalIP", one.address()))
        .toList();
  }

  private static Map<String, String> connection(List<MachineAddress> addresses) {
    return addresses.stream()
        .min(Comparator.comparing(one -> one.type().equals("InternalIP")))
        .map(one -> Map.of("endpoint", one.address()))
        .orElse(Map.of());
  }
}
