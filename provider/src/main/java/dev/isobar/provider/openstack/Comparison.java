package dev.isobar.provider.openstack;

import dev.isobar.apis.compute.CloudObject;
import dev.isobar.apis.compute.InstanceObservation.Deviation;
import dev.isobar.apis.compute.InstanceObservation.State;
import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.InstanceParameters.PowerState;
import dev.isobar.apis.compute.MachineTypeChoice;
import dev.isobar.apis.compute.NetworkInterface;
import dev.isobar.provider.external.Subject;
import dev.isobar.provider.openstack.compute.Server;
import dev.isobar.provider.openstack.identity.Dialogue;
import dev.isobar.provider.openstack.network.Neutron;
import dev.isobar.provider.openstack.network.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Where a server is not as its spec says. It takes no request of its own for a server that is as it
 * shall be: what Nova shows in its listing must do, so that thousands of machines are compared for
 * one listing. Where that differs in its ports or in what they have, Neutron is asked.
 */
final class Comparison {
  static final String POWER = "spec.forProvider.powerState";
  static final String PROTECTION = "spec.forProvider.deletionProtection";
  static final String NETWORK_INTERFACES = "spec.forProvider.networkInterfaces";
  static final String SECURITY_GROUPS = "spec.forProvider.networkInterfaces.securityGroups";
  static final String PUBLIC_ADDRESS = "spec.forProvider.networkInterfaces.publicAddress";

  private static final String DEFAULT_GROUP = "default";

  private final Dialogue dialogue;
  private final Lookups lookups;

  Comparison(Dialogue dialogue, Lookups lookups) {
    this.dialogue = dialogue;
    this.lookups = lookups;
  }

  /**
   * What differs.
   *
   * @param doubted whether Nova may show interfaces that the server has no more
   */
  List<Deviation> of(Subject subject, InstanceParameters wanted, Server server, boolean doubted) {
    List<Deviation> found =
        new ArrayList<>(Labelling.of(subject, wanted, server).deviations(wanted, server));
    power(wanted, server).ifPresent(found::add);
    if (wanted.deletionProtection() != server.locked()) {
      found.add(
          deviation(
              PROTECTION,
              String.valueOf(wanted.deletionProtection()),
              String.valueOf(server.locked()),
              true));
    }
    Optional<Deviation> lost =
        doubted || !Rewiring.looksWhole(wanted, server)
            ? networkInterfaces(subject, wanted, server)
            : Optional.empty();
    lost.ifPresent(found::add);
    if (lost.isEmpty()) { // without an interface there is nothing of it to compare
      securityGroups(wanted, server).ifPresent(found::add);
      publicAddress(wanted, server).ifPresent(found::add);
    }
    machineType(wanted, server).ifPresent(found::add);
    image(wanted, server).ifPresent(found::add);
    return found;
  }

  private static Optional<Deviation> power(InstanceParameters wanted, Server server) {
    PowerState is = Sight.state(server) == State.Stopped ? PowerState.Stopped : PowerState.Running;
    boolean moving = server.task().isPresent();
    return is == wanted.powerState() || moving
        ? Optional.empty()
        : Optional.of(deviation(POWER, wanted.powerState().name(), server.status(), true));
  }

  private Optional<Deviation> networkInterfaces(
      Subject subject, InstanceParameters wanted, Server server) {
    List<NetworkInterface> lost = new Rewiring(dialogue, lookups).lost(subject, wanted, server);
    List<NetworkInterface> all = Wiring.interfaces(wanted);
    return lost.isEmpty()
        ? Optional.empty()
        : Optional.of(
            deviation(
                NETWORK_INTERFACES,
                names(all),
                names(all.stream().filter(one -> !lost.contains(one)).toList()),
                true));
  }

  private static String names(List<NetworkInterface> interfaces) {
    return interfaces.stream().map(NetworkInterface::name).toList().toString();
  }

