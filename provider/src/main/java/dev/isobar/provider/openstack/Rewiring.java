package dev.isobar.provider.openstack;

import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.NetworkInterface;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.CreationToken;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Subject;
import dev.isobar.provider.openstack.compute.Nova;
import dev.isobar.provider.openstack.compute.Server;
import dev.isobar.provider.openstack.identity.Dialogue;
import dev.isobar.provider.openstack.network.Neutron;
import dev.isobar.provider.openstack.network.Port;
import dev.isobar.provider.openstack.rest.Trouble;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Network interfaces that a server has lost. Two requests of one creation that are carried out in
 * the same seconds have the same ports. Nova fails one of them, and clearing up after it unbinds
 * the ports, whoever has them by then; so it does when a server is deleted that had them for a
 * moment. The server that stays gets them back. Nova goes on showing what it remembers of a
 * server's interfaces, and only Neutron knows who has a port.
 */
final class Rewiring {
  /** States in which Nova attaches something to a server, or takes it off. */
  private static final Set<String> QUIET = Set.of("ACTIVE", "PAUSED", "SHUTOFF");

  private final Dialogue dialogue;
  private final Lookups lookups;
  private final Neutron neutron;
  private final Nova nova;

  Rewiring(Dialogue dialogue, Lookups lookups) {
    this.dialogue = dialogue;
    this.lookups = lookups;
    this.neutron = new Neutron(dialogue);
    this.nova = new Nova(dialogue);
  }

  /** Whether Nova shows as many interfaces as there shall be. */
  static boolean looksWhole(InstanceParameters wanted, Server server) {
    long shown =
        server.addresses().stream()
            .filter(one -> !one.floating())
            .map(one -> one.mac().orElse(one.address()))
            .distinct()
            .count();
    return shown >= Wiring.interfaces(wanted).size();
  }

  /**
   * Interfaces whose ports the server had and has no more. A server that no creation made, such as
   * one that was made by hand, has none. One that another Instance made has only those whose ports
   * are still there, because nobody knows how they were named in the spec of that one.
   */
  List<NetworkInterface> lost(Subject subject, InstanceParameters wanted, Server server) {
    Optional<CreationToken> token = ServerMarks.token(server);
    if (token.isEmpty() || server.task().isPresent() || !QUIET.contains(server.status())) {
      return List.of();
    }
    List<Port> has = neutron.portsOf(server.id());
    List<NetworkInterface> lacking =
        Wiring.interfaces(wanted).stream().filter(one -> Wiring.made(has, one).isEmpty()).toList();
    if (lacking.isEmpty() || token.get().isOf(subject.uid(), 0)) {
      return lacking;
    }
    List<String> names =
        neutron.portsDescribed(ServerMarks.of(subject.uid())).stream().map(Port::name).toList();
    return lacking.stream()
        .filter(one -> names.contains(ServerMarks.port(one.name(), token.get())))
        .toList();
  }

  /**
   * Gives the server back what it has lost. Where Nova still counts on a port, so does the
   * hypervisor, which refuses it a second time; then it is taken off first, and attached by a later
   * call.
   */
  void regain(Subject subject, InstanceParameters wanted, Server server) {
    List<NetworkInterface> lost = lost(subject, wanted, server);
    Optional<CreationToken> token = ServerMarks.token(server);
    if (lost.isEmpty() || token.isEmpty()) {
      return;
    }
    requireAlone(subject, server);
    List<Port> ports = new Wiring(dialogue, lookups).again(subject, token.get(), wanted, lost);
    ports.forEach(Rewiring::requireFree);
    if (lost.getFirst().equals(Wiring.interfaces(wanted).getFirst())) {
      remember(server, ports.getFirst());
    }
    List<String> off = new ArrayList<>();
    for (Port port : ports) {
      if (shows(server, port)) {
        nova.detach(server.id(), port.id());
        off.add(port.id());
      } else {
        attach(server, port);
      }
    }
    if (!off.isEmpty()) {
      throw busy(
          "Nova counts on port %s, which server %s has lost; it is taken off, and then attached"
              .formatted(String.join(", ", off), server.id()));
    }
  }

  /** While the other one is there Nova may take the ports away once more. */
  private void requireAlone(Subject subject, Server server) {
    nova.tagged(ServerMarks.of(subject.uid())).stream()
        .filter(other -> !other.id().equals(server.id()))
        .filter(other -> ServerMarks.token(other).equals(ServerMarks.token(server)))
        .findFirst()
        .ifPresent(other -> {
          throw busy(
              "server %s has lost its ports to server %s, which asks for the same; they are attached again once that one is gone"
                  .formatted(server.id(), other.id()));
        });
  }

  private static void requireFree(Port port) {
    port.server()
        .ifPresent(other -> {
          throw busy("port %s is in use by server %s".formatted(port.id(), other));
        });
  }

  /** A port that was made anew has another card, by which the primary address is told. */
  private void remember(Server server, Port primary) {
    if (!server.metadata(ServerMarks.PRIMARY).equals(Optional.of(primary.mac()))) {
      nova.addMetadata(server.id(), Map.of(ServerMarks.PRIMARY, primary.mac()));
    }
  }

  private static boolean shows(Server server, Port port) {
    return server.addresses().stream().anyMatch(one -> one.mac().equals(Optional.of(port.mac())));
  }

  /** Nova may have forgotten what the hypervisor still has; a server that is off has nothing. */
  private void attach(Server server, Port port) {
    try {
      nova.attach(server.id(), port.id());
    } catch (Trouble trouble) {
      if (!server.status().equals("ACTIVE")
          || !(trouble.failure() instanceof Failure.ProviderError refused)) {
        throw trouble;
      }
      throw Trouble.silent(
          new Failure.ProviderError(
              CloudWords.ours(
                  "Nova cannot attach port %s to server %s while that runs; stop it (openstack server stop), and the port is attached and the server started: %s"
                      .formatted(port.id(), server.id(), refused.words()))),
          trouble.effect());
    }
  }

  private static Trouble busy(String words) {
    return Trouble.silent(new Failure.Busy(CloudWords.ours(words)), Trouble.Effect.NONE);
  }
}
