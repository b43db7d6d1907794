package dev.isobar.function.compose.plan;

import dev.isobar.apis.platform.Network;
import dev.isobar.apis.platform.PlatformClusterSpec;
import dev.isobar.apis.schema.Cidr;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Checks that addresses, ranges and the domain of services are such as a network can have. None of
 * them can be changed later, so a cluster that exists is left with what it has.
 */
final class AddressChecks {
  private static final Pattern ADDRESS = Pattern.compile(Cidr.ADDRESS);
  private static final int LONGEST_LABEL = 63;

  /** Ranges no host has an address of, and what they are for (RFC 6890). */
  private static final Map<Cidr, String> SPECIAL = new LinkedHashMap<>();

  static {
    SPECIAL.put(new Cidr("0.0.0.0/8"), "\"this network\"");
    SPECIAL.put(new Cidr("127.0.0.0/8"), "a host's talk with itself");
    SPECIAL.put(new Cidr("169.254.0.0/16"), "single links and the cloud's metadata");
    SPECIAL.put(new Cidr("224.0.0.0/4"), "multicast");
    SPECIAL.put(new Cidr("240.0.0.0/4"), "nobody");
  }

  private final Network network;
  private final boolean exists;
  private final Mistakes mistakes;

  AddressChecks(PlatformClusterSpec spec, ObservedCluster observed, Mistakes mistakes) {
    this.network = spec.network();
    this.exists = observed.cluster().exists();
    this.mistakes = mistakes;
  }

  void check() {
    if (exists) {
      return;
    }
    checkRange("podCidr", network.podCidr());
    checkRange("serviceCidr", network.serviceCidr());
    if (network.existing().isEmpty()) {
      checkRange("nodeCidr", network.nodeCidr());
    }
    checkAddress();
    checkPort();
    checkDomain();
  }

  private void checkRange(String field, Cidr range) {
    String path = "spec.network." + field;
    Optional<Map.Entry<Cidr, String>> special = special(range);
    if (special.isPresent()) {
      mistakes.add(
          path,
          range.text()
              + " has addresses of "
              + special.get().getKey().text()
              + ", which is for "
              + special.get().getValue(),
          "choose a range of private addresses, for example one of 10.0.0.0/8");
    } else if (!range.plain().equals(range)) {
      mistakes.add(
          path,
          range.text() + " does not begin where a range of /" + range.prefix() + " can",
          "write " + range.plain().text() + ", the range that holds the address, or another one");
    }
  }

  private void checkAddress() {
    network.api().address().ifPresent(this::checkAddress);
  }

  private void checkAddress(String address) {
    String path = "spec.network.api.address";
    if (!ADDRESS.matcher(address).matches()) {
      mistakes.add(
          path,
          address + " is no IPv4 address",
          "write four numbers up to 255 with dots between them, such as 192.0.2.1");
      return;
    }
    special(new Cidr(address + "/32"))
        .map(special -> special.getKey().text() + ", which is for " + special.getValue())
        .or(() -> ownRange(new Cidr(address + "/32")))
        .ifPresent(whose ->
            mistakes.add(
                path,
                address + " is of " + whose,
                "write a floating address that `openstack floating ip list` shows, or leave it out"
                    + " and get one"));
  }

  /** A floating address is of the external network; nodes would look for this one among them. */
  private Optional<String> ownRange(Cidr address) {
    Map<String, Cidr> ranges = new LinkedHashMap<>();
    ranges.put("podCidr", network.podCidr());
    ranges.put("serviceCidr", network.serviceCidr());
    if (network.existing().isEmpty()) {
      ranges.put("nodeCidr", network.nodeCidr());
    }
    return ranges.entrySet().stream()
        .filter(range -> range.getValue().overlaps(address))
        .findFirst()
        .map(range ->
            "%s %s, and nodes would look for the API there, where no floating address is"
                .formatted(range.getKey(), range.getValue().text()));
  }

  private static Optional<Map.Entry<Cidr, String>> special(Cidr range) {
    return SPECIAL.entrySet().stream().filter(one -> one.getKey().overlaps(range)).findFirst();
  }

  /** The API server listens on the machines at the port that the load balancer has. */
  private void checkPort() {
    int port = network.api().port();
    NodePorts.owner(port)
        .ifPresent(owner ->
            mistakes.add(
                "spec.network.api.port",
                port + " is the port of " + owner + " on every machine of the control plane",
                "choose another one, for example 6443 or 443"));
  }

  private void checkDomain() {
    for (String label : network.serviceDomain().split("\\.", -1)) {
      if (label.length() > LONGEST_LABEL) {
        mistakes.add(
            "spec.network.serviceDomain",
            "has a part of " + label.length() + " characters, and DNS takes 63",
            "choose a shorter domain, for example cluster.local");
      }
    }
  }
}