  /** Nova shows the names of all groups over all ports, each once. */
  private Optional<Deviation> securityGroups(InstanceParameters wanted, Server server) {
    List<NetworkInterface> said =
        wanted.networkInterfaces().stream()
            .filter(one -> !one.securityGroups().isEmpty())
            .toList(); // who says nothing leaves them to others
    SortedSet<String> names = new TreeSet<>();
    for (NetworkInterface one : said) {
      for (CloudObject group : one.securityGroups()) {
        names.add(lookups.securityGroup(dialogue, SECURITY_GROUPS, group).name());
      }
    }
    SortedSet<String> found = new TreeSet<>(server.securityGroups());
    if (said.size() < wanted.networkInterfaces().size() && !names.contains(DEFAULT_GROUP)) {
      found.remove(DEFAULT_GROUP); // an interface without groups has it, or none
    }
    return said.isEmpty() || names.contains("") || names.equals(found)
        ? Optional.empty()
        : securityGroups(said, names, server);
  }

  /** Only ports that were made for interfaces can be mended, not those of a hand-made server. */
  private Optional<Deviation> securityGroups(
      List<NetworkInterface> said, SortedSet<String> names, Server server) {
    Wiring wiring = new Wiring(dialogue, lookups);
    List<Port> ports = new Neutron(dialogue).portsOf(server.id());
    boolean strange = false;
    boolean unlike = false;
    for (NetworkInterface one : said) {
      Optional<Port> port = Wiring.made(ports, one);
      strange |= port.isEmpty();
      SortedSet<String> ids = new TreeSet<>(wiring.securityGroups(one, SECURITY_GROUPS));
      unlike |= port.filter(is -> !is.securityGroups().equals(ids)).isPresent();
    }
    return strange || unlike
        ? Optional.of(
            deviation(
                SECURITY_GROUPS, names.toString(), server.securityGroups().toString(), unlike))
        : Optional.empty();
  }

  private Optional<Deviation> publicAddress(InstanceParameters wanted, Server server) {
    List<NetworkInterface> wish =
        wanted.networkInterfaces().stream().filter(one -> one.publicAddress().isPresent()).toList();
    List<Server.Address> has =
        server.addresses().stream().filter(Server.Address::floating).toList();
    if (has.size() >= wish.size()) {
      return Optional.empty();
    }
    List<Port> ports = new Neutron(dialogue).portsOf(server.id());
    boolean mendable =
        wish.stream()
            .flatMap(one -> Wiring.made(ports, one).stream())
            .anyMatch(
                port -> has.stream().noneMatch(one -> one.mac().equals(Optional.of(port.mac()))));
    return Optional.of(
        deviation(
            PUBLIC_ADDRESS, String.valueOf(wish.size()), String.valueOf(has.size()), mendable));
  }

  private static Optional<Deviation> machineType(InstanceParameters wanted, Server server) {
    Optional<MachineTypeChoice> choice = wanted.machineType();
    List<String> names =
        choice
            .flatMap(MachineTypeChoice::names)
            .or(() -> choice.flatMap(MachineTypeChoice::name).map(List::of))
            .orElse(List.of());
    String is = server.flavor().name();
    return names.isEmpty() || is.isEmpty() || names.contains(is)
        ? Optional.empty()
        : Optional.of(
            deviation("spec.forProvider.machineType", String.join(" or ", names), is, false));
  }

  private static Optional<Deviation> image(InstanceParameters wanted, Server server) {
    Optional<String> id = wanted.image().flatMap(image -> image.id());
    return id.isEmpty() || server.image().isEmpty() || id.equals(server.image())
        ? Optional.empty()
        : Optional.of(
            deviation("spec.forProvider.image.id", id.get(), server.image().get(), false));
  }

  private static Deviation deviation(
      String field, String wanted, String found, boolean correctable) {
    return new Deviation(field, wanted, found, correctable);
  }
}
