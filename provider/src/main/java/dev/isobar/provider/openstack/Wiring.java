package dev.isobar.provider.openstack;

import dev.isobar.apis.compute.CloudObject;
import dev.isobar.apis.compute.InstanceParameters;
import dev.isobar.apis.compute.NetworkInterface;
import dev.isobar.apis.compute.NetworkInterface.Acceleration;
import dev.isobar.provider.external.CreationToken;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.Order;
import dev.isobar.provider.external.Subject;
import dev.isobar.provider.openstack.compute.Nova;
import dev.isobar.provider.openstack.identity.Dialogue;
import dev.isobar.provider.openstack.network.FloatingAddress;
import dev.isobar.provider.openstack.network.Neutron;
import dev.isobar.provider.openstack.network.Neutron.Subnet;
import dev.isobar.provider.openstack.network.Port;
import dev.isobar.provider.openstack.rest.Trouble;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Ports and public addresses of a machine, made before it. Their description is the Instance's
 * mark, given by the request that makes them; a port's name is made of the creation's token, so
 * that every try of one creation has the same ports. As Nova gives a port to one server only, two
 * requests with one token make one machine that runs, whichever is carried out last. What that one
 * may lose of them when both are carried out at once, {@link Rewiring} gives back.
 */
final class Wiring {
  private static final String PATH = "spec.forProvider.networkInterfaces[%d]";

  /** Longer tags are left out: Neutron refuses them. */
  private static final int LONGEST_TAG = 60;

  private final Dialogue dialogue;
  private final Lookups lookups;
  private final Neutron neutron;
  private final Nova nova;

  Wiring(Dialogue dialogue, Lookups lookups) {
    this.dialogue = dialogue;
    this.lookups = lookups;
    this.neutron = new Neutron(dialogue);
    this.nova = new Nova(dialogue);
  }

  /** The ports of a creation, the primary one first, with what leads to them. */
  List<Port> ready(Order order) {
    String uid = order.subject().uid();
    List<Port> marked = neutron.portsDescribed(ServerMarks.of(uid));
    removeEarlier(order.token(), marked);
    List<Port> ports = new ArrayList<>();
    List<NetworkInterface> interfaces = interfaces(order.wanted());
    for (int index = 0; index < interfaces.size(); index++) {
      ports.add(port(order.subject(), order.token(), order.wanted(), index, marked));
    }
    lead(uid, interfaces, ports);
    return ports;
  }

  /**
   * What earlier creations left behind goes: they failed for certain, or their machine is gone, and
   * a fixed address or a quota may be needed again. A request of theirs that is still under way
   * then finds no port.
   */
  private void removeEarlier(CreationToken token, List<Port> marked) {
    for (Port port : marked) {
      if (port.name().endsWith(token.text())) {
        continue;
      }
      if (port.server().isEmpty()) {
        neutron.deletePort(port.id());
      } else if (nova.server(port.server().get()).isEmpty()) {
        removeReclaimable(port);
      }
    }
  }

  /**
   * A server that is only there to be reclaimed (SOFT_DELETED) keeps its ports for as long as the
   * operator decided, and with them public addresses. What somebody else uses stays with that one.
   */
  private void removeReclaimable(Port port) {
    try {
      neutron.deletePort(port.id());
    } catch (Trouble trouble) {
      if (!(trouble.failure() instanceof Failure.Busy)) {
        throw trouble;
      }
    }
  }

  /**
   * Ports of a creation again, for some of its interfaces: one that no server has before others of
   * its name, and a new one where there is none any more.
   */
  List<Port> again(
      Subject subject,
      CreationToken token,
      InstanceParameters wanted,
      List<NetworkInterface> interfaces) {
    List<Port> marked =
        neutron.portsDescribed(ServerMarks.of(subject.uid())).stream()
            .sorted(Comparator.comparing((Port port) -> port.server().isPresent()))
            .toList();
    List<NetworkInterface> all = interfaces(wanted);
    return interfaces.stream()
        .map(one -> port(subject, token, wanted, all.indexOf(one), marked))
        .toList();
  }

  /** What a machine has by its spec; one where that names none. */
  static List<NetworkInterface> interfaces(InstanceParameters wanted) {
    return wanted.networkInterfaces().isEmpty()
        ? List.of(
            new NetworkInterface(
                "primary",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Acceleration.None))
        : wanted.networkInterfaces();
  }

