package dev.isobar.provider.openstack.network;

import dev.isobar.apis.compute.CloudStatus.Quota;
import dev.isobar.apis.tree.Tree;
import dev.isobar.provider.openstack.identity.Dialogue;
import dev.isobar.provider.openstack.identity.Service;
import dev.isobar.provider.openstack.rest.Ask;
import dev.isobar.provider.openstack.rest.HttpAnswer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Neutron, the network service, in one dialogue. */
public final class Neutron {
  private static final int PAGE = 500;

  /** What clusters take of a project, in Neutron's words and in ours. */
  private static final Map<String, String> LIMITED =
      Map.of(
          "floatingip", "floatingIPs",
          "network", "networks",
          "port", "ports",
          "router", "routers",
          "security_group", "securityGroups",
          "subnet", "subnets");

  private final Dialogue dialogue;

  /** Neutron as this dialogue reaches it. */
  public Neutron(Dialogue dialogue) {
    this.dialogue = dialogue;
  }

  /** A subnet and the network it is of. */
  public record Subnet(String id, String network) {}

  /** A security group. */
  public record SecurityGroup(String id, String name, String description) {}

  /**
   * A port or public address.
   *
   * @param at id of the server or port that has it
   */
  public record Described(
      String id, String description, Optional<String> at, Optional<Instant> since) {
    static Described of(Tree tree, String at) {
      return new Described(
          tree.at("id").text().orElse(""),
          tree.at("description").text().orElse(""),
          tree.at(at).text().filter(id -> !id.isEmpty()),
          tree.at("created_at").text().map(Instant::parse));
    }
  }

  /** All ports of a project, with the servers that have them. */
  public List<Described> ports(String project) {
    return described("ports", project, "device_id");
  }

  /** All public addresses of a project, with the ports they lead to. */
  public List<Described> addresses(String project) {
    return described("floatingips", project, "port_id");
  }

  private List<Described> described(String kind, String project, String at) {
    return exactly(kind, "project_id", project).map(one -> Described.of(one, at)).toList();
  }

  /** Ports with exactly this description, which is the mark of those made here. */
  public List<Port> portsDescribed(String description) {
    return exactly("ports", "description", description).map(Port::of).toList();
  }

  /** Ports a server has, whoever made them. */
  public List<Port> portsOf(String server) {
    return exactly("ports", "device_id", server).map(Port::of).toList();
  }

  /** Makes a port. */
  public Port createPort(Map<String, Object> port) {
    return Port.of(ask(Ask.make("/ports", Map.of("port", port))).body().at("port"));
  }

  /** Gives a port these security groups and no others. */
  public void secure(String port, Collection<String> securityGroups) {
    Map<String, Object> change = Map.of("security_groups", List.copyOf(securityGroups));
    var _ = ask(Ask.put("/ports/" + Ask.segment(port), Map.of("port", change)));
  }

  /** Removes a port. */
  public void deletePort(String port) {
    var _ = ask(Ask.delete("/ports/" + Ask.segment(port)));
  }

  /** Public addresses with exactly this description. */
  public List<FloatingAddress> addressesDescribed(String description) {
    return exactly("floatingips", "description", description).map(FloatingAddress::of).toList();
  }

  /** Takes a public address out of an external network and lets it lead to a port. */
  public void createAddress(String network, String port, String description) {
    Map<String, Object> address =
        Map.of("floating_network_id", network, "port_id", port, "description", description);
    var _ = ask(Ask.make("/floatingips", Map.of("floatingip", address)));
  }

  /**
   * Gives something another description.
   *
   * @param what {@code port} or {@code floatingip}
   */
  public void describe(String what, String id, String description) {
    Map<String, Object> change = Map.of("description", description);
    var _ = ask(Ask.put("/" + what + "s/" + Ask.segment(id), Map.of(what, change)));
  }

  /** Lets a public address lead to a port. */
  public void leadAddress(String id, String port) {
    Map<String, Object> change = Map.of("port_id", port);
    var _ = ask(Ask.put("/floatingips/" + Ask.segment(id), Map.of("floatingip", change)));
  }

  /** Gives a public address back. */
  public void deleteAddress(String id) {
    var _ = ask(Ask.delete("/floatingips/" + Ask.segment(id)));
  }

  /** Gives a port or public address these tags. */
  public void tag(String kind, String id, Collection<String> tags) {
    Ask ask =
        Ask.put("/" + kind + "/" + Ask.segment(id) + "/tags", Map.of("tags", List.copyOf(tags)));
    var _ = ask(ask.tolerating(404)); // a Neutron without tags
  }

  /** Ids of networks with a name. */
  public List<String> networks(String name) {
    return ids(list("networks", "name", name));
  }

  /** Ids of networks that lead outside, or do not. */
  public List<String> networks(boolean external) {
    return ids(list("networks", "router:external", String.valueOf(external)));
  }

  /** Subnets with a name. */
  public List<Subnet> subnets(String name) {
    return list("subnets", "name", name).stream().map(Neutron::subnet).toList();
  }

  /** A subnet by its id; empty when there is none. */
  public Optional<Subnet> subnet(String id) {
    return list("subnets", "id", id).stream().map(Neutron::subnet).findFirst();
  }

  private static Subnet subnet(Tree tree) {
    return new Subnet(tree.at("id").text().orElse(""), tree.at("network_id").text().orElse(""));
  }

  /** Security groups of a project. */
  public List<SecurityGroup> securityGroups(String project) {
    return exactly("security-groups", "project_id", project)
        .map(one ->
            new SecurityGroup(
                one.at("id").text().orElse(""),
                one.at("name").text().orElse(""),
                one.at("description").text().orElse("")))
        .toList();
  }

  /** Removes a security group. */
  public void deleteSecurityGroup(String id) {
    var _ = ask(Ask.delete("/security-groups/" + Ask.segment(id)));
  }

  /** Limits of a project; none where Neutron does not tell how much is used. */
  public List<Quota> quota(String project) {
    Ask ask = Ask.get("/quotas/" + Ask.segment(project) + "/details.json").tolerating(404);
    Tree details = ask(ask).body().at("quota");
    List<Quota> all = new ArrayList<>();
    LIMITED.forEach((theirs, ours) ->
        details
            .at(theirs, "limit")
            .whole()
            .ifPresent(limit ->
                all.add(new Quota(ours, limit, details.at(theirs, "used").whole().orElse(0L)))));
    return List.copyOf(all);
  }

  private static List<String> ids(List<Tree> list) {
    return list.stream().flatMap(one -> one.at("id").text().stream()).toList();
  }

  /**
   * Those of which a field is exactly this. What is found here is taken, changed and deleted, and a
   * Neutron that does not know a filter shows everything instead, without a word; so its word alone
   * is not enough.
   */
  private Stream<Tree> exactly(String kind, String field, String value) {
    return list(kind, field, value).stream()
        .filter(one -> one.at(field).text().filter(value::equals).isPresent());
  }

  private List<Tree> list(String kind, String filter, String value) {
    Ask ask = Ask.get("/" + kind).with(filter, value).with("limit", PAGE);
    return dialogue.all(Service.NETWORK, ask, kind.replace('-', '_'));
  }

  private HttpAnswer ask(Ask ask) {
    return dialogue.ask(Service.NETWORK, ask);
  }
}
