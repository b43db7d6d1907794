package dev.isobar.e2e.chaos;

import dev.isobar.apis.tree.Tree;
import dev.isobar.e2e.chaos.ChaosPlan.Outfit;
import dev.isobar.e2e.chaos.ChaosPlan.Wanted;
import dev.isobar.e2e.openstack.OpenStackReading;
import dev.isobar.testbed.fault.Fault;
import dev.isobar.testbed.fault.FaultProxy;
import dev.isobar.testbed.openstack.OpenStackCloud;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The real services of an OpenStack, each behind a proxy. */
final class OpenStackChaos implements ChaosCloud {
  /** It counts everything in there, so nobody else may use it. */
  static final String PROJECT = "chaos";

  private static final String MARK = "isobar-uid=";
  private static final String SERVERS = "POST .*/servers";

  private final OpenStackCloud cloud;
  private final FaultProxy keystone;
  private final FaultProxy nova;
  private final FaultProxy neutron;
  private final OpenStackReading reading;

  OpenStackChaos(OpenStackCloud cloud) {
    this.cloud = cloud;
    keystone = FaultProxy.of(cloud.address("keystone"));
    nova = FaultProxy.of(cloud.address("nova"));
    neutron = FaultProxy.of(cloud.address("neutron"));
    reading = new OpenStackReading(cloud, PROJECT);
  }

  @Override
  public String provider() {
    return "OpenStack";
  }

  @Override
  public String region() {
    return "RegionOne";
  }

  @Override
  public String credentials() {
    return cloud.cloudsYaml(PROJECT);
  }

  @Override
  public String entry() {
    return PROJECT;
  }

  @Override
  public Map<String, String> overrides() {
    return Map.of(
        "identity", keystone.address() + "/v3",
        "compute", nova.address() + "/v2.1",
        "network", neutron.address());
  }

  @Override
  public Map<String, Object> machine(Wanted wanted) {
    Map<String, Object> port = new TreeMap<>();
    port.put("name", "main");
    port.put("network", Map.of("id", cloud.id("network-of-chaos")));
    if (wanted.outfit() == Outfit.PUBLIC_ADDRESS) {
      port.put("publicAddress", Map.of("pool", Map.of("id", cloud.id("outside"))));
    }
    return Map.of(
        "machineType", Map.of("name", "m1.tiny"),
        "image", Map.of("id", cloud.id("image")),
        "networkInterfaces", List.of(port));
  }

  @Override
  public void at(CloudCall call, int nth, Fault fault) {
    switch (call) {
      case LOOK -> nova.nth(nth, "GET .*", fault);
      case PREPARE -> neutron.nth(nth, "POST .*/(ports|floatingips)", fault);
      case CREATE -> nova.nth(nth, SERVERS, fault);
      case MEND -> nova.nth(nth, "(POST|PUT) .*/servers/.+", fault);
      case DELETE -> nova.nth(nth, "DELETE .*/servers/[^/]+", fault);
      case RELEASE -> neutron.nth(nth, "DELETE .*/(ports|floatingips)/.+", fault);
    }
  }

  @Override
  public void heal() {
    proxies().forEach(FaultProxy::heal);
  }

  @Override
  public long creations() {
    return nova.log().stream().filter(one -> one.executed() && one.line().matches(SERVERS)).count();
  }

  /** Nova forgets the tags of what is gone, but a server is called as its Instance is. */
  @Override
  public List<String> everRan(UnaryOperator<String> names) {
    return reading.serversEver().stream()
        .filter(server -> server.at("OS-SRV-USG:launched_at").text().isPresent())
        .map(server -> text(server, "name"))
        .sorted()
        .toList();
  }

  @Override
  public List<String> found(UnaryOperator<String> names) {
    List<String> found = new ArrayList<>();
    for (Tree server : reading.servers()) {
      owner(server.at("tags").items().stream().flatMap(tag -> tag.text().stream()))
          .ifPresent(uid ->
              found.add(
                  ChaosCloud.machine(
                      names.apply(uid),
                      text(server, "id"),
                      server.at("metadata", "round").text().orElse("unknown"),
                      !text(server, "status").equals("SHUTOFF"),
                      server.at("locked").truth().orElse(false))));
    }
    List<Tree> ports = reading.ports();
    Map<String, String> servers =
        ports.stream()
            .collect(Collectors.toMap(port -> text(port, "id"), port -> text(port, "device_id")));
    for (Tree port : ports) {
      owner(port.at("description").text().stream())
          .ifPresent(uid -> found.add(part(names, uid, "port", text(port, "device_id"))));
    }
    for (Tree address : reading.floatingAddresses()) {
      String server = servers.getOrDefault(text(address, "port_id"), "");
      owner(address.at("description").text().stream())
          .ifPresent(uid -> found.add(part(names, uid, "address", server)));
    }
    for (Tree pair : reading.keyPairs()) {
      Optional.of(text(pair, "name"))
          .filter(name -> name.startsWith("isobar-"))
          .ifPresent(name -> found.add(names.apply(name.substring(7)) + ": key pair"));
    }
    return found;
  }

  @Override
  public List<String> expected(Wanted wanted, String id) {
    List<String> shall = new ArrayList<>();
    shall.add(
        ChaosCloud.machine(
            wanted.name(), id, String.valueOf(wanted.round()), !wanted.off(), wanted.locked()));
    shall.add(part(UnaryOperator.identity(), wanted.name(), "port", id));
    switch (wanted.outfit()) {
      case NOTHING -> {}
      case PUBLIC_ADDRESS ->
          shall.add(part(UnaryOperator.identity(), wanted.name(), "address", id));
      case KEY -> shall.add(wanted.name() + ": key pair");
    }
    return shall;
  }

  private static String part(UnaryOperator<String> names, String uid, String kind, String server) {
    return names.apply(uid) + ": " + kind + " of " + (server.isEmpty() ? "nothing" : server);
  }

  private static Optional<String> owner(Stream<String> marks) {
    return marks.filter(mark -> mark.startsWith(MARK)).map(mark -> mark.substring(11)).findFirst();
  }

  private static String text(Tree tree, String field) {
    return tree.at(field).text().orElse("");
  }

  private List<FaultProxy> proxies() {
    return List.of(keystone, nova, neutron);
  }

  @Override
  public void close() {
    proxies().forEach(FaultProxy::close);
  }
}