  private Port port(
      Subject subject,
      CreationToken token,
      InstanceParameters machine,
      int index,
      List<Port> marked) {
    NetworkInterface wanted = interfaces(machine).get(index);
    String path = PATH.formatted(index);
    String name = ServerMarks.port(wanted.name(), token);
    Optional<Port> known = marked.stream().filter(port -> port.name().equals(name)).findFirst();
    if (known.isPresent()) {
      return known.get();
    }
    Map<String, Object> request = new TreeMap<>();
    request.put("name", name);
    request.put("description", ServerMarks.of(subject.uid()));
    place(wanted, path, request);
    if (!wanted.securityGroups().isEmpty()) {
      request.put("security_groups", securityGroups(wanted, path));
    }
    switch (wanted.acceleration()) {
      case None -> {}
      case SRIOV -> request.put("binding:vnic_type", "direct");
      case RDMA -> {
        request.put("binding:vnic_type", "direct");
        request.put("binding:profile", Map.of("trusted", "true"));
      }
    }
    Port made = neutron.createPort(request);
    tag("ports", made.id(), machine.tags());
    return made;
  }

  private void place(NetworkInterface wanted, String path, Map<String, Object> request) {
    Optional<Subnet> subnet =
        wanted.subnet().map(one -> lookups.subnet(dialogue, path + ".subnet", one));
    Optional<String> network =
        wanted.network().map(one -> lookups.network(dialogue, path + ".network", one));
    if (subnet.isPresent()
        && network.filter(id -> !id.equals(subnet.get().network())).isPresent()) {
      throw Trouble.invalid(
          path
              + ".subnet is in network "
              + subnet.get().network()
              + ", not in the one named beside it");
    }
    request.put(
        "network_id",
        network
            .or(() -> subnet.map(Subnet::network))
            .orElseGet(() -> lookups.onlyNetwork(dialogue)));
    Map<String, Object> fixed = new TreeMap<>();
    subnet.ifPresent(one -> fixed.put("subnet_id", one.id()));
    wanted.address().ifPresent(address -> fixed.put("ip_address", address));
    if (!fixed.isEmpty()) {
      request.put("fixed_ips", List.of(fixed));
    }
  }

  /** Ids of an interface's security groups. */
  List<String> securityGroups(NetworkInterface wanted, String path) {
    List<String> ids = new ArrayList<>();
    for (CloudObject group : wanted.securityGroups()) {
      ids.add(lookups.securityGroup(dialogue, path + ".securityGroups", group).id());
    }
    return ids;
  }

  private void tag(String kind, String id, Map<String, String> tags) {
    Set<String> words =
        tags.entrySet().stream()
            .map(tag -> tag.getKey() + "=" + tag.getValue())
            .filter(word -> word.length() <= LONGEST_TAG && !word.contains(","))
            .collect(Collectors.toSet());
    if (!words.isEmpty()) {
      neutron.tag(kind, id, words);
    }
  }

  /** The port that was made for an interface, for whatever creation. */
  static Optional<Port> made(List<Port> ports, NetworkInterface wanted) {
    String prefix = ServerMarks.OURS + "-" + wanted.name() + "-";
    return ports.stream()
        .filter(port -> port.name().startsWith(prefix))
        .filter(port -> port.name().indexOf('-', prefix.length()) < 0)
        .findFirst();
  }

  /** Lets public addresses lead to those ports whose interfaces want one. */
  void lead(String uid, List<NetworkInterface> interfaces, List<Port> ports) {
    if (interfaces.stream().allMatch(one -> one.publicAddress().isEmpty())) {
      return;
    }
    List<FloatingAddress> free = new ArrayList<>(neutron.addressesDescribed(ServerMarks.of(uid)));
    for (int index = 0; index < interfaces.size(); index++) {
      if (interfaces.get(index).publicAddress().isEmpty()) {
        continue;
      }
      String path = PATH.formatted(index) + ".publicAddress";
      String network = externalNetwork(interfaces.get(index), path);
      Port port = ports.get(index);
      if (!leads(free, port)) {
        lead(uid, free, network, port);
      }
    }
  }

  private static boolean leads(List<FloatingAddress> addresses, Port port) {
    return addresses.stream().anyMatch(one -> one.port().equals(Optional.of(port.id())));
  }

  private void lead(String uid, List<FloatingAddress> free, String network, Port port) {
    Optional<FloatingAddress> idle =
        free.stream()
            .filter(one -> one.port().isEmpty() && one.network().equals(network))
            .findFirst();
    if (idle.isPresent()) {
      free.remove(idle.get());
      neutron.leadAddress(idle.get().id(), port.id());
    } else {
      neutron.createAddress(network, port.id(), ServerMarks.of(uid));
    }
  }

  private String externalNetwork(NetworkInterface wanted, String path) {
    return wanted
        .publicAddress()
        .flatMap(NetworkInterface.PublicAddress::pool)
        .map(pool -> lookups.network(dialogue, path + ".pool", pool))
        .orElseGet(() -> lookups.onlyExternalNetwork(dialogue, path));
  }
}
