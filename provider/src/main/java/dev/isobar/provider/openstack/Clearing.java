package dev.isobar.provider.openstack;

import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Subject;
import dev.isobar.provider.openstack.compute.Nova;
import dev.isobar.provider.openstack.compute.Server;
import dev.isobar.provider.openstack.identity.Dialogue;
import dev.isobar.provider.openstack.network.FloatingAddress;
import dev.isobar.provider.openstack.network.Neutron;
import dev.isobar.provider.openstack.network.Port;
import dev.isobar.provider.openstack.rest.Trouble;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Removes machines, and what was made for them. */
final class Clearing {
  private final Nova nova;
  private final Neutron neutron;

  Clearing(Dialogue dialogue) {
    this.nova = new Nova(dialogue);
    this.neutron = new Neutron(dialogue);
  }

  /** Begins to delete a server, its lock lifted if it has one. */
  void delete(String id) {
    try {
      nova.delete(id);
    } catch (Trouble trouble) {
      if (!(trouble.failure() instanceof Failure.Busy busy)
          || !busy.words().text().contains("locked")) {
        throw trouble;
      }
      nova.act(id, "unlock");
      nova.delete(id);
    }
  }

  /** Removes what was made for an Instance besides servers; answers what remains. */
  List<String> release(Subject subject) {
    String mark = ServerMarks.of(subject.uid());
    List<String> remains = new ArrayList<>();
    for (FloatingAddress address : neutron.addressesDescribed(mark)) {
      gone(() -> neutron.deleteAddress(address.id()))
          .ifPresent(why -> remains.add("public address " + address.address() + " (" + why + ")"));
    }
    for (Port port : neutron.portsDescribed(mark)) {
      remove(port).ifPresent(remains::add);
    }
    nova.removeKey(ServerMarks.key(subject.uid()));
    return remains;
  }

  /**
   * Removes ports that no server has, and public addresses that lead to them or nowhere. One that
   * somebody leads elsewhere is in use. A port that a server has lost is none too many; nothing is
   * removed before it is attached again.
   */
  void tidy(Subject subject) {
    String mark = ServerMarks.of(subject.uid());
    List<FloatingAddress> addresses = neutron.addressesDescribed(mark);
    List<Port> ports = neutron.portsDescribed(mark);
    requireAttached(mark, ports);
    Set<String> removed = new TreeSet<>();
    for (Port port : ports) {
      if (port.server().isEmpty()) {
        neutron.deletePort(port.id());
        removed.add(port.id());
      }
    }
    addresses.stream()
        .filter(address -> address.port().filter(port -> !removed.contains(port)).isEmpty())
        .forEach(address -> neutron.deleteAddress(address.id()));
  }

  private void requireAttached(String mark, List<Port> ports) {
    List<Port> idle = ports.stream().filter(port -> port.server().isEmpty()).toList();
    if (idle.isEmpty()) {
      return;
    }
    for (Server server : nova.tagged(mark)) {
      Set<String> has = new TreeSet<>();
      ports.stream()
          .filter(port -> port.server().equals(Optional.of(server.id())))
          .forEach(port -> has.add(port.name()));
      for (Port port : idle) {
        if (ServerMarks.isPort(port.name(), server) && !has.contains(port.name())) {
          throw Trouble.silent(
              new Failure.Busy(
                  CloudWords.ours(
                      "server %s has lost port %s, which is attached to it first"
                          .formatted(server.id(), port.id()))),
              Trouble.Effect.NONE);
        }
      }
    }
  }

  /**
   * A server that is only there to be reclaimed (SOFT_DELETED) keeps its ports until it is, which
   * takes as long as the operator decided, and gets them back from nobody.
   */
  private Optional<String> remove(Port port) {
    return port.server()
        .filter(server -> nova.server(server).isPresent())
        .map(server -> "port " + port.id() + " (held by server " + server + ")")
        .or(() ->
            gone(() -> neutron.deletePort(port.id()))
                .map(why -> "port " + port.id() + " (" + why + ")"));
  }

  /** Why something cannot go yet. */
  private static Optional<String> gone(Runnable removal) {
    try {
      removal.run();
      return Optional.empty();
    } catch (Trouble trouble) {
      if (trouble.failure() instanceof Failure.Busy busy) {
        return Optional.of(busy.words().text());
      }
      throw trouble;
    }
  }
}
