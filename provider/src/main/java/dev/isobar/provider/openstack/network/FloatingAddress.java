package dev.isobar.provider.openstack.network;

import dev.isobar.apis.tree.Tree;
import java.util.Optional;

/**
 * A public address that leads to a port.
 *
 * @param network the external network it is of
 * @param port it leads to; empty when it leads nowhere
 */
public record FloatingAddress(String id, String address, String network, Optional<String> port) {
  /** Reads an entry of {@code GET /v2.0/floatingips}. */
  static FloatingAddress of(Tree one) {
    return new FloatingAddress(
        one.at("id").text().orElse(""),
        one.at("floating_ip_address").text().orElse(""),
        one.at("floating_network_id").text().orElse(""),
        one.at("port_id").text().filter(id -> !id.isEmpty()));
  }
}
