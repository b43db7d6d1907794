package dev.isobar.provider.openstack;

import dev.isobar.provider.external.Belonging;
import dev.isobar.provider.openstack.compute.Nova;
import dev.isobar.provider.openstack.identity.Dialogue;
import dev.isobar.provider.openstack.network.Neutron;
import dev.isobar.provider.openstack.network.Neutron.Described;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything of a project that was made for Instances, besides servers. */
final class Leavings {
  private Leavings() {}

  static List<Belonging> of(Dialogue dialogue) {
    Neutron neutron = new Neutron(dialogue);
    List<Belonging> all = new ArrayList<>();
    Map<String, String> servers = new HashMap<>();
    for (Described port : neutron.ports(dialogue.project())) {
      port.at().ifPresent(server -> servers.put(port.id(), server));
      ServerMarks.uid(port.description())
          .map(uid -> new Belonging("port", port.id(), uid, port.at(), port.since()))
          .ifPresent(all::add);
    }
    for (Described address : neutron.addresses(dialogue.project())) {
      Optional<String> server = address.at().map(servers::get);
      ServerMarks.uid(address.description())
          .map(uid -> new Belonging("public address", address.id(), uid, server, address.since()))
          .ifPresent(all::add);
    }
    for (String key : new Nova(dialogue).keys()) {
      ServerMarks.keyOwner(key)
          .map(uid -> new Belonging("key pair", key, uid, Optional.empty(), Optional.empty()))
          .ifPresent(all::add);
    }
    return all;
  }
}
