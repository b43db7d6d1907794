package dev.isobar.function.compose.plan;

import dev.isobar.apis.platform.Network;
import dev.isobar.apis.platform.PlatformClusterSpec;
import dev.isobar.apis.schema.Cidr;
import dev.isobar.function.compose.cloud.Catalogue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Checks that nodes can ask the name servers they are told of. Link-local addresses are let
 * through: clouds have name servers there, beside the metadata. A network keeps those it has.
 */
final class NameServerChecks {
  private static final Pattern ADDRESS = Pattern.compile(Cidr.ADDRESS);

  /** Where no name server of a node can be, and why (RFC 6890). */
  private static final Map<Cidr, String> NOBODY = new LinkedHashMap<>();

  static {
    NOBODY.put(new Cidr("0.0.0.0/8"), "is no host's address");
    NOBODY.put(new Cidr("127.0.0.0/8"), "is every node itself, where no name server is");
    NOBODY.put(new Cidr("224.0.0.0/4"), "is for multicast");
    NOBODY.put(new Cidr("240.0.0.0/4"), "is nobody's address");
  }

  private final Network network;
  private final Catalogue cloud;
  private final ObservedCluster observed;
  private final Mistakes mistakes;

  NameServerChecks(
      PlatformClusterSpec spec, Catalogue cloud, ObservedCluster observed, Mistakes mistakes) {
    this.network = spec.network();
    this.cloud = cloud;
    this.observed = observed;
    this.mistakes = mistakes;
  }

  void check() {
    if (network.existing().isPresent()) {
      return;
    }
    check(network.dnsServers(), "spec.network.dnsServers", "");
    if (network.dnsServers().isEmpty()) {
      check(
          cloud.spec().network().dnsServers(),
          "Cloud " + cloud.name() + ": spec.network.dnsServers",
          "the platform team must ");
    }
  }

  private void check(List<String> servers, String path, String who) {
    for (int i = 0; i < servers.size(); i++) {
      String server = servers.get(i);
      String place = path + "[" + i + "]";
      if (!inUse(server)) {
        problem(server)
            .ifPresent(problem ->
                mistakes.add(
                    place,
                    server + " " + problem + ", so nodes could look up no name",
                    who + "write the address of a name server that the nodes' network reaches"));
      }
    }
  }

  private Optional<String> problem(String server) {
    if (!ADDRESS.matcher(server).matches()) {
      return Optional.empty(); // the schema tells
    }
    var address = new Cidr(server + "/32");
    return NOBODY.entrySet().stream()
        .filter(one -> one.getKey().overlaps(address))
        .map(Map.Entry::getValue)
        .findFirst()
        .or(() -> inside(address, "podCidr", network.podCidr()))
        .or(() -> inside(address, "serviceCidr", network.serviceCidr()));
  }

  private static Optional<String> inside(Cidr address, String field, Cidr range) {
    return address.overlaps(range)
        ? Optional.of("is of " + field + " " + range.text() + ", which only the cluster has")
        : Optional.empty();
  }

  private boolean inUse(String server) {
    return observed.infrastructure().at("spec", "managedSubnets").items().stream()
        .flatMap(subnet -> subnet.at("dnsNameservers").items().stream())
        .anyMatch(one -> one.text().filter(server::equals).isPresent());
  }
}
