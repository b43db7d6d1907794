package dev.isobar.provider.openstack.network;

import dev.isobar.apis.tree.Tree;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A port: the end of a network at a server.
 *
 * @param server id of the server that has it; empty when none has
 * @param addresses its fixed addresses
 * @param securityGroups their ids
 */
public record Port(
    String id,
    String name,
    String network,
    String mac,
    Optional<String> server,
    List<String> addresses,
    SortedSet<String> securityGroups) {
  /** Reads an entry of {@code GET /v2.0/ports}. */
  static Port of(Tree port) {
    SortedSet<String> groups = new TreeSet<>();
    port.at("security_groups").items().forEach(group -> group.text().ifPresent(groups::add));
    return new Port(
        text(port, "id"),
        text(port, "name"),
        text(port, "network_id"),
        text(port, "mac_address"),
        port.at("device_id").text().filter(id -> !id.isEmpty()),
        port.at("fixed_ips").items().stream()
            .flatMap(fixed -> fixed.at("ip_address").text().stream())
            .toList(),
        groups);
  }

  private static String text(Tree port, String field) {
    return port.at(field).text().orElse("");
  }
}
