package dev.isobar.provider.openstack;

import dev.isobar.apis.compute.InstanceObservation.Deviation;
import dev.isobar.apis.compute.InstanceObservation.State;
import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.InstanceParameters.PowerState;
import dev.isobar.apis.compute.NetworkInterface;
import dev.isobar.provider.external.Subject;
import dev.isobar.provider.openstack.compute.Nova;
import dev.isobar.provider.openstack.compute.Server;
import dev.isobar.provider.openstack.identity.Dialogue;
import dev.isobar.provider.openstack.network.FloatingAddress;
import dev.isobar.provider.openstack.network.Neutron;
import dev.isobar.provider.openstack.network.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Mends what differs. It looks at the server first, so that a second call does not repeat what is
 * under way. Nova changes nothing of a server that is locked, so its lock is lifted for what Nova
 * changes, and put on at the end whatever has come of that. Neutron's changes need no such thing.
 */
final class ServerMending {
  private final Dialogue dialogue;
  private final Lookups lookups;
  private final Nova nova;

  ServerMending(Dialogue dialogue, Lookups lookups) {
    this.dialogue = dialogue;
    this.lookups = lookups;
    this.nova = new Nova(dialogue);
  }

  /** Mends those fields; a server that is gone has none. */
  void mend(Subject subject, InstanceParameters wanted, String id, List<Deviation> deviations) {
    Optional<Server> server = nova.server(id);
    if (server.isPresent()) {
      Set<String> fields =
          deviations.stream().map(Deviation::field).collect(Collectors.toCollection(TreeSet::new));
      mend(subject, wanted, server.get(), fields);
    }
  }

  private void mend(Subject subject, InstanceParameters wanted, Server server, Set<String> fields) {
    boolean label = fields.contains(Labelling.TAGS) || fields.contains(Labelling.METADATA);
    boolean power = fields.contains(Comparison.POWER) && server.task().isEmpty();
    boolean wire = fields.contains(Comparison.NETWORK_INTERFACES);
    boolean unlock = server.locked() && (label || wire || power || !wanted.deletionProtection());
    if (unlock) {
      nova.act(server.id(), "unlock");
    }
    try {
      if (label) {
        label(subject, wanted, server);
      }
      if (fields.contains(Comparison.SECURITY_GROUPS)) {
        secure(wanted, server);
      }
      if (fields.contains(Comparison.PUBLIC_ADDRESS)) {
        lead(subject, wanted, server);
      }
      if (wire) { // before it is started, so that it has them when it boots
        new Rewiring(dialogue, lookups).regain(subject, wanted, server);
      }
      if (power) {
        power(wanted.powerState(), server);
      }
    } finally {
      if ((unlock || !server.locked()) && wanted.deletionProtection()) {
        nova.act(server.id(), "lock");
      }
    }
  }

  private void label(Subject subject, InstanceParameters wanted, Server server) {
    Labelling labelling = Labelling.of(subject, wanted, server);
    inherit(subject, server);
    labelling.tags().forEach(tag -> nova.tag(server.id(), tag));
    labelling.former().forEach(tag -> nova.removeTag(server.id(), tag));
    labelling.remove().forEach(key -> nova.removeMetadata(server.id(), key));
    if (!labelling.add().isEmpty()) {
      nova.addMetadata(server.id(), labelling.add());
    }
  }

  /** What was made for an earlier owner of a server goes with it as well, so it is marked first. */
  private void inherit(Subject subject, Server server) {
    Neutron neutron = new Neutron(dialogue);
    String mark = ServerMarks.of(subject.uid());
    for (String former : ServerMarks.others(subject.uid(), server)) {
      Set<String> ports = new TreeSet<>();
      for (Port port : neutron.portsOf(server.id())) {
        ports.add(port.id());
      }
      for (FloatingAddress address : neutron.addressesDescribed(former)) {
        if (address.port().filter(ports::contains).isPresent()) {
          neutron.describe("floatingip", address.id(), mark);
        }
      }
      for (Port port : neutron.portsDescribed(former)) {
        if (ports.contains(port.id())) {
          neutron.describe("port", port.id(), mark);
        }
      }
    }
  }

  private void secure(InstanceParameters wanted, Server server) {
    Neutron neutron = new Neutron(dialogue);
    Wiring wiring = new Wiring(dialogue, lookups);
    List<Port> ports = neutron.portsOf(server.id());
    for (NetworkInterface one : wanted.networkInterfaces()) {
      Optional<Port> port = Wiring.made(ports, one);
      List<String> groups = wiring.securityGroups(one, Comparison.SECURITY_GROUPS);
      if (port.isPresent()
          && !groups.isEmpty()
          && !port.get().securityGroups().equals(new TreeSet<>(groups))) {
        neutron.secure(port.get().id(), groups);
      }
    }
  }

  private void lead(Subject subject, InstanceParameters wanted, Server server) {
    List<Port> ports = new Neutron(dialogue).portsOf(server.id());
    List<NetworkInterface> interfaces = new ArrayList<>();
    List<Port> ends = new ArrayList<>();
    for (NetworkInterface one : wanted.networkInterfaces()) {
      Wiring.made(ports, one)
          .ifPresent(port -> {
            interfaces.add(one);
            ends.add(port);
          });
    }
    new Wiring(dialogue, lookups).lead(subject.uid(), interfaces, ends);
  }

  private void power(PowerState wanted, Server server) {
    boolean off = Sight.state(server) == State.Stopped;
    if (off == (wanted == PowerState.Stopped)) {
      return;
    }
    String action =
        wanted == PowerState.Stopped
            ? "os-stop"
            : switch (server.status()) {
              case "PAUSED" -> "unpause";
              case "SUSPENDED" -> "resume";
              case "SHELVED", "SHELVED_OFFLOADED" -> "unshelve";
              default -> "os-start";
            };
    nova.act(server.id(), action);
  }
}
